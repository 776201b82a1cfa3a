"""The paths of walkers on a plot: drawn into pictures once, so that a frame costs what is new in it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap, QPolygonF

from lrgui.core.descent import Path
from lrgui.gui.plots.clipping import lines_within
from lrgui.gui.plots.layers import Layer
from lrgui.gui.plots.mapping import Floats, Mapping
from lrgui.gui.plots.polylines import polygon
from lrgui.gui.theme import themes

_MARGIN = 40.0
"""So many pixels outside the area a path is still drawn."""

_FEW = 600
"""Up to so many segments at once a path is antialiased and as thick as it should be: beyond, that takes long."""

_CELL = 5.0
"""Of the points that share a square of so many pixels, one is drawn."""


@dataclass(frozen=True)
class Trail:
    """A walker on the plot: its path, its colour, and whether it is the one that is looked at."""

    path: Path
    meaning: str
    selected: bool


def places(path: Path) -> tuple[Floats, Floats]:
    """Return where a path goes on its plot, in user units: along the curve, or over the plane."""
    if path.w.shape[1] == 1:
        return path.w[:, 0], path.f
    return path.w[:, 0], path.w[:, 1]


def place_at(path: Path, position: float) -> tuple[float, float]:
    """Return where a walker stands, also between two steps; at its last entry if the path ends before."""
    x, y = places(path)
    before = min(int(position), path.known - 1)
    after = min(before + 1, path.known - 1)
    share = position - int(position) if after > before else 0.0
    return float(x[before] + share * (x[after] - x[before])), float(y[before] + share * (y[after] - y[before]))


class Ink:
    """A transparent picture of a part of one path, to which more is added."""

    def __init__(self, ratio: float, width: float, height: float) -> None:
        self._picture = QPixmap(max(round(width * ratio), 1), max(round(height * ratio), 1))
        self._picture.setDevicePixelRatio(ratio)
        self._picture.fill(Qt.GlobalColor.transparent)
        self._area = QRectF(0, 0, width, height)
        self._used = QRectF()
        self.upto = 0

    def add(self, x: Floats, y: Floats, upto: int, pen: QPen, dots: float) -> None:
        """Draw on from the last entry drawn up to another one, with dots of this width at the entries."""
        first = max(self.upto, 0)
        part = slice(first, upto + 1)
        lines = lines_within(x[part], y[part], self._area.adjusted(-_MARGIN, -_MARGIN, _MARGIN, _MARGIN))
        few = sum(line.size() for line in lines) <= _FEW
        painter = QPainter(self._picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, few)
        painter.setPen(pen if few else QPen(pen.color(), 1))
        for line in lines:
            painter.drawPolyline(line)
            self._used |= line.boundingRect()
        if dots:
            self._dot(painter, _apart(x[part], y[part], self._area), QPen(pen.color(), dots))
        painter.end()
        self.upto = upto

    def _dot(self, painter: QPainter, points: QPolygonF, pen: QPen) -> None:
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawPoints(points)
        self._used |= points.boundingRect()

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


class Trails(Layer):
    """All walkers: what is behind them strong, what lies ahead pale, and where they stand."""

    def __init__(self, changed: Callable[[], None]) -> None:
        super().__init__(changed)
        self.trails: Sequence[Trail] = ()
        self.position = 0.0
        self._pixels: dict[int, tuple[Path, int, Floats, Floats]] = {}
        self._inks: dict[tuple[int, bool], tuple[object, Ink]] = {}

    def show(self, trails: Sequence[Trail]) -> None:
        """Show these walkers; what is drawn of a path that stays is kept."""
        self.trails = trails
        gone = {number for number, kept in self._pixels.items() if all(kept[0] is not t.path for t in trails)}
        self._pixels = {number: kept for number, kept in self._pixels.items() if number not in gone}
        self._inks = {key: ink for key, ink in self._inks.items() if key[0] not in gone}
        self._changed()

    def lay_out(self, mapping: Mapping) -> None:
        """Work out the pixels of what is known of each path."""
        self._pixels = {}
        for trail in self.trails:
            if trail.path.known:
                x, y = places(trail.path)
                limits = -1e7, 1e7  # a painter knows no larger numbers, and at that distance nobody can tell
                pixels = (np.clip(part, *limits) for part in (mapping.x_pixels(x), mapping.y_pixels(y)))
                self._pixels[id(trail.path)] = trail.path, trail.path.known, *pixels

    def paint(self, painter: QPainter, mapping: Mapping) -> None:
        """Draw the paths, then the walkers, the one that is looked at last."""
        in_order = sorted((trail for trail in self.trails if id(trail.path) in self._pixels), key=_last_if_selected)
        for ahead in (True, False):
            for trail in in_order:
                self._ink(painter, mapping, trail, ahead=ahead).paint(painter)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for trail in in_order:
            self._draw_walker(painter, mapping, trail)

    def _ink(self, painter: QPainter, mapping: Mapping, trail: Trail, *, ahead: bool) -> Ink:
        number, ratio = id(trail.path), painter.device().devicePixelRatio()
        key = mapping, ratio, trail.meaning, trail.selected, themes.current.name
        _, known, x, y = self._pixels[number]
        upto = known - 1 if ahead else min(int(self.position), known - 1)
        kept = self._inks.get((number, ahead))
        if kept is None or kept[0] != key or kept[1].upto > upto:
            kept = self._inks[number, ahead] = key, Ink(ratio, mapping.width, mapping.height)
        if kept[1].upto < upto or not upto:
            width = (1.2 if ahead else 2.0) + 0.5 * trail.selected
            pen = themes.current.pen(trail.meaning, width, alpha=0.4 if ahead else 1.0)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            kept[1].add(x, y, upto, pen, 0.0 if ahead else 4.0 + trail.selected)
        return kept[1]

    def _draw_walker(self, painter: QPainter, mapping: Mapping, trail: Trail) -> None:
        theme = themes.current
        _, known, x, y = self._pixels[id(trail.path)]
        here = pixel_at(x, y, known, self.position)
        before = min(int(self.position), known - 1)
        painter.setPen(theme.pen(trail.meaning, 2.0 + 0.5 * trail.selected))
        painter.drawLine(QPointF(x[before], y[before]), here)
        painter.setPen(QPen(theme.color("card"), 2))
        painter.setBrush(theme.brush(trail.meaning))
        radius = 8.0 if trail.selected else 6.0
        painter.drawEllipse(here, radius, radius)


def pixel_at(x: Floats, y: Floats, known: int, position: float) -> QPointF:
    """Return the pixel of a position on a path, also between two entries."""
    before = min(int(position), known - 1)
    after = min(before + 1, known - 1)
    share = position - int(position)
    return QPointF(x[before] + share * (x[after] - x[before]), y[before] + share * (y[after] - y[before]))


def _last_if_selected(trail: Trail) -> bool:
    return trail.selected
