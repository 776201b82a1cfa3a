"""The cards of the page of schedules: the rates, the momentum, and what was kept."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QTabBar, QToolButton

from lrgui.core.messages import Message, Text, say
from lrgui.core.schedule_shelf import KeptSchedule
from lrgui.gui.actions import Actions
from lrgui.gui.plots.mapping import Floats
from lrgui.gui.plots.schedule_plot import RunLength, RunPlot, SchedulePlot
from lrgui.gui.sizes import sized
from lrgui.gui.theme import themes
from lrgui.gui.widgets.action_button import ActionButton
from lrgui.gui.widgets.card import GAP, Card, label
from lrgui.gui.widgets.eliding_label import ElidingLabel
from lrgui.gui.widgets.kept_table import KeptTable, KeptTableModel
from lrgui.gui.words import add_tab, show, with_keys

_EMPTY = say("Keep a schedule, and it stays on the plot and in this list: then change the form, and compare.")


class RateCard(Card):
    """The curves, how their axes count, and under them what the run will see. ``axes_changed`` tells of the axes."""

    axes_changed = Signal()

    def __init__(self) -> None:
        super().__init__(say("Learning rate over the run"))
        self.plot = SchedulePlot()
        sized(self.plot.setMinimumHeight, 150)
        self.unit = _tabs(say("What the axis of the run counts"), (say("Steps"), say("Epochs")))
        self.scale = _tabs(say("Axis of the rate"), (say("Linear"), say("Log")))
        self.unit.currentChanged.connect(self._change_axes)
        self.scale.currentChanged.connect(self._change_axes)
        self.head.addWidget(self.unit)
        self.head.addSpacing(GAP)
        self.head.addWidget(self.scale)
        self.seen, self.length = ElidingLabel(), label("", "dim")
        show(self.seen.setAccessibleName, say("How much of the schedule the run will see"))
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

    def tell(self, seen: Text, length: Text, *, wrong: bool = False) -> None:
        """Say how much of the schedule the run will see, or what is wrong; and how long it is."""
        show(self.seen.setText, seen)
        show(self.seen.setToolTip, seen)
        show(self.length.setText, length)
        if bool(self.seen.property("level")) != wrong:
            self.seen.setProperty("level", "error" if wrong else "")
            self.seen.style().unpolish(self.seen)
            self.seen.style().polish(self.seen)


class MomentumCard(Card):
    """The momentum over the run, where a schedule cycles it; else it takes no room."""

    def __init__(self) -> None:
        super().__init__(say("Momentum"))
        self.plot = RunPlot("")
        self.plot.call(say("Momentum over the run"))
        sized(self.plot.setMinimumHeight, 76)
        self._curve = self.plot.curve("", "callback", width=2)
        self.body.addWidget(self.plot, 1)
        self.hide()

    def show_momentum(self, momentums: Floats | None, run: RunLength, *, in_epochs: bool) -> None:
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
        sized(self.table.setMinimumHeight, 78)
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
            _Tool("arrow-up", say("Open in the form"), table.open_current, "Enter"),
            _Tool("pencil-outline", say("Rename"), table.rename_current, "F2"),
            _Tool("content-duplicate", say("Duplicate"), table.duplicate_current),
            _Tool("trash-can-outline", say("Delete"), table.delete_current, "Del"),
        ]
        for tool in self._tools:
            line.addWidget(tool)
        return line

    def _follow(self) -> None:
        self._views.setCurrentIndex(1 if self.model.kept else 0)
        for tool in self._tools:
            tool.setEnabled(self.table.current() is not None)

    def explain(self, title: Text, told: Text) -> None:
        """Say what the schedule is, and what it is good for or how it breaks."""
        show(self.title.setText, title)
        show(self.title.setToolTip, title)
        show(self.told.setText, told)


def _tabs(name: Message, titles: tuple[Message, ...]) -> QTabBar:
    tabs = QTabBar()
    tabs.setDrawBase(False)
    tabs.setExpanding(False)
    tabs.setUsesScrollButtons(False)
    tabs.setElideMode(Qt.TextElideMode.ElideNone)
    show(tabs.setAccessibleName, name)
    for title in titles:
        add_tab(tabs, title, Message("{name}: {title:lower}", {"name": name, "title": title}))
    return tabs


class _Tool(QToolButton):
    """A small button with a glyph in the theme's colour."""

    def __init__(self, glyph: str, tip: Message, slot: Callable[[], None], keys: str = "") -> None:
        super().__init__()
        self._glyph = glyph
        show(self.setToolTip, with_keys(tip, keys))
        show(self.setAccessibleName, tip)
        self.clicked.connect(slot)
        themes.changed.connect(self._take_colors)
        self._take_colors()

    def _take_colors(self) -> None:
        self.setIcon(themes.current.icon(self._glyph))
