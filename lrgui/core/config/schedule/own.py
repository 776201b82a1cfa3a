"""Rates that a person makes up: levels, a formula, a drawing."""

from itertools import pairwise
from typing import Annotated, Literal

from pydantic import FailFast, Field, ValidationInfo, field_validator

from lrgui.core.config.base import described, refused
from lrgui.core.config.lengths import READ_NUMBERS, WRITE_LIST, Lengths, epochs
from lrgui.core.config.points import Point, Points
from lrgui.core.config.schedule.base import ScheduleChoice
from lrgui.core.messages import Refused, say

FORMULA_NAMES = ("step", "epoch", "steps", "epochs", "rate")
"""What a formula of the rate may speak of. ``epoch`` is a whole number, from 0."""

MOST_PARTS = 100
"""More levels or points are no schedule that anybody could type."""

Shares = Annotated[tuple[Annotated[float, Field(ge=0, le=1)], ...], FailFast(), READ_NUMBERS, WRITE_LIST]


class Piecewise(ScheduleChoice):
    """Levels: ``r shares[i]``, where ``i`` is how many boundaries are at or before step ``k``.

    Source: ``keras.optimizers.schedules.PiecewiseConstantDecay``. There, a boundary is the last step of the old
    level; here it is the first of the new one, so that five epochs are five epochs.
    """

    title = say("Piecewise")
    summary = say("Levels of your own, each from a boundary to the next.")

    name: Literal["piecewise"] = "piecewise"
    boundaries: Lengths = described(
        (epochs(5), epochs(8)), "Boundaries", "When one level ends and the next begins, in order."
    )
    shares: Shares = described(
        (1.0, 0.1, 0.01), "Shares", "The levels, as shares of the learning rate: one more than boundaries."
    )

    @field_validator("boundaries")
    @classmethod
    def _boundaries_are_in_order(cls, boundaries: Lengths) -> Lengths:
        if len(boundaries) > MOST_PARTS:
            raise refused(say("There are at most {most} boundaries.", most=MOST_PARTS))
        if any(boundary.amount == 0 for boundary in boundaries):
            raise refused(say("Nothing is before step 0: a boundary is above it."))
        for before, after in pairwise(boundaries):
            if before.unit == after.unit and after.amount <= before.amount:
                raise refused(
                    say(
                        "Boundaries come in order; {after} is not after {before}.", after=str(after), before=str(before)
                    )
                )
        return boundaries

    @field_validator("shares")
    @classmethod
    def _one_more_level_than_boundaries(cls, shares: tuple[float, ...], info: ValidationInfo) -> tuple[float, ...]:
        boundaries = info.data.get("boundaries")
        if boundaries is not None and len(shares) != len(boundaries) + 1:
            raise refused(
                say(
                    "Give one share more than boundaries: {wanted}, not {given}.",
                    wanted=len(boundaries) + 1,
                    given=len(shares),
                )
            )
        return shares


class Formula(ScheduleChoice):
    """A formula of the step, typed by a person, which gives the rate itself.

    ``step`` and ``epoch`` count from 0 and from the end of the warm-up, ``steps`` and ``epochs`` are how many there
    are from there on, ``rate`` is the learning rate. See ``lrgui.core.expressions`` for what can be written.
    """

    title = say("Formula")
    summary = say("Any formula of step, epoch, steps, epochs and rate.")

    name: Literal["expression"] = "expression"
    formula: str = described(
        "rate * (1 - step / steps)",
        "Formula",
        "The rate at a step, of step, epoch, steps, epochs, rate; functions are min max exp log sqrt cos sin tan "
        "tanh abs floor where, as in where(epoch < 5, rate, rate / 10).",
    )

    @field_validator("formula")
    @classmethod
    def _can_be_read(cls, formula: str) -> str:
        from lrgui.core.expressions import parse  # the start of the window does not need it

        try:
            return parse(formula, FORMULA_NAMES).text
        except Refused as refusal:
            raise refused(refusal.message) from refusal


class Drawn(ScheduleChoice):
    """Straight lines between points: over the run from 0 to 1, as shares of the learning rate.

    Step ``k`` of ``n`` lies at ``k / (n - 1)``. Before the first point and after the last the rate stays. Drawn on a
    log axis, the lines are straight there: between two points the rate changes by the same factor at each step.
    """

    title = say("Drawn")
    summary = say("A curve of your own, by points that can be dragged.")

    name: Literal["drawn"] = "drawn"
    points: Points = described(
        (Point(0, 1), Point(0.5, 0.5), Point(1, 0.01)),
        "Points",
        "Share of the run and share of the learning rate, with a colon between them.",
    )
    lines: Literal["linear", "log"] = described(
        "linear", "Lines", "Whether the lines between points are straight on a linear or on a log axis of the rate."
    )

    @field_validator("points")
    @classmethod
    def _points_are_in_order(cls, points: Points) -> Points:
        if not 1 <= len(points) <= MOST_PARTS:
            raise refused(say("Give from 1 to {most} points.", most=MOST_PARTS))
        for before, after in pairwise(points):
            if after.x <= before.x:
                raise refused(
                    say("Points come in order; {after} is not after {before}.", after=str(after), before=str(before))
                )
        return points

    @field_validator("lines")
    @classmethod
    def _zero_is_on_no_log_axis(cls, lines: str, info: ValidationInfo) -> str:
        if lines == "log" and any(point.y == 0 for point in info.data.get("points", ())):
            raise refused(say("A rate of 0 is on no log axis: raise the points that lie there, or take linear lines."))
        return lines
