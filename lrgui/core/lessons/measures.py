"""The numbers of which a lesson speaks: each is read from the window when a step is done, never written down before."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from lrgui.core.config.base import Choice, described, parse_choice


class Measure(Choice):
    """Where a number comes from."""


class OfWalker(Measure):
    """What a walker of the descent has at a step: its place, its loss, the rate with which it leaves."""

    name: Literal["walker"] = "walker"
    what: Literal["w", "f", "rate"] = described("w", "What", "Place, loss or rate.")
    walker: int = described(1, "Walker", "Its number.", ge=1, le=8)
    step: int = described(0, "Step", "Which step.", ge=0)


class Arrival(Measure):
    """The step from which on a walker stays near the minimum; none if it does not."""

    name: Literal["arrival"] = "arrival"
    walker: int = described(1, "Walker", "Its number.", ge=1, le=8)
    within: float = described(0.01, "Within", "How near is near.", gt=0)


class PlannedRate(Measure):
    """A rate of the schedule on its page: at the start of an epoch, or in the last step of all."""

    name: Literal["planned"] = "planned"
    epoch: int = described(0, "Epoch", "Which epoch, counted from 1; 0 is the last step of the run.", ge=0)


class ReportedRate(Measure):
    """The rate that was read back from the optimizer at the end of an epoch of a training."""

    name: Literal["reported"] = "reported"
    epoch: int = described(0, "Epoch", "Which epoch, counted from 1; 0 is the last.", ge=0)
    back: int = described(0, "Back", "0 is the last training, 1 the one before it.", ge=0)


class Accuracy(Measure):
    """The share of the examples not trained on that a training got right at its end."""

    name: Literal["accuracy"] = "accuracy"
    back: int = described(0, "Back", "0 is the last training, 1 the one before it.", ge=0)


class Gain(Measure):
    """By how much the accuracy of the last training is higher than that of an earlier one, as a share."""

    name: Literal["gain"] = "gain"
    back: int = described(1, "Back", "1 is the training before the last, 2 the one before that.", ge=1)


class FirstFall(Measure):
    """The first epoch of the last training, from 1, whose reported rate is below that of the first epoch."""

    name: Literal["first_fall"] = "first_fall"


class TrainedAt(Measure):
    """The highest rate of a training."""

    name: Literal["trained_at"] = "trained_at"
    back: int = described(0, "Back", "0 is the last training, 1 the one before it.", ge=0)


class OfSweep(Measure):
    """What the last sweep says: the recommendation and its range, the last rate, accuracy after it."""

    name: Literal["sweep"] = "sweep"
    what: Literal["recommended", "low", "high", "last", "accuracy"] = described("recommended", "What", "Which of them.")


class OfForm(Measure):
    """A number in the form of a page, such as its epochs."""

    name: Literal["field"] = "field"
    page: Literal["schedules", "find", "train", "compare"] = described("train", "Page", "Which page.")
    field: str = described("epochs", "Field", "The name of the option, with underscores.", kind="name")


MEASURES: tuple[type[Measure], ...] = (
    OfWalker, Arrival, PlannedRate, ReportedRate, FirstFall, Accuracy, Gain, TrainedAt, OfSweep, OfForm,
)  # fmt: skip

AnyMeasure = Annotated[
    Annotated[
        OfWalker | Arrival | PlannedRate | ReportedRate | FirstFall | Accuracy | Gain | TrainedAt | OfSweep | OfForm,
        Field(discriminator="name"),
    ],
    BeforeValidator(parse_choice),
]
"""A measure as it is typed: ``name,key=value,...``."""
