"""The cards of the page of schedules: the rates, the momentum, and what was kept."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QTabBar, QToolButton

from lrgui.core.schedule_shelf import KeptSchedule
from lrgui.gui.actions import Actions
from lrgui.gui.plots.mapping import Floats
from lrgui.gui.plots.schedule_plot import Run, RunPlot, SchedulePlot
from lrgui.gui.theme import themes
from lrgui.gui.widgets.action_button import ActionButton
from lrgui.gui.widgets.card import GAP, Card, label
from lrgui.gui.widgets.eliding_label import ElidingLabel
from lrgui.gui.widgets.kept_table import KeptTable, KeptTableModel

_EMPTY = "Keep a schedule, and it stays on the plot and in this list: then change the form, and compare."


class RateCard(Card):
    """The curves, how their axes count, and under them what the run will see. ``axes_changed`` tells of the axes."""

    axes_changed = Signal()

    def __init__(self) -> None:
        super().__init__("Learning rate over the run")
        self.plot = SchedulePlot()
        self.plot.setMinimumHeight(150)
        self.unit = _tabs("What the axis of the run counts", ("Steps", "Epochs"))
        self.scale = _tabs("Axis of the rate", ("Linear", "Log"))
        self.unit.currentChanged.connect(self._change_axes)
        self.scale.currentChanged.connect(self._change_axes)
        self.head.addWidget(self.unit)
        self.head.addSpacing(GAP)
        self.head.addWidget(self.scale)
        self.seen, self.length = ElidingLabel(), label("", "dim")
        self.seen.setAccessibleName("How much of the schedule the run will see")
        strip = QHBoxLayout()
        strip.addWidget(self.seen, 1)
        strip.addWidget(self.length)
        self.body.addWidget(self.plot, 1)
        self.body.addLayout(strip)

    @property
    def in_epochs(self) -> bool:
        """Whether the axis of the run counts epochs."""
        return self.unit.currentIndex() == 1

    def _change_axes(self) -> None:
        self.plot.show_log(self.scale.currentIndex() == 1)
        self.axes_changed.emit()

    def tell(self, seen: str, length: str, *, wrong: bool = False) -> None:
        """Say how much of the schedule the run will see, or what is wrong; and how long it is."""
        self.seen.setText(seen)
        self.seen.setToolTip(seen)
        self.length.setText(length)
        if bool(self.seen.property("level")) != wrong:
            self.seen.setProperty("level", "error" if wrong else "")
            self.seen.style().unpolish(self.seen)
            self.seen.style().polish(self.seen)


class MomentumCard(Card):
    """The momentum over the run, where a schedule cycles it; else it takes no room."""

    def __init__(self) -> None:
        super().__init__("Momentum")
        self.plot = RunPlot("")
        self.plot.setAccessibleName("Momentum over the run")
        self.plot.setMinimumHeight(76)
        self._curve = self.plot.curve("", "callback", width=2)
        self.body.addWidget(self.plot, 1)
        self.hide()

    def show_momentum(self, momentums: Floats | None, run: Run, *, in_epochs: bool) -> None:
        """Draw a momentum for every step, shape (steps,), or hide."""
        self.setVisible(momentums is not None)
        if momentums is None:
            return
        self.plot.show_run(run, in_epochs=in_epochs)
        self.plot.show_table(self._curve, momentums)
        self.plot.fit()
        self.plot.refresh_soon()


class KeptCard(Card):
    """What the schedule is good for, what can be done with it, and those that were kept."""

    def __init__(self, kept: tuple[KeptSchedule, ...], actions: Actions) -> None:
        super().__init__()
        self.model = KeptTableModel(kept)
        self.table = KeptTable(self.model)
        self.title, self.told = ElidingLabel(), label("", "dim")
        self.title.setProperty("level", "verdict")
        self.told.setWordWrap(True)
        self.told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.told.setMinimumHeight(2 * self.told.fontMetrics().lineSpacing() + 2)
        self.told.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.told.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.table.setMinimumHeight(78)
        self._empty = label(_EMPTY, "dim")
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._views = QStackedWidget()
        self._views.addWidget(self._empty)
        self._views.addWidget(self.table)
        self.body.addLayout(self._line(actions))
        self.body.addWidget(self.told)
        self.body.addWidget(self._views, 1)
        self.model.edited.connect(self._follow)
        self.table.selected.connect(self._follow)
        self._follow()

    def _line(self, actions: Actions) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(4)
        line.addWidget(self.title, 1)
        line.addWidget(ActionButton(actions["keep_schedule"]))
        line.addWidget(ActionButton(actions["copy_schedule"]))
        table = self.table
        self._tools = [
            _Tool("arrow-up", "Open in the form (Enter)", table.open_current),
            _Tool("pencil-outline", "Rename (F2)", table.rename_current),
            _Tool("content-duplicate", "Duplicate", table.duplicate_current),
            _Tool("trash-can-outline", "Delete (Del)", table.delete_current),
        ]
        for tool in self._tools:
            line.addWidget(tool)
        return line

    def _follow(self) -> None:
        self._views.setCurrentIndex(1 if self.model.kept else 0)
        for tool in self._tools:
            tool.setEnabled(self.table.current() is not None)

    def explain(self, title: str, told: str) -> None:
        """Say what the schedule is, and what it is good for or how it breaks."""
        self.title.setText(title)
        self.title.setToolTip(title)
        self.told.setText(told)


def _tabs(name: str, titles: tuple[str, ...]) -> QTabBar:
    tabs = QTabBar()
    tabs.setDrawBase(False)
    tabs.setExpanding(False)
    tabs.setUsesScrollButtons(False)
    tabs.setElideMode(Qt.TextElideMode.ElideNone)
    tabs.setAccessibleName(name)
    for title in titles:
        tabs.setTabToolTip(tabs.addTab(title), f"{name}: {title.lower()}")
    return tabs


class _Tool(QToolButton):
    """A small button with a glyph in the theme's colour."""

    def __init__(self, glyph: str, tip: str, slot: Callable[[], None]) -> None:
        super().__init__()
        self._glyph = glyph
        self.setToolTip(tip)
        self.setAccessibleName(tip.partition(" (")[0])
        self.clicked.connect(slot)
        themes.changed.connect(self._take_colors)
        self._take_colors()

    def _take_colors(self) -> None:
        self.setIcon(themes.current.icon(self._glyph))
