"""The two ways to look at the same sweep: loss over a log axis, and accuracy over a linear one."""

import math
from dataclasses import dataclass
from typing import Literal

from lrgui.core.messages import Message, say
from lrgui.core.sweeps import Measured, Pooled

ViewName = Literal["loss", "accuracy"]

_MOST_OF_THE_RISE = 0.75
_ROOM = 1.25
_ROUND = (1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)


@dataclass(frozen=True)
class SweepView:
    """What a view shows: which quantity, in words beside the axis and on the marker, and over which axis."""

    measured: Measured
    title: Message
    quantity: Message
    log: bool


VIEWS: dict[ViewName, SweepView] = {
    "loss": SweepView("losses", say("loss (this batch)"), say("loss"), log=True),
    "accuracy": SweepView("accuracies", say("accuracy (this batch)"), say("accuracy"), log=False),
}
"""Loss over the logarithm of the rate is the usual view; accuracy over the rate is that of Smith, arXiv 1506.01186."""


def useful_end(curve: Pooled) -> float:
    """Return where a linear axis of rates should end, so that the rates that learn fill it.

    That is a little above the last rate at which the accuracy still has most of its rise, as a round number: a sweep
    goes on by a decade or two into rates that learn nothing, and on a linear axis those would be nearly all of it.

    Parameters
    ----------
    curve : Pooled
        Of accuracies that are smoothed a little, with at least one point.
    """
    least, most = curve.median.min(), curve.median.max()
    last = float(curve.learning_rates[curve.median >= least + _MOST_OF_THE_RISE * (most - least)][-1])
    end = _ROOM * min(last, float(curve.learning_rates[-1]) / _ROOM)
    unit = 10.0 ** math.floor(math.log10(end))
    return next(step * unit for step in _ROUND if step * unit >= end * (1 - 1e-9))
