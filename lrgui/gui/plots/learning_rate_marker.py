"""The vertical line that picks a learning rate: dragged, stepped with keys, or set to an exact rate."""

import math
from collections.abc import Callable
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QApplication

from lrgui.core.messages import Message, say
from lrgui.gui.plots.mapping import Mapping, from_axis, to_axis
from lrgui.gui.theme import themes

_REACH = 8
"""Within so many pixels of the line the pointer takes hold of it."""

_GRIP = QRectF(-9, 0, 18, 22)
_EDGE = 10
_LABEL_TOP = 34.0


class LearningRateMarker(pg.InfiniteLine):  # type: ignore[misc]
    """A marker on an axis of learning rates, logarithmic until ``show_on`` says otherwise.

    It lies in the coordinates of the data: no zoom, pan or reset moves it. ``learning_rate_picked`` is emitted only
    when a hand has moved it.

    Parameters
    ----------
    height_at : callable
        Returns the height of the curve at a rate, NaN for none.
    changed : callable
        Called when it looks different.
    """

    learning_rate_picked = Signal(float)

    def __init__(self, height_at: Callable[[float], float], changed: Callable[[], None]) -> None:
        super().__init__(angle=90, movable=True)
        self._quantity, self._log = say("loss"), True
        self._rate: float | None = None
        self._limits: tuple[float, float] | None = None
        self._height_at, self._changed = height_at, changed
        # Not drawn: pyqtgraph takes the width of its pens for the reach of the mouse.
        self.setPen(width=2 * _REACH - 2)
        self.setHoverPen(width=2 * _REACH - 2)
        self.setCursor(Qt.CursorShape.SizeHorCursor)
        self.setVisible(False)
        self.sigDragged.connect(self._dragged)
        self.sigPositionChangeFinished.connect(self._look_changed)

    @property
    def learning_rate(self) -> float | None:
        """The rate, exactly as it was set; None while the marker is hidden."""
        return self._rate

    @learning_rate.setter
    def learning_rate(self, learning_rate: float | None) -> None:
        self._rate = None if learning_rate is None else self._clamped(learning_rate)
        self.setVisible(self._rate is not None)
        if self._rate is not None:
            self.setValue(float(to_axis(self._rate, self._log)))
        self._changed()

    def show_on(self, quantity: Message, *, log: bool) -> None:
        """Stay on the same rate, on another axis and over a curve of another quantity."""
        self._quantity, self._log = quantity, log
        self.learning_rate = self._rate

    @property
    def limits(self) -> tuple[float, float] | None:
        """The lowest and the highest rate that it goes to."""
        return self._limits

    def set_limits(self, low: float, high: float) -> None:
        """Keep the marker from ``low`` to ``high``, both above 0."""
        self._limits = low, high
        if self._rate is not None and self._rate != self._clamped(self._rate):
            self.learning_rate = self._rate

    def pick(self, learning_rate: float) -> None:
        """Move to a rate for a hand, and tell."""
        self.learning_rate = learning_rate
        self.learning_rate_picked.emit(self._rate)

    def step(self, decades: float) -> None:
        """Move by a number of decades for a hand, and tell."""
        if self._rate is not None:
            self.pick(self._rate * 10.0**decades)

    def _clamped(self, learning_rate: float) -> float:
        low, high = self._limits or (learning_rate, learning_rate)
        return float(min(max(learning_rate, low), high))

    def _look_changed(self) -> None:
        self._changed()

    def _dragged(self) -> None:
        self.pick(from_axis(self.value(), self._log))

    def setMouseHover(self, hover: bool) -> None:
        """Show that it can be taken hold of (pyqtgraph's hook)."""
        super().setMouseHover(hover)
        self._changed()

    def paint(self, *_: Any) -> None:
        """Draw nothing: ``draw`` does, in pixels (pyqtgraph's hook)."""

    # The look

    def told(self) -> list[Message]:
        """Return the rate, and the height of the curve there if it is known."""
        if self._rate is None:
            return []
        told, height = [Message("{rate:rate}", {"rate": self._rate})], self._height_at(self._rate)
        if math.isfinite(height):
            told.append(Message("{quantity} {height:.3g}", {"quantity": self._quantity, "height": height}))
        return told

    def lines(self) -> list[str]:
        """Return the lines of the label."""
        return [str(line) for line in self.told()]

    def label_rect(self, mapping: Mapping) -> QRectF:
        """Return where the label goes: right of the line, left of it near the right edge, always inside the area."""
        metrics, lines = QFontMetricsF(_label_font()), self.lines()
        if not lines:
            return QRectF()
        width = max(metrics.horizontalAdvance(line) for line in lines) + 12
        height = metrics.height() * len(lines) + 6
        x, y = self._place(mapping)
        if not self._in_sight(mapping):
            y = mapping.height
        left = x + _EDGE if x + _EDGE + width <= mapping.width else x - _EDGE - width
        # Away from the curve: below it where it runs in the upper half.
        top = _LABEL_TOP if not y < mapping.height * 0.45 else mapping.height - height - 12
        return QRectF(
            min(max(left, 0.0), max(mapping.width - width, 0.0)),
            min(max(top, 0.0), max(mapping.height - height, 0.0)),
            width,
            height,
        )

    def obstacles(self, mapping: Mapping) -> list[QRectF]:
        """Return what other labels must leave free: its line and its label."""
        if self._rate is None:
            return []
        x, _ = self._place(mapping)
        return [self.label_rect(mapping), QRectF(x - 7, 0, 14, mapping.height)]

    def _place(self, mapping: Mapping) -> tuple[float, float]:
        assert self._rate is not None
        x = min(max(mapping.x_pixel(self._rate), 0.0), mapping.width)
        return x, mapping.y_pixel(self._height_at(self._rate))

    def _in_sight(self, mapping: Mapping) -> bool:
        return self._rate is not None and 0 <= mapping.x_pixel(self._rate) <= mapping.width

    def draw(self, painter: QPainter, mapping: Mapping, *, focused: bool) -> None:
        """Draw line, grip, the point on the curve and the label; out of sight, an arrow at the edge and the label."""
        if self._rate is None:
            return
        theme = themes.current
        x, y = self._place(mapping)
        held = (self.mouseHovering or self.moving) and not theme.on_paper
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._in_sight(mapping):
            painter.setPen(theme.pen("marker", 4 if held else 3))
            painter.drawLine(QLineF(x, 0, x, mapping.height))
            if math.isfinite(y):
                painter.setPen(QPen(theme.color("card"), 2))
                painter.setBrush(theme.brush("marker"))
                painter.drawEllipse(QPointF(x, y), 6.5, 6.5)
            if not theme.on_paper:
                self._draw_grip(painter, x, focused=focused, held=held)
        else:
            self._draw_arrow(painter, x, right=x > 0)
        self._draw_label(painter, mapping)

    def _draw_grip(self, painter: QPainter, x: float, *, focused: bool, held: bool) -> None:
        theme = themes.current
        box = _GRIP.translated(x, 3)
        if held:
            box = box.adjusted(-2, -1, 2, 1)
        painter.setPen(QPen(theme.color("accent" if focused else "card"), 2))
        painter.setBrush(theme.brush("marker"))
        painter.drawRoundedRect(box, 6, 6)
        painter.setPen(QPen(theme.color("card"), 1.6, c=Qt.PenCapStyle.RoundCap, j=Qt.PenJoinStyle.RoundJoin))
        middle = box.center()
        for side in (-1, 1):
            points = [QPointF(middle.x() + side * dx, middle.y() + dy) for dx, dy in ((2.5, -4), (6, 0), (2.5, 4))]
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPolyline(points)

    def _draw_arrow(self, painter: QPainter, x: float, *, right: bool) -> None:
        side, middle = -1 if right else 1, _LABEL_TOP + 18
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(themes.current.brush("marker"))
        painter.drawPolygon([QPointF(x, middle), QPointF(x + side * 9, middle - 8), QPointF(x + side * 9, middle + 8)])

    def _draw_label(self, painter: QPainter, mapping: Mapping) -> None:
        box = self.label_rect(mapping)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(themes.current.brush("card", 0.85))
        painter.drawRoundedRect(box, 5, 5)
        painter.setPen(themes.current.color("marker"))
        painter.setFont(_label_font())
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(box.adjusted(6, 0, 0, 0), flags, "\n".join(self.lines()))


def _label_font() -> Any:
    font = QApplication.font()
    font.setBold(True)
    font.setPixelSize(round(QFontMetricsF(font).height() * 0.95))
    return font
