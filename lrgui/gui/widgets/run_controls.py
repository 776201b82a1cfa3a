"""The bar of a running job: how far it is, how long it still takes, and what one can do with it."""

import math
import time

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QSizePolicy, QVBoxLayout

from lrgui.core.control import FULL_SPEED, STEPPING
from lrgui.core.events import Spread
from lrgui.core.messages import Message, Text, joined, say
from lrgui.core.runs import Run
from lrgui.gui.actions import Actions
from lrgui.gui.sizes import px, sized
from lrgui.gui.widgets.action_button import ActionButton, ActionTool
from lrgui.gui.widgets.card import GAP
from lrgui.gui.widgets.live_label import LiveLabel
from lrgui.gui.widgets.pace_box import PaceBox
from lrgui.gui.words import show

_ROOMY_WIDTH = 760

_READABLE_SECONDS = 0.2
"""How long a line of a run at full speed stands: nobody reads faster, and the run has the time."""


class RunControls(QFrame):
    """Progress, pace and the verbs of a run. It keeps its place when nothing runs, and then says what to do.

    ``series`` is told with the progress: which run it is of several that follow each other.
    """

    def __init__(self, actions: Actions) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._text = LiveLabel("card")
        sized(self._text.setMinimumWidth, 80)
        self._bar = QProgressBar(textVisible=False)
        show(self._bar.setAccessibleName, say("Progress of the run"))
        told = QVBoxLayout()
        told.setSpacing(4)
        told.addWidget(self._text)
        told.addWidget(self._bar)
        line = QHBoxLayout(self)
        line.setContentsMargins(14, 8, 10, 8)
        line.setSpacing(GAP)
        line.addLayout(told, 1)
        self.pace, self._pace = PaceBox(), FULL_SPEED
        step = ActionTool(actions["step"])
        line.addWidget(self.pace)
        line.addWidget(step)
        self._verbs = [ActionButton(actions[name]) for name in ("pause", "stop", "cancel")]
        for verb in self._verbs:
            line.addWidget(verb)
        self.series: Text = ""
        self._waiting: tuple[Run, bool] | None = None
        self._shown: tuple[object, ...] | None = None
        self._written = -math.inf
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._write_waiting)
        self.rest("")

    def show_pace(self, pace: float | None) -> None:
        """Show the pace that runs go at."""
        self._pace = pace
        self.pace.show_pace(pace)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave room for the progress: where there is little, the verbs are short."""
        super().resizeEvent(event)
        for verb in self._verbs:
            verb.set_short(event.size().width() < px(_ROOMY_WIDTH))

    def rest(self, text: Text) -> None:
        """Show that nothing runs, and what one could do."""
        self._timer.stop()
        self._waiting = self._shown = None
        show(self._text.setText, text)
        show(self._text.setToolTip, text)
        self._bar.setRange(0, 1)
        self._bar.setValue(0)

    def show_run(self, run: Run, *, paused: bool) -> None:
        """Show how far a run is: at once what a hand has done or what has just begun, the rest a little later."""
        state = run.id, run.planned is None, run.place[0], paused
        wait = self._written + _READABLE_SECONDS - time.perf_counter()
        self._waiting = run, paused
        if wait <= 0 or state != self._shown or self._pace != FULL_SPEED:
            self._shown = state
            self._write_waiting()
        elif not self._timer.isActive():
            self._timer.start(math.ceil(1000 * wait))

    @Slot()
    def _write_waiting(self) -> None:
        """Write what is to be shown now."""
        self._timer.stop()
        if self._waiting is not None:
            self._written = time.perf_counter()
            self._write(*self._waiting)
            self._waiting = None

    def _write(self, run: Run, paused: bool) -> None:
        if run.planned is None:
            self._show_preparation(run)
            return
        steps, done = len(run.planned.learning_rates), run.done
        self._measure(steps)
        self._bar.setValue(done)
        told = _progress(run, done, steps, _left(run, done, steps, paused, self._pace))
        if self.series:
            told = joined((told, self.series), "  ·  ")
        show(self._text.setText, told)
        show(self._text.setToolTip, told)

    def _measure(self, whole: int) -> None:
        """Let the bar be full at so much; to set the range that it has would paint all of it."""
        if self._bar.maximum() != whole:
            self._bar.setRange(0, whole)

    def _show_preparation(self, run: Run) -> None:
        progress = run.progress
        show(
            self._text.setText,
            progress.message if progress else say("Waiting for TensorFlow; the run starts when it is there."),
        )
        self._measure(0 if progress is None or progress.fraction is None else 1000)
        self._bar.setValue(int(1000 * (progress.fraction or 0)) if progress else 0)


def _left(run: Run, done: int, steps: int, paused: bool, pace: float | None) -> Message:
    if paused:
        return say("paused")
    if pace == STEPPING:
        return say("next step: N")
    if pace is not None:
        return say("{time:duration} left", time=(steps - done) / pace)
    if run.spread is not None:
        return _left_elsewhere(run.spread)
    if done and run.seconds > 0:
        return say("{time:duration} left", time=run.seconds / done * (steps - done))
    return say("starting")


def _left_elsewhere(spread: Spread) -> Message:
    """Say how long runs take that several workers share."""
    if spread.seconds_left is None:
        return say("starting")
    return say("{time:duration} left", time=spread.seconds_left)


def _progress(run: Run, done: int, steps: int, left: Message) -> Message:
    assert run.planned is not None
    if run.planned.repeats > 1:
        repeat, within = run.place
        return say(
            "Sweep {number} of {repeats}  ·  step {done:,} of {steps:,}  ·  {left}",
            number=repeat + 1,
            repeats=run.planned.repeats,
            done=within,
            steps=steps // run.planned.repeats,
            left=left,
        )
    if run.spread is not None:  # each of them is at another epoch
        return say("Step {done:,} of {steps:,}  ·  {left}", done=done, steps=steps, left=left)
    # A comparison has as many trainings, epoch by epoch in turn.
    trainings = max(1, steps // (run.planned.steps_per_epoch * run.planned.epochs))
    epoch = min(done // (run.planned.steps_per_epoch * trainings) + 1, run.planned.epochs)
    return say(
        "Step {done:,} of {steps:,}  ·  {left}  ·  epoch {epoch} of {epochs}",
        epoch=epoch,
        epochs=run.planned.epochs,
        done=done,
        steps=steps,
        left=left,
    )
