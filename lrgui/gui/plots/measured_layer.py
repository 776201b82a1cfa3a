"""What trainings at some rates of a sweep came to, drawn back over its curve: a disc each, with the accuracy."""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QApplication

from lrgui.core.messages import Message, say
from lrgui.core.scores import ACCURACY, Score
from lrgui.gui.plots.layers import Layer
from lrgui.gui.plots.mapping import Floats, Mapping, to_axis
from lrgui.gui.theme import themes

_RADIUS, _BEST_RADIUS = 5.0, 8.0


@dataclass(frozen=True, slots=True)
class _Point:
    learning_rate: float
    loss: float
    accuracy: float
    reached: Message
    best: bool

    @property
    def told(self) -> str:
        return str(say("best {reached}", reached=self.reached)) if self.best else str(self.reached)


class MeasuredLayer(Layer):
    """The points of ``show``; the best of them is larger, and all say their accuracy.

    Parameters
    ----------
    changed : callable
        Called when it looks different.
    over_losses : callable
        Returns whether the plot's axis is that of the losses, and not of the accuracies.
    obstacle : callable
        Returns the rectangle, in pixels, that labels must leave free.
    """

    def __init__(
        self, changed: Callable[[], None], over_losses: Callable[[], bool], obstacle: Callable[[Mapping], QRectF]
    ) -> None:
        super().__init__(changed)
        self._over_losses, self._obstacle = over_losses, obstacle
        self._points: list[_Point] = []

    def show(
        self,
        learning_rates: Floats,
        losses: Floats,
        accuracies: Floats,
        best: float | None,
        score: Score = ACCURACY,
    ) -> None:
        """Show final loss and accuracy at each rate, each of shape (n,), NaN where nothing came of it.

        ``best`` is one of the rates, or None; ``score`` is what the accuracies are, where a number is predicted.
        """
        rows = zip(learning_rates.tolist(), losses.tolist(), accuracies.tolist(), strict=True)
        self._points = [
            _Point(rate, loss, accuracy, score.told(accuracy), rate == best)
            for rate, loss, accuracy in rows
            if math.isfinite(loss) and math.isfinite(accuracy)
        ]
        self._changed()

    def clear(self) -> None:
        """Show nothing."""
        self._points = []
        self._changed()

    @property
    def told(self) -> tuple[str, ...]:
        """What stands beside each point."""
        return tuple(point.told for point in self._points)

    def _height(self, point: _Point) -> float:
        return point.loss if self._over_losses() else point.accuracy

    def y_positions(self, mapping: Mapping) -> list[Floats]:
        """Return the heights of all points."""
        return [to_axis(np.array([self._height(point)]), mapping.log_y) for point in self._points]

    def paint(self, painter: QPainter, mapping: Mapping) -> None:
        """Draw line, discs and labels, the best one first; what is too high stands at the edge."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        places = [(point, self._place(mapping, point)) for point in self._points]
        painter.setPen(themes.current.pen("validation", 1.5, Qt.PenStyle.DashLine))
        painter.drawPolyline(QPolygonF([place for _, place in places]))
        taken = [self._obstacle(mapping)]
        for point, place in sorted(places, key=lambda pair: not pair[0].best):
            if 0 <= place.x() <= mapping.width:
                self._paint_disc(painter, point, place)
                self._paint_label(painter, mapping, point, place, taken)

    def _place(self, mapping: Mapping, point: _Point) -> QPointF:
        height = min(max(mapping.y_pixel(self._height(point)), _BEST_RADIUS), mapping.height - _BEST_RADIUS)
        return QPointF(mapping.x_pixel(point.learning_rate), height)

    def _paint_disc(self, painter: QPainter, point: _Point, place: QPointF) -> None:
        painter.setPen(QPen(themes.current.color("card"), 2))
        painter.setBrush(themes.current.brush("validation"))
        painter.drawEllipse(place, *2 * (_BEST_RADIUS if point.best else _RADIUS,))

    def _paint_label(
        self, painter: QPainter, mapping: Mapping, point: _Point, place: QPointF, taken: list[QRectF]
    ) -> None:
        """Write over a point or under it, the farther the more is written there already."""
        font = QFont(QApplication.font())
        font.setBold(point.best)
        metrics = QFontMetricsF(font)
        width, height = metrics.horizontalAdvance(point.told) + 6, metrics.height()
        left = min(max(place.x() - width / 2, 0.0), mapping.width - width)
        away = _BEST_RADIUS + 2
        tops = [*np.arange(place.y() - away - height, 0, -height), *np.arange(place.y() + away, mapping.height, height)]
        inside = QRectF(0, 0, mapping.width, mapping.height)
        boxes = [QRectF(left, float(top), width, height) for top in tops]
        free = (box for box in boxes if inside.contains(box) and not any(box.intersects(other) for other in taken))
        box = next(free, None)
        if box is None:
            return
        taken.append(box)
        painter.fillRect(box, themes.current.color("card", 0.85))
        painter.setFont(font)
        painter.setPen(themes.current.color("validation"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, point.told)
