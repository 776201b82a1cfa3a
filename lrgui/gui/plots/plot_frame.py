"""A plot without anything in it: axes in words around an area, a place for names, and its picture."""

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPixmap, QResizeEvent
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from lrgui.core.messages import Text, say
from lrgui.gui.plots.axis import Axis
from lrgui.gui.plots.legend import Legend
from lrgui.gui.plots.mapping import Mapping
from lrgui.gui.plots.view import Area, Canvas, View
from lrgui.gui.sizes import px
from lrgui.gui.theme import themes
from lrgui.gui.words import show


class PlotFrame(QWidget):
    """Two axes, the area between them, and what belongs to the widget; the parameters are those of ``Plot``.

    A subclass says what is in the area.
    """

    def __init__(
        self, title_x: Text, title_y: Text, *, log_x: bool, log_y: bool, whole_x: bool, parent: QWidget | None
    ) -> None:
        super().__init__(parent)
        self._log_x, self._log_y, self._whole_x = log_x, log_y, whole_x
        self._bottom = Axis("bottom", title_x, log=log_x, whole=whole_x)
        self._left = Axis("left", title_y, log=log_y)
        self._build()
        self._left.linkToView(self.area)
        self._bottom.linkToView(self.area)
        self._view.scene().sigMouseMoved.connect(self._mouse_moved)
        themes.changed.connect(self._recolour)

    def _build(self) -> None:
        self._view, self.area = View(self), Area()
        grid = self._view.centralLayout
        for item, row, column in ((self._left, 0, 0), (self.area, 0, 1), (self._bottom, 1, 1)):
            grid.addItem(item, row, column)
        grid.setColumnStretchFactor(1, 1)
        grid.setRowStretchFactor(0, 1)
        self._canvas = Canvas(self, self.area)
        self._legend = Legend(self)
        self._legend.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._legend)
        layout.addWidget(self._view)
        self._reset_button = QToolButton(self, autoRaise=True)
        show(self._reset_button.setToolTip, say("Reset view (A)"))
        show(self._reset_button.setAccessibleName, say("Reset view"))
        self._reset_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._reset_button.hide()
        self.setFocusProxy(self._view)

    def call(self, name: Text) -> None:
        """Take another name for a screen reader, which is told it when the keys come here, too."""
        show(self.setAccessibleName, name)
        show(self._view.setAccessibleName, name)

    def sizeHint(self) -> QSize:
        """Return a comfortable size (Qt's hook)."""
        return QSize(px(480), px(280))

    def minimumSizeHint(self) -> QSize:
        """Return the least size that can be read (Qt's hook)."""
        return QSize(px(160), px(90))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the reset button in its corner (Qt's hook)."""
        super().resizeEvent(event)
        self._reset_button.adjustSize()
        self._reset_button.move(self.width() - self._reset_button.width() - 4, self._view.y() + 4)

    @property
    def mapping(self) -> Mapping:
        """Where values lie now."""
        (x_low, x_high), (y_low, y_high) = self.area.viewRange()
        size = self.area.rect()
        width, height = max(size.width(), 1.0), max(size.height(), 1.0)
        return Mapping((x_low, x_high), (y_low, y_high), width, height, self._log_x, self._log_y)

    def _number(self, axis: Axis, numbered: bool) -> None:
        if axis.numbered != numbered:
            axis.numbered = numbered
            self._view.viewport().update()

    def has_focus(self) -> bool:
        """Return whether the keys come here."""
        return bool(self._view.hasFocus())

    def refresh_soon(self) -> None:
        """Repaint the area without waiting for the repainter: a hand is at work and wants to see it."""
        self._view.viewport().update(self._view.area_rect(self.area))

    def is_seen(self) -> bool:
        """Return whether any of it is on the screen."""
        # Asked of the viewport: Qt takes what opaque children cover from a widget's own region.
        region = self._view.viewport().visibleRegion()
        return self.isVisible() and not self.window().isMinimized() and not region.isEmpty()

    @property
    def value(self) -> float | None:
        """The rate that one looks for in it, if there is one: it can be copied."""
        return None

    def _mouse_moved(self, position: QPointF) -> None:
        inside = self.area.sceneBoundingRect().contains(position)
        self.hovered(self.area.mapFromScene(position) if inside else None)

    def _recolour(self) -> None:
        self._view.viewport().update()
        self._legend.update()

    # What a view asks of the plot that it belongs to

    def prepare(self) -> bool:
        """Bring the axes up to date; return whether they show something else now."""
        raise NotImplementedError

    def paint_layers(self, painter: QPainter) -> None:
        """Draw what is in the area."""
        raise NotImplementedError

    def hovered(self, pixel: QPointF | None) -> None:
        """Take note of the pixel of the area under the pointer; None when it has left."""
        raise NotImplementedError

    def picture(self, scale: float = 1.0) -> QPixmap:
        """Return what is shown as a picture, with ``scale`` times as many pixels each way."""
        picture = QPixmap(self.size() * scale)
        picture.setDevicePixelRatio(scale)
        picture.fill(themes.current.color("card"))
        hidden = self._reset_button.isHidden()
        self._reset_button.hide()
        self.render(picture)
        self._reset_button.setHidden(hidden)
        return picture

    def draw(self, painter: QPainter) -> None:
        """Draw what is shown with another painter, as lines and letters if it keeps those."""
        # The room for the numbers is known only when there are some: the second picture has it.
        self.picture()
        self.picture()
        if not self._legend.isHidden():
            self._legend.render(painter, self._legend.pos())
        painter.save()
        painter.translate(self._view.pos())
        self._view.draw_items(painter, self.area)
        painter.restore()
