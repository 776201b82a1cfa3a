"""Exporting from every page: what is in front is what is exported, by one action and in one sheet."""

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QMainWindow, QTableView

from lrgui.core.messages import Message, Text
from lrgui.core.runs import Run
from lrgui.gui.actions import Actions
from lrgui.gui.copying import let_copy
from lrgui.gui.export_sources import ExportSources
from lrgui.gui.history_keeper import HistoryKeeper
from lrgui.gui.pages.page import Page
from lrgui.gui.pages.stack import PageStack
from lrgui.gui.plots.plot_menu import plot_news
from lrgui.gui.settings import Settings
from lrgui.worker import Jobs, Runner

if TYPE_CHECKING:
    from lrgui.gui.export_choice import Choice, Subject, Target
    from lrgui.gui.export_drawer import Drawer
    from lrgui.gui.export_lane import ExportLane, Order, Outcome
    from lrgui.gui.export_sheet import ExportSheet
    from lrgui.gui.pages.training import TrainingPage
    from lrgui.gui.plots.plot import Plot
    from lrgui.gui.widgets.folder_button import FolderButton

_TOLD_MS = 20_000


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
        self._window, self._settings, self._runner, self._actions = window, settings, runner, actions
        self._sources = ExportSources(runner, jobs, pages, keeper, self._drawer)
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
        self._sources.note(run)
        self.update_actions()

    @Slot()
    def update_actions(self) -> None:
        """Offer what can be made now."""
        self._actions["save_model"].setEnabled(self._sources.has_model)
        if self.sheet is not None:
            self.sheet.refresh()

    # How it is asked for

    @Slot()
    def ask(self) -> None:
        """Show what the page in front can become."""
        self.open(self._sources.subject())

    @Slot()
    def ask_for_model(self) -> None:
        """Show the same, with the model first."""
        self.open(self._sources.subject(), "keras")

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

        self.open(plot_subject(plot, self._drawer()))

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

    @property
    def writing(self) -> bool:
        """Whether something is being written."""
        return self._order is not None

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
