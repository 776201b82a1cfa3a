"""The connections that read: one a thread, kept until the end."""

import contextlib
import os
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

from lrgui.core.messages import Refused, say
from lrgui.core.store.opening import open_to_read


class Readers:
    """Hands each thread its own connection.

    Parameters
    ----------
    path : Path
        Of the history.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._local = threading.local()
        self._all: list[sqlite3.Connection] = []

    @contextlib.contextmanager
    def reading(self) -> Iterator[sqlite3.Connection | None]:
        """Yield this thread's connection, on one state of the file; None where there is none that could be read.

        Raises
        ------
        Refused
            The disk or the file fails meanwhile.
        """
        connection = self._connection()
        if connection is None:
            yield None
            return
        try:
            connection.execute("BEGIN")
            yield connection
        except (sqlite3.Error, UnicodeEncodeError) as error:  # the latter of a word that is no UTF-8
            told = say("The history in {file} cannot be read now: {error}", file=str(self._path), error=str(error))
            raise Refused(told) from error
        finally:
            with contextlib.suppress(sqlite3.Error):
                connection.execute("ROLLBACK")

    def _connection(self) -> sqlite3.Connection | None:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            try:
                connection = _opened(self._path)
            except sqlite3.OperationalError:
                return None
            self._local.connection = connection
            self._all.append(connection)
        return connection

    def close(self) -> None:
        """Close those of all threads."""
        while self._all:
            self._all.pop().close()


def _opened(path: Path) -> sqlite3.Connection:
    """Open the file; as it lies there, if nothing may be written beside it, which a log needs even to be read.

    Without a log the file alone is the whole history.
    """
    connection = open_to_read(path)
    try:
        connection.execute("SELECT 1 FROM runs LIMIT 0")
    except sqlite3.OperationalError:
        connection.close()
        log = path.with_name(f"{path.name}-wal")
        if os.access(path.parent, os.W_OK) or (log.exists() and log.stat().st_size):
            raise
        connection = open_to_read(path, unchanging=True)
    return connection
