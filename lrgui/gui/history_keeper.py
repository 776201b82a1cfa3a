"""What is run from the window, kept: the runner's runs go to the store, and its words come to the window."""

import contextlib
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from lrgui.core.events import Event
from lrgui.core.messages import Message
from lrgui.core.runs import Run
from lrgui.worker import Runner

if TYPE_CHECKING:
    from lrgui.core.store import Store


class HistoryKeeper(QObject):
    """Stands between the runner and the store, which is made when it is first needed: not before the window is there.

    ``changed(frozenset of str)`` brings the ids of runs that have changed on the disk, ``told(Message)`` what a person
    has to know; both are emitted from the store's thread, so that slots of window objects are called in the window's.

    Parameters
    ----------
    profile : Path
        The folder of the history.
    runner : Runner
        Whose runs are kept.
    parent : QObject
        Its owner.
    """

    changed = Signal(object)
    told = Signal(object)

    def __init__(self, profile: Path, runner: Runner, parent: QObject) -> None:
        super().__init__(parent)
        self._profile = profile
        runner.run_started.connect(self._begin)
        runner.run_changed.connect(self._take)
        runner.run_dropped.connect(self._drop)

    @cached_property
    def store(self) -> "Store":
        """The history."""
        from lrgui.core.store import FILE_NAME, Store

        store = Store(self._profile / FILE_NAME, told=self._tell)
        store.changed.append(self._tell_changed)
        return store

    def close(self, timeout: float) -> bool:
        """Write what is left; return whether that was done in so many seconds."""
        if "store" not in self.__dict__:
            return True
        self.store.changed.clear()
        return self.store.close(timeout)

    @Slot(object)
    def _begin(self, run: Run) -> None:
        self.store.begin(run)

    @Slot(object, object)
    def _take(self, run: Run, event: Event) -> None:
        self.store.take(run, event)

    @Slot(object)
    def _drop(self, run: Run) -> None:
        self.store.drop(run)

    def _tell(self, message: Message) -> None:
        # A window that is gone without having closed leaves nobody who could be told.
        with contextlib.suppress(RuntimeError):
            self.told.emit(message)

    def _tell_changed(self, run_ids: frozenset[str]) -> None:
        with contextlib.suppress(RuntimeError):
            self.changed.emit(run_ids)
