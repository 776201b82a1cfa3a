"""Where a guess on a plot is taken hold of, while it is asked for."""

from typing import TYPE_CHECKING, Any

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QPainterPath

from lrgui.gui.plots.guess_layer import GuessLayer, held

if TYPE_CHECKING:
    from lrgui.gui.plots.plot import Plot

_REACH = 16.0


class GuessHandle(pg.GraphicsObject):  # type: ignore[misc]
    """Where the guess of a layer is taken hold of. ``dragged(float)`` carries the value that a hand gives it."""

    dragged = Signal(float)

    def __init__(self, plot: "Plot", layer: GuessLayer) -> None:
        super().__init__(plot.area)
        self._plot, self._layer = plot, layer
        self._offset = QPointF()
        self.setZValue(20)
        self.setVisible(False)

    def offer(self, offered: bool) -> None:
        """Let a hand drag the guess, or leave it where it is."""
        along = Qt.CursorShape.SizeHorCursor if self._layer.axis == "x" else Qt.CursorShape.SizeVerCursor
        self.setCursor(along)
        self.prepareGeometryChange()
        self.setVisible(offered)

    def place(self) -> QPointF:
        """Return its middle in pixels of the area."""
        guess = self._layer.guess
        return self._layer.place(guess[0], self._plot.mapping) if guess is not None else QPointF(-99, -99)

    def boundingRect(self) -> QRectF:
        """Return the area and what reaches over its edge (Qt's hook)."""
        return QRectF(self._plot.area.rect()).adjusted(-_REACH, -_REACH, _REACH, _REACH)

    def shape(self) -> QPainterPath:
        """Return where the mouse takes hold: the diamond, and all of a line (Qt's hook)."""
        path, place = QPainterPath(), self.place()
        if self._layer.axis == "x":
            path.addRect(place.x() - _REACH / 2, 0, _REACH, self._plot.mapping.height)
        path.addEllipse(place, _REACH, _REACH)
        return path

    def mouseDragEvent(self, event: Any) -> None:
        """Follow the hand along the axis (pyqtgraph's hook)."""
        if event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
            return
        event.accept()
        if event.isStart():
            self._offset = self.place() - QPointF(event.buttonDownPos())
        wanted, mapping = QPointF(event.pos()) + self._offset, self._plot.mapping
        if self._layer.axis == "x":
            self.dragged.emit(mapping.x_value(held(wanted.x(), mapping.width)))
        else:
            self.dragged.emit(mapping.y_value(held(wanted.y(), mapping.height)))

    def hoverEvent(self, event: Any) -> None:
        """Take the drag before the plot pans (pyqtgraph's hook)."""
        if not event.isExit():
            event.acceptDrags(Qt.MouseButton.LeftButton)

    def paint(self, *_: Any) -> None:
        """Draw nothing: the layer does (pyqtgraph's hook)."""
