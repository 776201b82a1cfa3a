"""What can be done with runs that were kept: opened, laid over others, repeated, renamed, deleted and taken back."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QObject, Signal, Slot

from lrgui.core.messages import Message, say
from lrgui.gui.actions import Actions
from lrgui.gui.history_keeper import HistoryKeeper
from lrgui.gui.pages.page import PAGE_OF
from lrgui.gui.pages.stack import PageStack
from lrgui.gui.run_opener import GOING, OVERLAID, RunOpener
from lrgui.gui.words import show
from lrgui.worker import Jobs, Runner

if TYPE_CHECKING:
    from lrgui.core.store import Entry, Store
    from lrgui.gui.history_reader import HistoryReader
    from lrgui.gui.pages.history import HistoryPage
    from lrgui.gui.pages.training import TrainingPage

_ON_A_RUN = ("open_run", "overlay_runs", "repeat_run", "star_run")
_TOLD_MS = 10_000


class HistoryDesk(QObject):
    """Stands between the page of the history, the store, and the pages that runs are opened in.

    ``told(Message, int)`` carries a sentence for the status bar and for how many milliseconds it is to stand there,
    ``noted(Message)`` one that is to stand until it is put away.

    Parameters
    ----------
    window : QObject
        Its owner.
    keeper : HistoryKeeper
        Who has the store.
    runner, jobs, actions
        Where runs go, what can be run, and what a person can ask for.
    pages : PageStack
        Where the pages are; none of them needs to be built yet.
    """

    told = Signal(object, int)
    noted = Signal(object)

    def __init__(
        self, window: QObject, keeper: HistoryKeeper, runner: Runner, jobs: Jobs, actions: Actions, pages: PageStack
    ) -> None:
        super().__init__(window)
        self._keeper, self._runner, self._actions, self._pages = keeper, runner, actions, pages
        self._reader_or_none: HistoryReader | None = None
        self._deleted: list[list[str]] = []
        self.opener = RunOpener(self, runner, jobs, pages, lambda: self._reader)
        self.opener.told.connect(self.told)
        self.opener.noted.connect(self.noted)
        slots: dict[str, Callable[[], None]] = {
            "open_run": self.open,
            "overlay_runs": self.overlay,
            "repeat_run": self.repeat,
            "star_run": self._star,
            "undo_delete": self.undo,
        }
        for name, slot in slots.items():
            actions[name].triggered.connect(slot)
        actions["rename_run"].triggered.connect(pages.when_shown("history", lambda: self.page.table.rename_current()))
        actions["delete_run"].triggered.connect(pages.when_shown("history", lambda: self.delete()))
        actions["search_history"].triggered.connect(self._search)
        keeper.changed.connect(self._runs_changed)
        for changed in (pages.shown, runner.idle, runner.run_started):
            changed.connect(self.update_actions)
        self.update_actions()

    @property
    def page(self) -> "HistoryPage":
        """The page of the history."""
        return cast("HistoryPage", self._pages["history"])

    @property
    def _reader(self) -> "HistoryReader":
        if self._reader_or_none is None:
            from lrgui.gui.history_reader import HistoryReader

            self._reader_or_none = HistoryReader(self._keeper.store, self)
            self._reader_or_none.failed.connect(self._tell)
        return self._reader_or_none

    def make_page(self) -> "HistoryPage":
        """Build the page."""
        from lrgui.gui.pages.history import HistoryPage

        page = HistoryPage(self._actions, self._reader, self._goes_on_here)
        page.picked.connect(self.update_actions)
        page.opened.connect(self.open)
        page.edited.connect(self.edit)
        page.undone.connect(self.undo)
        return page

    def close(self) -> None:
        """Read no more."""
        if self._reader_or_none is not None:
            if "history" in self._pages:
                self.page.details.save()
            self._reader_or_none.close()

    def _goes_on_here(self, run_id: str) -> bool:
        return self._runner.run is not None and self._runner.run.id == run_id

    def _tell(self, message: Message) -> None:
        self.told.emit(message, _TOLD_MS)

    @Slot(object)
    def _runs_changed(self, run_ids: frozenset[str]) -> None:
        if "history" in self._pages:
            self.page.runs_changed()

    @Slot()
    def update_actions(self) -> None:
        """Offer what can be done with the selected runs, and only that."""
        shown = self._pages.current == "history"
        entries = self.page.selected() if shown else []
        ended = [entry for entry in entries if entry.status not in GOING]
        actions = self._actions
        for name in _ON_A_RUN:
            actions[name].setEnabled(bool(entries))
        actions["open_run"].setEnabled(any(entry.kind in PAGE_OF for entry in entries))
        actions["overlay_runs"].setEnabled(any(entry.kind in OVERLAID for entry in ended))
        actions["repeat_run"].setEnabled(len(ended) == 1 and not self._runner.busy and ended[0].kind in PAGE_OF)
        all_starred = bool(entries) and all(entry.starred for entry in entries)
        show(actions["star_run"].setText, say("Take the star away") if all_starred else say("Give a star"))
        actions["undo_delete"].setEnabled(bool(self._deleted))
        if shown:
            actions["rename_run"].setEnabled(bool(entries))
            actions["delete_run"].setEnabled(bool(entries) and len(ended) == len(entries))

    def _current(self) -> "Entry | None":
        return self.page.table.current_entry() if self._pages.current == "history" else None

    @Slot()
    def _search(self) -> None:
        self._pages.show_page("history")
        self.page.filters.search.setFocus()
        self.page.filters.search.selectAll()

    # Looked at again

    @Slot()
    def open(self) -> None:
        """Open the selected run in its page."""
        if (entry := self._current()) is not None:
            self.opener.open(entry)

    @Slot()
    def overlay(self) -> None:
        """Lay the selected runs over what the pages show."""
        self.opener.overlay(self.page.selected(), self._current())

    @Slot()
    def repeat(self) -> None:
        """Run the selected run again."""
        entry = self._current()
        if entry is not None and entry.kind in PAGE_OF:
            self.opener.repeat(entry.id)

    def show_run(self, run_id: str) -> None:
        """Show a run in its line."""
        self._pages.show_page("history")
        self.page.show_run(run_id)

    def look_up(self, run_ids: Iterable[str], then: "Callable[[list[Entry]], None]") -> None:
        """Have ``then`` called with the lines of runs, without those that are not there any more."""

        def question(store: "Store") -> "list[Entry]":
            return [store.entry(run_id) for run_id in run_ids if store.knows(run_id)]

        self._reader.ask("lines", question, then)

    # What is changed

    @Slot(str, dict)
    def edit(self, run_id: str, fields: dict[str, Any]) -> None:
        """Have fields of a run changed, wherever they are shown."""
        self._keeper.store.edit(run_id, **fields)
        self.page.change(run_id, fields)
        if "name" in fields and "train" in self._pages:
            cast("TrainingPage", self._pages["train"]).runs.rename(run_id, fields["name"])

    @Slot()
    def _star(self) -> None:
        entries = self.page.selected()
        starred = not all(entry.starred for entry in entries)
        for entry in entries:
            self.edit(entry.id, {"starred": starred})

    def delete(self) -> None:
        """Put the selected runs aside; that can be undone until the window closes."""
        self.page.model.ask_ids(self.page.table.selected_rows(), self._delete)

    def _delete(self, run_ids: list[str]) -> None:
        gone = [run_id for run_id in run_ids if not self._goes_on_here(run_id)]
        if gone:
            self._keeper.store.delete(gone)
            self._deleted.append(gone)
            self.page.take_out(gone)
            self.update_actions()

    @Slot()
    def undo(self) -> None:
        """Take back the runs that were deleted last."""
        if self._deleted:
            back = self._deleted.pop()
            self._keeper.store.restore(back)
            self._pages.show_page("history")
            self.page.take_back(len(back))
            self.update_actions()
