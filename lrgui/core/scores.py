"""How good a model is beside its loss: the accuracy where it tells classes, R2 where it predicts a number."""

import math
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from lrgui.core.messages import Message, say
from lrgui.core.runs import Run


@dataclass(frozen=True, slots=True)
class Score:
    """One of the two; higher is better.

    Attributes
    ----------
    name : str
        Of its column and in evaluations; ``val_`` stands before it where it is measured on the validation data.
    of_step : str
        The column of what is measured of each step's batch.
    title, of_step_title : Message
        What people call it, and what is measured of each step.
    share : bool
        Whether it is a share, from 0 to 1; R2 may be below 0.
    """

    name: str
    of_step: str
    title: Message
    of_step_title: Message
    share: bool

    @property
    def of_validation(self) -> str:
        """The column of what is measured on the validation data."""
        return f"val_{self.name}"

    def told(self, value: float) -> Message:
        """Return a value as people read it: ``97.3 %``, ``R2 0.912``."""
        return say("{value:percent}", value=value) if self.share else say("R2 {value:.3f}", value=value)

    def told_apart(self, difference: float) -> Message:
        """Return a difference between two values: ``1.2 points``, ``0.012 in R2``."""
        if self.share:
            return say("{points:.1f} points", points=100 * difference)
        return say("{difference:.3f} in R2", difference=difference)

    def told_spread(self, spread: float) -> Message:
        """Return a standard deviation in the same units, without naming them."""
        return say("{spread:.1f}", spread=100 * spread) if self.share else say("{spread:.3f}", spread=spread)

    def told_mean(self, mean: float, spread: float) -> Message:
        """Return a mean with its standard deviation; a dash where there is none of the first."""
        if math.isnan(mean):
            return say("-")
        if math.isnan(spread):
            return self.told(mean)
        if self.share:
            return say("{mean:.1f} ± {std:.1f} %", mean=100 * mean, std=100 * spread)
        return say("{mean:.3f} ± {std:.3f}", mean=mean, std=spread)


ACCURACY = Score("accuracy", "accuracy", say("accuracy"), say("accuracy"), share=True)
"""The share of the examples whose likeliest class is the true one."""

R2 = Score("r2", "mae", say("R2"), say("mean absolute error"), share=False)
"""One minus the squared error over that of always answering the mean (coefficient of determination)."""

SCORES = (ACCURACY, R2)


class Names(Protocol):
    """Anything of which one can ask whether a name is in it: columns, an evaluation."""

    def __contains__(self, name: str, /) -> bool: ...


def score_in(*names: Names) -> Score:
    """Return the score that a run has measured, by the names of its columns or of its evaluation; else the accuracy."""
    own = (R2.name, R2.of_step, R2.of_validation)
    return R2 if any(name in each for each in names for name in own) else ACCURACY


def score_of(run: Run) -> Score:
    """Return what a run is judged by: the accuracy, or R2 where it predicts a number."""
    return score_in(run.epochs, run.evaluation, run.steps)


def best_score(run: Run) -> float | None:
    """Return the best score on the validation data that a run has reached, if it has measured one."""
    scores = _validated(run)
    return float(np.nanmax(scores)) if len(scores) and not np.isnan(scores).all() else None


def final_score(run: Run) -> float | None:
    """Return the score on the validation data at the end, or the last so far."""
    if (name := score_of(run).name) in run.evaluation:
        return run.evaluation[name]
    scores = _validated(run)
    return float(scores[-1]) if len(scores) else None


def _validated(run: Run) -> NDArray[np.float64]:
    column = score_of(run).of_validation
    return run.epochs[column] if column in run.epochs else np.empty(0)
