"""Questions to the history, asked from the window and answered in a thread of their own: no hand waits for the disk."""

import contextlib
import sqlite3
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Signal, SignalInstance, Slot

from lrgui.core.messages import say

if TYPE_CHECKING:
    from lrgui.core.store import Store

Answer = TypeVar("Answer")

_CLOSE_SECONDS = 5.0


class HistoryReader(QObject):
    """Asks the store in a thread of its own. ``failed(Message)`` tells that the file could not be read.

    Parameters
    ----------
    store : Store
        What is asked.
    parent : QObject
        Its owner.
    """

    failed = Signal(object)

    _answered = Signal(object, object)

    def __init__(self, store: "Store", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._waiting: dict[str, tuple[Callable[[Store], Any], Callable[[Any], None]]] = {}
        self._changed = threading.Condition()
        self._closing = False
        self._answered.connect(self._deliver)
        self._thread = threading.Thread(target=self._work, name="history reader", daemon=True)
        self._thread.start()

    def ask(self, key: str, question: Callable[["Store"], Answer], then: Callable[[Answer], None]) -> None:
        """Have a question answered, and ``then`` called with the answer in the window's thread.

        A question takes the place of one with the same key that still waits: only the last one is of interest.
        """
        with self._changed:
            self._waiting.pop(key, None)
            self._waiting[key] = question, then
            self._changed.notify()

    def close(self) -> None:
        """Answer no more, and end the thread."""
        with self._changed:
            self._closing = True
            self._changed.notify()
        self._thread.join(_CLOSE_SECONDS)

    def _work(self) -> None:
        while (asked := self._next()) is not None:
            question, then = asked
            try:
                answer = question(self._store)
            except sqlite3.Error as error:
                if not self._closing:
                    self._emit(self.failed, say("The history cannot be read now ({error}).", error=str(error)))
            except Exception as error:  # nobody foresaw it: it is told where all such errors are, and reading goes on
                self._emit(self._answered, _raise, error)
            else:
                self._emit(self._answered, then, answer)

    @staticmethod
    def _emit(signal: SignalInstance, *values: object) -> None:
        # A window that is gone without having closed leaves nobody to be told.
        with contextlib.suppress(RuntimeError):
            signal.emit(*values)

    def _next(self) -> tuple[Callable[["Store"], Any], Callable[[Any], None]] | None:
        with self._changed:
            while not self._waiting and not self._closing:
                self._changed.wait()
            return None if self._closing else self._waiting.pop(next(iter(self._waiting)))

    @Slot(object, object)
    def _deliver(self, then: Callable[[Any], None], answer: Any) -> None:
        if not self._closing:
            then(answer)


def _raise(error: Exception) -> None:
    raise error
