"""Files that a command writes: refused before the work starts if they cannot be, and then written whole or not."""

import os
from pathlib import Path

from lrgui.cli.options import BadInput
from lrgui.core.files import beside, write_text, write_whole
from lrgui.core.messages import say

__all__ = ["check_writable", "write_text", "write_whole"]


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
        beside(target).touch()
        beside(target).unlink()
    except OSError:
        return False
    return True
