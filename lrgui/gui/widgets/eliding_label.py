"""A line of text that ends in dots where there is no room for it."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel


class ElidingLabel(QLabel):
    """A label that can be narrower than its text; for texts that also stand somewhere in full."""

    def minimumSizeHint(self) -> QSize:
        """Return the height of a line: the width is up to the layout (Qt's hook)."""
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what there is room for (Qt's hook)."""
        room = self.contentsRect()
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        painter = QPainter(self)
        painter.drawText(room, self.alignment(), shown)
