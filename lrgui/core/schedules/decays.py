"""Tables of rates that only fall; their formulas stand at their configs."""

import numpy as np

from lrgui.core.config.schedule import (
    Cosine,
    Exponential,
    FlatCosine,
    HoldThenDecay,
    InverseSqrt,
    InverseTime,
    Linear,
    Polynomial,
    Shrink,
    Step,
)
from lrgui.core.schedules.run import Stretch, Table

MOST_LOOPED = 30_000
"""So many steps of ``rate -= rate / 100`` are taken one by one, to the last digit; those after by the closed form."""


def half_cosine(progress: Table) -> Table:
    """Return what is left, from 1 to 0, of half a cosine."""
    return 0.5 * (1.0 + np.cos(np.pi * progress))


def step(choice: Step, run: Stretch) -> Table:
    """Drop by the factor every so often."""
    return run.learning_rate * choice.factor ** run.periods(choice.every, whole=True)


def exponential(choice: Exponential, run: Stretch) -> Table:
    """Fall by the factor in each period."""
    return run.learning_rate * choice.factor ** run.periods(choice.every, whole=choice.staircase)


def shrink(choice: Shrink, run: Stretch) -> Table:
    """Lose a share at every step, computed as a program would: each rate from the one before."""
    if run.sample is not None:
        return run.learning_rate * (1.0 - choice.share) ** run.sample
    looped, divisor, rate = min(run.steps, MOST_LOOPED), 1.0 / choice.share, run.learning_rate
    rates: list[float] = []
    for _ in range(looped):
        rates.append(rate)
        rate -= rate / divisor
    further = np.arange(1, run.steps - looped + 1)
    return np.concatenate([np.array(rates), (rates[-1:] or [rate])[0] * (1.0 - choice.share) ** further])


def hold_then_decay(choice: HoldThenDecay, run: Stretch) -> Table:
    """Hold, then multiply by ``exp(-decay)`` at the beginning of each period."""
    hold, every = choice.hold.steps(run.steps_per_epoch), choice.every.steps(run.steps_per_epoch)
    decays = np.maximum(np.floor_divide(run.step - hold, every) + 1.0, 0.0)
    return run.learning_rate * np.exp(-choice.decay * decays)


def inverse_time(choice: InverseTime, run: Stretch) -> Table:
    """Divide by one more and more."""
    return run.learning_rate / (1.0 + choice.decay * run.periods(choice.every, whole=choice.staircase))


def inverse_sqrt(choice: InverseSqrt, run: Stretch) -> Table:
    """Divide by the root of the time."""
    return run.learning_rate / np.sqrt(1.0 + run.periods(choice.scale))


def linear(choice: Linear, run: Stretch) -> Table:
    """Go straight down to the floor."""
    return run.scaled(1.0 - run.progress(choice.length), choice.floor)


def polynomial(choice: Polynomial, run: Stretch) -> Table:
    """Go down to the floor by a power of a straight line."""
    return run.scaled((1.0 - run.progress(choice.length)) ** choice.power, choice.floor)


def cosine(choice: Cosine, run: Stretch) -> Table:
    """Go down to the floor by half a cosine."""
    return run.scaled(half_cosine(run.progress(choice.length)), choice.floor)


def flat_cosine(choice: FlatCosine, run: Stretch) -> Table:
    """Hold for a share of the length, then go down by half a cosine."""
    beyond = np.maximum(run.progress(choice.length) - choice.flat, 0.0) / (1.0 - choice.flat)
    return run.scaled(half_cosine(beyond), choice.floor)
