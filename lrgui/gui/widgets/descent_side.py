"""Beside the plot of the descent: loss, rate and distance of all walkers over their steps."""

from collections.abc import Sequence
from functools import partial

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from lrgui.core.descent import Path
from lrgui.core.functions import Function, LeastSquares
from lrgui.core.messages import say
from lrgui.gui.plots.data_plot import DataPlot
from lrgui.gui.plots.mapping import Floats
from lrgui.gui.plots.plot import Plot
from lrgui.gui.plots.step_plot import StepPlot
from lrgui.gui.plots.trails import Trail
from lrgui.gui.widgets.card import GAP, Card
from lrgui.gui.words import add_tab, show, worded

_RATE, _DISTANCE, _DATA = range(3)


class DescentSide(QWidget):
    """Loss above; below it rate, distance to the minimum, or the data points of a line, one of them at a time.

    ``points_dragged`` carries the data points when a hand has moved one.
    """

    points_dragged = Signal(tuple)

    def __init__(self) -> None:
        super().__init__()
        self.loss = StepPlot("f(w)", lambda path: path.f)
        self.log_loss = StepPlot(say("f(w) above its minimum"), above_minimum, log_y=True, robust=False)
        self.rate = StepPlot(say("learning rate"), lambda path: path.learning_rate, robust=False)
        self.distance = StepPlot(say("distance to the minimum"), lambda path: path.distance)
        self.data = DataPlot()
        self.data.points_dragged.connect(self.points_dragged)
        self.step_plots = (self.loss, self.log_loss, self.rate, self.distance)
        self.plots: tuple[Plot, ...] = (*self.step_plots, self.data)
        self.log = worded(QCheckBox(), say("log"))
        show(
            self.log.setToolTip,
            say("Show the loss above its minimum on a logarithmic axis: a straight line halves again and again"),
        )
        show(self.log.setAccessibleName, say("Loss on a logarithmic axis"))
        self.log.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.tabs = QTabBar()
        self._losses, self._others = QStackedWidget(), QStackedWidget()
        self._lay_out()
        self.log.toggled.connect(lambda on: self._losses.setCurrentIndex(int(on)))
        self.tabs.currentChanged.connect(self._others.setCurrentIndex)

    def _lay_out(self) -> None:
        upper, lower = Card(say("Loss")), Card()
        upper.head.addWidget(self.log)
        for losses in (self.loss, self.log_loss):
            self._losses.addWidget(losses)
        upper.body.addWidget(self._losses)
        self.tabs.setProperty("heading", True)
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        show(self.tabs.setAccessibleName, say("Rate, distance or data"))
        self.tabs.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        for title, plot in ((say("Rate"), self.rate), (say("Distance"), self.distance), (say("Data"), self.data)):
            add_tab(self.tabs, title)
            self._others.addWidget(plot)
        lower.body.addWidget(self.tabs)
        lower.body.addWidget(self._others)
        self.tabs.setTabVisible(_DATA, False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(upper, 1)
        column.addWidget(lower, 1)

    def show_function(self, function: Function) -> None:
        """Offer what can be shown of a function: the distance where minima are known, data where there are some."""
        line = isinstance(function, LeastSquares)
        if line != self.tabs.isTabVisible(_DATA):
            self.tabs.setTabVisible(_DATA, line)
            self.tabs.setCurrentIndex(_DATA if line else _RATE)
        known = any(minimum.deepest for minimum in function.minima)
        self.tabs.setTabEnabled(_DISTANCE, known)
        show(partial(self.tabs.setTabToolTip, _DISTANCE), "" if known else say("No minimum of this function is known"))
        if not known and self.tabs.currentIndex() == _DISTANCE:
            self.tabs.setCurrentIndex(_RATE)

    def start_over(self) -> None:
        """Let the ranges follow what comes next, whatever they were."""
        for plot in self.step_plots:
            plot.start_over()
            plot.fit()

    def show_walks(self, trails: Sequence[Trail], position: float) -> None:
        """Show these walkers as far as they are known, and a position in time."""
        for plot in self.step_plots:
            plot.lines.position = position
            plot.show_walks(trails)

    def show_position(self, position: float) -> None:
        """Show a position in time at once."""
        for plot in self.step_plots:
            if plot.isVisible():
                plot.show_position(position)
            else:
                plot.lines.position = position

    def show_fit(self, path: Path, entry: int, meaning: str) -> None:
        """Show the line that a walker has fitted through data points, in its colour."""
        if isinstance(path.function, LeastSquares) and path.known:
            slope, offset = path.w[min(entry, path.known - 1)].tolist()
            self.data.show_line(path.function.points, slope, offset, meaning)


def above_minimum(path: Path) -> Floats:
    """Return the loss above the deepest minimum that is known of the function, else above 0, shape (known,)."""
    lowest = min((minimum.value for minimum in path.function.minima), default=0.0)
    # A loss that reaches the bottom to the last digit would leave the axis: it ends at the last one above.
    return np.where(path.f > lowest, path.f - lowest, np.nan)
