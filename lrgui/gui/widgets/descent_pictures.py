"""The card with the pictures of the descent: from above, as a surface, and as the table to check by hand."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QTabBar

from lrgui.core.functions import Function
from lrgui.core.messages import say
from lrgui.gui.plots.descent_plot import DescentPlot
from lrgui.gui.plots.trails import Trail
from lrgui.gui.widgets.card import Card
from lrgui.gui.widgets.descent_surface import Surface
from lrgui.gui.widgets.descent_table import HandCheck
from lrgui.gui.words import add_tab, show

PATHS, SURFACE, TABLE = range(3)


class DescentPictures(Card):
    """One of three at a time; only that one is kept up to date. ``turned(int)`` tells which one is shown."""

    turned = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.plot, self.surface, self.table = DescentPlot(), Surface(), HandCheck()
        self.tabs, self._stack = QTabBar(), QStackedWidget()
        self.tabs.setProperty("heading", True)
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        show(self.tabs.setAccessibleName, say("Paths, surface or hand check"))
        self.tabs.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        for title, picture in (
            (say("Paths"), self.plot),
            (say("Surface"), self.surface),
            (say("Hand check"), self.table),
        ):
            add_tab(self.tabs, title)
            self._stack.addWidget(picture)
        self.body.addWidget(self.tabs)
        self.body.addWidget(self._stack, 1)
        self.tabs.currentChanged.connect(self._stack.setCurrentIndex)
        self.tabs.currentChanged.connect(self.turned)

    def show_walks(self, function: Function, trails: Sequence[Trail], start: Sequence[float]) -> None:
        """Show these walkers on a function."""
        self.plot.show_function(function)
        self.plot.show_walks(trails, start)
        if self._stack.currentIndex() == SURFACE:
            self.surface.show_function(function)
            self.surface.show_walks(trails)
        for trail in trails:
            if trail.selected and self._stack.currentIndex() == TABLE:
                self.table.show_path(trail.path, trail.number)

    def show_position(self, position: float) -> None:
        """Show a position in time, at once."""
        if self._stack.currentIndex() == PATHS:
            self.plot.show_position(position)
        else:
            self.plot.trails.position = self.plot.arrows.position = position
        self.surface.show_position(position)
        self.table.show_step(int(position))
