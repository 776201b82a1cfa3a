"""Files that a command writes: refused before the work starts if they cannot be, and then written whole or not."""

import os
from collections.abc import Callable
from pathlib import Path

from lrgui.cli.options import BadInput
from lrgui.core.messages import say


def check_writable(option: str, path: Path) -> None:
    """Make sure that a file can be written there later.

    Raises
    ------
    BadInput
        It is a folder, its folder is missing, or writing is not allowed.
    """
    target = path.resolve()
    if target.is_dir():
        raise BadInput(say("{option} {path}: that is a folder; give the name of a file.", option=option, path=path))
    if not target.parent.is_dir():
        raise BadInput(
            say("{option} {path}: the folder {folder} does not exist.", option=option, path=path, folder=path.parent)
        )
    if not _may_write(target):
        raise BadInput(
            say("{option} {path}: writing there is not allowed; give another file.", option=option, path=path)
        )


def _may_write(target: Path) -> bool:
    if target.exists() and not os.access(target, os.W_OK):
        return False
    if target.exists() and not target.is_file():
        return True
    try:
        _beside(target).touch()
        _beside(target).unlink()
    except OSError:
        return False
    return True


def _beside(target: Path) -> Path:
    return target.with_name(f".{target.stem}.{os.getpid()}{target.suffix}")


def write_text(path: Path, text: str) -> None:
    """Write a text, whole or not at all."""

    def write(unfinished: Path) -> None:
        unfinished.write_text(text, encoding="utf-8")

    write_whole(path, write)


def write_whole(path: Path, write: Callable[[Path], None]) -> None:
    """Let ``write`` fill a file beside the path, and put it in place when it is whole.

    What is no plain file (``/dev/stdout``, a pipe) is written directly.
    """
    target = path.resolve()
    if target.exists() and not target.is_file():
        write(target)
        return
    unfinished = _beside(target)
    try:
        write(unfinished)
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)
