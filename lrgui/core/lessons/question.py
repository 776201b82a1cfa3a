"""A question that is asked before the outcome is seen, and how a guess is compared with it."""

from typing import Literal

from pydantic import Field, ValidationInfo, field_validator

from lrgui.core.config.base import Config, refused
from lrgui.core.lessons.measures import AnyMeasure
from lrgui.core.lessons.texts import Words
from lrgui.core.messages import Message, say

PlotName = Literal["", "descent", "loss", "descent_rate", "schedule", "sweep", "training_loss", "accuracy", "rate"]
"""The plots on which a guess can be drawn; "" is none.

``descent``, ``loss`` and ``descent_rate`` are on the page of the descent, ``schedule`` on that of schedules, ``sweep``
on that of the range test, ``training_loss``, ``accuracy`` and ``rate`` on that of training.
"""


class Option(Config):
    """One answer of several: right if the outcome is at least ``least`` and below ``below``."""

    text: Words
    least: float = -1e300
    below: float = 1e300


class Question(Config):
    """What is to be foretold.

    ``kind`` is how: a number that is typed, a point that is dragged on the plot, or one of some options. ``outcome``
    is the number that it is about. The guess is drawn on the plot: where the outcome is along y it stands at the x of
    ``at`` (below 0 is the right end of the plot), and where it is along x it is a line, which at first stands at
    ``at``. ``example`` is what the demonstration guesses: a number, or that of an option from 1.
    """

    kind: Literal["number", "point", "choice"]
    text: Words
    outcome: AnyMeasure
    format: Literal["number", "rate", "percent"] = "number"
    plot: PlotName = ""
    axis: Literal["x", "y"] = "y"
    at: float = 0.0
    example: float | None = None
    option: tuple[Option, ...] = Field((), validate_default=True)

    @field_validator("plot")
    @classmethod
    def _a_point_is_dragged_on_a_plot(cls, plot: str, info: ValidationInfo) -> str:
        if not plot and info.data.get("kind") == "point":
            raise refused(say("A point needs the name of a plot on which it is dragged."))
        return plot

    @field_validator("option")
    @classmethod
    def _a_choice_has_options(cls, options: tuple[Option, ...], info: ValidationInfo) -> tuple[Option, ...]:
        if info.data.get("kind") == "choice" and len(options) < 2:
            raise refused(say("A choice needs two options at least: [[step.question.option]]."))
        return options

    def option_at(self, outcome: float | None) -> int | None:
        """Return the number of the option that is right for an outcome, from 0; None if none is."""
        if outcome is None:
            return None
        fitting = (place for place, option in enumerate(self.option) if option.least <= outcome < option.below)
        return next(fitting, None)

    def told(self, value: float | None) -> Message:
        """Write a number as this question's are written."""
        if value is None:
            return say("none")
        return Message(f"{{value:{self.format}}}", {"value": value})
