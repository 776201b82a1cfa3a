"""A lock on a file that the system takes back when its process is gone, however that went.

It is SQLite's own lock on an empty database: the same code on Linux, macOS and Windows, and sound for several
connections of one process as well, which a bare ``fcntl`` lock is not. A heartbeat in a column would need a clock that
nobody sets, and would take a laptop that slept for a dead one.
"""

import contextlib
import sqlite3
from pathlib import Path
from typing import Self


class FileLock:
    """Holds a file, alone, until it is released or the process is gone.

    Parameters
    ----------
    path : Path
        A file of its own, made if it is not there; nothing is ever written into it.
    wait : float
        For how many seconds to try.

    Raises
    ------
    sqlite3.OperationalError
        Somebody else holds it, or it cannot be made.
    """

    def __init__(self, path: Path, wait: float = 0.0) -> None:
        self.path = path
        self._connection = sqlite3.connect(path, timeout=wait, isolation_level=None, check_same_thread=False)
        try:
            self._connection.execute("BEGIN EXCLUSIVE")
        except BaseException:
            self._connection.close()
            raise

    def release(self) -> None:
        """Let it go; the file stays."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.release()


def is_held(path: Path) -> bool:
    """Whether a living process holds this file."""
    if not path.exists():
        return False
    try:
        FileLock(path).release()
    except sqlite3.OperationalError:
        return True
    return False


def remove(path: Path) -> None:
    """Remove a lock's file that nobody holds, if the system lets it go; SQLite may have left another beside it."""
    for left in (path.with_name(f"{path.name}-journal"), path):
        with contextlib.suppress(OSError):
            left.unlink(missing_ok=True)
