"""What a plot draws in its area: curves and bands, from the numbers of a person to pixels."""

import math
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from lrgui.core.messages import Message, Text
from lrgui.gui.plots.blocks import BLOCK, Blocks, outlined
from lrgui.gui.plots.decimation import Numbers, decimated, is_ascending, visible_part
from lrgui.gui.plots.mapping import Floats, Mapping, to_axis
from lrgui.gui.plots.plot_words import line_in_words
from lrgui.gui.plots.polylines import finite_slices, line_parts, polygon, smooth_line
from lrgui.gui.theme import Dashes, themes

Symbol = Literal[".", "o", "s", "d"]
"""A small dot, a disc, a square, a diamond."""

_EMPTY = np.empty(0)
_FEW_POINTS = 600
"""Up to so many points a line is antialiased: beyond, that costs more than it shows."""

_MANY_HEIGHTS = 30
"""A line that goes up and down so often is drawn thin: a thick one takes a hundred times as long to stroke."""


class Layer(ABC):
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

    @property
    def runs_away(self) -> bool:
        """Whether its values may run away upwards, as losses do, so that a range may cut them off."""
        return True

    def x_extent(self) -> tuple[float, float] | None:
        """Return the lowest and highest x, in user units, or None when there is nothing to show."""
        return None

    def y_positions(self, mapping: Mapping) -> list[Floats]:
        """Return the positions on the y axis that the range should hold; x is mapped already."""
        return []

    def in_words(self, quantity: Text) -> list[Message]:
        """Return what it shows in words, for who cannot see it; ``quantity`` is what goes upwards."""
        return []

    def lay_out(self, mapping: Mapping) -> None:  # noqa: B027 (a layer may have nothing to work out)
        """Work out the pixels for what the axes show."""

    @abstractmethod
    def paint(self, painter: QPainter, mapping: Mapping) -> None:
        """Draw what was laid out."""


class _Series(Layer):
    """x, and one or more y of the same length, held as they were given: nothing is computed before a repaint."""

    def __init__(self, changed: Callable[[], None], name: Text, meaning: str) -> None:
        super().__init__(changed)
        self.name = name
        self.meaning = meaning
        self._x: Numbers = _EMPTY
        self._ys: tuple[Numbers, ...] = ()
        self._columns: tuple[object, list[tuple[Floats, Floats]]] | None = None
        self._laid_out: Mapping | None = None
        self._ascending: bool | None = None
        self._blocks: dict[tuple[int, bool], Blocks] = {}

    def set_meaning(self, meaning: str) -> None:
        """Take another colour: a token of the theme, or ``series0``, ``series1``, ..."""
        self.meaning = meaning
        self._changed()

    @property
    def runs_away(self) -> bool:
        """Whether a range may cut it off: not if it shows rates."""
        return self.meaning != "learning_rate"

    def clear(self) -> None:
        """Show nothing."""
        self._keep(_EMPTY)

    def _keep(self, x: ArrayLike, *ys: ArrayLike) -> None:
        kept, columns = np.asarray(x), tuple(np.asarray(y) for y in ys)
        if any(y.shape != kept.shape for y in columns) or kept.ndim != 1:
            raise ValueError(f"x {kept.shape} and y {[y.shape for y in columns]} must be one-dimensional and alike")
        self._x, self._ys, self._columns, self._ascending, self._laid_out = kept, columns, None, None, None
        if not len(kept):
            self._blocks.clear()
        self._changed()

    @property
    def ascending(self) -> bool:
        """Whether no x is below the one before it."""
        if self._ascending is None:
            self._ascending = is_ascending(self._x)
        return self._ascending

    def x_extent(self) -> tuple[float, float] | None:
        """Return the lowest and highest x, in user units, or None when there is nothing to show."""
        x = self._x
        if not len(x):
            return None
        if self.ascending:
            return float(x[0]), float(x[-1])
        finite = x[np.isfinite(x)]
        return (float(finite.min()), float(finite.max())) if len(finite) else None

    def columns(self, mapping: Mapping) -> list[tuple[Floats, Floats]]:
        """Return x and y for each y, in units of the axes: what is in sight, at most two points a pixel column."""
        key = mapping.x, mapping.width, mapping.log_x, mapping.log_y
        if self._columns is None or self._columns[0] != key:
            self._columns = key, list(self._decimated(mapping))
        return self._columns[1]

    def _decimated(self, mapping: Mapping) -> Iterator[tuple[Floats, Floats]]:
        part, columns = slice(0, len(self._x)), max(int(mapping.width), 1)
        if self.ascending:
            low, high = (10.0**x if mapping.log_x else x for x in mapping.x)
            part = visible_part(self._x, low, high)
            if part.stop - part.start > 2 * BLOCK * columns:
                yield from self._from_blocks(mapping, part, columns)
                return
        x = to_axis(self._x[part], mapping.log_x)
        for y in self._ys:
            yield decimated(x, to_axis(y[part], mapping.log_y), columns)

    def _from_blocks(self, mapping: Mapping, part: slice, columns: int) -> Iterator[tuple[Floats, Floats]]:
        for index, y in enumerate(self._ys):
            blocks = self._blocks.setdefault((index, mapping.log_y), Blocks(log=mapping.log_y))
            blocks.read(y)
            places, heights = outlined(self._x, blocks, part)
            yield decimated(to_axis(places, mapping.log_x), to_axis(heights, mapping.log_y), columns)

    def y_positions(self, mapping: Mapping) -> list[Floats]:
        """Return what is in sight, decimated."""
        return [y for _, y in self.columns(mapping)]

    def lay_out(self, mapping: Mapping) -> None:
        """Work out the pixels for what the axes show, unless they are those of the last time."""
        if mapping != self._laid_out:
            self._lay_out(mapping)
            self._laid_out = mapping

    @abstractmethod
    def _lay_out(self, mapping: Mapping) -> None:
        """Work out the pixels."""


