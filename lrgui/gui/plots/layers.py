"""What a plot draws in its area: curves and bands, from the numbers of a person to pixels."""

from collections.abc import Callable, Iterator
from typing import Literal

import numpy as np
import pyqtgraph as pg
from numpy.typing import ArrayLike, NDArray
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from lrgui.gui.plots.decimation import Numbers, decimated, is_ascending, visible_part
from lrgui.gui.plots.mapping import Floats, Mapping, to_axis
from lrgui.gui.theme import themes

Symbol = Literal["dot", "circle", "square", "diamond"]

_EMPTY = np.empty(0)
_FEW_POINTS = 600
"""Up to so many points a line is antialiased: beyond, that costs more than it shows."""


class Layer:
    """Something in the area of a plot. ``changed`` is called when it looks different."""

    def __init__(self, changed: Callable[[], None]) -> None:
        self._changed = changed
        self._visible = True

    @property
    def visible(self) -> bool:
        """Whether it is drawn and counts for the ranges."""
        return self._visible

    @visible.setter
    def visible(self, visible: bool) -> None:
        if visible != self._visible:
            self._visible = visible
            self._changed()

    def x_extent(self) -> tuple[float, float] | None:
        """Return the lowest and highest x, in user units, or None when there is nothing to show."""
        return None

    def y_positions(self, mapping: Mapping) -> list[Floats]:
        """Return the positions on the y axis that the range should hold; x is mapped already."""
        return []

    def lay_out(self, mapping: Mapping) -> None:
        """Work out the pixels for what the axes show."""

    def paint(self, painter: QPainter, mapping: Mapping) -> None:
        """Draw what was laid out."""
        raise NotImplementedError


class _Series(Layer):
    """x, and one or more y of the same length, held as they were given: nothing is computed before a repaint."""

    def __init__(self, changed: Callable[[], None], name: str, meaning: str) -> None:
        super().__init__(changed)
        self.name = name
        self.meaning = meaning
        self._x: Numbers = _EMPTY
        self._ys: tuple[Numbers, ...] = ()

    def set_meaning(self, meaning: str) -> None:
        """Take another colour: a token of the theme, or ``series0``, ``series1``, ..."""
        self.meaning = meaning
        self._changed()

    def clear(self) -> None:
        """Show nothing."""
        self._keep(_EMPTY)

    def _keep(self, x: ArrayLike, *ys: ArrayLike) -> None:
        kept, columns = np.asarray(x), tuple(np.asarray(y) for y in ys)
        if any(y.shape != kept.shape for y in columns) or kept.ndim != 1:
            raise ValueError(f"x {kept.shape} and y {[y.shape for y in columns]} must be one-dimensional and alike")
        self._x, self._ys = kept, columns
        self._changed()

    def x_extent(self) -> tuple[float, float] | None:
        """Return the lowest and highest x, in user units, or None when there is nothing to show."""
        x = self._x
        if not len(x):
            return None
        if is_ascending(x):
            return float(x[0]), float(x[-1])
        finite = x[np.isfinite(x)]
        return (float(finite.min()), float(finite.max())) if len(finite) else None

    def columns(self, mapping: Mapping) -> Iterator[tuple[Floats, Floats]]:
        """Yield x and y for each y, in units of the axes: what is in sight, at most two points a pixel column."""
        part = slice(None)
        if is_ascending(self._x):
            low, high = (10.0**x if mapping.log_x else x for x in mapping.x)
            part = visible_part(self._x, low, high)
        x = to_axis(self._x[part], mapping.log_x)
        for y in self._ys:
            yield decimated(x, to_axis(y[part], mapping.log_y), max(int(mapping.width), 1))

    def y_positions(self, mapping: Mapping) -> list[Floats]:
        """Return what is in sight, decimated."""
        return [y for _, y in self.columns(mapping)]


