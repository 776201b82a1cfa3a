"""The page of the history: every run that was kept, found by what it was, and looked at."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QPushButton, QStackedWidget, QVBoxLayout, QWidget

from lrgui.core.messages import Message, Refused, say
from lrgui.core.runs import RunStatus
from lrgui.core.store import Entry, Filter
from lrgui.gui.actions import Actions
from lrgui.gui.history_reader import HistoryReader
from lrgui.gui.pages.page import Page
from lrgui.gui.pages.splitting import split
from lrgui.gui.run_details import Details, read_details
from lrgui.gui.widgets.action_button import ActionButton
from lrgui.gui.widgets.card import GAP, Card, label
from lrgui.gui.widgets.history_details import HistoryDetails
from lrgui.gui.widgets.history_filters import CHOICES, HistoryFilters
from lrgui.gui.widgets.history_model import HistoryModel
from lrgui.gui.widgets.history_table import HistoryTable
from lrgui.gui.widgets.invitation import Invitation
from lrgui.gui.widgets.undo_bar import UndoBar
from lrgui.gui.words import show, worded

_REFRESH_MS = 500
"""A run that goes on is shown anew at most so often."""

_LOOK_MS = 2000
"""So often it is asked whether another window has added runs."""

_SETTLE_MS = 60
"""So long the selection has to stand before the whole run is read: arrow keys that are held pass over many."""

_VERBS = ("open_run", "overlay_runs", "repeat_run", "export", "star_run", "rename_run", "delete_run")

_GOES_ON_ELSEWHERE = say("This run goes on in another window of the program. What it has measured so far is here.")
_GOES_ON = say("This run goes on now.")
_NOTHING_KEPT = say("Every sweep and every training is kept here as soon as it begins, with its curves and settings.")
_NOTHING_FOUND = say("No run has all of this. Look for less, or for something else.")
_UNREADABLE = say("There is no history that could be read.")


class HistoryPage(Page):
    """Filters on the left, the list in the middle, and under it the details of the selected run.

    ``picked`` tells that other runs are selected, ``edited(str, dict)`` what a hand has changed of which run,
    ``opened`` that the selected one is to be opened, ``undone`` that the last deletion is to be taken back.

    Parameters
    ----------
    actions : Actions
        What a person can do with a run.
    reader : HistoryReader
        Where the runs come from.
    goes_on_here : callable
        Tells whether the run of an id is the one that this window runs now.
    """

    picked = Signal()
    edited = Signal(str, dict)
    opened = Signal()
    undone = Signal()

    def __init__(self, actions: Actions, reader: HistoryReader, goes_on_here: Callable[[str], bool]) -> None:
        left = QWidget()
        super().__init__(left)
        self._reader, self._goes_on_here = reader, goes_on_here
        self._select_next: int | None = 0
        self.model = HistoryModel(reader)
        self.model.setParent(self)  # goes with the page: what is connected to it would keep the whole window
        self.filters, self.table, self.details = HistoryFilters(), HistoryTable(self.model), HistoryDetails(actions)
        self.undo_bar = UndoBar(self.table)
        self.table.addActions([actions[name] for name in _VERBS])
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.counted = label("", "dim")
        self.plots = (self.details.curve,)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self.filters)
        self.counted.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.counted.setMinimumHeight(self.counted.fontMetrics().lineSpacing() + 4)
        column.addWidget(self.counted)
        column.addStretch(1)
        self._lay_out(actions)
        self._make_timers()
        self._connect()

    def _lay_out(self, actions: Actions) -> None:
        listed = Card()
        listed.layout().setContentsMargins(4, 4, 4, 4)  # type: ignore[union-attr]
        listed.body.addWidget(self.table)
        parts = (listed, 3), (self.details, 2)
        self.splitter = self._runs = split(Qt.Orientation.Vertical, *parts, sizes=(440, 290))
        clear = worded(QPushButton(), say("Clear the filters"))
        clear.setProperty("primary", True)
        clear.clicked.connect(self.filters.clear)
        self.nothing_kept = Invitation(
            say("No run yet"), _NOTHING_KEPT, ActionButton(actions["find"], "image-filter-center-focus", primary=True)
        )
        self.nothing_found = Invitation(say("Nothing found"), _NOTHING_FOUND, clear)
        self.unreadable = Invitation(say("No history"), _UNREADABLE)
        self.stack = QStackedWidget()
        for view in (self._runs, self.nothing_kept, self.nothing_found, self.unreadable):
            self.stack.addWidget(view)
        self.stack.currentChanged.connect(self._keep_undo_in_sight)
        self.pictures.addWidget(self.stack)

    def _make_timers(self) -> None:
        self._refreshing = QTimer(self, singleShot=True, interval=_REFRESH_MS)
        self._refreshing.timeout.connect(self._refresh_all)
        self._looking = QTimer(self, interval=_LOOK_MS)
        self._looking.timeout.connect(self._look_again)
        self._settling = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._settling.timeout.connect(self._ask_details)

    def _connect(self) -> None:
        self.filters.changed.connect(self._filter)
        self.table.picked.connect(self._show_picked)
        self.table.opened.connect(self.opened)
        self.table.horizontalHeader().sortIndicatorChanged.connect(lambda *_: self.table.scrollToTop())
        self.model.counted.connect(self._show_count)
        self.model.dataChanged.connect(self._rows_changed)
        self.model.edited.connect(self.edited)
        self.details.edited.connect(self.edited)
        self.undo_bar.undone.connect(self.undone)

    # When it is asked

    def showEvent(self, event: QShowEvent) -> None:
        """Ask for what there is now, and have the keys go to the list (Qt's hook)."""
        super().showEvent(event)
        self.table.setFocus()
        self.model.refresh()
        self._ask_choices()
        self._looking.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Ask no more, and keep what was written (Qt's hook)."""
        super().hideEvent(event)
        self._looking.stop()
        self.details.save()

    def start_over(self) -> None:
        """Look for all runs again, and at none of them."""
        self.filters.clear()
        self.table.clearSelection()

    def show_run(self, run_id: str) -> None:
        """Look for all runs again, and at this one, or at the first where it is not among those that are here."""
        self.start_over()
        self._select_next = 0
        if (row := self.model.row_of(run_id)) is not None:
            self.table.select_row(row)
        else:
            self.model.refresh()

    def runs_changed(self) -> None:
        """Hear that runs have changed on the disk."""
        if self.isVisible() and not self._refreshing.isActive():
            self._refreshing.start()

    def _refresh(self) -> None:
        """Ask again, unless a name is being typed: a list that changes would take the field away."""
        if not self.table.editing:
            self.model.refresh()

    def _look_again(self) -> None:
        """Look for what other windows have added, or broken off."""
        self._refresh()
        self._reader.ask("others", lambda store: store.bury_the_dead(), lambda _: None)

    def _refresh_all(self) -> None:
        self._refresh()
        self._ask_choices()

    def _filter(self) -> None:
        self.table.scrollToTop()
        self._select_next = 0
        self.model.set_filter(self.filters.value())

    def _ask_choices(self) -> None:
        self._reader.ask(
            "choices",
            lambda store: {column: store.choices(column) for column in CHOICES},
            self.filters.show_choices,
        )

    # What is shown

    def _show_count(self, count: int) -> None:
        filtered = self.model.filter != Filter()
        runs = say("1 run") if count == 1 else say("{count:,} runs", count=count)
        show(self.counted.setText, say("{runs} found", runs=runs) if filtered else runs if count else "")
        if count:
            self.stack.setCurrentWidget(self._runs)
            self._select_one(count)
        elif filtered:
            self.stack.setCurrentWidget(self.nothing_found)
        else:
            self._reader.ask("readable", lambda store: (store.readable, store.notice), self._show_nothing)
        if not count:
            self._show_picked()

    def _keep_undo_in_sight(self) -> None:
        """Offer to take the last runs back also where the list has gone with them."""
        if (view := self.stack.currentWidget()) is not None:
            self.undo_bar.lie_over(self.table if view is self._runs else view)

    def _show_nothing(self, answer: tuple[bool, Message | None]) -> None:
        readable, notice = answer
        if self.model.rowCount():
            return
        show(self.unreadable.told.setText, notice or _UNREADABLE)
        self.stack.setCurrentWidget(self.nothing_kept if readable else self.unreadable)

    def _select_one(self, count: int) -> None:
        """Select a run where a hand has just changed what is listed, and none is selected any more."""
        if self._select_next is None:
            return
        row = min(self._select_next, count - 1)
        if self.model.entry(row) is not None:
            self._select_next = None
            if not self.table.selected_rows():
                self.table.select_row(row)

    def _show_picked(self) -> None:
        entry, rows = self.table.current_entry(), self.table.selected_rows()
        if entry is None:
            self.details.clear(say("Select a run to see what came of it."))
        elif entry.id != self.details.run_id:
            self.details.show_entry(entry, len(rows))
            self._settling.start()
        else:
            self.details.show_entry(entry, len(rows))
        self.picked.emit()

    def _rows_changed(self, top: QModelIndex, bottom: QModelIndex) -> None:
        """Show the details of the run that is looked at again, if its line has changed."""
        row = None if self.details.run_id is None else self.model.row_of(self.details.run_id)
        if row is not None and top.row() <= row <= bottom.row() and (entry := self.model.entry(row)) is not None:
            self.details.show_entry(entry, len(self.table.selected_rows()))
            self._settling.start()
        self.picked.emit()  # what can be done with the selected runs may be something else now

    def _ask_details(self) -> None:
        if (run_id := self.details.run_id) is not None:
            self._reader.ask("details", lambda store: read_details(store, run_id), self._show_details)

    def _show_details(self, found: Details | Refused) -> None:
        if isinstance(found, Refused):
            self.details.show_problem(found.message)
        elif found.run.id == self.details.run_id:
            self.details.show_details(found, self._state_of(found))

    def _state_of(self, found: Details) -> Message | None:
        if found.run.status not in (RunStatus.RUNNING, RunStatus.WAITING):
            return None
        return _GOES_ON if self._goes_on_here(found.run.id) else _GOES_ON_ELSEWHERE

    # What is done

    def change(self, run_id: str, fields: dict[str, Any]) -> None:
        """Show what the store is just being told of."""
        self.model.change(run_id, **fields)

    def take_out(self, run_ids: list[str]) -> None:
        """Take runs out of the list that are just being deleted, and select the one that follows them."""
        rows = self.table.selected_rows()
        self._select_next = rows[0] if rows else 0
        self.details.clear()
        self.model.take_out(set(run_ids))
        count = len(run_ids)
        self.undo_bar.tell(say("1 run deleted") if count == 1 else say("{count:,} runs deleted", count=count))

    def take_back(self, count: int) -> None:
        """Say that runs are in the list again."""
        self.undo_bar.rest()
        self.model.refresh()
        show(self.counted.setText, say("1 run is back") if count == 1 else say("{count:,} runs are back", count=count))

    def selected(self) -> list[Entry]:
        """Return the selected runs that are here, from the top down."""
        return self.table.selected_entries()
