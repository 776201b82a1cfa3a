"""The history of runs as the program meets it: written in a thread of its own, read wherever it is wanted."""

import contextlib
import sqlite3
import threading
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from lrgui.core.events import Ended, Event
from lrgui.core.messages import Message, Refused, say
from lrgui.core.runs import Run, RunStatus
from lrgui.core.store import adding, loading, locks, queries, saving
from lrgui.core.store.failures import INTERRUPTED
from lrgui.core.store.flat import Row, tags_as_text
from lrgui.core.store.kept import Kept
from lrgui.core.store.opening import live_files
from lrgui.core.store.queries import Entry, Filter, Sort
from lrgui.core.store.reading import Readers
from lrgui.core.store.writer import Writer

FILE_NAME = "history.sqlite3"
"""Of the history in a profile."""

_OPEN_SECONDS = 15.0


class Store:
    """Keeps runs in a file. Several programs may use it at the same time.

    What changes it is put on a queue and done by the store's own thread: these calls return at once, whatever the disk
    does, and what they ask for is on the disk when ``changed`` tells of it or ``flush`` has returned. A run is looked
    at twice a second while it goes on, and at once when it begins and ends. What asks it waits for the disk, some
    milliseconds; the very first question also for the opening of the file. Where there is no history (see ``notice``)
    the answer is nothing; where the disk or the file fails while it is read, ``Refused`` is raised.

    Parameters
    ----------
    path : Path
        Of the file; it and its folder are made if they are not there. Nothing is opened before ``open`` or the first
        call that needs it.
    told : callable
        Called in the store's thread, with what a person has to know: the file cannot be opened, or not be written.

    Attributes
    ----------
    changed : list of callable
        Each is called in the store's thread with the ids of runs that have changed on the disk, as a frozenset.
    """

    def __init__(self, path: Path, *, told: Callable[[Message], None]) -> None:
        self.path = path
        self.changed: list[Callable[[frozenset[str]], None]] = []
        self._told = told
        self._writer_or_none: Writer | None = None
        self._starting = threading.Lock()
        self._readers = Readers(path)
        self._deleted: set[str] = set()
        self._closed = False

    def open(self) -> None:
        """Begin to open the file, and return at once."""
        with self._starting:
            if self._writer_or_none is None:
                self._writer_or_none = Writer(self.path, self._told, self._tell_changed)

    @property
    def _writer(self) -> Writer:
        self.open()
        assert self._writer_or_none is not None
        return self._writer_or_none

    @property
    def notice(self) -> Message | None:
        """What the opening has to tell, once it is over: a damaged file was set aside, or there is no history now."""
        if self._writer_or_none is None:
            return None
        return self._writer_or_none.refusal or self._writer_or_none.notice

    @property
    def unwritten(self) -> list[Run]:
        """The runs of which not all is on the disk, because that cannot be written: they are in the memory alone."""
        return [] if self._writer_or_none is None else self._writer_or_none.unwritten

    @property
    def interrupted(self) -> frozenset[str]:
        """The ids of runs that were found without an end since it was opened, because their program was gone."""
        return frozenset() if self._writer_or_none is None else self._writer_or_none.interrupted

    # What changes it

    def begin(self, run: Run) -> None:
        """Keep a run from now on. The store reads it while it goes on; it never changes it."""
        self._writer.begin(run)

    def take(self, run: Run, event: Event) -> None:
        """Hear of an event that the run has taken in; its end is written at once."""
        if isinstance(event, Ended):
            self._writer.end(run.id)

    def drop(self, run: Run) -> None:
        """Forget a run, as if it had not been."""
        self._writer.change([run.id], saving.delete([run.id]), forget=True)

    def edit(
        self,
        run_id: str,
        *,
        name: str | None = None,
        note: str | None = None,
        tags: Sequence[str] | None = None,
        starred: bool | None = None,
    ) -> None:
        """Change what is given of a run."""
        given = {"name": name, "note": note, "tags": None if tags is None else tags_as_text(tags), "starred": starred}
        changed: Row = {column: value for column, value in given.items() if value is not None}
        if changed:
            self._writer.change([run_id], partial(saving.edit, run_id=run_id, changed=changed))

    def add(self, kept: Kept) -> bool:
        """Take in a run from elsewhere that has ended; return whether it was not here before.

        One that is here already stays as it is; one that was deleted is taken back as it was.

        Raises
        ------
        Refused
            It goes on, is damaged, or there is no history.
        """
        adding.check(kept)
        new = not self.knows(kept.run.id)
        self._deleted.discard(kept.run.id)
        self._writer.change([kept.run.id], partial(adding.add, kept=kept))
        return new

    def delete(self, run_ids: Iterable[str]) -> None:
        """Put runs aside: nothing shows them any more; ``restore`` takes them back until ``purge``."""
        self._mark(run_ids, deleted=True)

    def restore(self, run_ids: Iterable[str]) -> None:
        """Take back what was deleted."""
        self._mark(run_ids, deleted=False)

    def _mark(self, run_ids: Iterable[str], *, deleted: bool) -> None:
        wanted = list(run_ids)
        (self._deleted.update if deleted else self._deleted.difference_update)(wanted)
        for run_id in wanted:
            self._writer.change([run_id], partial(saving.mark_deleted, run_id=run_id, deleted=deleted))

    def purge(self) -> None:
        """Forget for good what was deleted here; a run that goes on stays until it has ended."""
        if self._deleted:
            self._writer.change(self._deleted, saving.delete(sorted(self._deleted), only_marked=True))
            self._deleted.clear()

    def bury_the_dead(self) -> None:
        """Have runs marked as interrupted whose program has gone meanwhile; ``changed`` tells of those there are."""
        if any(not locks.is_held(live) for live in live_files(self.path)):
            self._writer.bury()

    def flush(self, timeout: float = 10.0) -> bool:
        """Wait until all that was asked for is on the disk; return whether it is, by the end of so many seconds."""
        return self._writer_or_none is None or self._writer_or_none.flush(timeout)

    def close(self, timeout: float = 10.0) -> bool:
        """Purge, write what is left, and end the thread; return whether that was done in time.

        A run that has not ended is found by the next program, and marked as interrupted.
        """
        if self._writer_or_none is None:
            return True
        self.purge()
        self._closed = True
        self._readers.close()
        return self._writer_or_none.close(timeout)

    # What asks it

    def count(self, wanted: Filter = Filter()) -> int:  # noqa: B008 - frozen
        """Return how many runs there are."""
        with self._reading() as connection:
            return queries.count(connection, wanted) if connection is not None else 0

    def page(
        self,
        wanted: Filter = Filter(),  # noqa: B008 - frozen
        sort: Sort = Sort(),  # noqa: B008 - frozen
        offset: int = 0,
        limit: int = 100,
    ) -> list[Entry]:
        """Return some of the runs in their order, from ``offset`` on, at most ``limit``."""
        with self._reading() as connection:
            if connection is None:
                return []
            return queries.page(connection, wanted, sort, offset, limit, self._writer.status_of)

    def choices(self, column: str) -> list[str]:
        """Return the values that there are of ``dataset, model, optimizer, schedule, kind, status`` or ``tags``."""
        with self._reading() as connection:
            return queries.choices(connection, column) if connection is not None else []

    def ids(self, prefix: str) -> list[str]:
        """Return the ids that begin with a prefix, the newest run's first."""
        with self._reading() as connection:
            return queries.ids(connection, prefix) if connection is not None else []

    @property
    def readable(self) -> bool:
        """Whether there is a history that can be read now; else all that is asked is answered with nothing."""
        with self._reading() as connection:
            return connection is not None

    def entry(self, run_id: str) -> Entry:
        """Return the line of one run.

        Raises
        ------
        Refused
            There is no such run, or no history.
        """
        with self._reading() as connection:
            return queries.entry(self._there(connection), run_id, self._writer.status_of)

    def origin(self, run_id: str) -> dict[str, Any]:
        """Return by what a run was made: its ``versions`` by package, and its ``environment``, the computer.

        Raises
        ------
        Refused
            There is no such run, or no history.
        """
        with self._reading() as connection:
            return queries.origin(self._there(connection), run_id)

    def knows(self, run_id: str) -> bool:
        """Whether there is this run, and it is not deleted.

        Raises
        ------
        Refused
            There is no history.
        """
        with self._reading() as connection:
            return run_id in queries.ids(self._there(connection), run_id)

    def kept(self, run_id: str) -> Kept:
        """Return a run whole, with all that belongs to it.

        Raises
        ------
        Refused
            There is no such run, it is damaged, or there is no history.
        """
        with self._reading() as connection:
            there = self._there(connection)
            run, entry = self._loaded(there, run_id), queries.entry(there, run_id, self._writer.status_of)
            made = queries.origin(there, run_id)
        return Kept(run, entry.name, entry.note, entry.tags, entry.starred, made["versions"], made["environment"])

    def load(self, run_id: str) -> Run:
        """Return a run whole; its config may be an ``UnreadableConfig``.

        Raises
        ------
        Refused
            There is no such run, it is damaged, or there is no history.
        """
        with self._reading() as connection:
            return self._loaded(self._there(connection), run_id)

    def _loaded(self, connection: sqlite3.Connection, run_id: str) -> Run:
        run = loading.load(connection, run_id)
        if not run.ended and queries.entry(connection, run_id, self._writer.status_of).status is RunStatus.INTERRUPTED:
            run.status, run.message = RunStatus.INTERRUPTED, INTERRUPTED
        return run

    def _there(self, connection: sqlite3.Connection | None) -> sqlite3.Connection:
        if connection is None:
            raise Refused(self.notice or say("The history in {file} cannot be read now.", file=str(self.path)))
        return connection

    def _reading(self) -> contextlib.AbstractContextManager[sqlite3.Connection | None]:
        """Yield this thread's connection, on one state of the file; None where there is no history."""
        return self._readers.reading() if self._has_opened() else contextlib.nullcontext()

    def _has_opened(self) -> bool:
        """Wait for the file to be open, and return whether it is."""
        if self._closed:
            return False
        self._writer.opened.wait(_OPEN_SECONDS)
        return self._writer.refusal is None

    def _tell_changed(self, run_ids: frozenset[str]) -> None:
        for listener in list(self.changed):
            listener(run_ids)
