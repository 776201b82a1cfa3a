"""The history as the commands meet it: where it lies, opened for as long as they work, and what it has to tell."""

import argparse
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from lrgui.cli.output import complain
from lrgui.core.messages import Message, say
from lrgui.core.profile import user_profile
from lrgui.core.store import FILE_NAME, Store

_CLOSE_SECONDS = 30.0


def add_profile(parser: argparse._ActionsContainer) -> None:
    """Add the option that says where the history lies."""
    parser.add_argument(
        "--profile", metavar="FOLDER", help=str(say("Keep the history in this folder, and not in that of the window."))
    )


def add_history(parser: argparse.ArgumentParser) -> None:
    """Add the options that say whether a run is kept, and where."""
    kept = parser.add_argument_group(str(say("History")))
    kept.add_argument("--no-history", action="store_true", help=str(say("Do not keep this run.")))
    add_profile(kept)


@contextmanager
def opened_history(who: str, typed: Mapping[str, Any]) -> Iterator[Store]:
    """Yield the history; what it has to tell is printed when it has been closed, line by line on stderr.

    Parameters
    ----------
    who : str
        Who complains.
    typed : mapping
        With the option of ``add_profile``.
    """
    folder = typed["profile"]
    profile = user_profile() if folder is None else Path(folder).expanduser()
    told: list[Message] = []
    store = Store(profile / FILE_NAME, told=told.append)
    try:
        yield store
    finally:
        store.close(_CLOSE_SECONDS)
        for message in told:
            complain(who, message)
