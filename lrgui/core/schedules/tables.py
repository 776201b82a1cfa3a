"""A schedule and a run -> the rate, and the momentum where it is cycled, at every step."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from lrgui.core.config.base import Choice
from lrgui.core.config.optimizer import Sgd
from lrgui.core.config.schedule import (
    Constant,
    Cosine,
    Drawn,
    Exponential,
    ExpRange,
    FlatCosine,
    Formula,
    HoldThenDecay,
    InverseSqrt,
    InverseTime,
    Linear,
    OneCycle,
    Piecewise,
    Polynomial,
    ScheduleChoice,
    Sgdr,
    Shrink,
    Step,
    Triangular,
    Triangular2,
)
from lrgui.core.schedules import cycles, decays, own
from lrgui.core.schedules.run import Stretch, Table

TABLES: dict[type[ScheduleChoice], Callable[[Any, Stretch], Table]] = {
    Constant: lambda choice, run: np.full(len(run.step), run.learning_rate),
    Step: decays.step,
    Exponential: decays.exponential,
    Shrink: decays.shrink,
    HoldThenDecay: decays.hold_then_decay,
    InverseTime: decays.inverse_time,
    InverseSqrt: decays.inverse_sqrt,
    Linear: decays.linear,
    Polynomial: decays.polynomial,
    Cosine: decays.cosine,
    FlatCosine: decays.flat_cosine,
    Sgdr: cycles.sgdr,
    Triangular: cycles.triangular,
    Triangular2: cycles.triangular2,
    ExpRange: cycles.exp_range,
    OneCycle: cycles.one_cycle,
    Piecewise: own.piecewise,
    Formula: own.formula,
    Drawn: own.drawn,
}
"""Which table belongs to which schedule: the steps after the warm-up."""


def rates(schedule: ScheduleChoice, learning_rate: float, steps: int, steps_per_epoch: int) -> Table:
    """Return the rate of every step of a run.

    Parameters
    ----------
    schedule : ScheduleChoice
        What is planned.
    learning_rate : float
        Above 0; the highest rate that is planned, but for what a formula gives.
    steps, steps_per_epoch : int
        Of the run; both at least 1.

    Returns
    -------
    numpy.ndarray of float64, shape (steps,)
        Finite, and at least 0.

    Raises
    ------
    Refused
        A formula gives what is no rate.
    """
    before = min(schedule.warmup.steps(steps_per_epoch), steps)
    # At least one step behind the warm-up tells where it leads to, even if the run ends within it.
    run = Stretch(learning_rate, max(steps - before, 1), steps_per_epoch)
    table = TABLES[type(schedule)](schedule, run)
    return np.concatenate([_warmup(schedule, before, steps_per_epoch, table[0]), table])[:steps] if before else table


def rates_at(
    schedule: ScheduleChoice, learning_rate: float, steps: int, steps_per_epoch: int, sample: ArrayLike
) -> Table:
    """Return the rates at some steps after the warm-up, without computing all of a long run.

    Parameters
    ----------
    schedule, learning_rate, steps, steps_per_epoch
        As for ``rates``; the warm-up is shorter than the run.
    sample : array_like of int, shape (n,)
        The steps, from 0 at the end of the warm-up.
    """
    rest = steps - schedule.warmup.steps(steps_per_epoch)
    run = Stretch(learning_rate, rest, steps_per_epoch, np.asarray(sample, np.float64))
    return TABLES[type(schedule)](schedule, run)


def _warmup(schedule: ScheduleChoice, steps: int, steps_per_epoch: int, target: float) -> Table:
    length = schedule.warmup.steps(steps_per_epoch)
    share, start = np.arange(steps) / length, schedule.warmup_start
    if schedule.warmup_shape == "linear":
        return target * (share + start * (1.0 - share))
    return np.asarray(target * start ** (1.0 - share), np.float64)


def momentums(schedule: ScheduleChoice, momentum: float, steps: int, steps_per_epoch: int) -> Table | None:
    """Return the momentum of every step of a run, where it is cycled.

    Parameters
    ----------
    schedule : ScheduleChoice
        What is planned.
    momentum : float
        What the optimizer has, by ``cycled_momentum``; 0 where it has none that could be cycled.
    steps, steps_per_epoch : int
        Of the run.

    Returns
    -------
    numpy.ndarray of float64, shape (steps,), or None
        Between the schedule's two bounds; None where the momentum stays as it is. During a warm-up it is high.
    """
    if not isinstance(schedule, OneCycle) or schedule.momentum == "fixed" or momentum == 0:
        return None
    before = min(schedule.warmup.steps(steps_per_epoch), steps)
    table = cycles.one_cycle_momentum(schedule, Stretch(1.0, max(steps - before, 1), steps_per_epoch))
    return np.concatenate([np.full(before, table[0]), table])[:steps]


def cycled_momentum(optimizer: Choice) -> float:
    """Return the momentum of an optimizer whose momentum a schedule can cycle, SGD; 0 for all others."""
    return optimizer.momentum if isinstance(optimizer, Sgd) else 0.0
