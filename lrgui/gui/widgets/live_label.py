"""A line of text that changes while a run goes on."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QLabel

from lrgui.gui.theme import themes


class LiveLabel(QLabel):
    """A label whose text costs a run next to nothing: it is as wide as there is room, and ends in dots if that is less.

    It keeps its text itself. With each other text Qt's own label has the whole window laid out anew, and with each
    paint all that lies behind it is painted.

    Parameters
    ----------
    ground : str
        The colour of what it stands on.
    """

    def __init__(self, ground: str) -> None:
        super().__init__()
        self._ground, self._told = ground, ""

    def text(self) -> str:
        """Return what it says (Qt's getter)."""
        return self._told

    def setText(self, text: str) -> None:
        """Say something else (Qt's setter)."""
        if text != self._told:
            self._told = text
            self.setAccessibleName(text)
            self.update()

    def sizeHint(self) -> QSize:
        """Return the height of a line: the width is up to the layout (Qt's hook)."""
        return QSize(0, self.fontMetrics().height())

    def minimumSizeHint(self) -> QSize:
        """Return the same (Qt's hook)."""
        return self.sizeHint()

    def showEvent(self, event: QShowEvent) -> None:
        """Cover what lies behind (Qt's hook)."""
        super().showEvent(event)
        self._cover()

    def changeEvent(self, event: QEvent) -> None:
        """Do so in another style, too (Qt's hook)."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._cover()

    def _cover(self) -> None:
        """Say that it paints all of its room; a style sheet takes that away from every label that it dresses."""
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what there is room for (Qt's hook)."""
        room = self.rect()
        shown = self.fontMetrics().elidedText(self._told, Qt.TextElideMode.ElideRight, room.width())
        painter = QPainter(self)
        painter.fillRect(room, themes.current.color(self._ground))
        painter.drawText(room, self.alignment(), shown)
