"""One of several things that are compared, as a line that can be picked: an arm, a walker."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from lrgui.core.messages import Text
from lrgui.gui.sizes import px
from lrgui.gui.theme import themes
from lrgui.gui.widgets.badge import draw_badge

_BADGE, _PADDING = 20, 6


class NumberedLine(QAbstractButton):
    """Two lines of words beside a number in its colour: a title with its rate, and a note.

    Parameters
    ----------
    number : int
        From 0; it gives the colour, and 1 more is what is read.
    """

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number
        self.title: Text = ""
        self.rate = ""
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        themes.changed.connect(self.update)

    def note(self) -> tuple[Text, str]:
        """Return what stands under the title, and by what it is coloured in the theme."""
        return "", "dim"

    def sizeHint(self) -> QSize:
        """Return the room of two lines (Qt's hook)."""
        return QSize(px(200), round(2 * QFontMetricsF(self.font()).height()) + 2 * px(_PADDING))

    def minimumSizeHint(self) -> QSize:
        """Return the room of two lines, as narrow as need be (Qt's hook)."""
        return QSize(px(80), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line (Qt's hook)."""
        painter, theme = QPainter(self), themes.current
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        if self.isChecked() or self.underMouse() or self.hasFocus():
            painter.setPen(theme.pen("accent") if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(theme.brush("hover"))
            painter.drawRoundedRect(room, 6, 6)
        badge, padding = px(_BADGE), px(_PADDING)
        draw_badge(painter, QPointF(padding + badge / 2, self.height() / 2), self.number, badge / 2)
        self._write(painter, room.adjusted(2 * padding + badge, padding - 1, -padding - 2, -padding + 1))

    def _write(self, painter: QPainter, room: QRectF) -> None:
        theme, metrics = themes.current, QFontMetricsF(self.font())
        painter.setPen(theme.color("text"))
        painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, self.rate)
        font = QFont(self.font())
        font.setBold(self.isChecked())
        painter.setFont(font)
        _draw_cut(painter, room.adjusted(0, 0, -metrics.horizontalAdvance(self.rate) - 8, 0), self.title)
        painter.setFont(self.font())
        note, meaning = self.note()
        painter.setPen(theme.color(meaning))
        _draw_cut(painter, room.adjusted(0, room.height() - metrics.height(), 0, 0), note)


def _draw_cut(painter: QPainter, room: QRectF, text: Text) -> None:
    """Write a text at the top left, with dots where it is too long."""
    shown = QFontMetricsF(painter.font()).elidedText(str(text), Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextDontClip, shown)
