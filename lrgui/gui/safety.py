"""What keeps work from being lost: made when the window is up, asked before it closes."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QBoxLayout

from lrgui.core.messages import say
from lrgui.gui.stuck_run import StuckRun
from lrgui.gui.unkept_runs import UnkeptRuns

if TYPE_CHECKING:
    from lrgui.core.store import Entry
    from lrgui.gui.main_window import MainWindow

_HISTORY_SECONDS = 5.0


class Safety(QObject):
    """Tells of runs that hang, of such as cannot be kept, and of those that the last program did not end.

    Parameters
    ----------
    window : MainWindow
        Its owner.
    column : QBoxLayout
        At whose top it speaks.
    """

    def __init__(self, window: "MainWindow", column: QBoxLayout) -> None:
        super().__init__(window)
        self._window = window
        self.unkept = UnkeptRuns(window)
        self.stuck = StuckRun(window, self._put_by)
        column.insertWidget(0, self.stuck.bar)
        self._told: set[str] = set()
        window.history.changed.connect(self._look_for_interrupted)

    def holds_back(self) -> bool:
        """Whether the window is not to close yet, because a person is asked about runs that would be lost."""
        return self.unkept.asks_first(self._window.close)

    def close(self) -> None:
        """Write no more."""
        self.unkept.close()

    def _put_by(self, then: Callable[[], object]) -> None:
        """Write the history, whatever the worker does; ask first about what it cannot take."""
        self._window.history.store.flush(_HISTORY_SECONDS)
        if not self.unkept.asks_first(lambda: self._put_by(then)):
            self._window.history.close(_HISTORY_SECONDS)
            then()

    @Slot(object)
    def _look_for_interrupted(self, run_ids: frozenset[str]) -> None:
        interrupted = (self._window.history.store.interrupted & run_ids) - self._told
        if interrupted:
            self._told |= interrupted
            self._window.history_desk.look_up(interrupted, self._tell_of_interrupted)

    def _tell_of_interrupted(self, entries: "list[Entry]") -> None:
        """Say which run the last program did not end, and offer to go on."""
        if not entries:
            return
        newest, desk = max(entries, key=lambda entry: entry.started), self._window.history_desk
        one = say("A run was broken off when the program ended. What it had measured by then is kept.")
        many = say(
            "{count:number} runs were broken off when the program ended. What they had measured by then is kept.",
            count=len(entries),
        )
        alone, resumed = len(entries) == 1, newest.kind == "comparison"
        go_on = say("Go on with it") if alone else say("Go on with the newest")
        again = say("Run it again") if alone else say("Run the newest again")
        self._window.notify(
            one if alone else many,
            (go_on if resumed else again, lambda: desk.opener.repeat(newest.id)),
            (say("Show it") if alone else say("Show the newest"), lambda: desk.show_run(newest.id)),
        )
