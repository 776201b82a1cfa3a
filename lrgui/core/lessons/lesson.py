"""What a lesson is: a title and its steps, as they stand in the file."""

from collections.abc import Mapping
from pathlib import Path

from pydantic import Field, ValidationInfo, field_validator

from lrgui.core.config.base import Config, refused
from lrgui.core.lessons.conditions import AnyCondition
from lrgui.core.lessons.measures import AnyMeasure
from lrgui.core.lessons.orders import AnyOrder
from lrgui.core.lessons.question import Question
from lrgui.core.lessons.texts import Words, can_be_filled, names_in
from lrgui.core.messages import Message, say


class Step(Config):
    """One step.

    ``text`` explains in a sentence or two, ``task`` says what to do, ``do`` does it, ``done`` tells when it is done by
    whomever, ``values`` names the numbers that are read then, and ``seen`` speaks of them.
    """

    title: Words
    text: Words
    task: Words
    do: tuple[AnyOrder, ...] = ()
    done: tuple[AnyCondition, ...] = ()
    question: Question | None = None
    values: Mapping[str, AnyMeasure] = Field(default_factory=dict)
    seen: Words

    @field_validator("seen")
    @classmethod
    def _speaks_of_what_is_measured(cls, seen: dict[str, str], info: ValidationInfo) -> dict[str, str]:
        known = set(info.data.get("values", ()))
        for language, text in seen.items():
            if (problem := _problem_of(text, known)) is not None:
                raise refused(problem, (language,))
        return seen


def _problem_of(text: str, known: set[str]) -> Message | None:
    try:
        unknown = sorted(names_in(text) - known)
    except ValueError:
        return say("A brace lacks its partner: a number stands in the text as {name}.", name="{name}")
    if not unknown:
        return None if can_be_filled(text) else say("A number stands in the text as {name}.", name="{name:number}")
    there = ", ".join(sorted(known)) or say("none")
    return say("There is no number '{name}' among the step's values; there are {known}.", name=unknown[0], known=there)


class Lesson(Config):
    """A sequence of steps. ``order`` sorts lessons, ``file`` is where it was read from; its stem names it."""

    title: Words
    summary: Words
    order: int = 1000
    step: tuple[Step, ...] = Field(min_length=1)
    file: Path = Path("lesson.toml")

    @property
    def name(self) -> str:
        """The word that stands for it: the name of its file without the ending."""
        return self.file.stem
