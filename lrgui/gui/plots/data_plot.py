"""The data points of a line, dragged with the mouse, and the line that a walker has fitted."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPainterPath, QPen

from lrgui.core.functions.least_squares import DataPoint
from lrgui.core.messages import say
from lrgui.gui.plots.layers import Layer
from lrgui.gui.plots.mapping import Mapping
from lrgui.gui.plots.plot import Plot
from lrgui.gui.plots.polylines import line_parts, polygon
from lrgui.gui.theme import themes

_RADIUS, _REACH = 6.0, 11.0
Points = tuple[DataPoint, ...]


class DataPlot(Plot):
    """Points and a line. ``points_dragged`` carries all points when a hand has moved one."""

    points_dragged = Signal(tuple)

    def __init__(self) -> None:
        super().__init__(say("input"), say("target"), robust=False)
        self.points: Points = ()
        self.line = self.add(_Line(self.data_changed))
        # Invisible: it holds the range, with some room to drag to.
        self._extent = self.curve("", "card", line=False)
        self.handles = _Points(self)

    def show_line(self, points: Points, slope: float, offset: float, meaning: str) -> None:
        """Show data and the line ``slope*input + offset``, in the colour of a walker."""
        at, target = np.array(points, np.float64).T
        if points != self.points:
            self.points = points
            if not self.handles.held:
                self._fit_around(at, target)
        self.line.slope, self.line.offset, self.line.meaning = slope, offset, meaning
        self.handles.update()
        self.refresh_soon()

    def _fit_around(self, at: np.ndarray, target: np.ndarray) -> None:
        ranges = []
        for values in (at, target):
            middle, half = (values.min() + values.max()) / 2, max(float(np.ptp(values)) * 0.7, 0.5)
            ranges.append((middle - half, middle + half))
        self._extent.set(np.array(ranges[0]), np.array(ranges[1]))
        self.set_x_range(*ranges[0])
        self.fit()

    def move_point(self, index: int, pixel: QPointF) -> None:
        """Move a point to a pixel of the area for a hand."""
        mapping = self.mapping
        at, target = mapping.x_value(pixel.x()), mapping.y_value(pixel.y())
        moved = (round(at, 2), round(target, 2))
        self.points_dragged.emit((*self.points[:index], moved, *self.points[index + 1 :]))


class _Line(Layer):
    """The line: it counts for no range."""

    def __init__(self, changed: Callable[[], None]) -> None:
        super().__init__(changed)
        self.slope, self.offset, self.meaning = 0.0, 0.0, "loss"

    def paint(self, painter: QPainter, mapping: Mapping) -> None:
        """Draw it from edge to edge."""
        x = np.array(mapping.x)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(themes.current.pen(self.meaning, 2.5))
        for part in line_parts(mapping.x_pixels(x), mapping.y_pixels(self.slope * x + self.offset), mapping.height):
            painter.drawPolyline(polygon(*part))


class _Points(pg.GraphicsObject):  # type: ignore[misc]
    """The discs under a hand."""

    def __init__(self, plot: DataPlot) -> None:
        super().__init__(plot.area)
        self._plot = plot
        self._index: int | None = None
        self.setZValue(10)
        self.setCursor(Qt.CursorShape.SizeAllCursor)

    @property
    def held(self) -> bool:
        """Whether a hand has hold of one."""
        return self._index is not None

    def _place(self, point: DataPoint) -> QPointF:
        return QPointF(self._plot.mapping.x_pixel(point[0]), self._plot.mapping.y_pixel(point[1]))

    def boundingRect(self) -> QRectF:
        """Return the area (Qt's hook)."""
        return QRectF(self._plot.area.rect()).adjusted(-_REACH, -_REACH, _REACH, _REACH)

    def shape(self) -> QPainterPath:
        """Return where the mouse takes hold (Qt's hook)."""
        path = QPainterPath()
        path.setFillRule(Qt.FillRule.WindingFill)
        for point in self._plot.points:
            path.addEllipse(self._place(point), _REACH, _REACH)
        return path

    def mouseDragEvent(self, event: Any) -> None:
        """Move the point that lies under the hand (pyqtgraph's hook)."""
        if event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
            return
        event.accept()
        if event.isStart():
            self._index = self._nearest(QPointF(event.buttonDownPos()))
        if self._index is not None:
            box = self._plot.area.rect()
            pixel = QPointF(event.pos())
            inside = min(max(pixel.x(), 0.0), box.width()), min(max(pixel.y(), 0.0), box.height())
            self._plot.move_point(self._index, QPointF(*inside))
        if event.isFinish():
            self._index = None

    def _nearest(self, pixel: QPointF) -> int:
        away = [math.hypot(*(self._place(point) - pixel).toTuple()) for point in self._plot.points]
        return min(range(len(away)), key=away.__getitem__)

    def paint(self, painter: QPainter, *_: Any) -> None:
        """Draw the discs (pyqtgraph's hook)."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(themes.current.color("card"), 2))
        painter.setBrush(themes.current.brush("marker"))
        for point in self._plot.points:
            painter.drawEllipse(self._place(point), _RADIUS, _RADIUS)
