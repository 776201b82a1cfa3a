"""Files written whole or not at all: what was there stays until the new one is complete on the disk."""

import os
from collections.abc import Callable
from pathlib import Path


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
    try:
        write(unfinished)
        _to_the_disk(unfinished)
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)


def _to_the_disk(path: Path) -> None:
    """Have the system write what it still holds back: a full disk may show only then."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())
