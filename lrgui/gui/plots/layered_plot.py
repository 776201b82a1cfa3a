"""What a plot holds, from bottom to top: drawn, named in the legend, and told in words."""

from typing import TypeVar

from PySide6.QtCore import QLineF, QPointF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from lrgui.core.messages import Message, Text, format_learning_rate
from lrgui.gui.plots.layers import Band, Curve, Layer, Symbol
from lrgui.gui.plots.mapping import Mapping
from lrgui.gui.plots.plot_frame import PlotFrame
from lrgui.gui.plots.plot_words import all_in_words
from lrgui.gui.theme import Dashes, themes
from lrgui.gui.words import show

AnyLayer = TypeVar("AnyLayer", bound=Layer)


class LayeredPlot(PlotFrame):
    """A frame with layers in its area; the parameters are those of ``PlotFrame``.

    A subclass says when they are drawn anew.
    """

    def __init__(
        self, title_x: Text, title_y: Text, *, log_x: bool, log_y: bool, whole_x: bool, parent: QWidget | None
    ) -> None:
        super().__init__(title_x, title_y, log_x=log_x, log_y=log_y, whole_x=whole_x, parent=parent)
        self._layers: list[Layer] = []
        self._laid_out: Mapping | None = None
        self._key_elsewhere = False

    def data_changed(self) -> None:
        """Have what is drawn drawn anew."""
        raise NotImplementedError

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

    def _layers_changed(self) -> None:
        named = [layer for layer in self._layers if isinstance(layer, Curve | Band) and layer.name]
        self._legend.setVisible(len(named) > 1 and not self._key_elsewhere)
        self.data_changed()

    def x_extent(self) -> tuple[float, float] | None:
        """Return the lowest and highest x of all that is drawn, in user units; None if nothing is."""
        extents = [extent for layer in self._layers if layer.visible and (extent := layer.x_extent()) is not None]
        return (min(low for low, _ in extents), max(high for _, high in extents)) if extents else None

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
        heights = ((high - position) * mapping.height / (high - low) for position in self._left.ticks().major)
        painter.drawLines([QLineF(0, y, mapping.width, y) for y in heights])

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

    # In words

    def describe(self) -> None:
        """Say in words what is drawn now."""
        self._say(all_in_words(self.in_words()))

    def _say(self, told: Message) -> None:
        show(self.setAccessibleDescription, told)
        show(self._view.setAccessibleDescription, told)

    def in_words(self) -> list[Message]:
        """Return what is drawn in words, layer by layer."""
        return [told for layer in self._layers if layer.visible for told in layer.in_words(self._left.named)]
