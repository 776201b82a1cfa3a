"""The symbol beside a sentence that a person should not pass over."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLabel

from lrgui.gui.sizes import px
from lrgui.gui.theme import themes


class AlertSymbol(QLabel):
    """An exclamation mark in the colours of the theme in force.

    Parameters
    ----------
    size : int
        Of its sides, in pixels of plain type.
    """

    def __init__(self, size: int = 18) -> None:
        super().__init__()
        self._size = size
        themes.changed.connect(self._take_colors)
        self._take_colors()

    @Slot()
    def _take_colors(self) -> None:
        symbol = themes.current.icon("alert-circle-outline", "validation")
        self.setPixmap(symbol.pixmap(px(self._size), px(self._size)))
