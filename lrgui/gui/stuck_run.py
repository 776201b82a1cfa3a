"""A run that shows no progress any more: the bar that says so, and the end of the program if a person wants it."""

import os
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from lrgui.core.events import Stopped
from lrgui.core.messages import Message, say
from lrgui.gui.watchdog import Watchdog
from lrgui.gui.widgets.notice_bar import NoticeBar

if TYPE_CHECKING:
    from lrgui.gui.main_window import MainWindow

_ENDED = say("Ended by hand: it showed no progress any more. What it had measured by then is here.")


class StuckRun(QObject):
    """Tells of a run that hangs, and offers to wait for it, or to save all and quit.

    A thread that hangs cannot be ended: the whole process is, when everything is on the disk.

    Parameters
    ----------
    window : MainWindow
        Whose runs are watched.
    put_by : callable
        Writes the history, and then calls what it is handed; it asks a person first where it cannot.
    leave : callable
        Ends the process at once; takes the exit code.
    """

    def __init__(
        self,
        window: "MainWindow",
        put_by: Callable[[Callable[[], object]], object],
        leave: Callable[[int], object] = os._exit,
    ) -> None:
        super().__init__(window)
        self._window, self._put_by, self._leave = window, put_by, leave
        self.bar = NoticeBar()
        self.watchdog = Watchdog(window.runner, self)
        self.watchdog.silent.connect(self.tell)
        self.watchdog.over.connect(self.bar.hide)

    @Slot(object)
    def tell(self, told: Message) -> None:
        """Say it, with what can be done."""
        self.bar.tell(told, (say("Wait"), self.watchdog.wait_on), (say("Save all and quit"), self.save_and_quit))

    def save_and_quit(self) -> None:
        """Keep what the run has measured, and all else; then end, though its thread goes on."""
        if (run := self._window.runner.run) is not None and not run.ended:
            run.apply(end := Stopped(_ENDED))
            self._window.history.store.take(run, end)
        self._window.remember()
        self._put_by(lambda: self._leave(0))
