"""One sweep for each arm, one after the other: each gets the rate that its own optimizer recommends."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot

from lrgui.core.config import ComparisonConfig, RangeTestConfig
from lrgui.core.messages import Message, say
from lrgui.core.runs import Run, RunStatus
from lrgui.worker import Runner


class ArmSweeps(QObject):
    """Sweeps with the optimizer of each arm of a comparison.

    ``found(int, Arm, float)`` carries an arm's number, what it was and the rate that is recommended for it; ``done``
    tells that no other sweep follows.

    Parameters
    ----------
    runner : Runner
        Where the sweeps go.
    start : callable
        Starts a sweep by its config and name, and returns whether it could.
    parent : QObject
        Its owner.
    """

    found = Signal(int, object, float)
    done = Signal()

    def __init__(self, runner: Runner, start: Callable[[RangeTestConfig, str], bool], parent: QObject) -> None:
        super().__init__(parent)
        self._runner, self._start = runner, start
        self._config: ComparisonConfig | None = None
        self._next = 0
        self.run: Run | None = None
        runner.run_ended.connect(self._take)
        runner.run_dropped.connect(self._give_up)
        runner.idle.connect(self._go_on)

    @property
    def place(self) -> Message:
        """Which sweep of how many is under way."""
        arms = len(self._config.arms) if self._config is not None else 0
        return say("sweep {number} of {arms}", number=self._next, arms=arms)

    def begin(self, config: ComparisonConfig) -> None:
        """Sweep for each arm of a comparison."""
        self._config, self._next = config, 0
        self._go_on()

    @Slot()
    def _go_on(self) -> None:
        if self._config is None:
            return
        if self._next == len(self._config.arms):
            self._give_up()
            return
        arm, name = self._config.arms[self._next], self._config.names[self._next]
        config = RangeTestConfig.of(self._config, optimizer=arm.optimizer)
        self._next += 1
        if self._start(config, str(say("Sweep for {name}", name=name))):
            self.run = self._runner.run
        else:
            self._give_up()

    @Slot(object)
    def _take(self, run: Run) -> None:
        """Read what a sweep recommends; one that was stopped by hand ends them all."""
        if self._config is None or run is not self.run:
            return
        from lrgui.core.advice import advice_of

        if run.status in (RunStatus.STOPPED, RunStatus.FAILED):
            self._give_up()
        elif len(run.steps):
            rate = advice_of(run).recommended.learning_rate
            if rate is not None:
                self.found.emit(self._next - 1, self._config.arms[self._next - 1], rate)

    @Slot()
    def _give_up(self) -> None:
        if self._config is not None:
            self._config = self.run = None
            self.done.emit()
