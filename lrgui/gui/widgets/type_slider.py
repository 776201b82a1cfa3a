"""How large everything is before a class, and the way out of it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSlider

from lrgui.core.messages import Message, say
from lrgui.gui.settings import LARGEST_TYPE, SMALLEST_TYPE
from lrgui.gui.sizes import sized
from lrgui.gui.widgets.action_button import ActionTool
from lrgui.gui.widgets.card import GAP, label
from lrgui.gui.words import show


class TypeSlider(QFrame):
    """A slider of percents with a button that ends the presentation; ``picked(float)`` carries times plain."""

    picked = Signal(float)

    def __init__(self, leave: QAction) -> None:
        super().__init__()
        line = QHBoxLayout(self)
        line.setContentsMargins(2 * GAP, 0, 0, 0)
        line.setSpacing(GAP)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(round(100 * SMALLEST_TYPE), round(100 * LARGEST_TYPE))
        self.slider.setSingleStep(10)
        self.slider.setPageStep(50)
        # Everything is laid out anew at each step: where the hand lets go is enough.
        self.slider.setTracking(False)
        sized(self.slider.setFixedWidth, 140)
        show(self.slider.setAccessibleName, say("Size of type and lines, in percent"))
        show(self.slider.setToolTip, say("Size of type and lines (Ctrl++ and Ctrl+-)"))
        self.slider.sliderMoved.connect(self._tell)
        self.slider.valueChanged.connect(lambda percent: self.picked.emit(round(percent, -1) / 100))
        self._told = label("")
        tool = ActionTool(leave)
        for widget in (label(say("Size")), self.slider, self._told, tool):
            line.addWidget(widget)

    def show_scale(self, scale: float) -> None:
        """Show how large everything is."""
        self.slider.blockSignals(True)
        self.slider.setValue(round(100 * scale))
        self.slider.blockSignals(False)
        self._tell(round(100 * scale))

    def _tell(self, percent: int) -> None:
        show(self._told.setText, Message("{percent} %", {"percent": round(percent, -1)}))
