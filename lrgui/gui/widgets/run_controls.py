"""The bar of a running job: how far it is, how long it still takes, and what one can do with it."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QSizePolicy, QVBoxLayout

from lrgui.core.messages import say
from lrgui.core.runs import Run
from lrgui.gui.actions import Actions
from lrgui.gui.widgets.action_button import ActionButton
from lrgui.gui.widgets.card import GAP
from lrgui.gui.widgets.eliding_label import ElidingLabel


class RunControls(QFrame):
    """Progress and the verbs of a run. It keeps its place when nothing runs, and then says what to do."""

    def __init__(self, actions: Actions) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._text = ElidingLabel()
        self._text.setMinimumWidth(80)
        self._bar = QProgressBar(textVisible=False)
        self._bar.setAccessibleName("Progress of the run")
        told = QVBoxLayout()
        told.setSpacing(4)
        told.addWidget(self._text)
        told.addWidget(self._bar)
        line = QHBoxLayout(self)
        line.setContentsMargins(14, 8, 10, 8)
        line.setSpacing(GAP)
        line.addLayout(told, 1)
        for name in ("pause", "stop", "cancel"):
            line.addWidget(ActionButton(actions[name]))
        self.rest("")

    def rest(self, text: str) -> None:
        """Show that nothing runs, and what one could do."""
        self._text.setText(text)
        self._text.setToolTip(text)
        self._bar.setRange(0, 1)
        self._bar.setValue(0)

    def show_run(self, run: Run, *, paused: bool) -> None:
        """Show how far a run is."""
        if run.planned is None:
            self._show_preparation(run)
            return
        steps, done = len(run.planned.learning_rates), len(run.steps)
        self._bar.setRange(0, steps)
        self._bar.setValue(done)
        self._text.setText(str(_progress(run, done, steps, paused)))

    def _show_preparation(self, run: Run) -> None:
        progress = run.progress
        self._text.setText(
            str(progress.message) if progress else "Waiting for TensorFlow; the run starts when it is there."
        )
        self._bar.setRange(0, 0 if progress is None or progress.fraction is None else 1000)
        self._bar.setValue(int(1000 * (progress.fraction or 0)) if progress else 0)


def _progress(run: Run, done: int, steps: int, paused: bool) -> object:
    assert run.planned is not None
    if paused:
        left = say("paused")
    elif done and run.seconds > 0:
        left = say("{time} left", time=duration(run.seconds / done * (steps - done)))
    else:
        left = say("starting")
    epoch = min(done // run.planned.steps_per_epoch + 1, run.planned.epochs)
    return say(
        "Epoch {epoch} of {epochs}  ·  step {done} of {steps}  ·  {left}",
        epoch=epoch,
        epochs=run.planned.epochs,
        done=done,
        steps=steps,
        left=left,
    )


def duration(seconds: float) -> str:
    """Write a time as people say it: ``0.8 s``, ``12 s``, ``3 min 05 s``, ``1 h 04 min``."""
    if seconds < 10:
        return f"{seconds:.1f} s"
    if seconds < 60:
        return f"{seconds:.0f} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest:02d} s" if minutes < 60 else f"{minutes // 60} h {minutes % 60:02d} min"
