"""What the axes show by themselves: the data, with ranges that change as seldom as possible."""

from collections.abc import Iterable

from lrgui.gui.plots.layers import Layer
from lrgui.gui.plots.mapping import Floats, Mapping, Range, to_axis
from lrgui.gui.plots.ranges import data_range, grown, padded, robust_range

_PADDING_X, _PADDING_Y = 0.02, 0.05


class AutoRange:
    """Remembers what was shown, so that ranges grow in steps; all ranges are in the units of the axes.

    Parameters
    ----------
    log_x : bool
        Whether x is logarithmic.
    robust : bool
        Whether losses that run away upwards are cut off. Rates never are.
    """

    def __init__(self, *, log_x: bool, robust: bool) -> None:
        self._log_x, self._robust = log_x, robust
        self._x: Range | None = None
        self._y: Range | None = None
        self._fixed_x: Range | None = None
        self.following = True

    def fix_x(self, low: float, high: float) -> None:
        """Show x from low to high (user units) whatever the data."""
        first, last = to_axis([low, high], self._log_x)
        self._fixed_x = float(first), float(last)

    def start_over(self) -> None:
        """Forget what was shown: the next data decide."""
        self._x = self._y = None
        self.following = True

    def release_x(self) -> None:
        """Let x follow the data again."""
        self._fixed_x = None

    def x_range(self, layers: Iterable[Layer], *, fit: bool) -> Range | None:
        """Return what x is to show; None while nothing is known."""
        needed = self._fixed_x or self._x_needed(layers)
        if needed is not None:
            exact = fit or self._fixed_x is not None
            self._x = padded(needed, _PADDING_X) if exact else grown(self._x, needed, _PADDING_X)
        return self._x

    def _x_needed(self, layers: Iterable[Layer]) -> Range | None:
        extents = [extent for layer in layers if (extent := layer.x_extent()) is not None]
        return data_range([to_axis(extents, self._log_x).reshape(-1)]) if extents else None

    def y_range(self, layers: Iterable[Layer], mapping: Mapping, *, fit: bool) -> Range | None:
        """Return what y is to show for what ``mapping`` has on its x axis; None while nothing is known."""
        needed = self._y_needed(layers, mapping)
        if needed is not None and self._robust and not fit and not mapping.log_y and needed[0] > 0:
            # Losses will fall: the noise of the first few should not fill the plot and then shrink again and again.
            needed = min(needed[0], needed[1] / 2), needed[1]
        if needed is not None:
            self._y = padded(needed, _PADDING_Y) if fit else grown(self._y, needed, _PADDING_Y)
        return self._y

    def _y_needed(self, layers: Iterable[Layer], mapping: Mapping) -> Range | None:
        losses: list[Floats] = []
        others: list[Floats] = []
        for layer in layers:
            (losses if self._robust and layer.runs_away else others).extend(layer.y_positions(mapping))
        needed = [part for part in (robust_range(losses), data_range(others)) if part is not None]
        if not needed:
            return None
        return min(low for low, _ in needed), max(high for _, high in needed)
