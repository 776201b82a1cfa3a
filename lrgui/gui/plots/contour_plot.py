"""The function that walkers walk on: a curve, or a map with lines of equal height."""

from abc import abstractmethod
from collections.abc import Callable, Iterable

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPen, QPixmap

from lrgui.core.functions import Function
from lrgui.core.functions.function import Interval
from lrgui.gui.plots.layers import Layer, diamond
from lrgui.gui.plots.mapping import Floats, Mapping
from lrgui.gui.plots.marching_squares import contour_segments
from lrgui.gui.plots.polylines import line_parts, polygon
from lrgui.gui.plots.resolution import dots_per_unit
from lrgui.gui.theme import themes

_COLUMNS, _ROWS = 150, 110
_PLACES = 600
_LINES = 14
_LOWEST_SHARE, _HIGHEST_SHARE = 0.002, 0.985
"""Of what is in sight, so much lies below the lowest line, and below the highest."""

_SHADES = 256
_LARGEST = 1e300
"""Higher values are shown as this one: their differences would not be finite."""


class Landscape(Layer):
    """A function, drawn once into a picture that is kept until function, axes or theme are others.

    ``view`` is what the axes show of each variable when no hand has zoomed; at first it is the function's own.
    """

    def __init__(self, changed: Callable[[], None], function: Function) -> None:
        super().__init__(changed)
        self.function = function
        self.view = function.view
        self._picture: tuple[object, QPixmap] | None = None

    @property
    def runs_away(self) -> bool:
        """Whether a range may cut it off: no, the view is the function's own."""
        return False

    def take_in(self, walks: Iterable[Floats]) -> None:
        """View all that the function's own view has, and somewhat more where walks, shape (n, variables), leave it."""
        places = np.concatenate([np.empty((0, len(self.function.view))), *walks])
        self.view = tuple(_widened(*pair) for pair in zip(self.function.view, places.T, strict=True))

    def x_extent(self) -> tuple[float, float]:
        """Return the view of the first variable."""
        return self.view[0]

    def paint(self, painter: QPainter, mapping: Mapping) -> None:
        """Draw the kept picture, and the minima over it."""
        ratio = dots_per_unit(painter)
        key = self.function, mapping, themes.current.name, ratio
        if self._picture is None or self._picture[0] != key:
            self._picture = key, self._drawn(mapping, ratio)
        painter.drawPixmap(QPointF(0, 0), self._picture[1])

    def _drawn(self, mapping: Mapping, ratio: float) -> QPixmap:
        picture = QPixmap(max(round(mapping.width * ratio), 1), max(round(mapping.height * ratio), 1))
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw(painter, mapping)
        for minimum in self.function.minima:
            self._draw_minimum(painter, self.place(mapping, minimum.position, minimum.value), deepest=minimum.deepest)
        painter.end()
        return picture

    @abstractmethod
    def _draw(self, painter: QPainter, mapping: Mapping) -> None:
        """Draw the function into its picture."""

    @abstractmethod
    def place(self, mapping: Mapping, position: tuple[float, ...], value: float) -> QPointF:
        """Return the pixel of a point on the function."""

    def _draw_minimum(self, painter: QPainter, at: QPointF, *, deepest: bool) -> None:
        theme = themes.current
        painter.setPen(QPen(theme.color("minimum"), 1.6))
        painter.setBrush(theme.brush("minimum") if deepest else Qt.BrushStyle.NoBrush)
        painter.drawPolygon(diamond(at, 5.5))


def _widened(own: Interval, places: Floats) -> Interval:
    """Return the view of a variable, wide enough for the places that are not further than its width outside."""
    low, high = own
    width = high - low
    near = places[(places > low - width) & (places < high + width)]
    return float(min(low, near.min(initial=low))), float(max(high, near.max(initial=high)))


class Profile(Landscape):
    """A function of one variable as a curve."""

    def y_positions(self, mapping: Mapping) -> list[Floats]:
        """Return the heights that it has in the view."""
        values = self.function.value(np.linspace(*self.view[0], _PLACES))
        return [values[np.isfinite(values)]]

    def place(self, mapping: Mapping, position: tuple[float, ...], value: float) -> QPointF:
        """Return the pixel of a point on the curve."""
        return QPointF(mapping.x_pixel(position[0]), mapping.y_pixel(value))

    def _draw(self, painter: QPainter, mapping: Mapping) -> None:
        x = np.linspace(*mapping.x, _PLACES)
        values = np.clip(self.function.value(x), -_LARGEST, _LARGEST)
        pixels = mapping.x_pixels(x), mapping.y_pixels(values)
        theme = themes.current
        pen = theme.pen("landscape", 2.5)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        for part in line_parts(*pixels, mapping.height):
            line = polygon(*part)
            below = QPainterPath()
            below.addPolygon(line)
            below.lineTo(part[0][-1], 2 * mapping.height)
            below.lineTo(part[0][0], 2 * mapping.height)
            painter.fillPath(below, theme.brush("terrain_low", 0.45))
            painter.setPen(pen)
            painter.drawPolyline(line)


