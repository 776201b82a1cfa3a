"""TensorFlow's import as this program does it: marked, not tried again by itself where it crashed, explained."""

import traceback
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from lrgui.core.messages import Message, Refused, say

if TYPE_CHECKING:
    from lrgui.core.import_mark import ImportMarks

_refusal: Message | None = None
"""Why runs are refused in this process, if they are."""

_broken = False
"""Whether an import has failed in this process: what it has left half made does no good to another one."""


def check() -> None:
    """Return unless TensorFlow could not be loaded; every job that needs it asks this first.

    Raises
    ------
    Refused
        The sentence that says why, with what can be done.
    """
    if _refusal is not None:
        raise Refused(_refusal)


def load(profile: Path, import_all: Callable[[], None], warn: Callable[[Message], None] | None = None) -> None:
    """Import what runs need, unless a program did not survive that the last time.

    Parameters
    ----------
    profile : Path
        Under which the marks lie.
    import_all : callable
        Does the imports.
    warn : callable, optional
        Given where a person is waiting for it: then it is told what happened the last time, and the import is tried.

    Raises
    ------
    Refused
        It was not tried, or failed; ``check`` says the same from now on.
    """
    if (told := _what_happened(profile)) is not None:
        if warn is None:
            _refuse(told)
        else:
            warn(told)
    _import(profile, import_all)


def load_again(profile: Path, import_all: Callable[[], None]) -> None:
    """Do so because a person has asked for it: in a process of its own first, where a crash costs nothing.

    Raises
    ------
    Refused
        It failed again.
    """
    from lrgui.core.load_failures import explain
    from lrgui.doctor.trial import try_tensorflow

    trial = try_tensorflow()
    if trial.evidence is not None:
        _refuse(explain(trial.evidence))
    if _broken:
        _marks(profile).clear()
        _refuse(say("TensorFlow can be loaded now: close the program, and open it again."))
    _import(profile, import_all)


def _marks(profile: Path) -> "ImportMarks":
    from lrgui.core.import_mark import ImportMarks  # not before the window is there

    return ImportMarks(profile)


def _what_happened(profile: Path) -> Message | None:
    """Return the sentence about the last import that was not survived, if there is one."""
    mark = _marks(profile).last()
    if mark is None:
        return None
    from lrgui.core.load_failures import evidence_of_mark, explain

    return explain(evidence_of_mark(mark))


def _import(profile: Path, import_all: Callable[[], None]) -> None:
    global _refusal, _broken
    marks = _marks(profile)
    try:
        with marks.importing():
            import_all()
    except Exception as error:
        from lrgui.core.load_failures import Evidence, explain

        _broken = True
        _refuse(explain(Evidence("".join(traceback.format_exception(error)))), error)
    marks.clear()
    _refusal = None


def _refuse(told: Message, cause: Exception | None = None) -> None:
    global _refusal
    _refusal = told
    raise Refused(told) from cause
