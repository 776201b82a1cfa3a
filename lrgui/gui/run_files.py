"""Whole runs from files: taken into the history, so that they can be opened as any other."""

from pathlib import Path

from lrgui.core.messages import Message, Refused, say
from lrgui.core.runs import Run
from lrgui.core.store import Store
from lrgui.core.store.run_file import read_run_file


def taken_in(store: Store, path: Path) -> Run | Refused:
    """Return the run in a file, which is in the history now; why not, if it cannot be read or kept.

    Not for the window's thread: a long run takes a second.
    """
    try:
        kept = read_run_file(path)
        store.add(kept)
        store.flush()
        kept.run.name = kept.name or kept.run.name
    except Refused as refused:
        return refused
    return kept.run


def told_of(path: Path) -> Message:
    """Say that the run of a file is in the history."""
    return say("{file} is in the history now.", file=path.name)
