"""Where all walkers begin: a ring on the plot, dragged with the mouse."""

import math
from typing import TYPE_CHECKING, Any

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPainterPath, QPen

from lrgui.gui.theme import themes

if TYPE_CHECKING:
    from lrgui.gui.plots.plot import Plot

_RADIUS, _REACH = 11.0, 15.0


class StartHandle(pg.GraphicsObject):  # type: ignore[misc]
    """A ring around the start. ``dragged(float, float)`` carries where a hand wants it, in user units.

    Parameters
    ----------
    plot : Plot
        On which it lies.
    """

    dragged = Signal(float, float)

    def __init__(self, plot: "Plot") -> None:
        super().__init__(plot.area)
        self._plot = plot
        self._at = (0.0, 0.0)
        self._offset = QPointF()
        self._held = False
        self._hovered = False
        self.setZValue(10)
        self.setCursor(Qt.CursorShape.SizeAllCursor)

    def put(self, x: float, y: float) -> None:
        """Lie around a point in user units; where the function has no value, at the foot of the plot."""
        self.prepareGeometryChange()
        self._at = x, y

    def place(self) -> QPointF:
        """Return its middle in pixels of the area."""
        mapping = self._plot.mapping
        y = mapping.y_pixel(self._at[1])
        # A painter knows no larger numbers than these.
        return QPointF(mapping.x_pixel(self._at[0]), min(max(y, -1e6), 1e6) if math.isfinite(y) else mapping.height)

    def boundingRect(self) -> QRectF:
        """Return the area and what a ring at its edge needs (Qt's hook)."""
        return QRectF(self._plot.area.rect()).adjusted(-_REACH, -_REACH, _REACH, _REACH)

    def shape(self) -> QPainterPath:
        """Return where the mouse takes hold (Qt's hook)."""
        path = QPainterPath()
        path.addEllipse(self.place(), _REACH, _REACH)
        return path

    def mouseDragEvent(self, event: Any) -> None:
        """Follow the hand (pyqtgraph's hook)."""
        if event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
            return
        event.accept()
        if event.isStart():
            self._offset = self.place() - QPointF(event.buttonDownPos())
        self._held = not event.isFinish()
        wanted, mapping = QPointF(event.pos()) + self._offset, self._plot.mapping
        # A start out of sight could not be taken hold of again.
        x = min(max(wanted.x(), 0.0), mapping.width)
        y = min(max(wanted.y(), 0.0), mapping.height)
        self.dragged.emit(mapping.x_value(x), mapping.y_value(y))
        self._plot.refresh_soon()

    def hoverEvent(self, event: Any) -> None:
        """Show that it can be taken hold of (pyqtgraph's hook)."""
        hovered = not event.isExit() and bool(event.acceptDrags(Qt.MouseButton.LeftButton))
        if hovered != self._hovered:
            self._hovered = hovered
            self._plot.refresh_soon()

    def paint(self, painter: QPainter, *_: Any) -> None:
        """Draw the ring (pyqtgraph's hook)."""
        theme, grown = themes.current, 2.0 * (self._held or self._hovered)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for color, width in (("card", 5.0), ("marker", 2.5)):
            painter.setPen(QPen(theme.color(color), width))
            painter.drawEllipse(self.place(), _RADIUS + grown, _RADIUS + grown)
