"""Runs that follow each other: the next one starts when the last has ended."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal, Slot

from lrgui.core.config import TrainingConfig
from lrgui.core.messages import Message, say
from lrgui.core.runs import Run, RunStatus
from lrgui.core.vary import Variation, compared
from lrgui.worker import Runner

Task = Variation[TrainingConfig]


class RunQueue(QObject):
    """Hands runs to the runner one by one. A run that fails or is stopped is followed by the next all the same.

    ``changed`` tells that another run is under way, or none any more; ``failed(Run)`` that one broke;
    ``done(Message)`` carries what came of all of them.

    Parameters
    ----------
    runner : Runner
        Where the runs go.
    start : callable
        Starts one of them, and returns whether it could.
    parent : QObject
        Its owner.
    """

    changed = Signal()
    failed = Signal(object)
    done = Signal(object)

    def __init__(self, runner: Runner, start: Callable[[Task], bool], parent: QObject) -> None:
        super().__init__(parent)
        self._start = start
        self._tasks: list[Task] = []
        self._begun = 0
        self._ended: list[Run] = []
        runner.run_ended.connect(self._take)
        runner.run_dropped.connect(self.clear)
        runner.idle.connect(self._go_on)

    @property
    def active(self) -> bool:
        """Whether its runs are under way."""
        return bool(self._tasks)

    @property
    def place(self) -> Message | None:
        """Which run of how many is under way, if any."""
        return say("run {begun} of {all}", begun=self._begun, all=len(self._tasks)) if self._tasks else None

    def begin(self, tasks: Sequence[Task]) -> None:
        """Run these one after the other, in place of all that were left."""
        self._tasks, self._begun, self._ended = list(tasks), 0, []
        self._go_on()

    @Slot()
    def clear(self) -> None:
        """Start none of those that are left."""
        if self._tasks:
            self._tasks = []
            self.changed.emit()

    @Slot(object)
    def _take(self, run: Run) -> None:
        if not self._tasks:
            return
        self._ended.append(run)
        if run.status is RunStatus.FAILED:
            self.failed.emit(run)

    @Slot()
    def _go_on(self) -> None:
        if not self._tasks:
            return
        if self._begun == len(self._tasks):
            told = compared(self._ended, len(self._tasks))
            self.clear()
            self.done.emit(told)
            return
        self._begun += 1
        self.changed.emit()
        if not self._start(self._tasks[self._begun - 1]):
            self.clear()
