"""Exporting from every page: what is in front is what is exported, by one action and in one sheet."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QMainWindow, QTableView

from lrgui.core.config import Config, Experiment
from lrgui.core.messages import Message, Refused, Text, say
from lrgui.core.runs import Run, RunStatus
from lrgui.gui.actions import Actions
from lrgui.gui.copying import let_copy
from lrgui.gui.history_keeper import HistoryKeeper
from lrgui.gui.pages.page import Page
from lrgui.gui.pages.range_test import RangeTestPage
from lrgui.gui.pages.stack import PageStack
from lrgui.gui.plots.plot_menu import plot_news
from lrgui.gui.settings import Settings
from lrgui.worker import Jobs, Runner

if TYPE_CHECKING:
    from lrgui.core.store import Kept
    from lrgui.export.exporting import Makers
    from lrgui.gui.export_choice import Choice, Subject, Target
    from lrgui.gui.export_drawer import Drawer
    from lrgui.gui.export_lane import ExportLane, Order, Outcome
    from lrgui.gui.export_sheet import ExportSheet
    from lrgui.gui.export_subjects import Now
    from lrgui.gui.pages.compare import ComparePage
    from lrgui.gui.pages.descent import DescentPage
    from lrgui.gui.pages.history import HistoryPage
    from lrgui.gui.pages.schedules import SchedulesPage
    from lrgui.gui.pages.training import TrainingPage
    from lrgui.gui.plots.plot import Plot
    from lrgui.gui.widgets.folder_button import FolderButton

_TOLD_MS = 20_000
_WORTH_SAVING = (RunStatus.FINISHED, RunStatus.STOPPED)

_NOTHING = {
    "find": say("There is no sweep to export yet: press Find first."),
    "train": say("There is no run to export yet: train first, or select one in the table."),
    "compare": say("There is no comparison to export yet: press Compare first."),
    "history": say("Select the runs that are to be exported."),
    "schedules": say("Something in the form is wrong: there is no schedule to export."),
}
_GOES_ON = say("This run goes on: wait until it has ended, or stop it, then export it.")
_BUSY = say("It waits for the run that goes on now: try again when that has ended.")
_GONE = say("The model of this run is gone: another run has taken its place. Train again, then save.")


class ExportDesk(QObject):
    """Opens the sheet, has written what is asked for, and tells how that ended.

    ``told(Message, int)`` carries a sentence for the status bar and for how many milliseconds it is to stand there.

    Parameters
    ----------
    window : QMainWindow
        Over which the sheet stands, and whose status bar has the button of the folder.
    settings, runner, jobs, actions
        What is remembered, whose worker writes models, what can be made, and what a person asks by.
    pages : PageStack
        Where the pages are; none of them needs to be built yet.
    keeper : HistoryKeeper
        Who has the history.
    """

    told = Signal(object, int)
    ended = Signal(object)
    """Something was written or refused; carries the ``Outcome``."""

    def __init__(
        self,
        window: QMainWindow,
        settings: Settings,
        runner: Runner,
        jobs: Jobs,
        actions: Actions,
        pages: PageStack,
        keeper: HistoryKeeper,
    ) -> None:
        super().__init__(window)
        self._window, self._settings, self._runner, self._jobs = window, settings, runner, jobs
        self._actions, self._pages, self._keeper = actions, pages, keeper
        self._last: dict[Config, str] = {}
        """Which run has left the model of a config."""
        self._lane_or_none: ExportLane | None = None
        self._drawer_or_none: Drawer | None = None
        self._folder_button: FolderButton | None = None
        self._order: Order | None = None
        self.sheet: ExportSheet | None = None
        actions["export"].triggered.connect(self.ask)
        actions["save_model"].triggered.connect(self.ask_for_model)
        runner.run_started.connect(self._note)
        runner.idle.connect(self.update_actions)
        pages.shown.connect(self.update_actions)
        pages.built.connect(self._join)
        plot_news.picture_asked.connect(self._take_request)
        plot_news.copied.connect(self._tell_copied)
        self.update_actions()

    # What there is to export

    @Slot(str, object)
    def _join(self, name: str, page: Page) -> None:
        for table in page.findChildren(QTableView):
            if not hasattr(table, "copy"):  # which knows better
                let_copy(table)
        if name == "train":
            training = cast("TrainingPage", page)
            training.table.selected.connect(self.update_actions)
            training.runs.edited.connect(self.update_actions)

    @Slot(object)
    def _note(self, run: Run) -> None:
        """Remember whose weights are there: a later run of the same config may leave others."""
        if run.kind == "training":
            self._last[run.config] = run.id
        self.update_actions()

    @Slot()
    def update_actions(self) -> None:
        """Offer to save a model where a training is selected that has come to something, and while nothing runs."""
        run = self._run() if self._pages.current == "train" else None
        worth = run is not None and run.kind == "training" and run.status in _WORTH_SAVING and bool(len(run.steps))
        self._actions["save_model"].setEnabled(worth and not self._runner.busy)

    def _run(self) -> Run | None:
        """Return the run of the page in front, if it shows one."""
        page = self._pages[self._pages.current]
        match self._pages.current:
            case "find":
                return cast(RangeTestPage, page).run
            case "train":
                return cast("TrainingPage", page).table.current_run()
            case "compare":
                return cast("ComparePage", page).run
        return None

    def subject(self) -> "Subject | Message":
        """Return what there is to export on the page in front, or why there is nothing."""
        name = self._pages.current
        makers: dict[str, Callable[[], Subject | Message]] = {
            "schedules": self._plan,
            "descent": self._walks,
            "history": self._selected,
        }
        if name in makers:
            return makers[name]()
        run = self._run()
        return _NOTHING[name] if run is None else self.of_run(run)

    def of_run(self, run: Run) -> "Subject | Message":
        """Return what a run can become, or why nothing."""
        from lrgui.gui.export_subjects import run_subject

        return run_subject(self._kept(run), self._makers(), self._now(run)) if run.ended else _GOES_ON

    def _kept(self, run: Run) -> "Kept":
        """Return a run with what the history has of it."""
        from lrgui.core.store import Kept

        try:
            return self._keeper.store.kept(run.id)
        except Refused:  # it is not written yet, or there is no history
            return Kept.of(run)

    def _now(self, run: Run | None = None) -> "Now":
        from lrgui.gui.export_subjects import Now

        gone = run is not None and run.kind == "training" and self._last.get(run.config) != run.id
        return Now(_BUSY if self._runner.busy else None, _GONE if gone else None)

    def _makers(self) -> "Makers":
        from lrgui.export.exporting import Makers

        return Makers(self._drawer.render, self._save_model, self._jobs.write_logs)

    def _save_model(self, kept: "Kept", path: Path) -> Message:
        assert isinstance(kept.run.config, Experiment)
        return self._jobs.save(kept.run.config, path)

    def _plan(self) -> "Subject | Message":
        from lrgui.gui.export_subjects import plan_subject

        page = cast("SchedulesPage", self._pages["schedules"])
        config = page.form.value()
        return _NOTHING["schedules"] if config is None else plan_subject(config, page.plot, self._drawer)

    def _walks(self) -> "Subject":
        from lrgui.gui.export_subjects import walk_subject

        page = cast("DescentPage", self._pages["descent"])
        for path in page.walks.paths:
            path.extend_to(path.steps)
        return walk_subject(page.walks.paths, self._drawer)

    def _selected(self) -> "Subject | Message":
        from lrgui.gui.export_many import many_subject

        entries = cast("HistoryPage", self._pages["history"]).selected()
        ended = [entry for entry in entries if entry.status not in (RunStatus.WAITING, RunStatus.RUNNING)]
        if not ended:
            return _GOES_ON if entries else _NOTHING["history"]
        if len(ended) > 1:
            return many_subject(self._keeper.store, [entry.id for entry in ended], self._makers(), self._now())
        try:
            return self.of_run(self._keeper.store.load(ended[0].id))
        except Refused as refusal:
            return refusal.message

    # How it is asked for

    @Slot()
    def ask(self) -> None:
        """Show what the page in front can become."""
        self.open(self.subject())

    @Slot()
    def ask_for_model(self) -> None:
        """Show the same, with the model first."""
        self.open(self.subject(), "keras")

    @Slot(object)
    def _take_request(self, plot: "Plot") -> None:
        if self._window.isAncestorOf(plot):
            self.ask_for_plot(plot)

    @Slot(object, object)
    def _tell_copied(self, plot: "Plot", told: Message) -> None:
        if self._window.isAncestorOf(plot):
            self._tell(told)

    def ask_for_plot(self, plot: "Plot") -> None:
        """Show what one plot can become."""
        from lrgui.gui.export_subjects import plot_subject

        self.open(plot_subject(plot, self._drawer))

    def open(self, subject: "Subject | Message", first: str = "") -> None:
        """Open the sheet of a subject, or tell why there is none."""
        from lrgui.gui.export_sheet import ExportSheet

        if isinstance(subject, Message):
            self._tell(subject)
            return
        if self.sheet is not None:
            self.sheet.close()
        self._make_folder_button()
        known = self._settings
        sheet = ExportSheet(
            self._window, subject, known.export_folder, known.picture_size, first or known.export_format
        )
        sheet.ordered.connect(self._write)
        sheet.stopped.connect(self._stop)
        sheet.copied.connect(self._tell)
        sheet.finished.connect(self._forget_sheet)
        self.sheet = sheet
        sheet.show()

    @Slot()
    def _forget_sheet(self) -> None:
        if self.sender() is self.sheet:
            self.sheet = None

    # How it is written

    @property
    def _drawer(self) -> "Drawer":
        if self._drawer_or_none is None:
            from lrgui.gui.export_drawer import Drawer

            self._drawer_or_none = Drawer(self)
        return self._drawer_or_none

    @property
    def _lane(self) -> "ExportLane":
        if self._lane_or_none is None:
            from lrgui.gui.export_lane import ExportLane

            self._lane_or_none = ExportLane(self._runner, self)
            self._lane_or_none.ended.connect(self._take)
            self._lane_or_none.went_on.connect(self._show_progress)
        return self._lane_or_none

    @Slot(object, object)
    def _write(self, choice: "Choice", target: "Target") -> None:
        folder = target.path if self.sheet is not None and self.sheet.subject.several else target.path.parent
        self._settings.export_folder, self._settings.export_format = folder, choice.name
        if choice.is_picture:
            self._settings.picture_size = target.size
        self._order = self._lane.order(choice, target)

    @Slot()
    def _stop(self) -> None:
        if self._order is not None:
            self._order.progress.stop()

    @Slot(int, int)
    def _show_progress(self, done: int, count: int) -> None:
        if self.sheet is not None:
            self.sheet.show_progress(done, count)

    @Slot(object)
    def _take(self, outcome: "Outcome") -> None:
        mine = outcome.order is self._order
        if mine:
            self._order = None
        if outcome.written:
            self._tell(outcome.told)
            if self._folder_button is not None:
                self._folder_button.offer(outcome.order.target.path)
        if mine and self.sheet is not None:
            self.sheet.take(outcome)
        elif not outcome.written:
            self._tell(outcome.told)
        self.ended.emit(outcome)

    def _make_folder_button(self) -> None:
        """Make it before there is a sentence: another widget would put the one of before under it."""
        if self._folder_button is None:
            from lrgui.gui.widgets.folder_button import FolderButton

            self._folder_button = FolderButton(self._window.statusBar())

    def _tell(self, told: Text) -> None:
        self.told.emit(told, _TOLD_MS)

    def close(self) -> None:
        """Write no more than the file that is being written."""
        if self._drawer_or_none is not None:
            self._drawer_or_none.close()
        if self._lane_or_none is not None:
            self._lane_or_none.close()
