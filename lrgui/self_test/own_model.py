"""A Python file with a model is tried in a child process, as before it is trained."""

from pathlib import Path

from lrgui.core.contents import content_hash
from lrgui.core.trust import keep_in, trust

_FILE = """\
import keras


def build_model():
    return keras.Sequential([keras.layers.Input((4,)), keras.layers.Dense(2)])
"""
_SECONDS = 60.0


def check(folder: Path | None) -> None:
    """Write such a file, allow it, and have it tried.

    Raises
    ------
    Refused
        It could not be run there.
    """
    from lrgui.training.own.trial import try_file

    assert folder is not None
    keep_in(folder)
    file = folder / "model.py"
    file.write_text(_FILE, encoding="utf-8")
    trust().allow(content_hash(file), file.name)
    try_file(file, _SECONDS)
