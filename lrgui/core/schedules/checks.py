"""Whether a schedule goes with the run that it is for."""

from itertools import pairwise

import numpy as np

from lrgui.core.config.base import Choice
from lrgui.core.config.schedule import Formula, OneCycle, Piecewise, ScheduleChoice, Sgdr
from lrgui.core.config.schedule.cycles import TriangularChoice
from lrgui.core.messages import Message, Refused, say
from lrgui.core.schedules.tables import cycled_momentum, rates_at

MOST_CHECKED = 100_000
"""Of a longer run, a formula is checked at so many steps before it starts, and at all of them when it is planned."""

NEARLY_NOTHING = 1e-3
"""A rate that has fallen to less than this share of the highest has come to its end."""

Problem = tuple[str, Message]


def problem_of(
    schedule: ScheduleChoice, learning_rate: float, steps: int, steps_per_epoch: int, optimizer: Choice
) -> Problem | None:
    """Return the field of a schedule that does not go with a run, and the reason; None if all do.

    Parameters
    ----------
    schedule : ScheduleChoice
        What is planned.
    learning_rate : float
        The highest planned rate.
    steps, steps_per_epoch : int
        Of the run; both at least 1.
    optimizer : OptimizerChoice
        Whose momentum a schedule may cycle.
    """
    rest = steps - schedule.warmup.steps(steps_per_epoch)
    if rest < 1:
        return "warmup", say(
            "The warm-up takes {given:,} steps, and the run has {steps:,}: make it shorter than the run.",
            given=steps - rest,
            steps=steps,
        )
    match schedule:
        case Sgdr():
            return _cycle_in("first_cycle", schedule.first_cycle.steps(steps_per_epoch), rest)
        case TriangularChoice():
            return _cycle_in("cycle", schedule.cycle.steps(steps_per_epoch), rest)
        case OneCycle():
            length = schedule.length.steps(steps_per_epoch) if schedule.length else rest
            return _cycle_in("length", length, rest) or _momentum_to_cycle(schedule, optimizer)
        case Piecewise():
            return _boundaries_in_order(schedule, steps_per_epoch)
        case Formula():
            return _formula(schedule, learning_rate, steps, rest, steps_per_epoch)
    return None


def _cycle_in(field: str, cycle: int, rest: int) -> Problem | None:
    if cycle <= rest:
        return None
    return field, say(
        "A cycle takes {cycle:,} steps, and the run has {rest:,} for it: shorten it, or train for longer.",
        cycle=cycle,
        rest=rest,
    )


def _momentum_to_cycle(schedule: OneCycle, optimizer: Choice) -> Problem | None:
    if schedule.momentum != "cycled" or cycled_momentum(optimizer):
        return None
    return "momentum", say("Only SGD with a momentum above 0 has one to cycle: take that, or say auto.")


def _boundaries_in_order(schedule: Piecewise, steps_per_epoch: int) -> Problem | None:
    for before, after in pairwise(schedule.boundaries):
        if after.steps(steps_per_epoch) <= before.steps(steps_per_epoch):
            return "boundaries", say(
                "Boundaries come in order: {after} is not after {before}, with {steps:,} steps in an epoch.",
                after=str(after),
                before=str(before),
                steps=steps_per_epoch,
            )
    return None


def _formula(schedule: Formula, learning_rate: float, steps: int, rest: int, steps_per_epoch: int) -> Problem | None:
    sample = np.linspace(0, rest - 1, min(rest, MOST_CHECKED)).round()
    try:
        rates_at(schedule, learning_rate, steps, steps_per_epoch, sample)
    except Refused as refused:
        return "formula", refused.message
    return None


def why_no_plateau(schedule: ScheduleChoice, steps: int, steps_per_epoch: int) -> Message | None:
    """Say why a rule that lowers the rate does not go on top of a schedule: it comes to nothing by itself."""
    rest = steps - schedule.warmup.steps(steps_per_epoch)
    if rest < 1:
        return None
    # Where a straight line ends at 0 is one step behind its last; a formula need not be right there.
    ends = [rest - 1] if isinstance(schedule, Formula) else [rest - 1, rest]
    if rates_at(schedule, 1.0, steps, steps_per_epoch, ends).min() >= NEARLY_NOTHING:
        return None
    return say(
        "{schedule} brings the rate to nearly 0 by itself, and a rate lowered further would stand still: "
        "raise where it ends, or turn one of them off.",
        schedule=schedule.title,
    )
