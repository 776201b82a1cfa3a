"""What data of a person's own hold, as a number: to tell whether a later run has the same ones."""

import hashlib
import os
from pathlib import Path

from lrgui.core.contents import content_hash


def content_of(path: Path) -> str:
    """Return a hash of a file's content, or of the names and sizes of all files in a folder.

    Raises
    ------
    OSError
        It cannot be read.
    """
    return _of_folder(path) if path.is_dir() else content_hash(path)


def _of_folder(folder: Path) -> str:
    found = hashlib.sha256()
    for place, names, files in os.walk(folder):
        names.sort()
        for name in sorted(files):
            path = Path(place, name)
            found.update(f"{path.relative_to(folder).as_posix()}\0{path.stat().st_size}\0".encode())
    return found.hexdigest()
