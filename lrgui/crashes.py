"""What is left of a program that ended by itself: a trace, written by ``faulthandler`` while it fell, told once later.

Each process has a file of its own. It is empty as long as nothing happens, and gone after a regular end.
"""

import os
import time
from contextlib import suppress
from pathlib import Path
from typing import IO

from lrgui.core import faults

_FILES, _TOLD = "crash-*.txt", "crash.txt"
_OLD_SECONDS = 30 * 24 * 3600
_MOST_BYTES = 65_536


class CrashFile:
    """Keeps the file open that a falling process writes its trace into.

    Where it cannot be made, nothing is written.

    Parameters
    ----------
    folder : Path
        In which it lies; made if it is not there.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / f"crash-{os.getpid()}.txt"
        self._file: IO[bytes] | None = None
        with suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
            self._file = self.path.open("wb")
            faults.write_to(self._file)

    def close(self) -> None:
        """End it: all went well."""
        if self._file is None:
            return
        faults.write_to(None)
        self._file.close()
        self._file = None
        with suppress(OSError):
            self.path.unlink()


def crash_of_before(folder: Path) -> str:
    """Return the trace of the latest process that fell and was not told of yet; empty if none did.

    What is returned is not returned again. It lies in ``crash.txt`` until the next.
    """
    trace = ""
    for path in sorted(folder.glob(_FILES), key=_age, reverse=True):
        with suppress(OSError):
            if path.stat().st_size > 0:
                path.replace(folder / _TOLD)  # Windows refuses that for one that is still being written
                trace = _read(folder / _TOLD)
            elif _age(path) > _OLD_SECONDS:  # of a process that was killed
                path.unlink()
    return trace


def _age(path: Path) -> float:
    try:
        return time.time() - path.stat().st_mtime
    except OSError:
        return 0.0


def _read(path: Path) -> str:
    with path.open("rb") as file:
        return file.read(_MOST_BYTES).decode("utf-8", "replace")