class Curve(_Series):
    """A line, its points, or both. Made by ``Plot.curve``."""

    def __init__(
        self,
        changed: Callable[[], None],
        name: str,
        meaning: str,
        *,
        width: float = 1.0,
        style: Qt.PenStyle = Qt.PenStyle.SolidLine,
        symbol: Symbol | None = None,
        alpha: float = 1.0,
        line: bool = True,
    ) -> None:
        super().__init__(changed, name, meaning)
        self.width, self.style, self.symbol, self.alpha, self.line = width, style, symbol, alpha, line
        self._emphasised = False
        self._lines: list[QPolygonF] = []
        self._points = QPolygonF()

    def set(self, x: ArrayLike, y: ArrayLike) -> None:
        """Show y over x, both of shape (n,) and in user units. Costs nothing until the next repaint.

        What is NaN, infinite, or not above 0 on a log axis leaves a gap. The arrays are kept, not copied: they must
        not be changed afterwards.

        Raises
        ------
        ValueError
            x and y are not one-dimensional and of the same length.
        """
        self._keep(x, y)

    @property
    def x(self) -> Numbers:
        """What was set last, shape (n,)."""
        return self._x

    @property
    def y(self) -> Numbers:
        """What was set last, shape (n,)."""
        return self._ys[0] if self._ys else _EMPTY

    @property
    def emphasised(self) -> bool:
        """Whether it is drawn thicker, as the one that is pointed at."""
        return self._emphasised

    @emphasised.setter
    def emphasised(self, emphasised: bool) -> None:
        if emphasised != self._emphasised:
            self._emphasised = emphasised
            self._changed()

    def pen(self) -> QPen:
        """Return the pen of its line, in the colours of now."""
        pen = themes.current.pen(self.meaning, self.width + self._emphasised, self.style, self.alpha)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        return pen

    def lay_out(self, mapping: Mapping) -> None:
        """Work out the pixels for what the axes show."""
        self._lines, self._points = [], QPolygonF()
        for x, y in self.columns(mapping):
            pixels = mapping.x_pixels(x), mapping.y_pixels(y)
            if self.line:
                self._lines = [polygon(*run) for run in finite_runs(*pixels)]
            if self.symbol:
                seen = np.isfinite(pixels[0]) & np.isfinite(pixels[1])
                self._points = polygon(pixels[0][seen], pixels[1][seen])

    def paint(self, painter: QPainter, mapping: Mapping) -> None:
        """Draw what was laid out."""
        painter.setPen(self.pen())
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for line in self._lines:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, line.size() <= _FEW_POINTS)
            painter.drawPolyline(line)
        if self.symbol:
            color = themes.current.color(self.meaning, self.alpha)
            draw_symbols(painter, self._points, self.symbol, QPen(color), self.width + self._emphasised)


class Band(_Series):
    """The room between two lines, filled at a fifth of the strength. Made by ``Plot.band``."""

    def __init__(self, changed: Callable[[], None], name: str, meaning: str, alpha: float = 0.2) -> None:
        super().__init__(changed, name, meaning)
        self.alpha = alpha
        self._areas: list[QPolygonF] = []

    def set(self, x: ArrayLike, low: ArrayLike, high: ArrayLike) -> None:
        """Fill from low to high over x, all of shape (n,) and in user units.

        Raises
        ------
        ValueError
            They are not one-dimensional and of the same length.
        """
        self._keep(x, low, high)

    def lay_out(self, mapping: Mapping) -> None:
        """Work out the pixels for what the axes show."""
        self._areas = []
        edges = list(self.columns(mapping))
        if len(edges) != 2:
            return
        (x, low), (_, high) = edges
        # Decimated, the pairs may be in different order: both edges take their column's extremes.
        if len(x) < len(self._x) and len(x) % 2 == 0 and len(low) == len(high) and len(x) > mapping.width:
            low = np.repeat(np.fmin(low[0::2], low[1::2]), 2)
            high = np.repeat(np.fmax(high[0::2], high[1::2]), 2)
        pixels = mapping.x_pixels(x)
        tops, bottoms = mapping.y_pixels(high), mapping.y_pixels(low)
        for run in finite_slices(np.isfinite(pixels) & np.isfinite(tops) & np.isfinite(bottoms)):
            there, back = pixels[run], pixels[run][::-1]
            outline = np.concatenate([there, back]), np.concatenate([tops[run], bottoms[run][::-1]])
            self._areas.append(polygon(*outline))

    def paint(self, painter: QPainter, mapping: Mapping) -> None:
        """Draw what was laid out."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(themes.current.brush(self.meaning, self.alpha))
        for area in self._areas:
            painter.drawPolygon(area)


def finite_slices(finite: NDArray[np.bool_]) -> list[slice]:
    """Return the runs of True, as slices."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], finite, [False]]).astype(np.int8)))
    return [slice(int(first), int(last)) for first, last in zip(edges[0::2], edges[1::2], strict=True)]


def finite_runs(x: Floats, y: Floats) -> Iterator[tuple[Floats, Floats]]:
    """Yield the parts of a line between its gaps; a single point becomes a short dash."""
    for run in finite_slices(np.isfinite(x) & np.isfinite(y)):
        if run.stop - run.start == 1:
            yield np.array([x[run.start] - 1, x[run.start] + 1]), np.repeat(y[run], 2)
        else:
            yield x[run], y[run]


def polygon(x: Floats, y: Floats) -> QPolygonF:
    """Return the points as Qt wants them."""
    points: QPolygonF = pg.functions.arrayToQPolygonF(x, y)
    return points


def draw_symbols(painter: QPainter, points: QPolygonF, symbol: Symbol, pen: QPen, width: float) -> None:
    """Draw a symbol at each point; ``width`` is that of the line which they belong to."""
    few = points.size() <= _FEW_POINTS
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, few)
    if symbol == "diamond":
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(pen.color())
        for point in points.toList():
            painter.drawPolygon(diamond(point, 4 + width))
        return
    sizes = {"dot": 2.5 + width, "circle": 5 + width, "square": 4 + width}
    pen.setWidthF(sizes[symbol])
    pen.setCosmetic(True)
    pen.setCapStyle(Qt.PenCapStyle.SquareCap if symbol == "square" else Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.drawPoints(points)


def diamond(center: QPointF, radius: float) -> QPolygonF:
    """Return a square on its corner."""
    x, y = center.x(), center.y()
    corners = [(x, y - radius), (x + radius, y), (x, y + radius), (x - radius, y)]
    return QPolygonF([QPointF(*corner) for corner in corners])
