"""The page of comparisons: arms over several seeds, live, and what may be said of them at the end."""

import time
from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QSplitter, QStackedWidget

from lrgui.core.comparison import measured, verdict, what_seeds_show
from lrgui.core.config import Arm, ComparisonConfig, ComparisonGround, Config
from lrgui.core.config.schedule import Cosine
from lrgui.core.events import ArmEnded, EpochEnded, Event, Planned, Spread, StepsEnded
from lrgui.core.messages import Message, Text, say
from lrgui.core.runs import Run, RunStatus
from lrgui.gui.actions import Actions
from lrgui.gui.pages.page import IDLE, RunPage
from lrgui.gui.pages.splitting import split
from lrgui.gui.widgets.action_button import ActionButton, ActionTool
from lrgui.gui.widgets.card import Card, label
from lrgui.gui.widgets.compare_form import CompareForm
from lrgui.gui.widgets.compare_plots import ComparePlots
from lrgui.gui.widgets.compare_results import CompareResults
from lrgui.gui.widgets.compare_state import rows_of
from lrgui.gui.widgets.compare_table import CompareTable
from lrgui.gui.widgets.invitation import Invitation
from lrgui.gui.words import show

_NONE_YET = say("No comparison yet.")
_QUESTION = say("Which is better, on your data?")
_INVITATION = say(
    "Each arm is trained with the same data, first weights and batches, and that over several seeds. The curves grow "
    "side by side, and the verdict claims no more than the spread of the seeds allows."
)
_TABLE_MS = 150
_SHARE = 10
"""At most one part in so many of the time goes into the table."""


def first_config() -> ComparisonConfig:
    """Return what the form shows at first: the same rate held, and let down."""
    return ComparisonConfig(arms=(Arm(), Arm(schedule=Cosine())))


