"""The moving parts under a plot: the area with its layers, and the view that is painted only when told to."""

from typing import TYPE_CHECKING, Any

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QGraphicsView, QStyleOptionGraphicsItem

from lrgui.gui.theme import themes

if TYPE_CHECKING:
    from lrgui.gui.plots.plot_frame import PlotFrame


class Area(pg.ViewBox):  # type: ignore[misc]
    """The rectangle between the axes: dragged to pan, zoomed with the wheel. Positions are in its pixels."""

    clicked = Signal(QPointF)
    double_clicked = Signal(QPointF)
    menu_wanted = Signal(QPointF)

    def __init__(self) -> None:
        super().__init__(enableMenu=False)
        self.disableAutoRange()

    def mouseClickEvent(self, event: Any) -> None:
        """Tell single from double clicks (pyqtgraph's hook)."""
        event.accept()
        if event.button() == Qt.MouseButton.RightButton:
            self.menu_wanted.emit(event.screenPos())
        elif event.button() == Qt.MouseButton.LeftButton:
            (self.double_clicked if event.double() else self.clicked).emit(QPointF(event.pos()))

    def mouseDragEvent(self, event: Any, axis: int | None = None) -> None:
        """Pan with the left or middle button; a drag with the right one means nothing (pyqtgraph's hook)."""
        if event.button() == Qt.MouseButton.RightButton:
            event.ignore()
        else:
            super().mouseDragEvent(event, axis=axis)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave all keys to the plot (Qt's hook)."""
        event.ignore()


class Canvas(pg.GraphicsObject):  # type: ignore[misc]
    """Draws the layers of a plot over its whole area."""

    def __init__(self, plot: "PlotFrame", area: Area) -> None:
        super().__init__(area)
        self._plot, self._area = plot, area
        self.setZValue(-1)

    def boundingRect(self) -> QRectF:
        """Return the area (Qt's hook)."""
        return QRectF(self._area.rect())

    def paint(self, painter: QPainter, *_: object) -> None:
        """Draw (Qt's hook)."""
        painter.setFont(QApplication.font())  # and not the widget's: that is enlarged already, as the view is
        self._plot.paint_layers(painter)


class View(pg.GraphicsView):  # type: ignore[misc]
    """A view that never repaints because an item changed: its plot says when."""

    def __init__(self, plot: "PlotFrame") -> None:
        super().__init__(plot, background=None)
        self._plot = plot
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.NoViewportUpdate)
        # So that repainting the area leaves the numbers beside it alone.
        self.setOptimizationFlag(QGraphicsView.OptimizationFlag.DontAdjustForAntialiasing)
        self.setCacheMode(QGraphicsView.CacheModeFlag.CacheNone)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.centralLayout.setContentsMargins(0, 0, 0, 0)
        self.centralLayout.setSpacing(0)
        themes.changed.connect(self._take_scale)

    def _take_scale(self) -> None:
        if self.transform().m11() != themes.current.scale:
            self.resizeEvent(None)

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Lay the scene out for the room there is; enlarged, as if there were less (Qt's and pyqtgraph's hook)."""
        self.autoPixelRange = False
        scale = themes.current.scale
        self.range = QRectF(0, 0, self.width() / scale, self.height() / scale)
        super().resizeEvent(event)

    def updateMatrix(self, propagate: bool = True) -> None:
        """Draw one pixel of the scene as one of the screen, or larger (pyqtgraph's hook)."""
        self.setSceneRect(self.range)
        self.resetTransform()
        QGraphicsView.scale(self, themes.current.scale, themes.current.scale)
        self.sigDeviceRangeChanged.emit(self, self.range)
        self.sigDeviceTransformChanged.emit(self)

    def area_rect(self, area: Area) -> QRect:
        """Return where the area lies in the viewport, without the axes."""
        return QRectF(self.viewportTransform().mapRect(area.mapRectToScene(area.rect()))).toAlignedRect()

    def drawBackground(self, painter: QPainter, rect: QRectF) -> None:
        """Fill with the colour of a card (Qt's hook)."""
        painter.fillRect(rect, themes.current.color("card"))

    def draw_items(self, painter: QPainter, area: Area) -> None:
        """Draw all items with another painter, what belongs to the area within it.

        One by one, and not by Qt's own ``render``: in an SVG file that would clip what lies outside of the area, too.
        """
        option, whole = QStyleOptionGraphicsItem(), painter.transform()
        for item in self.scene().items(Qt.SortOrder.AscendingOrder):
            if item.isVisible():
                painter.save()
                if area.isAncestorOf(item):
                    painter.setClipRect(area.mapRectToScene(area.rect()))
                painter.setTransform(item.sceneTransform() * whole)
                item.paint(painter, option, None)
                painter.restore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Bring the plot up to date first (Qt's hook)."""
        if self._plot.prepare() and event.rect() != self.viewport().rect():
            self.viewport().update()
        super().paintEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave all keys to the plot (Qt's hook)."""
        event.ignore()

    def leaveEvent(self, event: QEvent) -> None:
        """Tell the plot that the pointer is gone (Qt's hook)."""
        super().leaveEvent(event)
        self._plot.hovered(None)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show that the keys come here (Qt's hook)."""
        super().focusInEvent(event)
        self._plot.refresh_soon()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that the keys go elsewhere (Qt's hook)."""
        super().focusOutEvent(event)
        self._plot.refresh_soon()
