"""A mark in the profile while TensorFlow is imported: it is left behind where the program did not survive that.

Beside the mark lies a file that the process holds locked, and that the system lets go with it: whose lock is held is
alive, whatever became of process numbers since. A crash writes its last words into the mark.
"""

import faulthandler
import os
import signal
import sqlite3
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from lrgui.core import faults
from lrgui.core.store import locks

LONG_SECONDS = 120.0
"""Who is asked to end before that was merely closed; after that, it hung."""

_PREFIX = "importing-"
_END_OF_HEAD = "--\n"
_ASKED = b"Asked to end.\n"
_CRASHED = ("Fatal Python error", "Windows fatal exception")
_POLITE = ("SIGTERM", "SIGHUP", "SIGINT")


@dataclass(frozen=True, slots=True)
class Mark:
    """What a process has left that did not survive the import.

    ``words`` are its last ones, as ``faulthandler`` wrote them; "" if it vanished without any: it was killed, or the
    computer went off. ``seconds`` is how long it had imported when it said them.
    """

    began: str
    process: int
    words: str
    seconds: float

    @property
    def hung(self) -> bool:
        """Whether it was asked to end after it had imported for longer than that takes anywhere."""
        return bool(self.words) and not _crashed(self.words) and self.seconds > LONG_SECONDS


class ImportMarks:
    """The marks under a profile.

    Parameters
    ----------
    profile : Path
        Need not be there yet. Where nothing can be written, no mark is made, and nothing is held against anybody.
    """

    def __init__(self, profile: Path) -> None:
        self._profile = profile

    def last(self) -> Mark | None:
        """Return the newest mark of a process that is gone, if any."""
        marks = [mark for path in self._left() if (mark := _read(path)) is not None]
        return max(marks, key=lambda mark: mark.began, default=None)

    def clear(self) -> None:
        """Forget the marks of all processes that are gone."""
        for path in self._left():
            _remove(path)

    def _left(self) -> list[Path]:
        with suppress(OSError):
            return [path for path in self._profile.glob(f"{_PREFIX}*.txt") if not _alive(path)]
        return []

    @contextmanager
    def importing(self) -> Iterator[None]:
        """Mark this process for as long as it imports; however Python goes on after that, the mark is taken away."""
        with ExitStack() as stack:
            with suppress(OSError, sqlite3.Error):
                self._mark(stack)
            yield

    def _mark(self, stack: ExitStack) -> None:
        self._profile.mkdir(parents=True, exist_ok=True)
        path = self._profile / f"{_PREFIX}{os.getpid()}.txt"
        # Held before the mark is there: nobody is to take it for one of the dead.
        lock = locks.FileLock(path.with_suffix(".live"))
        stack.callback(_remove, path)
        stack.callback(lock.release)  # first, or Windows would keep the file
        file = stack.enter_context(path.open("w", encoding="utf-8"))
        file.write(f"{time.strftime('%Y-%m-%d %H:%M:%S')}\n{os.getpid()}\n{time.time():.3f}\n{_END_OF_HEAD}")
        file.flush()
        stack.enter_context(faults.written_to(file))
        stack.enter_context(_known_to_be_asked(file))


def lift() -> None:
    """Note that a person has asked this process to end: what comes now is not held against the import."""
    if _file is not None:
        os.write(_file.fileno(), _ASKED)


_file: IO[str] | None = None
"""The mark of this process, while it imports."""


@contextmanager
def _known_to_be_asked(file: IO[str]) -> Iterator[None]:
    """Have the mark say it, where somebody asks the process to end: by hand, or because the session is over.

    Qt's loop never comes back to Python for a signal. So this is done in C: ``faulthandler`` writes where this thread
    was, and hands the signal on.
    """
    global _file
    register = getattr(faulthandler, "register", None)  # Windows has none, and no such signals
    numbers = [number for name in _POLITE if (number := getattr(signal, name, None)) is not None]
    taken = [number for number in numbers if register and signal.getsignal(number) is signal.SIG_DFL]
    _file = file
    for number in taken:
        # This thread alone: what the others do goes on meanwhile, and looking at it can crash.
        register(number, file=file, all_threads=False, chain=True)  # type: ignore[misc]
    try:
        yield
    finally:
        for number in taken:
            faulthandler.unregister(number)
        _file = None


def _alive(path: Path) -> bool:
    return locks.is_held(path.with_suffix(".live"))


def _read(path: Path) -> Mark | None:
    """Return a mark that counts; None for one of a process that was asked to end while all was well."""
    try:
        head, _, words = path.read_text(encoding="utf-8", errors="replace").partition(_END_OF_HEAD)
        began, process, since = head.split("\n")[:3]
        mark = Mark(began, int(process), words.strip(), max(0.0, path.stat().st_mtime - float(since)))
    except (OSError, ValueError):
        return None
    return mark if not mark.words or _crashed(mark.words) or mark.hung else None


def _crashed(words: str) -> bool:
    return any(sign in words for sign in _CRASHED)


def _remove(path: Path) -> None:
    for name in (path, path.with_suffix(".live"), path.with_suffix(".live-journal")):
        locks.remove(name)
