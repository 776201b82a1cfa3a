"""A disc with a number in the colour of a series: one of several that are drawn together."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QPainter

from lrgui.gui.theme import themes


def draw_badge(painter: QPainter, middle: QPointF, number: int, radius: float) -> None:
    """Draw a disc in the colour of a series with its number, counted from 1; ``number`` is counted from 0."""
    theme = themes.current
    color = theme.color(f"series{number}")
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    painter.drawEllipse(middle, radius, radius)
    painter.save()
    font = QFont(painter.font())
    font.setBold(True)
    font.setPixelSize(round(1.25 * radius))
    painter.setFont(font)
    painter.setPen(theme.readable_on(color))
    box = QRectF(middle.x() - radius, middle.y() - radius, 2 * radius, 2 * radius)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(number + 1))
    painter.restore()
