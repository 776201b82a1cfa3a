"""The points of a drawn curve under a hand: dragged, added, removed, moved with keys."""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPainterPath, QPen

from lrgui.core.config.points import Point
from lrgui.gui.theme import themes

if TYPE_CHECKING:
    from lrgui.gui.plots.plot import Plot

_RADIUS, _REACH = 7.0, 11.0
_OFF = 32.0
"""So many pixels outside the area, a point that is let go of is gone."""

_APART = 1e-3
"""Two points are never closer than this share of the run."""

_COARSE, _FINE = 0.01, 0.001
_DECADES = 5.0
"""On a log axis, keys move by a hundredth of so many decades."""

_ARROWS = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Down: (0, -1), Qt.Key.Key_Up: (0, 1)}

Points = tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Scale:
    """From shares to the units of the plot: ``first`` and ``last`` are the x of 0 and 1, ``top`` the y of 1."""

    first: float = 0.0
    last: float = 1.0
    top: float = 1.0


class PointHandles(pg.GraphicsObject):  # type: ignore[misc]
    """Discs on a plot, one for each point.

    ``moved`` carries all points when a hand has changed them, ``released`` tells that a drag is over. A point stays
    between its neighbours. Dragged off the plot it is gone, as long as another one is left.
    """

    moved = Signal(object)
    released = Signal()

    def __init__(self, plot: "Plot") -> None:
        super().__init__(plot.area)
        self._plot = plot
        self.points: Points = ()
        self.scale = Scale()
        self.lowest = 0.0
        self.selected: int | None = None
        self._held: tuple[int, Points, QPointF] | None = None
        self.setZValue(10)
        self.setCursor(Qt.CursorShape.SizeAllCursor)
        self.setVisible(False)

    def show_points(self, points: Points | None, scale: Scale, lowest: float = 0.0) -> None:
        """Put handles on these points, or on none; ``lowest`` is the least share that a point may have."""
        self.prepareGeometryChange()
        self.points, self.scale, self.lowest = points or (), scale, lowest
        self.setVisible(points is not None)
        if self.selected is not None and self.selected >= len(self.points):
            self.selected = None

    @property
    def held(self) -> bool:
        """Whether a hand has hold of one."""
        return self._held is not None

    # Where they are

    def place(self, index: int) -> QPointF:
        """Return the pixel of a point in the plot's area; what is too low for a log axis lies at its foot."""
        mapping, scale, point = self._plot.mapping, self.scale, self.points[index]
        y = mapping.y_pixel(point.y * scale.top)
        height = mapping.height
        x = mapping.x_pixel(scale.first + point.x * (scale.last - scale.first))
        return QPointF(x, min(y, height) if math.isfinite(y) else height)

    def at(self, pixel: QPointF) -> Point:
        """Return the point at a pixel of the area, held within the run and the rate."""
        mapping, scale = self._plot.mapping, self.scale
        x = (mapping.x_value(pixel.x()) - scale.first) / max(scale.last - scale.first, 1e-12)
        y = mapping.y_value(min(max(pixel.y(), -1e3), mapping.height + 1e3)) / scale.top
        return Point.read((min(max(x, 0.0), 1.0), min(max(y, self.lowest), 1.0)))

    def nearest(self, pixel: QPointF) -> int | None:
        """Return the point that a pixel takes hold of."""
        distances = [math.hypot(*(self.place(i) - pixel).toTuple()) for i in range(len(self.points))]
        near = min(range(len(distances)), key=distances.__getitem__, default=None)
        return near if near is not None and distances[near] <= _REACH + 2 else None

    def boundingRect(self) -> QRectF:
        """Return the area and what a disc at its edge needs (Qt's hook)."""
        return QRectF(self._plot.area.rect()).adjusted(-_REACH, -_REACH, _REACH, _REACH)

    def shape(self) -> QPainterPath:
        """Return where the mouse takes hold (Qt's hook)."""
        path = QPainterPath()
        path.setFillRule(Qt.FillRule.WindingFill)
        for index in range(len(self.points)):
            path.addEllipse(self.place(index), _REACH, _REACH)
        return path

    # Hands

    def mouseDragEvent(self, event: Any) -> None:
        """Move a point (pyqtgraph's hook)."""
        if event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
            return
        event.accept()
        pixel = QPointF(event.pos())
        if event.isStart():
            start = QPointF(event.buttonDownPos())
            index = self.nearest(start)
            self._held = None if index is None else (index, self.points, self.place(index) - start)
        if self._held is not None:
            index, before, offset = self._held
            self._drag(index, before, pixel + offset)
        if event.isFinish():
            self._held = None
            self.released.emit()

    def _drag(self, index: int, before: Points, pixel: QPointF) -> None:
        if self._is_off(pixel) and len(before) > 1:
            self.selected = None
            self._tell((*before[:index], *before[index + 1 :]))
            return
        self.selected = index
        self._tell(self._with(before, index, self.at(pixel)))

    def _is_off(self, pixel: QPointF) -> bool:
        return not QRectF(self._plot.area.rect()).adjusted(-_OFF, -_OFF, _OFF, _OFF).contains(pixel)

    def _with(self, points: Points, index: int, point: Point) -> Points:
        """Return the points with another one at an index, between its neighbours."""
        low = points[index - 1].x + _APART if index else 0.0
        high = points[index + 1].x - _APART if index + 1 < len(points) else 1.0
        moved = Point.read((min(max(point.x, low), high), min(max(point.y, self.lowest), 1.0)))
        return (*points[:index], moved, *points[index + 1 :])

    def mouseClickEvent(self, event: Any) -> None:
        """Select a point (pyqtgraph's hook)."""
        if event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
            return
        event.accept()
        self.selected = self.nearest(QPointF(event.pos()))
        self._plot.refresh_soon()

    def add_at(self, pixel: QPointF) -> None:
        """Add a point, unless it would lie on another one."""
        new = self.at(pixel)
        if self.isVisible() and all(abs(new.x - point.x) >= _APART for point in self.points):
            points = tuple(sorted((*self.points, new)))
            self.selected = points.index(new)
            self._tell(points)

    def press(self, event: QKeyEvent) -> bool:
        """Do what a key asks for; return whether it was one of these.

        Arrows move the selected point, finer with Shift; with Ctrl they select the one before or after. Delete
        removes it.
        """
        if not self.isVisible() or not self.points:
            return False
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._remove_selected()
        elif key in _ARROWS:
            self._move_selected(*_ARROWS[key], event.modifiers())
        else:
            return False
        return True

    def _remove_selected(self) -> None:
        index = self.selected
        if index is not None and len(self.points) > 1:
            self.selected = min(index, len(self.points) - 2)
            self._tell((*self.points[:index], *self.points[index + 1 :]))

    def _move_selected(self, right: int, up: int, modifiers: Qt.KeyboardModifier) -> None:
        index = self.selected
        if index is None or (modifiers & Qt.KeyboardModifier.ControlModifier and right):
            self.selected = 0 if index is None else min(max(index + right, 0), len(self.points) - 1)
            self._plot.refresh_soon()
            return
        size = _FINE if modifiers & Qt.KeyboardModifier.ShiftModifier else _COARSE
        x, y = self.points[index]
        raised = y * 10 ** (up * size * _DECADES) if self._plot.mapping.log_y else y + up * size
        self._tell(self._with(self.points, index, Point(x + right * size, raised)))

    def _tell(self, points: Points) -> None:
        if points != self.points:
            self.moved.emit(points)
        self._plot.refresh_soon()

    # The look

    def paint(self, painter: QPainter, *_: Any) -> None:
        """Draw the discs (pyqtgraph's hook)."""
        theme = themes.current
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focused = self._plot.has_focus()
        for index in range(len(self.points)):
            chosen = index == self.selected
            painter.setPen(QPen(theme.color("accent" if chosen and focused else "card"), 2.5))
            painter.setBrush(theme.brush("marker"))
            painter.drawEllipse(self.place(index), *((_RADIUS + 2 * chosen,) * 2))
