"""Runs that are run again exactly, and compared at their end with what they repeat."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from lrgui.core.messages import Message, Refused, say
from lrgui.core.runs import Run, RunStatus
from lrgui.worker import Jobs, Runner

if TYPE_CHECKING:
    from lrgui.core.store import Store
    from lrgui.gui.history_reader import HistoryReader


class Repeats(QObject):
    """Starts repeats, one at a time, and tells how each came out.

    Parameters
    ----------
    runner, jobs
        Where runs go, and what can be run.
    reader : callable
        Returns who reads the history: by what the original was made stands there.
    parent : QObject
        Its owner.
    """

    def __init__(self, runner: Runner, jobs: Jobs, reader: "Callable[[], HistoryReader]", parent: QObject) -> None:
        super().__init__(parent)
        self._runner, self._jobs, self._reader = runner, jobs, reader
        self._started: tuple[str, Run, Callable[[Message], None]] | None = None
        # Heard after the pages, whose own last sentence stands there first.
        runner.run_ended.connect(self._compare)

    def start(self, original: Run, told: Callable[[Message], None]) -> None:
        """Run a run again, with the same config, seed and moves of the slider.

        Parameters
        ----------
        original : Run
            Whole, as it was read from the history.
        told : callable
            Called at its end with a sentence that says whether it came out the same.

        Raises
        ------
        Refused
            Another run has not ended yet.
        """
        jobs = {"range_test": self._jobs.find, "comparison": self._jobs.compare}
        job = jobs.get(original.kind, self._jobs.train)
        name = str(say("{name} again", name=original.name)) if original.kind != "range_test" else ""
        moves, config = original.factor_moves, original.config
        run_id = self._runner.start(original.kind, job, config, name, repeat_of=original.id, replay=moves)
        self._started = run_id, original, told

    @Slot(object)
    def _compare(self, run: Run) -> None:
        if self._started is None or self._started[0] != run.id:
            return
        _, original, told = self._started
        self._started = None
        if run.status is not RunStatus.FAILED:
            self._reader().ask("compare", lambda store: _told(store, original, run), told)


def _told(store: "Store", original: Run, repeat: Run) -> Message:
    """Say how a repeat came out, and by what else it was made; the origin of this program is that of now."""
    from lrgui.core.repeats import compare_runs, tell_repeat
    from lrgui.core.store.origin import environment, versions
    from lrgui.core.store.plain import from_json

    now = {"versions": from_json(versions()), "environment": from_json(environment())}
    try:
        return tell_repeat(original, repeat, store.origin(original.id), now)
    except Refused:  # deleted meanwhile
        return compare_runs(original, repeat)
