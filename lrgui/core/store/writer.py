"""The thread that writes: looks at the runs that go on, twice a second, and does what else it is told."""

import contextlib
import queue
import sqlite3
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from uuid import uuid4

from lrgui.core.messages import Message, Refused
from lrgui.core.runs import Run, RunStatus
from lrgui.core.store import locks, saving
from lrgui.core.store.failures import GIVEN_UP, INTERRUPTED, lost, not_now
from lrgui.core.store.opening import live_file, live_files, open_history
from lrgui.core.store.orders import Apply, Begin, Change, Close, End, Flush, Followed, Order
from lrgui.core.store.plain import to_json

LOOK_SECONDS = 0.5
"""How often runs that go on are looked at: with the time to write it, no second of them is ever lost."""

_RETRY_SECONDS = (1.0, 2.0, 5.0)
"""How long to wait after the first, second, and every later attempt that failed."""

_MOST_WAITING = 100
"""So many ended runs and orders wait for a disk that cannot be written; of more, the oldest are given up."""

_KEPT_DELETED_SECONDS = 24 * 3600.0
"""What another window has deleted can be taken back there for a day."""


class Writer:
    """Owns the one connection that writes, and its thread.

    Parameters
    ----------
    path : Path
        Of the history.
    told : callable
        Called in this thread with what a person has to know.
    changed : callable
        Called in this thread with the ids of the runs that the tables now hold otherwise.
    """

    def __init__(self, path: Path, told: Callable[[Message], None], changed: Callable[[frozenset[str]], None]) -> None:
        self.path = path
        self.opened = threading.Event()
        self.notice: Message | None = None
        self.refusal: Message | None = None
        self.interrupted: frozenset[str] = frozenset()
        self._told, self._changed = told, changed
        self._orders: queue.SimpleQueue[Order] = queue.SimpleQueue()
        self._connection: sqlite3.Connection | None = None
        self._live: locks.FileLock | None = None
        self._id = uuid4().hex
        self._followed: dict[str, Followed] = {}
        self._changes: list[Change] = []
        self._flushes: list[Flush] = []
        self._failures, self._sound, self._buried, self._closing = 0, True, False, False
        self._thread = threading.Thread(target=self._run, name="history", daemon=True)
        self._thread.start()

    # What other threads call

    def begin(self, run: Run) -> None:
        """Follow a run from now on."""
        self._orders.put(Begin(run))

    def end(self, run_id: str) -> None:
        """Write the end of a run that has taken in its last event."""
        self._orders.put(End(run_id))

    def change(self, run_ids: Iterable[str], apply: Apply, *, forget: bool = False) -> None:
        """Change rows, in the order of these calls; to ``forget`` is to follow these runs no longer."""
        self._orders.put(Change(frozenset(run_ids), apply, forget))

    def bury(self) -> None:
        """Look again for programs that are gone, as at the opening."""
        self._buried = False
        self._orders.put(Flush())

    def flush(self, timeout: float) -> bool:
        """Wait until all that was asked for before is on the disk, and return whether it is."""
        flush = Flush()
        self._orders.put(flush)
        return flush.done.wait(timeout) and self.refusal is None

    def close(self, timeout: float) -> bool:
        """Write what is left, end the thread, and return whether it has ended."""
        self._orders.put(Close())
        self._thread.join(timeout)
        return not self._thread.is_alive()

    # What other threads ask

    @property
    def unwritten(self) -> list[Run]:
        """The runs of which not all is on the disk, because that cannot be written: they are in the memory alone.

        Where there was no history from the beginning there is none of which they would be missing.
        """
        if self._connection is None or (self.refusal is None and not self._failures):
            return []
        return [followed.run for followed in list(self._followed.values())]

    def status_of(self, run_id: str, writer: str) -> RunStatus | None:
        """Return how a run stands that the tables call running, or None if it is so.

        They do as long as its end cannot be written, be it that the disk is full or that its program is gone.
        """
        if (followed := self._followed.get(run_id)) is not None:
            return followed.run.status if followed.run.ended else None
        alive = writer == self._id or locks.is_held(live_file(self.path, writer))
        return None if alive else RunStatus.INTERRUPTED

    # The thread

    def _run(self) -> None:
        while not self._closing:
            self._take_orders()
            self._write()
        self._leave()

    def _take_orders(self) -> None:
        """Wait for an order, or for the time of the next look, and take all orders that there are."""
        with contextlib.suppress(queue.Empty):
            self._take(self._orders.get(timeout=self._seconds_to_wait()))
            while True:
                self._take(self._orders.get_nowait())

    def _seconds_to_wait(self) -> float | None:
        if not self.opened.is_set():
            return 0.0
        if self.refusal is not None:
            return None
        if self._failures:
            return _RETRY_SECONDS[min(self._failures, len(_RETRY_SECONDS)) - 1]
        return LOOK_SECONDS if self._followed else None

    def _take(self, order: Order) -> None:
        match order:
            case Begin(run):
                self._followed[run.id] = Followed(run)
            case End(run_id):
                if run_id in self._followed:
                    self._followed[run_id].ended = True
            case Change():
                if order.forget:
                    for run_id in order.run_ids:
                        self._followed.pop(run_id, None)
                self._changes.append(order)
            case Flush():
                self._flushes.append(order)
            case Close():
                self._closing = True

    def _write(self) -> None:
        """Write all that there is, or have it tried again later."""
        if self.refusal is None:
            try:
                self._open()
                changed = self._transact()
            except Refused as refused:
                self._give_up(refused.message)
            except (sqlite3.OperationalError, OSError) as error:
                self._fail(error)
            except Exception as error:  # what nobody foresaw must not end the thread without a word
                self._sound = False
                self._give_up(lost(self.path, error))
            else:
                self._failures = 0
                if changed:
                    self._changed(changed)
        self.opened.set()
        if self.refusal is not None:
            self._forget_the_oldest()
            self._changes.clear()
        elif self._failures:
            return
        while self._flushes:
            self._flushes.pop().done.set()

    def _open(self) -> None:
        if self._connection is not None:
            return
        opened = open_history(self.path)
        self._connection = opened.connection
        # Another program that asks whether it is held holds it for a moment.
        self._live = locks.FileLock(live_file(self.path, self._id), wait=1.0)
        if opened.notice is not None:
            self.notice = opened.notice
            self._told(opened.notice)

    def _transact(self) -> frozenset[str]:
        """Write all in one transaction, and return the ids of what has changed."""
        connection = self._connection
        assert connection is not None
        with self._transaction(connection):
            changed = set() if self._buried else self._bury_the_dead(connection)
            looks = {run_id: self._look(connection, followed) for run_id, followed in self._followed.items()}
            for change in self._changes:
                change.apply(connection)
        if not self._buried:
            self.interrupted |= changed
        self._buried = True
        for run_id, written in looks.items():
            followed = self._followed[run_id]
            if followed.ended or followed.written is not written:
                changed.add(run_id)
            followed.written = written
        for run_id in [run_id for run_id, followed in self._followed.items() if followed.ended]:
            del self._followed[run_id]
        changed.update(*(change.run_ids for change in self._changes))
        self._changes.clear()
        return frozenset(changed)

    @contextlib.contextmanager
    def _transaction(self, connection: sqlite3.Connection) -> Iterator[None]:
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            connection.execute("COMMIT")
        except BaseException:
            # A full disk has ended the transaction already.
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise

    def _look(self, connection: sqlite3.Connection, followed: Followed) -> saving.Written:
        written = followed.written or saving.begin(connection, followed.run, self._id)
        return saving.look(connection, followed.run, written, ended=followed.ended)

    def _bury_the_dead(self, connection: sqlite3.Connection) -> set[str]:
        """Mark what programs left behind that are gone, and forget what was deleted long ago."""
        interrupted: set[str] = set()
        rows = connection.execute("SELECT DISTINCT writer FROM runs WHERE writer IS NOT NULL").fetchall()
        for (writer,) in rows:
            if writer != self._id and not locks.is_held(live_file(self.path, writer)):
                interrupted.update(saving.interrupt(connection, writer, to_json(INTERRUPTED)))
        for live in live_files(self.path):
            if not locks.is_held(live):
                locks.remove(live)
        connection.execute("DELETE FROM runs WHERE deleted < ?", (time.time() - _KEPT_DELETED_SECONDS,))
        return interrupted

    def _fail(self, error: Exception) -> None:
        """Say once that nothing can be written now, and keep what waits, within bounds."""
        self._failures += 1
        if self._failures == 1:
            self._told(not_now(self.path, error))
        del self._changes[:-_MOST_WAITING]
        given_up = self._forget_the_oldest()
        numbers = [followed.written.number for followed in given_up if followed.written is not None]
        if numbers:
            ids = frozenset(followed.run.id for followed in given_up)
            self._changes.append(Change(ids, saving.give_up(numbers, to_json(GIVEN_UP))))

    def _forget_the_oldest(self) -> list[Followed]:
        """Keep what waits within bounds, and return what is given up."""
        ended = [run_id for run_id, followed in self._followed.items() if followed.ended]
        return [self._followed.pop(run_id) for run_id in ended[:-_MOST_WAITING]]

    def _give_up(self, message: Message) -> None:
        self.refusal = message
        self._told(message)

    def _leave(self) -> None:
        """Close; a file that is damaged, or a run that could not be written, has the next program look closely."""
        if self._connection is not None:
            with contextlib.suppress(sqlite3.Error):
                self._connection.close()
        self.opened.set()
        if self._live is not None:
            self._live.release()
            if self._sound and not self._failures:
                locks.remove(self._live.path)
