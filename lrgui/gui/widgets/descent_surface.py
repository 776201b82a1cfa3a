"""A function of two variables as a surface that is turned with the mouse.

Drawn with QPainter, from the back to the front: it needs no OpenGL, and so it works on every machine, over remote
desktops and in a virtual one too; a surface of some 1,500 patches is drawn in a frame or two.
"""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap, QWheelEvent
from PySide6.QtWidgets import QWidget

from lrgui.core.descent import Path
from lrgui.core.functions import Function
from lrgui.core.messages import say
from lrgui.gui.plots.mapping import Floats
from lrgui.gui.plots.polylines import polygon
from lrgui.gui.plots.trails import Pixels, Trail, TrailPainter
from lrgui.gui.sizes import px
from lrgui.gui.theme import themes
from lrgui.gui.words import show

_PLACES = 41
_HIGHEST = 0.9
"""How high the surface is, where its ground is two wide and two deep."""

_TYPICAL = 0.3
_DISTANCE = 6.0
_WORDS = 34
"""Pixels at the foot that are kept for the words."""

_DEGREES_A_PIXEL = 0.5
_LARGEST = 1e300
_FLAT = say("A function of one variable is a curve: choose one of two variables to see a surface.")
_HINT = say("Drag to turn, wheel to come nearer")


