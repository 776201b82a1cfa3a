"""Where runs are carried out, as the window has it: chosen here, and told while a run is somewhere else."""

import threading
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QObject, Slot

from lrgui.core.config import ComparisonConfig, RangeTestConfig
from lrgui.core.config.place import Here, PlaceChoice, Placement, RunningCluster
from lrgui.core.control import FULL_SPEED, STEPPING
from lrgui.core.events import Event, Spread
from lrgui.core.messages import say
from lrgui.core.runs import Run
from lrgui.gui.pages.page import PAGE_OF, Page, RunPage
from lrgui.gui.words import show

if TYPE_CHECKING:
    from lrgui.gui.run_desk import RunDesk
    from lrgui.gui.widgets.spread_strip import SpreadStrip

_BELOW_CONTROLS = 1
_TOLD_MS = 8000
_ON_CLUSTER = say("Runs on a cluster")


class PlaceDesk(QObject):
    """Asks where comparisons and repeated sweeps are to go, and shows how far the workers there have come.

    Parameters
    ----------
    desk : RunDesk
        Runs what is started; this lives as long as it.
    """

    def __init__(self, desk: "RunDesk") -> None:
        super().__init__(desk)
        self._desk = desk
        self._strips: dict[str, SpreadStrip] = {}
        self._shown: dict[str, tuple[Run, PlaceChoice]] = {}
        self._to_leave = False
        desk.actions["places"].triggered.connect(self.ask)
        desk.pages.built.connect(self._join)
        desk.updated.connect(self._tell_where)
        desk.runner.run_started.connect(self._run_started)
        desk.runner.run_changed.connect(self._run_changed)
        desk.runner.run_dropped.connect(self._run_dropped)
        desk.runner.idle.connect(self._leave)

    @property
    def elsewhere(self) -> bool:
        """Whether comparisons are carried out somewhere else than here."""
        return not isinstance(self._desk.settings.placement.on, Here)

    @Slot()
    def ask(self) -> None:
        """Let a person choose the place."""
        from lrgui.gui.place_dialog import PlaceDialog

        dialog = PlaceDialog(self._desk.pages.window(), self._desk.settings.placement, self._desk.jobs.missing_for)
        dialog.chosen.connect(self.choose)
        dialog.open()

    @Slot(object)
    def choose(self, placement: Placement) -> None:
        """Let the next runs go somewhere else; what was open for the last place is ended when nothing runs there."""
        settings = self._desk.settings
        if placement == settings.placement:
            return
        settings.placement = placement
        self._to_leave = True
        self._shown = {name: (run, place) for name, (run, place) in self._shown.items() if not run.ended}
        if not self._desk.runner.busy:
            self._leave()
        for name in PAGE_OF.values():
            self._show_strip(name)
        self._desk.update_actions()

    @Slot()
    def _leave(self) -> None:
        """End processes and connections beside the window, which is not to wait for them."""
        if self._to_leave:
            self._to_leave = False
            threading.Thread(target=self._desk.jobs.leave_clusters, name="leave", daemon=True).start()

    @Slot(str, object)
    def _join(self, name: str, page: Page) -> None:
        if name == "compare":
            assert isinstance(page, RunPage)
            page.add_tool(self._desk.actions["places"])
            self._show_strip(name)

    @Slot()
    def _tell_where(self) -> None:
        """Say of runs that go somewhere else where that is; how long they take here means nothing there."""
        if not self.elsewhere:
            return
        for name in (name for name in ("find", "compare") if name in self._desk.pages):
            page = cast(RunPage[Any], self._desk.pages[name])
            if _is_many(page.config()):
                place = self._desk.settings.placement.on
                # An address may be longer than the form is wide.
                told = _ON_CLUSTER if isinstance(place, RunningCluster) else say("Runs {place}", place=place.label)
                show(page.estimate.setText, told)

    # A run

    def follow(self, run: Run, name: str) -> None:
        """Show on a page how far a run is; each is followed on its own already."""
        self._shown[name] = run, self._desk.settings.placement.on
        self._show_strip(name)

    @Slot(object)
    def _run_started(self, run: Run) -> None:
        self.follow(run, PAGE_OF[run.kind])

    @Slot(object, object)
    def _run_changed(self, run: Run, event: Event) -> None:
        if isinstance(event, Spread) or run.ended:
            for name in self._pages_of(run):
                self._show_strip(name)
        if isinstance(event, Spread) and self._desk.runner.pace == STEPPING:
            self._desk.set_pace(FULL_SPEED)
            self._desk.told.emit(say("Single steps are taken here only: these runs go at full speed."), _TOLD_MS)

    @Slot(object)
    def _run_dropped(self, run: Run) -> None:
        for name in self._pages_of(run):
            del self._shown[name]
            self._show_strip(name)

    def _pages_of(self, run: Run) -> list[str]:
        return [name for name, (shown, _) in self._shown.items() if shown is run]

    def _show_strip(self, name: str) -> None:
        """Show on a page where its runs go and how far they are; nothing where they are carried out here."""
        if name not in self._desk.pages:
            return
        run, place = self._shown.get(name, (None, self._desk.settings.placement.on))
        spread = None if run is None else run.spread
        wanted = spread is not None or (name == "compare" and not isinstance(place, Here))
        if wanted:
            self._strip(name).tell(place, spread, over=run is not None and run.ended)
        if name in self._strips:
            self._strips[name].setVisible(wanted)

    def _strip(self, name: str) -> "SpreadStrip":
        if name not in self._strips:
            from lrgui.gui.widgets.spread_strip import SpreadStrip

            strip = self._strips[name] = SpreadStrip(self._desk.actions["places"])
            cast(RunPage[Any], self._desk.pages[name]).pictures.insertWidget(_BELOW_CONTROLS, strip)
        return self._strips[name]


def _is_many(config: object) -> bool:
    """Return whether a config asks for several runs, which can be carried out side by side."""
    return isinstance(config, ComparisonConfig) or (isinstance(config, RangeTestConfig) and config.repeats > 1)
