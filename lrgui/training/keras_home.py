"""Where Keras keeps data sets: in ``KERAS_HOME``, by default ``~/.keras``."""

import os
import tempfile
from pathlib import Path


def folder() -> Path:
    """Return the folder into which data sets go.

    Keras turns to the temporary folder where its home cannot be written to, and so does this.
    """
    home = _home()
    return (home if _may_be_written(home) else _temporary_home()) / "datasets"


def find(name: str) -> Path | None:
    """Return the file of this name under ``datasets``, if it is there.

    What lies in a home that can only be read, as in a class room, is found as well: Keras itself would pass it over.
    """
    for place in (folder(), _home() / "datasets"):
        if (place / name).is_file():
            return place / name
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