class Surface(QWidget):
    """The surface with the walkers on it."""

    def __init__(self) -> None:
        super().__init__()
        self._function: Function | None = None
        self._heights = _Heights(0.0, 1.0, 1.0)
        self._grid: Floats = np.empty((0, 0))
        self._trails: Sequence[Trail] = ()
        self._position = 0.0
        self.azimuth, self.elevation, self._zoom = -55.0, 38.0, 1.0
        self._at = QPointF()
        self._picture: tuple[object, QPixmap] | None = None
        self._pixels: tuple[object, dict[Path, Pixels]] | None = None
        self._painter = TrailPainter()
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        show(self.setAccessibleName, say("The function as a surface; drag to turn it"))
        themes.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Return a comfortable size (Qt's hook)."""
        return QSize(px(480), px(320))

    def minimumSizeHint(self) -> QSize:
        """Return the least size (Qt's hook)."""
        return QSize(px(160), px(90))

    # What is shown

    def show_function(self, function: Function) -> None:
        """Show another function over its view."""
        if function is self._function:
            return
        self._function = function
        self._picture = self._pixels = None
        if len(function.variables) == 2:
            x, y = (np.linspace(low, high, _PLACES) for low, high in function.view)
            values = np.clip(function.value(*np.meshgrid(x, y)), -_LARGEST, _LARGEST)
            self._heights = _Heights.of(values)
            self._grid = self._heights.height(values)
        self.update()

    def show_walks(self, trails: Sequence[Trail]) -> None:
        """Show these walkers as far as they are known."""
        self._trails = trails
        self._pixels = None
        self.update()

    def show_position(self, position: float) -> None:
        """Show the walkers at a position, from step to step."""
        self._position = position
        self.update()

    def reset_view(self) -> None:
        """Look from where one looked at first."""
        self.azimuth, self.elevation, self._zoom = -55.0, 38.0, 1.0
        self.update()

    # Hands

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold (Qt's hook)."""
        self._at = event.position()
        self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go (Qt's hook)."""
        self.setCursor(Qt.CursorShape.OpenHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Turn with the hand (Qt's hook)."""
        moved, self._at = event.position() - self._at, event.position()
        self.azimuth = (self.azimuth + _DEGREES_A_PIXEL * moved.x()) % 360
        self.elevation = min(max(self.elevation + _DEGREES_A_PIXEL * moved.y(), 0.0), 90.0)
        self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Look from where one looked at first (Qt's hook)."""
        self.reset_view()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Come nearer or go away (Qt's hook)."""
        self._zoom = min(max(self._zoom * 1.1 ** (event.angleDelta().y() / 120), 0.4), 4.0)
        self.update()

    # From space to pixels

    def _view(self) -> tuple[float, ...]:
        return self.azimuth, self.elevation, self._zoom, float(self.width()), float(self.height())

    def project(self, x: Floats, y: Floats, z: Floats) -> tuple[Floats, Floats, Floats]:
        """Return the pixels of points, x and y from -1 to 1 and z from 0 to 1, and how far away each is."""
        across, up, depth = self._turned(x, y, z)
        scale, left, low = self._fit()
        return self.width() / 2 + scale * (across - left), (self.height() - _WORDS) / 2 - scale * (up - low), depth

    def _turned(self, x: Floats, y: Floats, z: Floats) -> tuple[Floats, Floats, Floats]:
        """Return how far to the right, up and away points are, in perspective."""
        turn, tilt = math.radians(self.azimuth), math.radians(self.elevation)
        z = (z - 0.5) * _HIGHEST
        across = x * math.cos(turn) - y * math.sin(turn)
        away = x * math.sin(turn) + y * math.cos(turn)
        up, depth = z * math.cos(tilt) + away * math.sin(tilt), away * math.cos(tilt) - z * math.sin(tilt)
        shrunk = _DISTANCE / (_DISTANCE + depth)
        return across * shrunk, up * shrunk, depth

    def _fit(self) -> tuple[float, float, float]:
        """Return the scale at which the box around the surface fills the picture, and the box's middle."""
        ends = np.array([-1.0, 1.0])
        x, y, z = np.meshgrid(ends, ends, (ends + 1) / 2)
        across, up, _ = self._turned(x.reshape(-1), y.reshape(-1), z.reshape(-1))
        scale = min(self.width() / np.ptp(across), (self.height() - _WORDS) / np.ptp(up))
        left, low = ((float(part.min()) + float(part.max())) / 2 for part in (across, up))
        return 0.94 * self._zoom * float(scale), left, low

    def _on_the_surface(self, path: Path) -> Pixels:
        """Return where the entries of a path lie; NaN for those outside the view."""
        assert self._function is not None
        across, along = (
            2 * (path.w[:, axis] - low) / (high - low) - 1 for axis, (low, high) in enumerate(self._function.view)
        )
        outside = (np.abs(across) > 1) | (np.abs(along) > 1)
        x, y, _ = self.project(across, along, self._heights.height(path.f))
        return np.where(outside, np.nan, x), np.where(outside, np.nan, y)

    # The look

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the kept picture of the surface, and the walkers over it (Qt's hook)."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), themes.current.color("card"))
        if self._function is None or len(self._function.variables) != 2:
            painter.setPen(themes.current.color("dim"))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, str(_FLAT))
            return
        ratio = self.devicePixelRatioF()
        key = self._view(), themes.current.name, ratio
        if self._picture is None or self._picture[0] != key:
            self._picture = key, self._drawn(ratio)
        painter.drawPixmap(0, 0, self._picture[1])
        if self._pixels is None or self._pixels[0] != key:
            self._pixels = key, {trail.path: self._on_the_surface(trail.path) for trail in self._trails}
        self._painter.paint(painter, key, QSizeF(self.size()), self._trails, self._pixels[1], self._position)

    def _drawn(self, ratio: float) -> QPixmap:
        picture = QPixmap(self.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_patches(painter)
        self._draw_words(painter)
        painter.end()
        return picture

    def _draw_patches(self, painter: QPainter) -> None:
        """Draw the patches, the farthest first."""
        along = np.linspace(-1, 1, _PLACES)
        columns, rows = np.meshgrid(along, along)
        x, y, depth = self.project(columns, rows, self._grid)
        corners = [(slice(None, -1), slice(None, -1)), (slice(None, -1), slice(1, None))]
        corners += [(slice(1, None), slice(1, None)), (slice(1, None), slice(None, -1))]
        xs, ys, heights, far = (
            np.stack([part[corner].reshape(-1) for corner in corners], axis=1) for part in (x, y, self._grid, depth)
        )
        colors = self._colors()
        edge = QPen(themes.current.color("contour", 0.7), 0.7)
        for index in np.argsort(-far.mean(axis=1)):
            if not np.isfinite(heights[index]).all():
                continue
            painter.setPen(edge)
            painter.setBrush(colors[round(float(heights[index].mean()) * (len(colors) - 1))])
            painter.drawPolygon(polygon(xs[index], ys[index]))

    @staticmethod
    def _colors() -> list[QColor]:
        return [themes.current.mixed("terrain_low", "terrain_high", share / 63) for share in range(64)]

    def _draw_words(self, painter: QPainter) -> None:
        theme = themes.current
        painter.setPen(theme.color("dim"))
        told = str(_HINT)
        if self._heights.exponent != 1:
            bent = str(say("Heights are drawn as f to the power {power:.2g}", power=self._heights.exponent))
            both = str(say("{hint}. {bent}", hint=_HINT, bent=bent))
            told = both if painter.fontMetrics().horizontalAdvance(both) < self.width() - 16 else bent
        room = QRectF(self.rect()).adjusted(4, 0, -4, -2)
        painter.drawText(room, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignHCenter, told)
        self._draw_axes(painter)

    def _draw_axes(self, painter: QPainter) -> None:
        """Draw the two sides of the ground that are nearest, and name them."""
        theme = themes.current
        middles = ((0.0, -1.0), (1.0, 0.0), (0.0, 1.0), (-1.0, 0.0))
        across_all, along_all = np.array(middles).T
        x, y, depth = self.project(across_all, along_all, np.zeros(4))
        for index in np.argsort(depth)[:2].tolist():
            across, along = middles[index]
            there, back = ((1.0, along), (-1.0, along)) if along else ((across, 1.0), (across, -1.0))
            left, top, _ = self.project(np.array([there[0], back[0]]), np.array([there[1], back[1]]), np.zeros(2))
            painter.setPen(theme.pen("dim", 1.2))
            painter.drawPolyline(polygon(left, top))
            away = QPointF(x[index], y[index]) - QPointF(self.width() / 2, (self.height() - _WORDS) / 2)
            at = QPointF(x[index], y[index]) + away * (14 / max(math.hypot(away.x(), away.y()), 1.0))
            painter.setPen(theme.color("text"))
            box = QRectF(at.x() - 10, at.y() - 10, 20, 20)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, "x" if along else "y")


class _Heights:
    """From values to heights from 0 to 1: in proportion, or where nearly all is flat, bent so that shapes are seen."""

    def __init__(self, lowest: float, highest: float, exponent: float) -> None:
        self._lowest, self._highest, self.exponent = lowest, highest, exponent

    @classmethod
    def of(cls, values: Floats) -> "_Heights":
        """Return the heights in which half of the surface lies below a third, if need be."""
        finite = values[np.isfinite(values)]
        if not len(finite) or finite.min() == finite.max():
            return cls(0.0, 1.0, 1.0)
        lowest, highest = float(finite.min()), float(finite.max())
        median = float(np.median((finite - lowest) / (highest - lowest)))
        exponent = 1.0 if median >= _TYPICAL / 2 or median <= 0 else math.log(_TYPICAL) / math.log(median)
        return cls(lowest, highest, max(float(f"{exponent:.2g}"), 0.15))

    def height(self, values: Floats) -> NDArray[np.float64]:
        """Return the heights of values, NaN of those that are not finite."""
        with np.errstate(invalid="ignore", over="ignore"):
            shares = (values - self._lowest) / (self._highest - self._lowest)
        heights: Floats = np.clip(shares, 0.0, 1.0) ** self.exponent
        return np.where(np.isfinite(values), heights, np.nan)
