"""Notices that a run shows no progress any more, and asks what to do: the window itself never hangs with it."""

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from lrgui.core.control import STEPPING
from lrgui.core.events import Event
from lrgui.core.patience import Limits, Patience, told_of_silence
from lrgui.core.runs import Run
from lrgui.worker import Runner

_LOOK_MS = 1000
# A look that comes so late was held up itself: by a computer that slept, for one.
_LATE_SECONDS = 5.0


class Watchdog(QObject):
    """Listens to the runner, and looks at the clock while it is busy; when it is idle nothing ticks.

    A run that is paused, or goes step by step, is silent because a person wants it so. ``silent(Message)`` tells that
    one has been silent for too long, once; ``over`` that it is not any more: it goes on, has ended, or is waited for.

    Parameters
    ----------
    runner : Runner
        Whose runs are watched.
    parent : QObject
        Its owner.

    Attributes
    ----------
    limits : Limits
        For the runs that begin from now on.
    """

    silent = Signal(object)
    over = Signal()

    def __init__(self, runner: Runner, parent: QObject) -> None:
        super().__init__(parent)
        self.limits = Limits()
        self._runner = runner
        self._patience, self._told = Patience(self.limits), False
        self._looked = Patience(self.limits)
        self._timer = QTimer(self, interval=_LOOK_MS)
        self._timer.timeout.connect(self._look)
        runner.run_started.connect(self._begin)
        runner.run_changed.connect(self._take)
        runner.run_dropped.connect(self._rest)
        runner.idle.connect(self._end)

    def wait_on(self) -> None:
        """Tell again only after twice the time."""
        self._patience.wait_on()
        self._put_away()

    def look_closely(self, interval_ms: int) -> None:
        """Look at the clock so often."""
        self._timer.setInterval(interval_ms)

    @Slot(object)
    def _begin(self, run: Run) -> None:
        self._patience = Patience(self.limits)
        self._looked.rest()
        self._timer.start()

    @Slot(object, object)
    def _take(self, run: Run, event: Event) -> None:
        self._patience.take(run, event)
        self._put_away()

    @Slot()
    def _rest(self) -> None:
        self._patience.rest()
        self._put_away()

    @Slot()
    def _end(self) -> None:
        self._timer.stop()
        self._put_away()

    @Slot()
    def _look(self) -> None:
        late = self._looked.silent > _LATE_SECONDS
        self._looked.rest()
        if late or self._held():
            self._rest()
        elif self._patience.over and not self._told:
            self._told = True
            self.silent.emit(told_of_silence(self._runner.run, self._patience.silent))

    def _held(self) -> bool:
        """Whether the run is silent because it waits: for a hand, or for the imports before its first event."""
        runner, run = self._runner, self._runner.run
        if run is None:
            return False
        return runner.paused or runner.pace == STEPPING or run.status == "waiting" or self._arms_held(run)

    def _arms_held(self, run: Run) -> bool:
        """Whether a hand has paused all arms of a comparison that have not ended."""
        config = run.config
        arms, seeds = getattr(config, "arms", ()), getattr(config, "seeds", 1)
        ended = [end.arm for end in run.arm_ends]
        going = [arm for arm in range(len(arms)) if ended.count(arm) < seeds]
        return bool(going) and self._runner.arms.all_paused(going)

    def _put_away(self) -> None:
        if self._told:
            self._told = False
            self.over.emit()
