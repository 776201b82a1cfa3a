"""The pace of a run: full speed, so many steps a second, or single steps."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy

from lrgui.core.control import FULL_SPEED, STEPPING
from lrgui.core.messages import Message, say
from lrgui.gui.words import show

PACES: dict[float | None, Message] = {
    FULL_SPEED: say("full speed"),
    30.0: say("30 steps / s"),
    20.0: say("20 steps / s"),
    10.0: say("10 steps / s"),
    3.0: say("3 steps / s"),
    1.0: say("1 step / s"),
    STEPPING: say("single steps"),
}


class PaceBox(QComboBox):
    """One of the paces; ``chosen`` is emitted when a hand picks another. The wheel does not change it."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        for row, pace in enumerate(PACES.values()):
            self.addItem("")
            show(partial(self.setItemText, row), pace)
        self.setObjectName("pace")
        show(self.setAccessibleName, say("Pace of the run"))
        show(self.setToolTip, say("How fast a run goes: slow it down to watch it, before it starts or while it runs"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        # By itself it is as wide as what it held when it was first shown, in the size and language of that moment.
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.activated.connect(lambda row: self.chosen.emit(list(PACES)[row]))

    def show_pace(self, pace: float | None) -> None:
        """Show the pace in force."""
        self.setCurrentIndex(list(PACES).index(pace))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page."""
        event.ignore()
