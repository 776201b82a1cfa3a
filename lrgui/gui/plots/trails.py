"""The paths of walkers on a plot: drawn into pictures once, so that a frame costs what is new in it."""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap, QPolygonF

from lrgui.core.descent import Path
from lrgui.core.messages import Message, Text, say
from lrgui.gui.plots.clipping import lines_within
from lrgui.gui.plots.layers import Layer
from lrgui.gui.plots.mapping import Floats
from lrgui.gui.plots.mapping import Mapping as AxesMapping
from lrgui.gui.plots.polylines import polygon
from lrgui.gui.plots.resolution import dots_per_unit
from lrgui.gui.theme import themes
from lrgui.gui.widgets.badge import draw_badge

_MARGIN = 40.0
"""So many pixels outside the area a path is still drawn."""

_FEW = 600
"""Up to so many segments at once a path is antialiased and as thick as it should be: beyond, that takes long."""

_CELL = 5.0
"""Of the points that share a square of so many pixels, one is drawn."""

_FARTHEST = 1e7
"""Pixels: a painter knows no larger numbers, and at that distance nobody can tell."""

Pixels = tuple[Floats, Floats]


@dataclass(frozen=True)
class Trail:
    """A walker on the plot: its path, its number from 0, and whether it is the one that is looked at."""

    path: Path
    number: int
    selected: bool

    @property
    def meaning(self) -> str:
        """Its colour."""
        return f"series{self.number}"


def places(path: Path) -> Pixels:
    """Return where a path goes on its plot, in user units: along the curve, or over the plane."""
    if path.w.shape[1] == 1:
        return path.w[:, 0], path.f
    return path.w[:, 0], path.w[:, 1]


def place_at(path: Path, entry: int) -> tuple[float, float]:
    """Return where a walker stands at an entry, in user units; at its last one if the path ends before."""
    x, y = places(path)
    entry = min(entry, path.known - 1)
    return float(x[entry]), float(y[entry])


class Ink:
    """A transparent picture of a part of one path, to which more is added."""

    def __init__(self, ratio: float, size: QSizeF) -> None:
        self._picture = QPixmap(max(round(size.width() * ratio), 1), max(round(size.height() * ratio), 1))
        self._picture.setDevicePixelRatio(ratio)
        self._picture.fill(Qt.GlobalColor.transparent)
        self._area = QRectF(QPointF(0, 0), size)
        self._used = QRectF()
        self.upto = -1

    def add(self, pixels: Pixels, upto: int, pen: QPen, dots: float) -> None:
        """Draw on from the last entry drawn up to another one, with dots of this width at the entries."""
        part = slice(max(self.upto, 0), upto + 1)
        x, y = pixels[0][part], pixels[1][part]
        lines = lines_within(x, y, self._area.adjusted(-_MARGIN, -_MARGIN, _MARGIN, _MARGIN))
        few = sum(line.size() for line in lines) <= _FEW
        painter = QPainter(self._picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, few)
        painter.setPen(pen if few else QPen(pen.color(), 1))
        for line in lines:
            painter.drawPolyline(line)
            self._used |= line.boundingRect().adjusted(-1, -1, 1, 1)
        if dots:
            self._dot(painter, _apart(x, y, self._area), QPen(pen.color(), dots))
        painter.end()
        self.upto = upto

    def _dot(self, painter: QPainter, points: QPolygonF, pen: QPen) -> None:
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawPoints(points)
        if points.size():
            self._used |= points.boundingRect().adjusted(-1, -1, 1, 1)

    def paint(self, painter: QPainter) -> None:
        """Put what is drawn on the screen, and no more than that."""
        room = self._used.adjusted(-5, -5, 5, 5).intersected(self._area)
        if not room.isEmpty():
            ratio = self._picture.devicePixelRatio()
            whole = QRectF(room.toAlignedRect())
            source = QRectF(whole.topLeft() * ratio, whole.size() * ratio)
            painter.drawPixmap(whole, self._picture, source)


def _apart(x: Floats, y: Floats, area: QRectF) -> QPolygonF:
    """Return the points in sight, one for each small square."""
    seen = (np.abs(x - area.center().x()) < area.width()) & (np.abs(y - area.center().y()) < area.height())
    x, y = x[seen], y[seen]
    cells = np.floor(x / _CELL) * 1e5 + np.floor(y / _CELL)
    kept = np.sort(np.unique(cells, return_index=True)[1])
    return polygon(x[kept], y[kept])


