"""The bar of a running job: how far it is, how long it still takes, and what one can do with it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QSizePolicy, QSlider, QVBoxLayout, QWidget

from lrgui.core.messages import say
from lrgui.core.runs import Run
from lrgui.gui.actions import Actions
from lrgui.gui.widgets.action_button import ActionButton
from lrgui.gui.widgets.card import GAP, label

_STEPS_PER_DECADE = 100


class FactorSlider(QWidget):
    """Multiplies the rate of the running training, from a tenth to ten times. ``moved`` carries the factor."""

    moved = Signal(float)

    def __init__(self) -> None:
        super().__init__()
        self._slider = QSlider(Qt.Orientation.Horizontal)
        self._slider.setRange(-_STEPS_PER_DECADE, _STEPS_PER_DECADE)
        self._slider.setPageStep(_STEPS_PER_DECADE // 10)
        self._slider.setFixedWidth(110)
        self._slider.setAccessibleName("Multiply the learning rate")
        self._slider.setToolTip("Multiply the learning rate while the run goes on")
        self._slider.valueChanged.connect(self._tell)
        self._shown = label("1.0")
        self._shown.setFixedWidth(32)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(GAP)
        line.addWidget(label("rate x", "dim"))
        line.addWidget(self._slider)
        line.addWidget(self._shown)

    @property
    def factor(self) -> float:
        """What the rate is multiplied by, from 0.1 to 10."""
        return float(10 ** (self._slider.value() / _STEPS_PER_DECADE))

    def reset(self) -> None:
        """Back to 1, without telling."""
        self._slider.blockSignals(True)
        self._slider.setValue(0)
        self._slider.blockSignals(False)
        self._shown.setText("1.0")

    def _tell(self) -> None:
        self._shown.setText(f"{self.factor:.2g}" if self.factor != 1 else "1.0")
        self.moved.emit(self.factor)


class RunControls(QFrame):
    """Progress and the verbs of a run. It keeps its place when nothing runs, and then says what to do."""

    factor_moved = Signal(float)

    def __init__(self, actions: Actions, *, with_factor: bool) -> None:
        super().__init__(objectName="card")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._text = label("")
        self._text.setMinimumWidth(120)
        self._text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
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
        self._factor = FactorSlider()
        self._factor.moved.connect(self.factor_moved)
        self._factor.setVisible(with_factor)
        line.addWidget(self._factor)
        for name in ("pause", "stop", "cancel"):
            line.addWidget(ActionButton(actions[name]))
        self.rest("")

    def rest(self, text: str) -> None:
        """Show that nothing runs, and what one could do."""
        self._text.setText(text)
        self._text.setToolTip(text)
        self._bar.setRange(0, 1)
        self._bar.setValue(0)
        self._factor.reset()
        self._factor.setEnabled(False)

    def show_run(self, run: Run, *, paused: bool) -> None:
        """Show how far a run is."""
        self._factor.setEnabled(True)
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
