"""Suggested rates on the curve: a labelled diamond each, and on demand what chose it."""

import math
from collections.abc import Callable
from collections.abc import Mapping as Named
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QApplication

from lrgui.core.messages import Text
from lrgui.core.suggestions import PEAK_TITLE, TITLES, Evidence, Recommendation, Suggestion
from lrgui.gui.plots.layers import Layer, diamond
from lrgui.gui.plots.mapping import Mapping, to_axis
from lrgui.gui.plots.polylines import line_parts, polygon
from lrgui.gui.theme import themes

_RADIUS = 6.0
_REACH = 10.0


@dataclass(frozen=True)
class _Point:
    title: Text
    learning_rate: float
    evidence: Evidence | None


class SuggestionLayer(Layer):
    """The points of ``show``, with the recommendation's range shaded behind them.

    Parameters
    ----------
    changed : callable
        Called when it looks different.
    height_at : callable
        Returns the height of the drawn curve at a rate, NaN for none.
    obstacles : callable
        Returns the rectangles, in pixels, that labels must leave free.
    """

    def __init__(
        self,
        changed: Callable[[], None],
        height_at: Callable[[float], float],
        obstacles: Callable[[Mapping], list[QRectF]],
    ) -> None:
        super().__init__(changed)
        self._height_at, self._obstacles = height_at, obstacles
        self._points: list[_Point] = []
        self._recommended: Recommendation | None = None
        self._hovered: float | None = None
        self.selected: float | None = None
        self.over_losses = True
        self.titled: Callable[[], bool] = lambda: True
        """Whether the titles are written beside the diamonds: not where others need the room."""

    def show(
        self,
        suggestions: Named[str, Suggestion],
        recommendation: Recommendation | None,
        peak: Recommendation | None = None,
    ) -> None:
        """Show suggestions by the name of their rule, and the peak; those without a rate are left out."""
        self._points = [
            _Point(TITLES.get(name, name), suggestion.learning_rate, suggestion.evidence)
            for name, suggestion in suggestions.items()
            if suggestion.learning_rate is not None
        ]
        if peak is not None and peak.learning_rate is not None:
            self._points.append(_Point(PEAK_TITLE, peak.learning_rate, peak.evidence))
        self._recommended, self._hovered = recommendation, None
        self._changed()

    def rate_at(self, mapping: Mapping, pixel: QPointF) -> float | None:
        """Return the suggested rate under a pixel of the area."""
        near = [(self._distance(mapping, point, pixel), point.learning_rate) for point in self._points]
        distance, rate = min(near, default=(math.inf, 0.0))
        return rate if distance <= _REACH else None

    def _distance(self, mapping: Mapping, point: _Point, pixel: QPointF) -> float:
        place = self._place(mapping, point)
        distance = math.hypot(place.x() - pixel.x(), place.y() - pixel.y())
        return distance if math.isfinite(distance) else math.inf

    def hover(self, learning_rate: float | None) -> bool:
        """Show what chose the suggestion under the pointer; return whether that changed anything."""
        changed = learning_rate != self._hovered
        self._hovered = learning_rate
        return changed

    def _place(self, mapping: Mapping, point: _Point) -> QPointF:
        return QPointF(mapping.x_pixel(point.learning_rate), mapping.y_pixel(self._height_at(point.learning_rate)))

    def paint(self, painter: QPainter, mapping: Mapping) -> None:
        """Draw range, evidence, diamonds and labels."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if (evidence := self.evidence) is not None:
            self._paint_evidence(painter, mapping, evidence)
        places = [(point, place) for point in self._points if _in_sight(place := self._place(mapping, point), mapping)]
        taken = [*self._obstacles(mapping), *(_box(place) for _, place in places)]
        for point, place in places:
            painter.setPen(QPen(themes.current.color("card"), 1.5))
            painter.setBrush(themes.current.brush("suggestion"))
            painter.drawPolygon(diamond(place, _RADIUS + (2 if point.learning_rate == self._hovered else 0)))
            if self.titled():
                self._paint_label(painter, mapping, str(point.title), place, taken)

    def paint_range(self, painter: QPainter, mapping: Mapping) -> None:
        """Shade the recommended range; to be drawn behind the curve."""
        told = self._recommended
        if told is None or told.low is None or told.high is None:
            return
        left, right = mapping.x_pixel(told.low), mapping.x_pixel(told.high)
        painter.fillRect(QRectF(left, 0, right - left, mapping.height), themes.current.color("marker", 0.1))
        painter.setPen(themes.current.pen("suggestion", 1, alpha=0.6))
        for x in (left, right):
            painter.drawLine(QLineF(x, 0, x, mapping.height))

    @property
    def evidence(self) -> Evidence | None:
        """What chose the suggestion under the pointer, else the one on which the marker stands.

        It is read from losses: over a curve of anything else there is none.
        """
        wanted = self._hovered if self._hovered is not None else self.selected
        if wanted is None or not self.over_losses:
            return None
        for point in self._points:
            if point.learning_rate == wanted:
                return point.evidence
        told = self._recommended
        return told.evidence if told is not None and told.learning_rate == wanted else None

    def _paint_evidence(self, painter: QPainter, mapping: Mapping, evidence: Evidence) -> None:
        x = mapping.x_pixels(to_axis(evidence.learning_rates, mapping.log_x))
        y = mapping.y_pixels(to_axis(evidence.losses, mapping.log_y))
        if evidence.kind == "minimum":
            painter.setPen(themes.current.pen("suggestion", 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            for point in polygon(x, y).toList():
                painter.drawEllipse(point, 8, 8)
                painter.drawLine(QLineF(point.x(), point.y() + 12, point.x(), point.y() + 24))
            return
        tangent = evidence.kind == "tangent"
        style = Qt.PenStyle.DashLine if tangent else Qt.PenStyle.SolidLine
        pen = themes.current.pen("suggestion", 2 if tangent else 9, style, 1.0 if tangent else 0.35)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        for run in line_parts(x, y, mapping.height):
            painter.drawPolyline(polygon(*run))

    def _paint_label(
        self, painter: QPainter, mapping: Mapping, title: str, place: QPointF, taken: list[QRectF]
    ) -> None:
        metrics = QFontMetricsF(QApplication.font())
        box = _free_place(place, metrics.horizontalAdvance(title) + 4, metrics.height(), mapping, taken)
        taken.append(box)
        edge = QPointF(box.right() if box.center().x() < place.x() else box.left(), box.center().y())
        if abs(edge.y() - place.y()) > 1.5 * box.height() or abs(edge.x() - place.x()) > _REACH:
            painter.setPen(themes.current.pen("suggestion", alpha=0.6))
            painter.drawLine(place, edge)
        painter.fillRect(box, themes.current.color("card", 0.7))
        painter.setPen(themes.current.color("suggestion"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, title)


def _free_place(place: QPointF, width: float, height: float, mapping: Mapping, taken: list[QRectF]) -> QRectF:
    """Return where a label fits: off a falling curve if it can be, inside the area, over nothing that is taken."""
    inside = QRectF(0, 0, mapping.width, mapping.height)
    lifts = np.arange(0.0, 5.0) * height
    boxes = []
    for lift in lifts:
        boxes.append(QRectF(place.x() - 10 - width, place.y() + 2 + lift, width, height))
        boxes.append(QRectF(place.x() + 10, place.y() - 4 - height - lift, width, height))
    # Near the left edge, and beyond the marker if that stands between.
    tops = [*(place.y() + 2 + lifts), *(place.y() - 4 - height - lifts)]
    boxes += [QRectF(place.x() + away, top, width, height) for away in (10, 40, 70, 100) for top in tops]
    seen = [box for box in boxes if inside.contains(box)] or boxes[:1]
    return next((box for box in seen if not any(box.intersects(other) for other in taken)), seen[0])


def _in_sight(place: QPointF, mapping: Mapping) -> bool:
    return -_RADIUS <= place.x() <= mapping.width + _RADIUS and math.isfinite(place.y())


def _box(place: QPointF) -> QRectF:
    return QRectF(place.x() - _RADIUS, place.y() - _RADIUS, 2 * _RADIUS, 2 * _RADIUS)
