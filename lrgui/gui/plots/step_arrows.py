"""The step that comes next, taken apart: slope, the gradient's part, what is carried on, and the step on each axis."""

import math
from collections.abc import Callable

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from lrgui.core.messages import Message, say
from lrgui.gui.plots.layers import Layer
from lrgui.gui.plots.mapping import Mapping
from lrgui.gui.plots.trails import Trail, place_at
from lrgui.gui.theme import themes

_KEY_RIGHT = 44.0
"""Pixels at the right that are kept for the button which resets the view."""

_SHORTEST = 48.0
"""The longest arrow has at least so many pixels, if need be drawn larger than it is."""

_LARGEST = 1e6
"""Arrows are drawn at most so many times as long as they are: a walker at rest has none."""

_GRADIENT, _CARRIED, _STEP = "text", "callback", "marker"
Arrow = tuple[Message, str, tuple[float, ...]]


class StepArrows(Layer):
    """Arrows at the walker that is looked at, true to scale, or a whole number of times as long.

    On a curve also the tangent; for rules that scale each axis by themselves, a box as wide and as high as the
    gradient's part of the step.
    """

    def __init__(self, changed: Callable[[], None]) -> None:
        super().__init__(changed)
        self.trail: Trail | None = None
        self.position = 0.0

    def paint(self, painter: QPainter, mapping: Mapping) -> None:
        """Draw the step that leaves the entry of now."""
        trail, entry = self.trail, int(self.position)
        if trail is None or entry + 1 >= trail.path.known:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        here = QPointF(*_pixel(mapping, *place_at(trail.path, entry)))
        if len(trail.path.function.variables) == 1:
            self._draw_tangent(painter, mapping, trail, entry)
        move = trail.path.move(entry)
        arrows: list[Arrow] = [(say("gradient's part"), _GRADIENT, move.own)]
        if move.carried is not None:
            arrows += [(say("carried on"), _CARRIED, move.carried), (say("step"), _STEP, move.update)]
        times = _times(mapping, [vector for _, _, vector in arrows])
        if times is None or not QRectF(-50, -50, mapping.width + 100, mapping.height + 100).contains(here):
            return
        if move.scale is not None and len(move.own) == 2:
            _draw_box(painter, here, _in_pixels(mapping, move.own, times))
        for _, meaning, vector in arrows:
            draw_arrow(painter, here, here + _in_pixels(mapping, vector, times), themes.current.color(meaning))
        self._draw_key(painter, mapping, arrows, times, boxed=move.scale is not None and len(move.own) == 2)

    def _draw_tangent(self, painter: QPainter, mapping: Mapping, trail: Trail, entry: int) -> None:
        path = trail.path
        x, y = place_at(path, entry)
        (slope,) = path.function.gradient_at((x,))
        if not math.isfinite(slope):
            return
        direction = QPointF(mapping.x_pixel(x + 1) - mapping.x_pixel(x), mapping.y_pixel(slope) - mapping.y_pixel(0))
        length = math.hypot(direction.x(), direction.y())
        if not 0 < length < 1e7:
            return
        half, here = direction * (90 / length), QPointF(*_pixel(mapping, x, y))
        painter.setPen(themes.current.pen("text", 1.5, Qt.PenStyle.DashLine))
        painter.drawLine(QLineF(here - half, here + half))

    def _draw_key(self, painter: QPainter, mapping: Mapping, arrows: list[Arrow], times: float, *, boxed: bool) -> None:
        """Name the arrows at the upper right, and say how much longer than true they are."""
        theme = themes.current
        metrics = QFontMetricsF(painter.font())
        entries = [(str(name), theme.color(meaning)) for name, meaning, _ in arrows]
        if boxed:
            entries.append((str(say("on each axis")), theme.color(_GRADIENT)))
        if times > 1:
            entries.append((str(say("drawn {times:,.0f} times as long", times=times)), theme.color("dim")))
        x, y = mapping.width - _KEY_RIGHT, 4.0
        for name, color in entries[::-1]:
            width = metrics.horizontalAdvance(name)
            if x - width < 4:
                x, y = mapping.width - _KEY_RIGHT, y + metrics.height() + 5
            x -= width
            background = QRectF(x - 5, y, width + 9, metrics.height() + 4)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.brush("card", 0.8))
            painter.drawRoundedRect(background, 5, 5)
            painter.setPen(color)
            painter.drawText(background, Qt.AlignmentFlag.AlignCenter, name)
            x -= 14


def _pixel(mapping: Mapping, x: float, y: float) -> tuple[float, float]:
    return mapping.x_pixel(x), mapping.y_pixel(y)


def _in_pixels(mapping: Mapping, vector: tuple[float, ...], times: float) -> QPointF:
    """Return a vector of the variables in pixels; in one variable it lies level."""
    (left, right), (low, high) = mapping.x, mapping.y
    up = vector[1] if len(vector) > 1 else 0.0
    return QPointF(vector[0] * times * mapping.width / (right - left), -up * times * mapping.height / (high - low))


def _times(mapping: Mapping, vectors: list[tuple[float, ...]]) -> float | None:
    """Return how many times longer the arrows are drawn: 1, 2, 5, 10, ...; None for a step that leads nowhere."""
    pixels = [_in_pixels(mapping, vector, 1.0) for vector in vectors]
    longest = max(math.hypot(each.x(), each.y()) for each in pixels)
    if not math.isfinite(longest) or longest * _LARGEST < _SHORTEST:
        return None
    if longest >= _SHORTEST / 2:
        return 1.0
    exponent = math.floor(math.log10(_SHORTEST / longest))
    return float(next(step * 10**exponent for step in (1, 2, 5, 10) if step * 10**exponent * longest >= _SHORTEST / 2))


def _draw_box(painter: QPainter, here: QPointF, own: QPointF) -> None:
    theme = themes.current
    painter.setPen(theme.pen(_GRADIENT, 1.2, Qt.PenStyle.DotLine))
    painter.setBrush(theme.brush(_GRADIENT, 0.12))
    painter.drawRect(QRectF(here, here + own).normalized())


def draw_arrow(painter: QPainter, start: QPointF, end: QPointF, color: QColor) -> None:
    """Draw an arrow; one that would be shorter than its head is left out."""
    line = QLineF(start, end)
    if not 3 < line.length() < 1e6:
        return
    angle = math.atan2(end.y() - start.y(), end.x() - start.x())
    size = min(11.0, 0.7 * line.length())
    wings = [
        QPointF(end.x() - size * math.cos(angle + turn), end.y() - size * math.sin(angle + turn))
        for turn in (0.42, -0.42)
    ]
    painter.setPen(QPen(color, 2.4, c=Qt.PenCapStyle.RoundCap))
    painter.drawLine(QLineF(start, (wings[0] + wings[1]) / 2))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    painter.drawPolygon(QPolygonF([end, *wings]))