class TrailPainter:
    """Draws walkers: what is behind them strong, what lies ahead pale, and where they stand."""

    def __init__(self) -> None:
        self._inks: dict[tuple[int, bool], tuple[_Look, Ink]] = {}

    def paint(
        self,
        painter: QPainter,
        view: object,
        size: QSizeF,
        trails: Sequence[Trail],
        pixels: Mapping[Path, Pixels],
        position: float,
    ) -> None:
        """Draw the paths, then the walkers, the one that is looked at last.

        Parameters
        ----------
        painter : QPainter
            Of the area.
        view : object
            Tells by ``==`` whether pixels are still where they were.
        size : QSizeF
            Of the area.
        trails : sequence of Trail
            The walkers.
        pixels : mapping of Path to two numpy.ndarray, shape (known,)
            Where the entries of each path lie; NaN for one that is not shown. Who is missing is not drawn.
        position : float
            The step of now, also between two steps.
        """
        ratio = dots_per_unit(painter)
        in_order = sorted((trail for trail in trails if trail.path in pixels), key=lambda trail: trail.selected)
        self._inks = {key: kept for key, kept in self._inks.items() if any(id(t.path) == key[0] for t in in_order)}
        for ahead in (True, False):
            for trail in in_order:
                upto = len(pixels[trail.path][0]) - 1
                look = _Look(view, ratio, size, trail, themes.current.name, ahead)
                self._ink(look, pixels[trail.path], upto if ahead else min(int(position), upto)).paint(painter)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for trail in in_order:
            _draw_walker(painter, trail, pixels[trail.path], position)

    def _ink(self, look: "_Look", pixels: Pixels, upto: int) -> Ink:
        trail, place = look.trail, (id(look.trail.path), look.ahead)
        kept = self._inks.get(place)
        if kept is None or kept[0] != look or kept[1].upto > upto:
            kept = self._inks[place] = look, Ink(look.ratio, look.size)
        if kept[1].upto < upto:
            width = (1.2 if look.ahead else 2.0) + 0.5 * trail.selected
            pen = themes.current.pen(trail.meaning, width, alpha=0.4 if look.ahead else 1.0)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            kept[1].add(pixels, upto, pen, 0.0 if look.ahead else 4.0 + trail.selected)
        return kept[1]


@dataclass(frozen=True)
class _Look:
    """Everything that a picture of a path depends on, but for how far it goes."""

    view: object
    ratio: float
    size: QSizeF
    trail: Trail
    theme: str
    ahead: bool


def _draw_walker(painter: QPainter, trail: Trail, pixels: Pixels, position: float) -> None:
    theme, (x, y) = themes.current, pixels
    here = pixel_at(pixels, position)
    if not (math.isfinite(here.x()) and math.isfinite(here.y())):
        return
    before = min(int(position), len(x) - 1)
    if math.isfinite(x[before]):
        painter.setPen(theme.pen(trail.meaning, 2.0 + 0.5 * trail.selected))
        painter.drawLine(QPointF(x[before], y[before]), here)
    radius = 8.0 if trail.selected else 6.5
    painter.setPen(QPen(theme.color("card"), 2))
    painter.setBrush(theme.brush(trail.meaning))
    painter.drawEllipse(here, radius, radius)
    draw_badge(painter, here, trail.number, radius)


def pixel_at(pixels: Pixels, position: float) -> QPointF:
    """Return the pixel of a position on a path, also between two entries; the last one if it ends before."""
    x, y = pixels
    before = min(int(position), len(x) - 1)
    after = min(before + 1, len(x) - 1)
    share = position - int(position)
    return QPointF(x[before] + share * (x[after] - x[before]), y[before] + share * (y[after] - y[before]))


class Trails(Layer):
    """All walkers on the axes of a plot."""

    def __init__(self, changed: Callable[[], None]) -> None:
        super().__init__(changed)
        self.trails: Sequence[Trail] = ()
        self.position = 0.0
        self._painter = TrailPainter()
        self._pixels: dict[Path, Pixels] = {}

    def show(self, trails: Sequence[Trail]) -> None:
        """Show these walkers; what is drawn of a path that stays is kept."""
        self.trails = trails
        self._changed()

    def in_words(self, quantity: Text) -> list[Message]:
        """Return where each walker stands."""
        found = []
        for trail in self.trails:
            x, y = place_at(trail.path, int(self.position))
            found.append(say("walker {number} at {x:.3g}, {y:.3g}", number=trail.number + 1, x=x, y=y))
        return found

    def laid_out(self) -> Iterator[tuple[Trail, Pixels]]:
        """Yield the walkers that are shown, with the pixels of their entries."""
        return ((trail, self._pixels[trail.path]) for trail in self.trails if trail.path in self._pixels)

    def lay_out(self, mapping: AxesMapping) -> None:
        """Work out the pixels of what is known of each path."""
        self._pixels = {}
        for trail in self.trails:
            x, y = places(trail.path)
            self._pixels[trail.path] = (
                np.clip(mapping.x_pixels(x), -_FARTHEST, _FARTHEST),
                np.clip(mapping.y_pixels(y), -_FARTHEST, _FARTHEST),
            )

    def paint(self, painter: QPainter, mapping: AxesMapping) -> None:
        """Draw the paths and the walkers."""
        size = QSizeF(mapping.width, mapping.height)
        self._painter.paint(painter, mapping, size, self.trails, self._pixels, self.position)
