"""One answer of several: a round button, and its words beside it in as many lines as they need."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QRadioButton, QWidget

from lrgui.gui.widgets.card import GAP, label
from lrgui.gui.words import show


class OptionRow(QWidget):
    """The button is pressed by a click on the words, too."""

    def __init__(self) -> None:
        super().__init__()
        self.button, self._words = QRadioButton(), label("")
        self._words.setWordWrap(True)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(GAP)
        line.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self._words, 1)

    def show_option(self, text: str, *, enabled: bool) -> None:
        """Show an answer; one that cannot be chosen any more is paler."""
        show(self._words.setText, text)
        show(self.button.setAccessibleName, text)
        self.button.setEnabled(enabled)
        level = "" if enabled else "dim"
        if self._words.property("level") != level:
            self._words.setProperty("level", level)
            self._words.style().unpolish(self._words)
            self._words.style().polish(self._words)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Take a click on the words for one on the button (Qt's hook)."""
        if self.rect().contains(event.position().toPoint()):
            self.button.click()
