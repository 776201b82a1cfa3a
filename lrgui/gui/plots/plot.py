"""One plot: axes in words, curves in user units, a view that follows the data until a hand takes it."""

from typing import TypeVar

from PySide6.QtCore import QPoint, QPointF, QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPixmap, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget
from shiboken6 import isValid

from lrgui.core.messages import Message, Text, format_learning_rate, joined, say
from lrgui.gui.plots.auto_range import AutoRange
from lrgui.gui.plots.axis import Axis
from lrgui.gui.plots.layers import Band, Curve, Layer, Symbol
from lrgui.gui.plots.legend import Legend
from lrgui.gui.plots.mapping import Mapping
from lrgui.gui.plots.plot_menu import copy_from, show_plot_menu
from lrgui.gui.plots.plot_words import all_in_words
from lrgui.gui.plots.repaint import shared_repainter
from lrgui.gui.plots.view import Area, Canvas, View
from lrgui.gui.sizes import px
from lrgui.gui.theme import Dashes, themes
from lrgui.gui.words import show, words

__all__ = ["Band", "Curve", "Layer", "Plot"]

AnyLayer = TypeVar("AnyLayer", bound=Layer)

_TOLD_AFTER_MS = 500
"""What is drawn is put into words at most so often."""


class Plot(QWidget):
    """Curves over two axes.

    Data signals only mark a plot as changed; the shared repainter brings it up to date. The ranges follow the data,
    growing in steps, until a hand zooms or pans; ``reset_view`` gives them back.

    Parameters
    ----------
    title_x, title_y : Message or str
        Words beside the axes; they also make the accessible name.
    log_x, log_y : bool
        Which axes are logarithmic. Data stay in user units all the same.
    whole_x : bool
        Whether x counts something, so that ticks are whole numbers.
    robust : bool
        Whether a loss that runs away upwards is cut off rather than flattening the others.
    """

    def __init__(
        self,
        title_x: Text,
        title_y: Text,
        *,
        log_x: bool = False,
        log_y: bool = False,
        whole_x: bool = False,
        robust: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._log_x, self._log_y, self._whole_x = log_x, log_y, whole_x
        self._layers: list[Layer] = []
        self._ranges = AutoRange(log_x=log_x, robust=robust)
        self._data_changed, self._fit_next = True, False
        self._telling = QTimer(self, singleShot=True, interval=_TOLD_AFTER_MS)
        self._telling.timeout.connect(self.describe)
        self._key_elsewhere = False
        self._laid_out: Mapping | None = None
        self._bottom = Axis("bottom", title_x, log=log_x, whole=whole_x)
        self._left = Axis("left", title_y, log=log_y)
        self._build()
        self._connect()
        self._say(all_in_words(()))
        self.call(joined((title_y, title_x), " / "))

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

    def _connect(self) -> None:
        self._left.linkToView(self.area)
        self._bottom.linkToView(self.area)
        self.area.sigRangeChangedManually.connect(self._taken_by_hand)
        self.area.sigRangeChanged.connect(self._view_changed)
        self.area.sigResized.connect(self._view_changed)
        self.area.menu_wanted.connect(self._show_menu)
        self._view.scene().sigMouseMoved.connect(self._mouse_moved)
        self._reset_button.clicked.connect(self.reset_view)
        themes.changed.connect(self._recolour)
        words.changed.connect(self._rename)

    def sizeHint(self) -> QSize:
        """Return a comfortable size (Qt's hook)."""
        return QSize(px(480), px(280))

    def minimumSizeHint(self) -> QSize:
        """Return the least size that can be read (Qt's hook)."""
        return QSize(px(160), px(90))

    # What is drawn

    def curve(
        self,
        name: Text,
        meaning: str,
        *,
        width: float = 1.0,
        style: Qt.PenStyle | Dashes = Qt.PenStyle.SolidLine,
        symbol: Symbol | None = None,
        alpha: float = 1.0,
        line: bool = True,
    ) -> Curve:
        """Add a curve on top of those that are there.

        ``meaning`` is a colour token of the theme or a series; a curve with a name stands in the legend.
        """
        return self.add(
            Curve(self.data_changed, name, meaning, width=width, style=style, symbol=symbol, alpha=alpha, line=line)
        )

    def band(self, name: Text, meaning: str) -> Band:
        """Add a band on top of what is there: add it before the curve that it belongs to."""
        return self.add(Band(self.data_changed, name, meaning))

    def add(self, layer: AnyLayer) -> AnyLayer:
        """Add a layer of any kind on top."""
        self._layers.append(layer)
        self._layers_changed()
        return layer

    def remove(self, layer: Layer) -> None:
        """Take a curve or band away."""
        self._layers.remove(layer)
        self._layers_changed()

    def clear(self) -> None:
        """Take everything away and forget the ranges."""
        self._layers.clear()
        self._ranges.release_x()
        self._layers_changed()
        self.start_over()

    def _layers_changed(self) -> None:
        named = [layer for layer in self._layers if isinstance(layer, Curve | Band) and layer.name]
        self._legend.setVisible(len(named) > 1 and not self._key_elsewhere)
        self.data_changed()

    # What the axes show

    def x_extent(self) -> tuple[float, float] | None:
        """Return the lowest and highest x of all that is drawn, in user units; None if nothing is."""
        extents = [extent for layer in self._layers if layer.visible and (extent := layer.x_extent()) is not None]
        return (min(low for low, _ in extents), max(high for _, high in extents)) if extents else None

    def set_axes(self, title_x: Text, title_y: Text, *, log_x: bool, robust: bool) -> None:
        """Show other quantities from now on; parameters are those of the constructor. The ranges start over."""
        self._log_x = self._bottom.log = log_x
        self._bottom.title, self._left.title = title_x, title_y
        self._ranges = AutoRange(log_x=log_x, robust=robust)
        self.call(joined((title_y, title_x), " / "))
        self.start_over()

    def call(self, name: Text) -> None:
        """Take another name for a screen reader, which is told it when the keys come here, too."""
        show(self.setAccessibleName, name)
        show(self._view.setAccessibleName, name)

    def describe(self) -> None:
        """Say in words what is drawn now."""
        self._say(all_in_words(self.in_words()))

    def _say(self, told: Message) -> None:
        show(self.setAccessibleDescription, told)
        show(self._view.setAccessibleDescription, told)

    def in_words(self) -> list[Message]:
        """Return what is drawn in words, layer by layer."""
        return [told for layer in self._layers if layer.visible for told in layer.in_words(self._left.named)]

    def set_title_y(self, title: Text) -> None:
        """Say that the vertical axis shows another quantity."""
        self._left.title = title
        self.call(joined((title, self._bottom.title), " / "))
        self.data_changed()

    def set_x_range(self, low: float, high: float) -> None:
        """Show x from low to high (user units, low below high) whatever the data: what a run is going to fill."""
        self._ranges.fix_x(low, high)
        self.data_changed()

    def start_over(self) -> None:
        """Forget ranges and zoom, as a new run does: the next data decide."""
        self._ranges.start_over()
        self._reset_button.hide()
        self.data_changed()

    def fit(self) -> None:
        """Fit the ranges tightly at the next repaint: the run is over and nothing will grow."""
        self._fit_next = True
        self.data_changed()

    def reset_view(self) -> None:
        """Show all data again, after a hand has zoomed or panned."""
        self._ranges.following = True
        self._reset_button.hide()
        self.fit()

    @property
    def automatic(self) -> bool:
        """Whether the ranges follow the data."""
        return self._ranges.following

    @property
    def mapping(self) -> Mapping:
        """Where values lie now."""
        (x_low, x_high), (y_low, y_high) = self.area.viewRange()
        size = self.area.rect()
        width, height = max(size.width(), 1.0), max(size.height(), 1.0)
        return Mapping((x_low, x_high), (y_low, y_high), width, height, self._log_x, self._log_y)

    def _taken_by_hand(self) -> None:
        self._ranges.following = False
        self._reset_button.setIcon(themes.current.icon("fit-to-screen-outline"))
        self._reset_button.show()

    def _view_changed(self) -> None:
        self._left.fit_room()
        self._view.viewport().update()

    # When it is painted

    def data_changed(self) -> None:
        """Note that something is to be drawn anew, and have it done when the repainter finds the time."""
        self._data_changed = True
        if not isValid(self):  # whoever holds a layer may outlive the plot
            return
        if not self._telling.isActive():
            self._telling.start()
        shared_repainter().request(self)

    def refresh_soon(self) -> None:
        """Repaint the area without waiting for the repainter: a hand is at work and wants to see it."""
        self._view.viewport().update(self._view.area_rect(self.area))

    def is_seen(self) -> bool:
        """Return whether any of it is on the screen."""
        # Asked of the viewport: Qt takes what opaque children cover from a widget's own region.
        region = self._view.viewport().visibleRegion()
        return self.isVisible() and not self.window().isMinimized() and not region.isEmpty()

    def repaint_now(self) -> None:
        """Bring the picture up to date and put it on the screen before returning."""
        viewport = self._view.viewport()
        viewport.repaint(viewport.rect() if self.prepare() else self._view.area_rect(self.area))

    def prepare(self) -> bool:
        """Let the ranges follow the data if those have changed; return whether the axes show something else now."""
        if not self._data_changed:
            return False
        self._data_changed = False
        self._laid_out = None
        shared_repainter().forget(self)
        ranges, room = self.area.viewRange(), self._left.fixedWidth
        if self._ranges.following:
            self._follow_data()
        self._left.fit_room()
        if room != self._left.fixedWidth:
            # At once: what is painted next must not show numbers over the title.
            self._view.centralLayout.invalidate()
            self._view.centralLayout.activate()
        self._name_curves()
        return bool(ranges != self.area.viewRange() or room != self._left.fixedWidth)

    def _follow_data(self) -> None:
        fit, self._fit_next = self._fit_next, False
        layers = [layer for layer in self._layers if layer.visible]
        x, y = self._ranges.x_range(layers, fit=fit), None
        if x is not None:
            self.area.setXRange(*x, padding=0)
            y = self._ranges.y_range(layers, self.mapping, fit=fit)
        if y is not None:
            self.area.setYRange(*y, padding=0)
        self._number(self._bottom, x is not None)
        self._number(self._left, y is not None)

    def _number(self, axis: Axis, numbered: bool) -> None:
        if axis.numbered != numbered:
            axis.numbered = numbered
            self._view.viewport().update()

    def paint_layers(self, painter: QPainter) -> None:
        """Draw the grid and all layers: pixels are worked out only if data or axes have changed."""
        mapping = self.mapping
        if mapping != self._laid_out:
            for layer in self._layers:
                if layer.visible:
                    layer.lay_out(mapping)
            self._laid_out = mapping
        self._paint_grid(painter, mapping)
        for layer in self._layers:
            if layer.visible:
                painter.save()
                layer.paint(painter, mapping)
                painter.restore()

    def _paint_grid(self, painter: QPainter, mapping: Mapping) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(themes.current.pen("grid"))
        low, high = mapping.y
        for position in self._left.ticks().major:
            y = (high - position) * mapping.height / (high - low)
            painter.drawLine(QPointF(0, y), QPointF(mapping.width, y))

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what changed while it was hidden (Qt's hook)."""
        super().showEvent(event)
        if self._data_changed:
            shared_repainter().request(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the reset button in its corner (Qt's hook)."""
        super().resizeEvent(event)
        self._reset_button.adjustSize()
        self._reset_button.move(self.width() - self._reset_button.width() - 4, self._view.y() + 4)

    def _recolour(self) -> None:
        self._view.viewport().update()
        self._legend.update()

    def _rename(self) -> None:
        """Make room for the titles in another language."""
        self._legend.show_values("", {})
        self._bottom.fit_room()
        self.data_changed()

    # Names and values

    def named(self) -> list[Curve | Band]:
        """Return what has a name and is shown, in the order of the legend."""
        named = [layer for layer in self._layers if isinstance(layer, Curve | Band) and layer.name and layer.visible]
        # What one came for is thick: it stands first, where a narrow plot has room. Its band comes next.
        return sorted(named, key=lambda layer: -layer.width if isinstance(layer, Curve) else -2)

    def names_fit(self) -> bool:
        """Return whether the legend has room for all names."""
        return self._legend.isHidden() or self._legend.fits()

    def leave_names(self, elsewhere: bool) -> None:
        """Show no legend as long as the names stand elsewhere."""
        self._key_elsewhere = elsewhere
        self._layers_changed()

    def _name_curves(self) -> None:
        if not self._legend.isHidden():
            self._legend.show_entries(self.named(), round((self._left.fixedWidth or 0) * themes.current.scale))

    def hovered(self, pixel: QPointF | None) -> None:
        """Tell in the legend what the curves say at a pixel of the area; None when the pointer has left."""
        if self._legend.isHidden():
            return
        if pixel is None:
            self._legend.show_values("", {})
            return
        x = self.mapping.x_value(pixel.x())
        curves = ((index, layer) for index, layer in enumerate(self.named()) if isinstance(layer, Curve))
        at = f"{round(x):,}" if self._whole_x else format_learning_rate(x, 3)
        self._legend.show_values(f"{self._bottom.title} {at}", {index: curve.value_at(x) for index, curve in curves})

    @property
    def value(self) -> float | None:
        """The rate that one looks for in it, if there is one: it can be copied."""
        return None

    # Hands

    def has_focus(self) -> bool:
        """Return whether the keys come here."""
        return bool(self._view.hasFocus())

    def _mouse_moved(self, position: QPointF) -> None:
        inside = self.area.sceneBoundingRect().contains(position)
        self.hovered(self.area.mapFromScene(position) if inside else None)

    def _show_menu(self, position: QPointF) -> None:
        show_plot_menu(self, QPoint(round(position.x()), round(position.y())))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Show everything again at ``A`` or Home, and copy (Qt's hook)."""
        if event.matches(QKeySequence.StandardKey.Copy):
            copy_from(self)
        elif event.key() in (Qt.Key.Key_A, Qt.Key.Key_Home) and not event.modifiers():
            self.reset_view()
        else:
            super().keyPressEvent(event)

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
