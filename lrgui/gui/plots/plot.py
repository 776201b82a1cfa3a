"""One plot: axes in words, curves in user units, a view that follows the data until a hand takes it."""

from typing import TypeVar

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPixmap, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from lrgui.gui.plots.axis import Axis
from lrgui.gui.plots.layers import Band, Curve, Layer, Symbol
from lrgui.gui.plots.mapping import Floats, Mapping, Range, to_axis
from lrgui.gui.plots.ranges import data_range, grown, padded, robust_range
from lrgui.gui.plots.repaint import shared_repainter
from lrgui.gui.plots.view import Area, Canvas, View
from lrgui.gui.theme import themes

_PADDING_X, _PADDING_Y = 0.02, 0.05

AnyLayer = TypeVar("AnyLayer", bound=Layer)


class Plot(QWidget):
    """Curves over two axes.

    Data signals only mark a plot as changed; the shared repainter brings it up to date. The ranges follow the data,
    growing in steps, until a hand zooms or pans; ``reset_view`` gives them back.

    Parameters
    ----------
    title_x, title_y : str
        Words beside the axes; they also make the accessible name.
    log_x, log_y : bool
        Which axes are logarithmic. Data stay in user units all the same.
    whole_x : bool
        Whether x counts something, so that ticks are whole numbers.
    robust : bool
        Whether a curve that runs away upwards is cut off rather than flattening the others: right for losses.
    """

    view_changed = Signal()
    """The axes show something else, or their room has another size."""

    def __init__(
        self,
        title_x: str,
        title_y: str,
        *,
        log_x: bool = False,
        log_y: bool = False,
        whole_x: bool = False,
        robust: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._log_x, self._log_y, self._robust = log_x, log_y, robust
        self._layers: list[Layer] = []
        self._wanted_x: Range | None = None
        self._shown: tuple[Range | None, Range | None] = (None, None)
        self._automatic, self._data_changed, self._fit_next = True, True, False
        self._laid_out: Mapping | None = None
        self.bottom = Axis("bottom", title_x, log=log_x, whole=whole_x)
        self.left = Axis("left", title_y, log=log_y)
        self._build()
        self.setAccessibleName(f"{title_y} / {title_x}")
        themes.changed.connect(self._recolour)

    def _build(self) -> None:
        self._view, self.area = View(self), Area()
        grid = self._view.centralLayout
        for item, row, column in ((self.left, 0, 0), (self.area, 0, 1), (self.bottom, 1, 1)):
            grid.addItem(item, row, column)
        grid.setColumnStretchFactor(1, 1)
        grid.setRowStretchFactor(0, 1)
        self.left.linkToView(self.area)
        self.bottom.linkToView(self.area)
        self._canvas = Canvas(self, self.area)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._view)
        self.setFocusProxy(self._view)
        self.area.sigRangeChangedManually.connect(self._taken_by_hand)
        self.area.sigRangeChanged.connect(self._view_changed)
        self.area.sigResized.connect(self._view_changed)

    def sizeHint(self) -> QSize:
        """Return a comfortable size (Qt's hook)."""
        return QSize(480, 280)

    def minimumSizeHint(self) -> QSize:
        """Return the least size that can be read (Qt's hook)."""
        return QSize(160, 90)

    # What is drawn

    def curve(
        self,
        name: str,
        meaning: str,
        *,
        width: float = 1.0,
        style: Qt.PenStyle = Qt.PenStyle.SolidLine,
        symbol: Symbol | None = None,
        alpha: float = 1.0,
        line: bool = True,
    ) -> Curve:
        """Add a curve on top of those that are there; ``meaning`` is a colour token of the theme."""
        return self.add(
            Curve(self.data_changed, name, meaning, width=width, style=style, symbol=symbol, alpha=alpha, line=line)
        )

    def band(self, name: str, meaning: str) -> Band:
        """Add a band on top of what is there: add it before the curve that it belongs to."""
        return self.add(Band(self.data_changed, name, meaning))

    def add(self, layer: AnyLayer) -> AnyLayer:
        """Add a layer of any kind on top."""
        self._layers.append(layer)
        self.data_changed()
        return layer

    def remove(self, layer: Layer) -> None:
        """Take a curve or band away."""
        self._layers.remove(layer)
        self.data_changed()

    def clear(self) -> None:
        """Take everything away and forget the ranges."""
        self._layers.clear()
        self._wanted_x = None
        self.start_over()

    # What the axes show

    def set_x_range(self, low: float, high: float) -> None:
        """Show x from low to high (user units, low below high) whatever the data: what a run is going to fill."""
        first, last = to_axis([low, high], self._log_x)
        self._wanted_x = float(first), float(last)
        self.data_changed()

    def start_over(self) -> None:
        """Forget ranges and zoom, as a new run does: the next data decide."""
        self._shown = None, None
        self._automatic = True
        self.data_changed()

    def fit(self) -> None:
        """Fit the ranges tightly at the next repaint: the run is over and nothing will grow."""
        self._fit_next = True
        self.data_changed()

    def reset_view(self) -> None:
        """Show all data again, after a hand has zoomed or panned."""
        self._automatic = True
        self.fit()

    @property
    def automatic(self) -> bool:
        """Whether the ranges follow the data."""
        return self._automatic

    @property
    def mapping(self) -> Mapping:
        """Where values lie now."""
        (x_low, x_high), (y_low, y_high) = self.area.viewRange()
        size = self.area.rect()
        width, height = max(size.width(), 1.0), max(size.height(), 1.0)
        return Mapping((x_low, x_high), (y_low, y_high), width, height, self._log_x, self._log_y)

    def _taken_by_hand(self) -> None:
        self._automatic = False

    def _view_changed(self) -> None:
        self._view.viewport().update()
        self.view_changed.emit()

    # When it is painted

    def data_changed(self) -> None:
        """Note that something is to be drawn anew, and have it done when the repainter finds the time."""
        self._data_changed = True
        shared_repainter().request(self)

    def refresh_soon(self) -> None:
        """Repaint without waiting for the repainter: a hand is at work and wants to see it."""
        self._laid_out = None
        self._view.viewport().update()

    def is_seen(self) -> bool:
        """Return whether any of it is on the screen."""
        return self.isVisible() and not self.window().isMinimized() and not self.visibleRegion().isEmpty()

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
        if not self._automatic:
            return False
        before = self.area.viewRange()
        self._follow_data()
        room = self.left.fit_room()
        return bool(room or before != self.area.viewRange())

    def _follow_data(self) -> None:
        fit, self._fit_next = self._fit_next, False
        layers = [layer for layer in self._layers if layer.visible]
        x = self._wanted_x or self._x_needed(layers)
        if x is None:
            return
        old_x, old_y = (None, None) if fit else self._shown
        new_x = padded(x, _PADDING_X) if self._wanted_x or fit else grown(old_x, x, _PADDING_X)
        self.area.setXRange(*new_x, padding=0)
        mapping = self.mapping
        y = self._y_needed([positions for layer in layers for positions in layer.y_positions(mapping)])
        new_y = old_y if y is None else padded(y, _PADDING_Y) if fit else grown(old_y, y, _PADDING_Y)
        if new_y is not None:
            self.area.setYRange(*new_y, padding=0)
        self._shown = new_x, new_y

    def _x_needed(self, layers: list[Layer]) -> Range | None:
        extents = [extent for layer in layers if (extent := layer.x_extent()) is not None]
        return data_range([to_axis(extents, self._log_x).reshape(-1)]) if extents else None

    def _y_needed(self, parts: list[Floats]) -> Range | None:
        return robust_range(parts) if self._robust else data_range(parts)

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
        for position in self.left.ticks().major:
            low, high = mapping.y
            y = (high - position) * mapping.height / (high - low)
            painter.drawLine(QPointF(0, y), QPointF(mapping.width, y))

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what changed while it was hidden (Qt's hook)."""
        super().showEvent(event)
        if self._data_changed:
            shared_repainter().request(self)

    def _recolour(self) -> None:
        self.refresh_soon()

    # Hands

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Show everything again at ``A`` or Home (Qt's hook)."""
        if event.key() in (Qt.Key.Key_A, Qt.Key.Key_Home) and not event.modifiers():
            self.reset_view()
        else:
            super().keyPressEvent(event)

    def picture(self) -> QPixmap:
        """Return what is shown, as a picture."""
        picture: QPixmap = self._view.grab()
        return picture
