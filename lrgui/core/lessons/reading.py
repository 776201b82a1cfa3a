"""A lesson from its file; whatever is wrong in it is told in one sentence, with the file and the line."""

import re
import tomllib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from lrgui.core.config.base import Choice, Config
from lrgui.core.config.fields import choice_name, problems
from lrgui.core.lessons.conditions import CONDITIONS
from lrgui.core.lessons.lesson import Lesson, Step
from lrgui.core.lessons.measures import MEASURES
from lrgui.core.lessons.orders import ORDERS
from lrgui.core.lessons.question import Option, Question
from lrgui.core.lessons.toml_lines import Place, lines_of
from lrgui.core.messages import Message, Refused, say

MOST_BYTES = 200_000
"""The lessons of the program have some 10 kB each, in two languages."""

# A key of so many parts, where lessons have three: each part costs the reader as much as all before it.
_DEEP_KEY = re.compile(r"""(?<![\w-])(?:(?:[\w-]++|"(?:[^"\\\n]|\\.)*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){20}""")
_SYNTAX = re.compile(r"(?P<reason>.*) \(at (?:line (?P<line>\d+), column \d+|end of document)\)", re.DOTALL)
_CHOICES = {"do": ORDERS, "done": CONDITIONS, "values": MEASURES, "outcome": MEASURES}
# What follows from something else: a word that is wrong is missing where it should be, a wrong step in the list.
_LATER = {"missing": 1, "too_short": 2}
_TABLES: dict[tuple[str, ...], type[Config]] = {
    (): Lesson,
    ("step",): Step,
    ("step", "question"): Question,
    ("step", "question", "option"): Option,
}


def read_lesson(file: Path) -> Lesson:
    """Read a lesson.

    Raises
    ------
    Refused
        It cannot be read, or something in it is wrong: the sentence names the file and the line.
    """
    try:
        with file.open("rb") as opened:
            content = opened.read(MOST_BYTES + 1)
        text = content.decode("utf-8").replace("\r\n", "\n")
    except (OSError, UnicodeDecodeError) as error:
        raise Refused(say("{file} cannot be read: {reason}", file=file.name, reason=str(error))) from error
    if len(content) > MOST_BYTES:
        most = MOST_BYTES // 1000
        raise Refused(say("{file} is larger than {most} kB, and no lesson is.", file=file.name, most=most))
    return lesson_from(text, file)


def lesson_from(text: str, file: Path) -> Lesson:
    """Read a lesson from the text of its file; raises like ``read_lesson``."""
    deep = Refused(say("{file} is no lesson: it is nested too deeply.", file=file.name))
    if _DEEP_KEY.search(text):
        raise deep
    try:
        return _lesson_from(text, file)
    except RecursionError as error:
        raise deep from error


def _lesson_from(text: str, file: Path) -> Lesson:
    try:
        raw = tomllib.loads(text)
    except ValueError as error:  # also a number of more digits than Python reads
        raise _refusal(file, *_syntax(str(error), text)) from error
    try:
        return Lesson(**{**raw, "file": file})
    except ValidationError as error:
        raise _refusal(file, *_first_problem(error, lines_of(text))) from error


def _refusal(file: Path, line: int, problem: Message) -> Refused:
    return Refused(say("{file}, line {line}: {problem}", file=file.name, line=line, problem=problem))


def _syntax(told: str, text: str) -> tuple[int, Message]:
    found = _SYNTAX.fullmatch(told)
    line = int(found["line"]) if found and found["line"] else text.rstrip().count("\n") + 1
    return line, say("This is no TOML: {reason}.", reason=found["reason"] if found else told)


def _first_problem(error: ValidationError, lines: dict[Place, int]) -> tuple[int, Message]:
    """Return the problem that stands first in the file, with its line."""
    found = []
    for entry in error.errors(include_url=False):
        place = (*entry["loc"], *entry.get("ctx", {}).get("at", ()))
        found.append((_LATER.get(entry["type"], 0), _line_of(place, lines), _sentence(entry["loc"], entry)))
    _, line, problem = min(found, key=lambda each: each[:2])
    return line, problem


def _line_of(place: Sequence[str | int], lines: dict[Place, int]) -> int:
    """Return the line of a place, or of what it is in: pydantic also names the choice, which is no key."""
    known: Place = ()
    for part in place:
        if (*known, part) in lines:
            known = (*known, part)
    return lines[known]


def _sentence(place: Sequence[str | int], entry: Any) -> Message:
    names = tuple(part for part in place if isinstance(part, str))
    context, kind, key = entry.get("ctx", {}), entry["type"], names[-1] if names else ""
    if isinstance(message := context.get("message"), Message):
        return message
    if (choice := _choice_at(names)) is not None:
        path = names[names.index(choice_name(choice), 1) + 1 :]
        return _of_choice(choice, path, entry)
    if kind == "missing":
        return say("'{key}' is missing here.", key=key)
    if kind == "extra_forbidden":
        return say("There is no '{key}' here; there are {known}.", key=key, known=_known(names[:-1]))
    if kind in ("union_tag_invalid", "union_tag_not_found"):
        return say("There is no '{given}' here; there are {known}.", given=_tag(entry["input"]), known=_tags(names))
    if kind == "literal_error":
        return say("'{key}' takes one of {known}.", key=key, known=context["expected"].replace("'", ""))
    if kind == "too_short":
        return say("A lesson needs one step at least: [[step]].")
    return say("'{key}' takes {noun}.", key=key, noun=_noun(kind))


def _of_choice(choice: type[Choice], path: tuple[str, ...], entry: Any) -> Message:
    """Let the choice itself say what its field takes, as on the command line."""
    if entry["type"] == "extra_forbidden":
        known = ", ".join(name for name in choice.model_fields if name != "name")
        return say("'{choice}' has no '{key}'; it has {known}.", choice=choice_name(choice), key=path[-1], known=known)
    try:
        choice(**{path[0]: entry["input"]})
    except ValidationError as again:
        return next(iter(problems(choice, again).values()))
    return say("'{key}' takes something else.", key=path[0])


def _choice_at(names: tuple[str, ...]) -> Any:
    """Return the class of the order, condition or measure that a place is in, if it is in a field of one."""
    for number, name in enumerate(names[:-1]):
        after = names[number + 1 :]
        for choice in _CHOICES.get(name, ()):
            inner = after[1:] if name == "values" else after
            if len(inner) > 1 and inner[0] == choice_name(choice):
                return choice
    return None


def _known(table: tuple[str, ...]) -> str:
    config = _TABLES.get(table)
    return ", ".join(name for name in config.model_fields if name != "file") if config else "-"


def _tag(given: Any) -> str:
    return str(given.get("name", "")) if isinstance(given, dict) else str(given)


def _tags(names: Iterable[str]) -> str:
    choices = next(_CHOICES[name] for name in names if name in _CHOICES)
    return ", ".join(choice_name(choice) for choice in choices)


def _noun(kind: str) -> Message:
    if kind.startswith("int"):
        return say("a whole number")
    if kind.startswith(("float", "finite")):
        return say("a number")
    if kind.startswith(("tuple", "list")):
        return say("a list in brackets")
    if kind.startswith(("model", "dict", "mapping")):
        return say("a table")
    return say("a text")
