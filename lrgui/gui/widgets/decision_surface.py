"""What a model says of a whole plane, with the points it learned from."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QImage, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from lrgui.core.events import Surface
from lrgui.core.messages import say
from lrgui.gui.sizes import px
from lrgui.gui.theme import themes
from lrgui.gui.widgets.card import GAP
from lrgui.gui.words import show

_MARGIN = 0.05
_STRENGTH = 0.3
_RADIUS = 3.4
_ROW = 20
_KEY_WIDTH = 130
# Corners of each class's symbol, in the direction that a clock counts from the top; a disc has none.
_CORNERS = (
    (),
    ((-1, -1), (1, -1), (1, 1), (-1, 1)),
    ((0, -1.3), (1.2, 0.9), (-1.2, 0.9)),
    ((0, -1.4), (1.4, 0), (0, 1.4), (-1.4, 0)),
)


class DecisionSurface(QWidget):
    """Areas in the colours of the classes that the model predicts there; points with a symbol for each class."""

    def __init__(self) -> None:
        super().__init__()
        self._surface: Surface | None = None
        self._names: Sequence[str] = ()
        show(self.setAccessibleName, say("Decision surface"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        themes.changed.connect(self.update)

    def show_surface(self, surface: Surface, names: Sequence[str]) -> None:
        """Show a surface, with the names of its classes."""
        self._surface, self._names = surface, names
        shares = np.bincount(surface.classes.ravel(), minlength=len(names)) / surface.classes.size
        told = ", ".join(f"{name} {share:.0%}" for name, share in zip(names, shares, strict=True))
        show(
            self.setAccessibleDescription, say("Share of the plane that is predicted as each class: {told}", told=told)
        )
        self.update()

    def show_points(self, points: NDArray[np.float64], labels: NDArray[np.int64], names: Sequence[str]) -> None:
        """Show points of shape (n, 2) with their labels, and no areas."""
        low, high = points.min(axis=0), points.max(axis=0)
        low, high = low - _MARGIN * (high - low), high + _MARGIN * (high - low)
        extent = (float(low[0]), float(high[0]), float(low[1]), float(high[1]))
        self._surface, self._names = Surface(np.zeros((0, 0), np.int64), extent, points, labels), names
        show(
            self.setAccessibleDescription,
            say(
                "{count} points of {classes} classes: {names}",
                count=len(points),
                classes=len(names),
                names=", ".join(names),
            ),
        )
        self.update()

    def sizeHint(self) -> QSize:
        """Return a size at which the areas can be told apart (Qt's hook)."""
        return QSize(px(320), px(150))

    def area(self) -> QRectF:
        """Return where the plane lies: as large as there is room, with the same scale in both directions."""
        if self._surface is None:
            return QRectF()
        low_x, high_x, low_y, high_y = self._surface.extent
        wide, high = high_x - low_x, high_y - low_y
        scale = min((self.width() - _KEY_WIDTH - 2) / wide, (self.height() - 2) / high)
        return QRectF(1, 1, max(scale * wide, 1), max(scale * high, 1))

    def pixel(self, x: float, y: float) -> QPointF:
        """Return where a point of the plane lies on the widget."""
        assert self._surface is not None
        low_x, high_x, low_y, high_y = self._surface.extent
        area = self.area()
        right = (x - low_x) / (high_x - low_x) * area.width()
        return QPointF(area.x() + right, area.y() + (high_y - y) / (high_y - low_y) * area.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint areas, points and key (Qt's hook)."""
        if self._surface is None:
            return
        painter = QPainter(self)
        area = self.area()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if self._surface.classes.size:
            painter.drawImage(area, _areas(self._surface))
        painter.setPen(themes.current.pen("edge"))
        painter.drawRect(area)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(area.adjusted(-_RADIUS, -_RADIUS, _RADIUS, _RADIUS))
        radius = _RADIUS * min(max(area.height() / 260, 0.75), 2)
        for (x, y), label in zip(self._surface.points.tolist(), self._surface.labels.tolist(), strict=True):
            _paint_symbol(painter, self.pixel(x, y), label, radius)
        painter.setClipping(False)
        self._paint_key(painter, area.right() + 2 * GAP)
        painter.end()

    def _paint_key(self, painter: QPainter, left: float) -> None:
        font = QFont(self.font())
        font.setPixelSize(12)
        painter.setFont(font)
        metrics = QFontMetricsF(font)
        for number, name in enumerate(self._names):
            row = QRectF(left, number * _ROW, self.width() - left, _ROW)
            swatch = QRectF(left, row.y() + 2, 20, _ROW - 4)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(themes.current.mixed("card", f"series{number}", _STRENGTH))
            painter.drawRoundedRect(swatch, 3, 3)
            _paint_symbol(painter, swatch.center(), number, 4.2)
            painter.setPen(themes.current.color("text"))
            text = metrics.elidedText(name, Qt.TextElideMode.ElideRight, row.width() - 28)
            painter.drawText(row.adjusted(28, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, text)


def _areas(surface: Surface) -> QImage:
    rows, columns = surface.classes.shape
    colors = [themes.current.mixed("card", f"series{number}", _STRENGTH) for number in range(surface.classes.max() + 1)]
    palette = np.array([(color.red(), color.green(), color.blue()) for color in colors], np.uint8)
    # The first row of the grid is the lowest, that of an image the highest.
    pixels = np.ascontiguousarray(palette[surface.classes[::-1]])
    return QImage(pixels.data, columns, rows, 3 * columns, QImage.Format.Format_RGB888).copy()


def _paint_symbol(painter: QPainter, center: QPointF, label: int, radius: float) -> None:
    painter.setPen(themes.current.pen("card"))
    painter.setBrush(themes.current.color(f"series{label}"))
    corners = _CORNERS[label % len(_CORNERS)]
    if not corners:
        painter.drawEllipse(center, radius, radius)
    else:
        painter.drawPolygon(QPolygonF([QPointF(center.x() + radius * x, center.y() + radius * y) for x, y in corners]))
