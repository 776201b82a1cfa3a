"""What a person is told where a run was broken off, and where the history cannot be written."""

import errno
import sqlite3
from pathlib import Path

from lrgui.core.messages import Message, say

INTERRUPTED = say("The program was gone before this run ended. What it had measured by then is here.")

GIVEN_UP = say("The disk could not be written for so long that the end of this run was given up. Its begin is here.")


def not_now(path: Path, error: Exception) -> Message:
    """Say that nothing can be written, and where; what may be written one day is tried again."""
    forbidden = isinstance(error, PermissionError) or getattr(error, "errno", None) == errno.EROFS
    if forbidden or getattr(error, "sqlite_errorname", "").startswith("SQLITE_READONLY"):
        return say(
            "Writing in {folder} is not allowed: what is run now is not kept in the history. All else works; export "
            "what you want to keep.",
            folder=str(path.parent),
        )
    return say(
        "The history cannot be written to {file} now ({error}): runs go on, and it is tried again.",
        file=str(path),
        error=str(error),
    )


def lost(path: Path, error: Exception) -> Message:
    """Say what cannot be mended now: most likely the file was damaged while it was in use."""
    told = "damaged" if type(error) is sqlite3.DatabaseError else type(error).__name__
    return say(
        "The history in {file} cannot be used any more ({what}: {error}): what is run now is not kept. It is looked at "
        "when the program is opened the next time.",
        file=str(path),
        what=told,
        error=str(error),
    )