class Curve(_Series):
    """A line, its points, or both. Made by ``Plot.curve``."""

    def __init__(
        self,
        changed: Callable[[], None],
        name: Text,
        meaning: str,
        *,
        width: float = 1.0,
        style: Qt.PenStyle | Dashes = Qt.PenStyle.SolidLine,
        symbol: Symbol | None = None,
        alpha: float = 1.0,
        line: bool = True,
    ) -> None:
        super().__init__(changed, name, meaning)
        self.width, self.style, self.symbol, self.alpha, self.line = width, style, symbol, alpha, line
        self._emphasised = False
        self._lines: list[QPolygonF] = []
        self._points = QPolygonF()
        self._restless = False

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

    def in_words(self, quantity: Text) -> list[Message]:
        """Return where the line begins and ends."""
        return line_in_words(self.name or quantity, self.y)

    def value_at(self, x: float) -> float:
        """Return the y of the point nearest to x; NaN outside the data and where x does not ascend."""
        xs = self._x
        if not len(xs) or not self.ascending or not xs[0] <= x <= xs[-1]:
            return math.nan
        after = int(np.searchsorted(xs, x))
        nearest = min((index for index in (after - 1, after) if 0 <= index < len(xs)), key=lambda i: abs(xs[i] - x))
        return float(self.y[nearest])

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

    def _lay_out(self, mapping: Mapping) -> None:
        self._lines, self._points, self._restless = [], QPolygonF(), False
        for x, y in self.columns(mapping):
            pixels = mapping.x_pixels(x), mapping.y_pixels(y)
            if self.line:
                line = smooth_line(*pixels) if len(x) < len(self._x) else pixels
                parts = list(line_parts(*line, mapping.height))
                self._restless = (
                    sum(np.abs(part[1:] - part[:-1]).sum() for _, part in parts) > _MANY_HEIGHTS * mapping.height
                )
                self._lines = [polygon(*part) for part in parts]
            if self.symbol:
                seen = np.isfinite(pixels[0]) & (np.abs(pixels[1]) < 2 * mapping.height)
                self._points = polygon(pixels[0][seen], pixels[1][seen])

    def paint(self, painter: QPainter, mapping: Mapping) -> None:
        """Draw what was laid out."""
        pen = self.pen()
        if self._restless:  # nobody could see its dashes, and they take long
            pen.setStyle(Qt.PenStyle.SolidLine)
            pen.setWidthF(min(self.width, 1.0))
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for line in self._lines:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, line.size() <= _FEW_POINTS)
            painter.drawPolyline(line)
        if self.symbol:
            color = themes.current.color(self.meaning, self.alpha)
            draw_symbols(painter, self._points, self.symbol, QPen(color), self.width + self._emphasised)


class Band(_Series):
    """The room between two lines, filled at a fifth of the strength. Made by ``Plot.band``."""

    def __init__(self, changed: Callable[[], None], name: Text, meaning: str, alpha: float = 0.2) -> None:
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

    def _lay_out(self, mapping: Mapping) -> None:
        self._areas = []
        edges = self.columns(mapping)
        if len(edges) != 2:
            return
        (x, low), (_, high) = edges
        # Decimated, the pairs may be in different order: both edges take their column's extremes.
        if len(x) < len(self._x) and len(x) % 2 == 0 and len(low) == len(high) and len(x) > mapping.width:
            low = np.repeat(np.fmin(low[0::2], low[1::2]), 2)
            high = np.repeat(np.fmax(high[0::2], high[1::2]), 2)
        pixels = mapping.x_pixels(x)
        beyond = -mapping.height, 2 * mapping.height
        tops, bottoms = (np.clip(mapping.y_pixels(edge), *beyond) for edge in (high, low))
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


def draw_symbols(painter: QPainter, points: QPolygonF, symbol: Symbol, pen: QPen, width: float) -> None:
    """Draw a symbol at each point; ``width`` is that of the line which they belong to."""
    few = points.size() <= _FEW_POINTS
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, few)
    if symbol == "d":
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(pen.color())
        for point in points.toList():
            painter.drawPolygon(diamond(point, 4 + width))
        return
    sizes = {".": 2.5 + width, "o": 5 + width, "s": 4 + width}
    pen.setWidthF(sizes[symbol])
    pen.setCosmetic(False)
    pen.setCapStyle(Qt.PenCapStyle.SquareCap if symbol == "s" else Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.drawPoints(points)


def diamond(center: QPointF, radius: float) -> QPolygonF:
    """Return a square on its corner."""
    x, y = center.x(), center.y()
    corners = [(x, y - radius), (x + radius, y), (x, y + radius), (x - radius, y)]
    return QPolygonF([QPointF(*corner) for corner in corners])
