"""The plot on which walkers walk: along a curve, or over a map."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, Signal

from lrgui.core.functions import Function, LeastSquares
from lrgui.core.messages import Text, say
from lrgui.gui.plots.contour_plot import Landscape, landscape_of
from lrgui.gui.plots.entry_reading import EntryReading
from lrgui.gui.plots.plot import Plot
from lrgui.gui.plots.start_handle import StartHandle
from lrgui.gui.plots.step_arrows import StepArrows
from lrgui.gui.plots.trails import Trail, Trails


class DescentPlot(Plot):
    """Function, paths, and the step that comes next, taken apart.

    ``start_dragged`` carries the place, one number a variable, to which a hand has moved the start.
    """

    start_dragged = Signal(tuple)

    def __init__(self) -> None:
        super().__init__("x", "f(x)", robust=False)
        self._landscape: Landscape | None = None
        self.trails = Trails(self.data_changed)
        self.arrows = StepArrows(self.data_changed)
        self.add(self.trails)
        self.add(self.arrows)
        self.reading = self.add(EntryReading(self.data_changed, self.trails))
        self.handle = StartHandle(self)
        self.handle.dragged.connect(self._dragged)
        self.area.double_clicked.connect(self._double_clicked)

    def show_function(self, function: Function) -> None:
        """Show another function, all of its view."""
        known = None if self._landscape is None else self._landscape.function
        if known is function:
            return
        if self._landscape is not None:
            self._layers.remove(self._landscape)
        self._landscape = landscape_of(self.data_changed, function)
        self._layers.insert(0, self._landscape)
        # While its data are dragged, a line through points stays where it is.
        if not (isinstance(known, LeastSquares) and isinstance(function, LeastSquares)):
            self.set_axes(*axis_titles(function), log_x=False, robust=False)
        self.fit()

    def show_walks(self, trails: Sequence[Trail], start: Sequence[float]) -> None:
        """Show these walkers from this start."""
        self.trails.show(trails)
        self.arrows.trail = next((trail for trail in trails if trail.selected), None)
        assert self._landscape is not None
        function = self._landscape.function
        self.handle.put(start[0], start[1] if len(start) > 1 else function.value_at(tuple(start)))
        self.refresh_soon()

    def reset_view(self) -> None:
        """Show all of the function's view, and somewhat more where walkers have left it."""
        if (landscape := self._landscape) is not None:
            landscape.take_in(trail.path.w for trail in self.trails.trails)
        super().reset_view()

    def show_position(self, position: float) -> None:
        """Show the walkers at a position, from step to step, at once."""
        self.trails.position = self.arrows.position = position
        self.refresh_soon()

    def hovered(self, pixel: QPointF | None) -> None:
        """Tell what the point of a path says that is near a pixel; None when the pointer has left."""
        if self.reading.point(pixel):
            self.refresh_soon()

    def _dragged(self, x: float, y: float) -> None:
        assert self._landscape is not None
        self.start_dragged.emit((x, y)[: len(self._landscape.function.variables)])

    def _double_clicked(self, pixel: QPointF) -> None:
        self._dragged(self.mapping.x_value(pixel.x()), self.mapping.y_value(pixel.y()))


def axis_titles(function: Function) -> tuple[Text, Text]:
    """Return what is along the axes of the plot on which walkers walk."""
    if isinstance(function, LeastSquares):
        return say("slope x"), say("offset y")
    return ("x", "y") if len(function.variables) == 2 else ("x", "f(x)")
