"""A guess on a plot, and the outcome beside it once it is known."""

import math
from collections.abc import Mapping as Named
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QApplication

from lrgui.core.messages import Message
from lrgui.gui.plots.layers import Layer, diamond
from lrgui.gui.plots.mapping import Floats, Mapping, to_axis
from lrgui.gui.theme import themes

if TYPE_CHECKING:
    from lrgui.gui.plots.plot import Plot

Axis = Literal["x", "y"]
Span = tuple[float, float]
"""From where to where a guess goes, in user units; both are the same where it is a number."""

_RADIUS = 8.0
_GUESS, _OUTCOME = "callback", "good"


class GuessLayer(Layer):
    """A hollow diamond for the guess, a full one for the outcome, each with its words.

    Where the quantity is along y they stand at one x; where it is along x they are lines through the whole plot. What
    lies beyond the plot is drawn at its edge: a wild guess does not make everything else small.
    """

    def __init__(self, plot: "Plot") -> None:
        super().__init__(plot.data_changed)
        self._plot = plot
        self.axis: Axis = "y"
        self.at = 0.0
        self.guess: Span | None = None
        self.outcome: float | None = None
        self._words: Named[str, Message] = {}

    @property
    def runs_away(self) -> bool:
        """Whether a range may cut it off: the outcome is what one came for."""
        return False

    def show(
        self, axis: Axis, at: float, guess: Span | None, outcome: float | None, words: Named[str, Message] | None = None
    ) -> None:
        """Show a guess, an outcome, or both; ``words`` are what is written at "guess" and at "outcome"."""
        self.axis, self.at, self.guess, self.outcome, self._words = axis, at, guess, outcome, words or {}
        self._changed()
        self._plot.refresh_soon()

    def clear(self) -> None:
        """Show nothing."""
        self.show("y", 0.0, None, None)

    def y_positions(self, mapping: Mapping) -> list[Floats]:
        """Return the height of the outcome: it is to be in sight."""
        if self.outcome is None or self.axis == "x":
            return []
        return [to_axis([self.outcome], mapping.log_y)]

    def place(self, value: float, mapping: Mapping) -> QPointF:
        """Return the pixel of a value, held within the area; of a line, where its words go."""
        if self.axis == "x":
            return QPointF(held(mapping.x_pixel(value), mapping.width), mapping.height * 0.5)
        x = held(mapping.x_pixel(self.at), mapping.width)
        return QPointF(x, held(mapping.y_pixel(value), mapping.height))

    def paint(self, painter: QPainter, mapping: Mapping) -> None:
        """Draw guess, outcome, and a dotted line between them."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = None if self.guess is None else _middle(self.guess, mapping, self.axis)
        if middle is not None and self.outcome is not None and self.axis == "y":
            painter.setPen(themes.current.pen("dim", 1.5, Qt.PenStyle.DotLine))
            painter.drawLine(QLineF(self.place(middle, mapping), self.place(self.outcome, mapping)))
        taken: list[QRectF] = []
        if self.outcome is not None:
            self._draw(painter, mapping, self.outcome, _OUTCOME, "outcome", taken)
        if self.guess is not None and middle is not None:
            self._draw_span(painter, mapping)
            self._draw(painter, mapping, middle, _GUESS, "guess", taken)

    def _draw_span(self, painter: QPainter, mapping: Mapping) -> None:
        assert self.guess is not None
        if self.guess[0] == self.guess[1]:
            return
        low, high = (self.place(end, mapping) for end in self.guess)
        painter.setPen(QPen(themes.current.color(_GUESS, 0.35), 10, c=Qt.PenCapStyle.FlatCap))
        painter.drawLine(QLineF(low, high))

    def _draw(
        self, painter: QPainter, mapping: Mapping, value: float, meaning: str, name: str, taken: list[QRectF]
    ) -> None:
        theme, point = themes.current, self.place(value, mapping)
        if self.axis == "x":
            style = Qt.PenStyle.DashLine if name == "guess" else Qt.PenStyle.SolidLine
            painter.setPen(theme.pen(meaning, 2.5, style))
            painter.drawLine(QLineF(point.x(), 0, point.x(), mapping.height))
        painter.setPen(QPen(theme.color(meaning), 2.5))
        painter.setBrush(theme.brush("card" if name == "guess" else meaning))
        painter.drawPolygon(diamond(point, _RADIUS))
        if (words := self._words.get(name)) is not None:
            taken.append(_write(painter, mapping, point, str(words), meaning, taken))


def held(pixel: float, end: float) -> float:
    """Return a pixel within an axis; at its end if it lies nowhere."""
    return min(max(pixel, 0.0), end) if math.isfinite(pixel) else end


def _middle(span: Span, mapping: Mapping, axis: Axis) -> float:
    """Return the middle of what of a span is in sight; where nothing is, the end that is nearest."""
    if span[0] == span[1]:
        return span[0]
    if axis == "x":
        ends = [held(mapping.x_pixel(end), mapping.width) for end in span]
        return mapping.x_value(sum(ends) / 2)
    ends = [held(mapping.y_pixel(end), mapping.height) for end in span]
    return mapping.y_value(sum(ends) / 2)


def _write(
    painter: QPainter, mapping: Mapping, point: QPointF, words: str, meaning: str, taken: list[QRectF]
) -> QRectF:
    """Write words beside a point where no others are, and return where they stand."""
    font = QApplication.font()
    font.setBold(True)
    metrics = QFontMetricsF(font)
    width, height = metrics.horizontalAdvance(words) + 12, metrics.height() + 4
    box = _free_place(mapping, point, width, height, taken)
    painter.setFont(font)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(themes.current.brush("card", 0.9))
    painter.drawRoundedRect(box, 5, 5)
    painter.setPen(themes.current.color(meaning))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
    return box


def _free_place(mapping: Mapping, point: QPointF, width: float, height: float, taken: list[QRectF]) -> QRectF:
    """Return a place beside, above or below a point that is in the area and free; the best of them where none is."""
    x, y, away = point.x(), point.y(), _RADIUS + 6
    corners = [
        (x + away, y - height / 2),
        (x - away - width, y - height / 2),
        (x - width / 2, y - away - height),
        (x - width / 2, y + away),
        (x - width / 2, y - away - 2 * height),
        (x - width / 2, y + away + height),
    ]
    area, boxes = QRectF(0, 0, mapping.width, mapping.height), []
    for number, (left, top) in enumerate(corners):
        if number > 1:  # over and under a point near the side, the words are moved into the area
            left = min(max(left, 0.0), max(mapping.width - width, 0.0))
        box = QRectF(left, top, width, height)
        if area.contains(box) and not any(box.intersects(other) for other in taken):
            return box
        boxes.append(box)
    return max(boxes, key=lambda box: _size(box.intersected(area)))


def _size(box: QRectF) -> float:
    return box.width() * box.height()
