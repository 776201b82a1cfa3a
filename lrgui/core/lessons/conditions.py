"""When a step of a lesson is done, whoever did it: what has to be so in the window."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from lrgui.core.config.base import Choice, described, parse_choice, parse_optional
from lrgui.core.lessons.orders import PageName, Picture


class Condition(Choice):
    """Something that can be so or not."""


class PageShown(Condition):
    """A page is in front."""

    name: Literal["page"] = "page"
    page: PageName = described("descent", "Page", "Which page.")


class WalkerIs(Condition):
    """There is such a walker on the page of the descent; what is not given may be anything."""

    name: Literal["walker"] = "walker"
    walker: int = described(1, "Walker", "Its number.", ge=1, le=8)
    rate_from: float = described(0.0, "Rate from", "The lowest rate.", ge=0)
    rate_to: float = described(1e9, "Rate to", "The highest rate.", gt=0)
    schedule: str = described("", "Schedule", "The name of its schedule.", kind="name")


class StepReached(Condition):
    """Time on the page of the descent has come to a step."""

    name: Literal["reached"] = "reached"
    step: int = described(30, "Step", "Which step.", ge=0)


class PictureShown(Condition):
    """One of the pictures of the descent is shown."""

    name: Literal["picture"] = "picture"
    picture: Picture = described("table", "Picture", "Which picture.")


class FieldIs(Condition):
    """A field of a page's form has a value; of a choice, its name is compared."""

    name: Literal["field"] = "field"
    page: PageName = described("schedules", "Page", "Which page.")
    field: str = described("schedule", "Field", "The name of the option, with underscores.", kind="name")
    value: str = described("", "Value", "Its value, or the name of the choice; several with spaces.", kind="name")


class RunEnded(Condition):
    """A run has ended since the step began; what is not given may be anything.

    ``times_from`` and ``times_to`` bound the rate of a training by the recommendation of the last sweep.
    """

    name: Literal["run"] = "run"
    run: Literal["range_test", "training", "comparison"] = described("training", "Run", "What sort of run.")
    schedule: str = described("", "Schedule", "The name of a training's schedule.", kind="name")
    times_from: Annotated[float | None, BeforeValidator(parse_optional)] = described(
        None, "Times from", "The lowest rate of a training, in recommended ones.", gt=0
    )
    times_to: Annotated[float | None, BeforeValidator(parse_optional)] = described(
        None, "Times to", "The highest rate of a training, in recommended ones.", gt=0
    )


CONDITIONS: tuple[type[Condition], ...] = (PageShown, WalkerIs, StepReached, PictureShown, FieldIs, RunEnded)

AnyCondition = Annotated[
    Annotated[PageShown | WalkerIs | StepReached | PictureShown | FieldIs | RunEnded, Field(discriminator="name")],
    BeforeValidator(parse_choice),
]
"""A condition as it is typed: ``name,key=value,...``."""