class Contours(Landscape):
    """A function of two variables from above: the deeper, the deeper its colour; lines of equal height between."""

    def y_positions(self, mapping: Mapping) -> list[Floats]:
        """Return the view of the second variable."""
        return [np.array(self.view[1])]

    def place(self, mapping: Mapping, position: tuple[float, ...], value: float) -> QPointF:
        """Return the pixel of a point seen from above."""
        return QPointF(mapping.x_pixel(position[0]), mapping.y_pixel(position[1]))

    def _draw(self, painter: QPainter, mapping: Mapping) -> None:
        x, y = np.linspace(*mapping.x, _COLUMNS), np.linspace(*mapping.y, _ROWS)
        values = np.clip(self.function.value(*np.meshgrid(x, y)), -_LARGEST, _LARGEST)
        levels = contour_levels(values, self._deepest(mapping))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(self._image_room(mapping), _shaded(values, levels))
        painter.setPen(themes.current.pen("contour"))
        pixels = mapping.x_pixels(x), mapping.y_pixels(y)
        for level in levels:
            ends = contour_segments(*pixels, values, float(level))
            painter.drawPath(pg.functions.arrayToQPath(ends[:, 0], ends[:, 1], connect="pairs", finiteCheck=False))

    @staticmethod
    def _image_room(mapping: Mapping) -> QRectF:
        """Return where the image goes, whose pixels lie around the places of the grid."""
        wide, high = mapping.width / (_COLUMNS - 1), mapping.height / (_ROWS - 1)
        return QRectF(-wide / 2, -high / 2, mapping.width + wide, mapping.height + high)

    def _deepest(self, mapping: Mapping) -> float | None:
        """Return the value of the lowest minimum in sight."""
        (left, right), (low, high) = mapping.x, mapping.y
        inside = (m for m in self.function.minima if left <= m.position[0] <= right and low <= m.position[1] <= high)
        return min((minimum.value for minimum in inside), default=None)


def landscape_of(changed: Callable[[], None], function: Function) -> Landscape:
    """Return the layer that shows a function of one or two variables."""
    return (Contours if len(function.variables) == 2 else Profile)(changed, function)


def contour_levels(values: Floats, deepest: float | None) -> Floats:
    """Return the heights at which lines are drawn, in ascending order; none where all is level.

    Above a minimum they are log-spaced: each line is so many times higher above it than the one before. Where no
    minimum is in sight, as at a saddle, as much of the plane lies between one line and the next.

    Parameters
    ----------
    values : numpy.ndarray
        Of any shape; what is not finite is passed over.
    deepest : float or None
        The value of the lowest minimum in sight.
    """
    finite = values[np.isfinite(values)]
    if not len(finite) or finite.min() == finite.max():
        return np.empty(0)
    if deepest is None:
        return np.unique(np.quantile(finite, np.linspace(0, 1, _LINES + 2)[1:-1]))
    bottom = min(deepest, float(finite.min()))
    low, high = np.quantile(finite, (_LOWEST_SHARE, _HIGHEST_SHARE)) - bottom
    return bottom + np.geomspace(max(low, 1e-9 * high), high, _LINES) if high > 0 else np.empty(0)


def _shaded(values: Floats, levels: Floats) -> QImage:
    """Return the values as colours: as many steps of colour between one line and the next, whatever its height."""
    shades = np.zeros(values.shape)
    if len(levels):
        finite = values[np.isfinite(values)]
        ends = np.unique(np.concatenate([[finite.min()], levels, [finite.max()]]))
        shades = np.interp(values, ends, np.linspace(0, 1, len(ends)))
    theme = themes.current
    table = [theme.mixed("terrain_low", "terrain_high", shade / (_SHADES - 1)).rgb() for shade in range(_SHADES)]
    # Where there is no value there is no land.
    shades = np.where(np.isfinite(values), shades, 1.0)
    colors = np.array(table, np.uint32)[np.round(shades[::-1] * (_SHADES - 1)).astype(np.intp)]
    rows, columns = colors.shape
    return QImage(colors.tobytes(), columns, rows, 4 * columns, QImage.Format.Format_RGB32).copy()
