"""Other sweeps laid over the one of a plot, each as a thin line with its name in the legend."""

from collections.abc import Sequence

from lrgui.core.sweeps import Measured, Sweep, pooled
from lrgui.gui.plots.layers import Curve
from lrgui.gui.plots.plot import Plot

_FIRST_COLOR = 1
"""Of the series: the colour before it is that of the plot's own line."""


class Overlays:
    """The overlays of one plot. They are drawn as the plot's own sweep is: the same quantity, as smooth.

    Parameters
    ----------
    plot : Plot
        On which they are drawn.
    """

    def __init__(self, plot: Plot) -> None:
        self._plot = plot
        self._lines: list[tuple[str, Curve, Sequence[Sweep]]] = []

    def __len__(self) -> int:
        return len(self._lines)

    def __contains__(self, run_id: object) -> bool:
        return any(known == run_id for known, _, _ in self._lines)

    def add(self, run_id: str, name: str, sweeps: Sequence[Sweep]) -> None:
        """Lay the sweeps of a run over the plot, unless they are there already."""
        if run_id not in self and sweeps:
            curve = self._plot.curve(name, f"series{_FIRST_COLOR + len(self._lines)}", width=1.5)
            self._lines.append((run_id, curve, sweeps))

    def clear(self) -> None:
        """Take all of them away."""
        for _, curve, _ in self._lines:
            self._plot.remove(curve)
        self._lines = []

    def draw(self, measured: Measured, smoothing: float) -> None:
        """Draw a quantity, as smooth as the plot's own line."""
        for _, curve, sweeps in self._lines:
            line = pooled(sweeps, measured, smoothing)
            curve.set(line.learning_rates, line.median)
