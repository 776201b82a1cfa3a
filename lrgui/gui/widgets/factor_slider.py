"""The slider that multiplies the learning rate of a running training."""

import math

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSlider, QWidget

from lrgui.core.messages import say
from lrgui.gui.sizes import sized
from lrgui.gui.widgets.card import GAP, label
from lrgui.gui.words import show

_STEPS_PER_DECADE = 100


class FactorSlider(QWidget):
    """Multiplies the rate of the running training, from a tenth to ten times. ``moved`` carries the factor."""

    moved = Signal(float)

    def __init__(self) -> None:
        super().__init__()
        self._slider = QSlider(Qt.Orientation.Horizontal)
        self._slider.setRange(-_STEPS_PER_DECADE, _STEPS_PER_DECADE)
        self._slider.setPageStep(_STEPS_PER_DECADE // 10)
        sized(self._slider.setFixedWidth, 100)
        show(self._slider.setAccessibleName, say("Multiply the learning rate"))
        show(self._slider.setToolTip, say("Multiply the learning rate while the run goes on"))
        self._slider.valueChanged.connect(self._tell)
        self._shown = label("1.0")
        sized(self._shown.setFixedWidth, 32)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(GAP)
        line.addWidget(label(say("rate x"), "dim"))
        line.addWidget(self._slider)
        line.addWidget(self._shown)

    @property
    def factor(self) -> float:
        """What the rate is multiplied by, from 0.1 to 10."""
        return float(10 ** (self._slider.value() / _STEPS_PER_DECADE))

    def reset(self) -> None:
        """Back to 1, without telling."""
        self.show_factor(1.0)

    def show_factor(self, factor: float) -> None:
        """Stand where another hand has put it, without telling; a hand that holds it keeps it."""
        if self._slider.isSliderDown():
            return
        self._slider.blockSignals(True)
        self._slider.setValue(round(_STEPS_PER_DECADE * math.log10(factor)))
        self._slider.blockSignals(False)
        self._write()

    def _tell(self) -> None:
        self._write()
        self.moved.emit(self.factor)

    def _write(self) -> None:
        self._shown.setText(f"{self.factor:.2g}" if self.factor != 1 else "1.0")
