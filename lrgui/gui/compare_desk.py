"""Between the page of comparisons and the rest of the window: started here, held by its arms, drawn on the sweep."""

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QKeySequence

from lrgui.core.config import ComparisonConfig, RangeTestConfig
from lrgui.core.messages import say
from lrgui.core.profile import COMPARISONS
from lrgui.core.runs import Run
from lrgui.gui.arm_sweeps import ArmSweeps
from lrgui.gui.place_desk import PlaceDesk
from lrgui.gui.run_desk import RunDesk
from lrgui.gui.words import show

if TYPE_CHECKING:
    from lrgui.gui.pages.compare import ComparePage

_ARM_VERBS = ("pause", "resume", "stop", "remove")
_CTRL_ENTER = (QKeySequence("Ctrl+Return"), QKeySequence("Ctrl+Enter"))


class CompareDesk(QObject):
    """Starts comparisons, obeys the hands at single arms, and confirms the rate of the marker.

    Parameters
    ----------
    desk : RunDesk
        Runs what is started; this lives as long as it.
    """

    def __init__(self, desk: RunDesk) -> None:
        super().__init__(desk)
        self._desk, self._runner, self._pages, self._actions = desk, desk.runner, desk.pages, desk.actions
        self._folder = desk.settings.profile / COMPARISONS
        self._confirming: tuple[Run, Run, float] | None = None
        """The comparison, the sweep that it is to confirm, and the rate of the marker."""
        self.places = PlaceDesk(desk)
        self._sweeps = ArmSweeps(self._runner, self._start_sweep, self)
        self._actions["compare"].triggered.connect(self.start)
        self._actions["confirm"].triggered.connect(self.confirm)
        self._runner.run_started.connect(self._run_started)
        self._runner.run_changed.connect(self._run_changed)
        self._runner.run_dropped.connect(self._run_dropped)
        desk.updated.connect(self.update_actions)
        self._pages.shown.connect(self._take_keys)

    @property
    def page(self) -> "ComparePage":
        """The page of comparisons."""
        return cast("ComparePage", self._pages["compare"])

    def make_page(self) -> "ComparePage":
        """Build the page, and connect it."""
        from lrgui.gui.pages.compare import ComparePage, first_config

        page = ComparePage(self._actions, self._desk.settings.config(first_config()))
        page.form.applied.connect(self._actions["compare"].trigger)
        page.arm_asked.connect(self._ask_arm)
        page.form.arms.vary_asked.connect(self._vary)
        page.form.arms.sweeps_asked.connect(self._sweep)
        self._sweeps.found.connect(page.form.arms.set_rate)
        self._sweeps.done.connect(page.end_sweeps)
        page.held = lambda arm: self._runner.arms.state(arm) == "paused"
        return page

    @Slot(str)
    def _take_keys(self, page: str) -> None:
        """Let Ctrl+Enter do what the page in front is for: it trains on the others."""
        compares = page == "compare"
        for name, has_them in (("train", not compares), ("compare", compares)):
            kept = [keys for keys in self._actions[name].shortcuts() if keys not in _CTRL_ENTER]
            self._actions[name].setShortcuts([*kept, *(_CTRL_ENTER if has_them else ())])

    @Slot()
    def start(self) -> None:
        """Compare as the form says, or go on where such a comparison was."""
        self._pages.show_page("compare")
        if (config := self.page.config()) is not None:
            self._desk.start("comparison", self._desk.jobs.compare, config)

    @Slot(int, str)
    def _ask_arm(self, arm: int, verb: str) -> None:
        """Pass on what a hand wants of an arm."""
        if verb in _ARM_VERBS and self._runner.run is not None:
            getattr(self._runner.arms, verb)(arm)
            self.page.arms_changed()

    @Slot()
    def _vary(self) -> None:
        """Ask for a field and its values, and put an arm for each in the place of the selected one."""
        from lrgui.gui.vary_arm_dialog import VaryArmDialog

        arms = self.page.form.arms
        dialog = VaryArmDialog(self.page.window(), arms.selected, arms.room)
        dialog.chosen.connect(lambda tasks: arms.replace_selected([task.config for task in tasks]))
        dialog.open()

    @Slot()
    def _sweep(self) -> None:
        """Sweep with the optimizer of each arm, and give it the rate that is recommended."""
        if (config := self.page.config()) is not None:
            self._sweeps.begin(config)

    def _start_sweep(self, config: RangeTestConfig, name: str) -> bool:
        return self._desk.start("range_test", self._desk.jobs.find, config, name)

    # Predicted against measured

    @Slot()
    def confirm(self) -> None:
        """Train at five rates around the marker of the sweep, and draw what comes out onto its curve."""
        from lrgui.core.comparison_presets import around

        sweep, rate = self._desk.find_page.run, self._desk.find_page.learning_rate
        if sweep is None or rate is None or not isinstance(sweep.config, RangeTestConfig):
            return
        name = str(say("Around {rate:rate}", rate=rate))
        if (
            self._desk.start("comparison", self._desk.jobs.compare, around(sweep.config, rate), name)
            and self._runner.run is not None
        ):
            self._confirming = self._runner.run, sweep, rate
            self._desk.find_page.begin_confirming(rate)
            self.places.follow(self._runner.run, "find")

    @Slot(object)
    def _run_started(self, run: Run) -> None:
        self._confirming = None

    @Slot(object, object)
    def _run_changed(self, run: Run, event: object) -> None:
        if run is self._sweeps.run:
            self.page.show_sweep(run, self._sweeps.place or "", paused=self._runner.paused)
        if self._confirming is None or self._confirming[0] is not run:
            return
        from lrgui.core.events import EpochEnded

        page, (_, sweep, rate) = self._desk.find_page, self._confirming
        if page.run is not sweep:
            return
        if isinstance(event, EpochEnded) or run.ended:
            from lrgui.core.predicted import predicted_against_measured

            page.show_confirmed(predicted_against_measured(run, rate), ended=run.ended)
        if not run.ended:
            page.controls.show_run(run, paused=self._runner.paused)

    @Slot(object)
    def _run_dropped(self, run: Run) -> None:
        if self._confirming is not None and self._confirming[0] is run:
            self._confirming = None
            self._desk.find_page.drop_confirmed()

    # What can be done

    @Slot()
    def update_actions(self) -> None:
        """Offer what can be done now; what was interrupted is gone on with."""
        busy, find_page = self._runner.busy, self._desk.find_page
        self._actions["confirm"].setEnabled(
            not busy and find_page.run is not None and find_page.learning_rate is not None
        )
        config = self.page.config() if "compare" in self._pages else None
        self._actions["compare"].setEnabled(not busy and (config is not None or "compare" not in self._pages))
        if isinstance(config, ComparisonConfig) and not busy:
            self._offer_to_go_on(config)
        if "compare" in self._pages:
            for sweeps in (self.page.form.arms.sweep, self.page.form.arms.presets.find_rates):
                sweeps.setEnabled(not busy and config is not None)

    def _offer_to_go_on(self, config: ComparisonConfig) -> None:
        from lrgui.core.comparison import unfinished

        begun = unfinished(self._folder, config)
        show(self._actions["compare"].setText, say("Go on") if begun else say("Compare"))
        self.page.show_begun(begun)
