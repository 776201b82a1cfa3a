"""The lessons that come with the program can be read."""

from pathlib import Path

from lrgui.core.lessons import lessons_in
from lrgui.core.messages import Refused, say
from lrgui.resources import resource


def check(folder: Path | None) -> None:
    """Read all lessons.

    Raises
    ------
    Refused
        There is none, or one cannot be read.
    """
    shelf = lessons_in([resource("lessons")])
    if shelf.problems:
        raise Refused(shelf.problems[0])
    if not shelf.lessons:
        raise Refused(say("There is no lesson."))
