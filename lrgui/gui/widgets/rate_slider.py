"""A logarithmic slider for a rate, with the limit of stability marked on it."""

import math

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from lrgui.core.messages import format_learning_rate, say
from lrgui.gui.sizes import px
from lrgui.gui.theme import themes
from lrgui.gui.words import show

LOWEST, HIGHEST = 1e-9, 1e3
_DECADES_BELOW, _DECADES_ABOVE = 3.0, 2.0
_SIDE, _GROOVE_TOP, _HANDLE = 14.0, 22.0, 8.0
_COARSE, _FINE = 0.1, 0.01


class RateSlider(QWidget):
    """Picks a rate over some decades around the one that works well.

    ``picked`` carries the rate to which a hand has moved it. Up and down step it by a tenth of a decade, with Shift
    by a hundredth.
    """

    picked = Signal(float)

    def __init__(self) -> None:
        super().__init__()
        self.learning_rate = 0.1
        self._range = -3.0, 1.0
        self._limit: float | None = None
        self._formula = ""
        self._meaning = "learning_rate"
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        show(self.setAccessibleName, say("Learning rate of the selected walker, logarithmic"))
        show(self.setToolTip, say("Drag: the whole path follows at once. Up and down step it by a tenth of a decade"))
        themes.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Return a comfortable size (Qt's hook)."""
        return QSize(px(400), self.minimumSizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Return the height of groove, numbers and the mark (Qt's hook)."""
        return QSize(px(160), round(px(_GROOVE_TOP + 14) + QFontMetricsF(self.font()).height()))

    def show_around(self, learning_rate: float) -> None:
        """Span some decades around a rate."""
        middle = math.log10(learning_rate)
        self._range = math.floor(middle - _DECADES_BELOW + 0.5), math.ceil(middle + _DECADES_ABOVE - 0.5)
        self.update()

    def show_rate(self, learning_rate: float, meaning: str) -> None:
        """Show the rate of a walker in its colour; where it lies outside, span as much as it needs."""
        self.learning_rate, self._meaning = learning_rate, meaning
        position = math.log10(learning_rate)
        self._range = min(self._range[0], math.floor(position)), max(self._range[1], math.ceil(position))
        self.update()

    def show_limit(self, limit: float | None, formula: str) -> None:
        """Mark the largest rate that converges where the walker stands, or none."""
        if (limit, formula) != (self._limit, self._formula):
            self._limit, self._formula = limit, formula
            self.update()

    def pixel(self, learning_rate: float) -> float:
        """Return where a rate lies on the widget."""
        low, high = self._range
        return px(_SIDE) + (math.log10(learning_rate) - low) / (high - low) * (self.width() - 2 * px(_SIDE))

    def rate_at(self, pixel: float) -> float:
        """Return the rate at a pixel, with three digits."""
        low, high = self._range
        share = min(max((pixel - px(_SIDE)) / max(self.width() - 2 * px(_SIDE), 1.0), 0.0), 1.0)
        return float(f"{10 ** (low + share * (high - low)):.3g}")

    # Hands

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Jump to where the mouse is (Qt's hook)."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._pick(self.rate_at(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the mouse (Qt's hook)."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._pick(self.rate_at(event.position().x()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step the rate (Qt's hook)."""
        direction = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()), 0)
        if not direction:
            event.ignore()
            return
        size = _FINE if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else _COARSE
        self._pick(float(f"{self.learning_rate * 10 ** (direction * size):.3g}"))

    def _pick(self, learning_rate: float) -> None:
        learning_rate = min(max(learning_rate, LOWEST), HIGHEST)
        if learning_rate != self.learning_rate:
            self.show_rate(learning_rate, self._meaning)
            self.picked.emit(learning_rate)

    # The look

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw groove, numbers, limit and handle (Qt's hook)."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = themes.current
        self._draw_groove(painter, theme.color("edge"))
        self._draw_ticks(painter)
        if self._limit is not None:
            self._draw_limit(painter, self._limit)
        painter.setPen(QPen(theme.color("accent" if self.hasFocus() else "card"), 2))
        painter.setBrush(theme.brush(self._meaning))
        painter.drawEllipse(QPointF(self.pixel(self.learning_rate), px(_GROOVE_TOP)), px(_HANDLE), px(_HANDLE))

    def _draw_groove(self, painter: QPainter, color: QColor) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        groove = QRectF(px(_SIDE), px(_GROOVE_TOP - 2), self.width() - 2 * px(_SIDE), px(4))
        painter.drawRoundedRect(groove, 2, 2)

    def _draw_ticks(self, painter: QPainter) -> None:
        metrics, theme = QFontMetricsF(self.font()), themes.current
        for decade in range(math.ceil(self._range[0]), math.floor(self._range[1]) + 1):
            x, words = self.pixel(10.0**decade), _power(decade)
            painter.setPen(theme.color("edge"))
            painter.drawLine(QPointF(x, px(_GROOVE_TOP + 5)), QPointF(x, px(_GROOVE_TOP + 9)))
            painter.setPen(theme.color("dim"))
            width = metrics.horizontalAdvance(words)
            left = min(max(x - width / 2, 0.0), self.width() - width)
            painter.drawText(QPointF(left, px(_GROOVE_TOP + 10) + metrics.ascent()), words)

    def _draw_limit(self, painter: QPainter, limit: float) -> None:
        """Colour what diverges, and mark where it begins."""
        theme, metrics = themes.current, QFontMetricsF(self.font())
        low, high = 10.0 ** self._range[0], 10.0 ** self._range[1]
        inside = min(max(limit, low), high)
        x, end = self.pixel(inside), self.width() - px(_SIDE)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.brush("error"))
        painter.drawRoundedRect(QRectF(x, px(_GROOVE_TOP - 2), end - x, px(4)), 2, 2)
        if low <= limit <= high:
            painter.setPen(QPen(theme.color("error"), 2))
            painter.drawLine(QPointF(x, px(_GROOVE_TOP - 7)), QPointF(x, px(_GROOVE_TOP + 9)))
        words = f"{self._formula} = {format_learning_rate(limit, 3)}"
        width = metrics.horizontalAdvance(words)
        left = min(max(x - width / 2, 0.0), self.width() - width)
        painter.setPen(theme.color("error"))
        painter.drawText(QPointF(left, metrics.ascent() - 2), words)


def _power(decade: int) -> str:
    return f"{10.0**decade:g}" if -3 <= decade <= 3 else f"1e{decade}"
