"""Files for other people: whole or not at all, never over another without being asked, and every failure told."""

import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path

from lrgui.core.files import beside, write_text, write_whole
from lrgui.core.messages import Message, Refused, say


class Exists(Refused):
    """There is a file or a folder of that name already."""


def put_text(path: Path, text: str, *, overwrite: bool = False) -> None:
    """Write a text; see ``put``."""
    _guarded(path, lambda: write_text(path, text), overwrite=overwrite)


def put(path: Path, write: Callable[[Path], None], *, overwrite: bool = False) -> None:
    """Let ``write`` fill a file, and put it in place when it is whole.

    Parameters
    ----------
    path : Path
        Its folder is there.
    write : callable
        Takes the path of the file to fill, which has the same ending.
    overwrite : bool
        Whether a file that is there may be replaced; a folder never is.

    Raises
    ------
    Exists
        There is one already.
    Refused
        It cannot be written; what was there before is as it was.
    """
    _guarded(path, lambda: write_whole(path, write), overwrite=overwrite)


def _guarded(path: Path, write: Callable[[], None], *, overwrite: bool) -> None:
    check_free(path, overwrite=overwrite and not path.is_dir())
    try:
        write()
    except OSError as error:
        raise Refused(why_not_written(path, error)) from error


def check_free(path: Path, *, overwrite: bool) -> None:
    """Make sure that nothing is in the way, and that the folder is there.

    Raises
    ------
    Exists
        There is one of that name.
    Refused
        The folder is missing.
    """
    if not path.parent.is_dir():
        raise Refused(say("The folder {folder} does not exist.", folder=str(path.parent)))
    # A pipe or a terminal is there to be written to.
    if not overwrite and os.path.lexists(path) and (path.is_file() or path.is_dir() or path.is_symlink()):
        raise Exists(say("{file} exists already.", file=str(path)))


def put_folder(
    path: Path, write: Callable[[Path], None], *, overwrite: bool = False, is_ours: Callable[[Path], bool]
) -> None:
    """Let ``write`` fill a folder, and put it in place when it is whole.

    Parameters
    ----------
    path : Path
        Its own folder is there; it is not, unless it may be replaced.
    write : callable
        Takes the path of an empty folder.
    overwrite : bool
        Whether a folder that is there may be replaced.
    is_ours : callable
        Whether a file in it is of the kind that is written: a folder with anything else in it is never replaced.

    Raises
    ------
    Exists, Refused
        As for ``put``.
    """
    check_free(path, overwrite=overwrite)
    if path.exists() and not (path.is_dir() and all(is_ours(each) for each in path.rglob("*") if not each.is_dir())):
        raise Refused(say("{folder} holds other files: give another folder.", folder=str(path)))
    unfinished = beside(path)
    try:
        unfinished.mkdir()
        write(unfinished)
        if path.exists():
            shutil.rmtree(path)
        unfinished.replace(path)
    except OSError as error:
        raise Refused(why_not_written(path, error)) from error
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def why_not_written(path: Path, error: OSError) -> Message:
    """Say why a file could not be written, and that nothing was lost."""
    folder = str(path.parent)
    if error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", None)):
        return say("There is no room left in {folder}; what was there before is as it was.", folder=folder)
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return say("Writing in {folder} is not allowed: choose another folder.", folder=folder)
    if error.errno == errno.ENAMETOOLONG:
        return say("The name {file} is too long.", file=path.name)
    return say("{file} was not written: {error}", file=str(path), error=error.strerror or str(error))