class ComparePage(RunPage[ComparisonGround]):
    """Form with arms, controls, three plots, verdict, table. ``arm_asked(int, str)`` carries a verb for one arm.

    ``held`` tells whether a hand has paused an arm of the run that is going.
    """

    arm_asked = Signal(int, str)

    def __init__(self, actions: Actions, config: ComparisonConfig) -> None:
        self.form: CompareForm
        super().__init__(CompareForm(config), ActionButton(actions["compare"], "scale-balance", primary=True), actions)
        self.run: Run | None = None
        self.held: Callable[[int], bool] = lambda arm: False
        self._going = False
        self.curves, self.table = ComparePlots(), CompareTable()
        self.plots = self.curves.plots
        self._empty = Invitation(_QUESTION, _INVITATION)
        self._views = QStackedWidget()
        self._views.addWidget(self._empty)
        self._views.addWidget(self.curves)
        self._refresh = QTimer(self, singleShot=True, interval=_TABLE_MS)
        self._refresh.timeout.connect(self._show_table)
        self.pictures.addWidget(self._layout(actions), 1)
        self.table.arm_asked.connect(self.arm_asked)
        self.table.picked.connect(lambda arm: self.curves.emphasise(arm if arm >= 0 else None))

    def config(self) -> ComparisonConfig | None:
        """Return what the form says, if it is right."""
        return self.form.comparison()

    def show_config(self, config: Config) -> None:
        """Show in the form, and among its arms, what a comparison was asked."""
        assert isinstance(config, ComparisonConfig)
        self.form.show_comparison(config)

    def _layout(self, actions: Actions) -> QSplitter:
        parts = (self._views, 3), (self._result_card(actions), 2)
        self.splitter = split(Qt.Orientation.Vertical, *parts, sizes=(420, 220))
        return self.splitter

    def _result_card(self, actions: Actions) -> Card:
        card = Card()
        self.verdict, self.reason = label(_NONE_YET, "verdict"), label("", "dim")
        for told in (self.verdict, self.reason):
            told.setWordWrap(True)
            told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            told.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
            told.setAlignment(Qt.AlignmentFlag.AlignTop)
        # Nothing is to move when they come.
        self.verdict.setMinimumHeight(2 * self.verdict.fontMetrics().lineSpacing() + 2)
        self.reason.setMinimumHeight(self.reason.fontMetrics().lineSpacing())
        self.results = CompareResults(self.table)
        line = QHBoxLayout()
        line.addWidget(self.verdict, 1)
        line.addWidget(self.results.tabs, 0, Qt.AlignmentFlag.AlignTop)
        enlarge = ActionTool(actions["enlarge"])
        line.addWidget(enlarge, 0, Qt.AlignmentFlag.AlignTop)
        actions["enlarge"].toggled.connect(lambda enlarged: self._views.setVisible(not enlarged))
        card.body.addLayout(line)
        card.body.addWidget(self.reason)
        card.body.addWidget(self.results, 1)
        return card

    # A run

    def begin(self, run: Run) -> None:
        """Show a comparison that has just been asked for."""
        self._show(run)
        self._going = True
        show(self.verdict.setText, say("Comparing ..."))
        super().begin(run)

    def _show(self, run: Run) -> None:
        assert isinstance(run.config, ComparisonConfig)
        self.run = run
        run.name = run.name or " / ".join(map(str, run.config.names))
        self._views.setCurrentWidget(self.curves)
        self.curves.begin(run)
        self.results.show_verdict(None)
        for plot in self.plots:
            plot.reset_view()
        show(self.reason.setText, what_seeds_show(run.config.seeds, len(run.config.arms)))
        self._show_table()

    def open_run(self, run: Run) -> None:
        """Show a comparison of the history as if it had just ended, its settings in the form."""
        super().open_run(run)
        self._show(run)
        self._end(run)

    def follow(self, run: Run, event: Event, *, paused: bool) -> None:
        """Show what an event has brought."""
        if run is not self.run:
            return
        match event:
            case Planned():
                self.curves.show_plan()
            case StepsEnded():
                self.curves.arm_changed(int(event.columns["arm"][0]))
            case EpochEnded():
                self.curves.arm_changed(int(event.values["arm"]))
                self.arms_changed()
            case ArmEnded():
                self.curves.show_arm(event.arm, event.how != "removed")
                self.arms_changed()
        if run.ended:
            self._end(run)
        # Workers side by side tell so much that the bar would take the time of the curves.
        if run.spread is None or isinstance(event, Spread):
            super().follow(run, event, paused=paused)

    def arms_changed(self) -> None:
        """Note that arms stand otherwise; the table follows soon."""
        if not self._refresh.isActive():
            self._refresh.start()

    def _show_table(self) -> None:
        if self.run is not None:
            began = time.perf_counter()
            titles, rows = rows_of(self.run, self.held)
            for row in rows:
                self.curves.show_arm(row.arm, row.state != "removed")
            self.table.show_rows(titles, rows, going=self._going)
            took_ms = 1000 * (time.perf_counter() - began)
            self._refresh.setInterval(max(_TABLE_MS, round(_SHARE * took_ms)))

    def _end(self, run: Run) -> None:
        self._going = False
        self.controls.rest(_rest(run))
        self.curves.finish()
        self._show_table()
        told: Text = run.message or ""
        if run.status is not RunStatus.FAILED and len(run.epochs):
            found = verdict(measured(run))
            told = found.message
            self.results.show_verdict(found)
        show(self.verdict.setText, told)
        if self.reason.text() in str(told):  # said already
            show(self.reason.setText, "")

    def start_over(self) -> None:
        """Show no comparison, and the arms of the first start."""
        self.run, self._going = None, False
        self.show_config(first_config())
        self._views.setCurrentWidget(self._empty)
        self.results.show_verdict(None)
        self.table.show_rows((), [], going=False)
        show(self.verdict.setText, _NONE_YET)
        show(self.reason.setText, "")
        self.controls.rest(IDLE)
        super().start_over()

    def drop(self, run: Run) -> None:
        """Forget a comparison that was cancelled."""
        if run is self.run:
            self.run, self._going = None, False
            self._views.setCurrentWidget(self._empty)
            self.table.show_rows((), [], going=False)
        super().drop(run)
        show(self.verdict.setText, say("The comparison was cancelled."))
        show(self.reason.setText, "")

    def show_sweep(self, run: Run, place: Text, *, paused: bool) -> None:
        """Show how far a sweep for one of the arms is, and which it is."""
        if not run.ended:
            self.controls.show_run(run, paused=paused)
            show(self.verdict.setText, Message("{name} ({place}) ...", {"name": run.name, "place": place}))

    def end_sweeps(self) -> None:
        """Say that the sweeps for the arms are over."""
        self.controls.rest(IDLE)
        show(
            self.verdict.setText,
            say("The sweeps are over: the arms have the rates that were recommended. Compare them."),
        )

    def show_begun(self, begun: bool) -> None:
        """Say that a comparison as the form describes it was interrupted, and goes on where it was."""
        if begun:
            show(self.estimate.setText, say("Interrupted: goes on where it was."))


def _rest(run: Run) -> Message:
    assert isinstance(run.config, ComparisonConfig)
    return say(
        "{count:,} steps, {arms} arms, {seeds} seeds.",
        count=len(run.steps),
        arms=len(run.config.arms),
        seeds=run.config.seeds,
    )
