"""Files written whole or not at all: what was there stays until the new one is complete on the disk."""

import contextlib
import os
import re
import time
from collections.abc import Callable
from pathlib import Path

_ABANDONED_SECONDS = 24 * 3600.0
"""A file that nobody has written to for so long was left behind by a program that was killed."""


def beside(target: Path) -> Path:
    """Return where a file is made that is to take the target's place: in the same folder, with the same ending."""
    return target.with_name(f".{target.stem}.{os.getpid()}{target.suffix}")


def write_text(path: Path, text: str) -> None:
    """Write a text, whole or not at all."""

    def write(unfinished: Path) -> None:
        unfinished.write_text(text, encoding="utf-8", newline="\n")

    write_whole(path, write)


def write_whole(path: Path, write: Callable[[Path], None]) -> None:
    """Let ``write`` fill a file beside the path, and put it in place when it is whole.

    What is no plain file (``/dev/stdout``, a pipe) is written directly.

    Raises
    ------
    OSError
        It could not be written; what was there before is as it was, and nothing is left beside it.
    """
    target = path.resolve()
    if target.exists() and not target.is_file():
        write(target)
        return
    unfinished = beside(target)
    remove_abandoned(target.parent, rf"\.{re.escape(target.stem)}\.\d+{re.escape(target.suffix)}")
    try:
        write(unfinished)
        _to_the_disk(unfinished)
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)


def remove_abandoned(folder: Path, pattern: str) -> None:
    """Remove unfinished files of programs that were killed: those whose whole name matches, and that are a day old."""
    with contextlib.suppress(OSError):
        for path in folder.iterdir():
            if re.fullmatch(pattern, path.name) and path.stat().st_mtime < time.time() - _ABANDONED_SECONDS:
                path.unlink()


def _to_the_disk(path: Path) -> None:
    """Have the system write what it still holds back: a full disk may show only then."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())
