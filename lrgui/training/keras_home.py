"""Where data sets lie: in Keras's own home, ``KERAS_HOME``, by default ``~/.keras``; or in the program's package."""

import os
import tempfile
from pathlib import Path

from lrgui.resources import resource

_DATASETS = "datasets"


def folder() -> Path:
    """Return the folder into which data sets go.

    Keras turns to the temporary folder where its home cannot be written to, and so does this.
    """
    home = _home()
    return (home if _may_be_written(home) else _temporary_home()) / _DATASETS


def find(name: str) -> Path | None:
    """Return the file of this name under ``datasets``, if it is there.

    What lies in a home that can only be read, as in a class room, is found as well: Keras itself would pass it over.
    So is what was packaged with the program.
    """
    for place in (folder(), _home() / _DATASETS):
        if (place / name).is_file():
            return place / name
    return _packaged(name)


def _packaged(name: str) -> Path | None:
    try:
        return resource(_DATASETS, name)
    except FileNotFoundError:
        return None


def _home() -> Path:
    return Path(os.environ.get("KERAS_HOME") or os.path.join("~", ".keras")).expanduser()


def _may_be_written(home: Path) -> bool:
    """Return whether the home can be written to, or made; Keras makes it when it is imported."""
    there = home
    while not there.exists() and there.parent != there:
        there = there.parent
    return os.access(there, os.W_OK)


def _temporary_home() -> Path:
    return Path("/tmp" if os.path.isdir("/tmp") else tempfile.gettempdir(), ".keras")
