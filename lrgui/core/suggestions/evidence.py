"""What reading a sweep gives: a rate, the sentence that says why, and what is drawn to show it."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from lrgui.core.messages import Message

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Evidence:
    """What chose a rate, to be drawn over the sweep.

    Parameters
    ----------
    kind : {"section", "tangent", "minimum"}
        A stretch of the smoothed curve, the two ends of a line that touches it (straight on a log axis), or a point.
    learning_rates, losses : numpy.ndarray, shape (n,)
        Its points, in the units of the data.
    """

    kind: Literal["section", "tangent", "minimum"]
    learning_rates: Floats
    losses: Floats


@dataclass(frozen=True, eq=False)
class Suggestion:
    """A rate, or None when a rule has nothing to suggest; ``reason`` says why in either case."""

    learning_rate: float | None
    reason: Message
    evidence: Evidence | None = None


@dataclass(frozen=True, eq=False)
class Recommendation:
    """The rate to train at, and the range in which another should do about as well.

    All three rates are None when there is nothing to recommend; ``reason`` says why in either case. The evidence
    belongs to the sweep whose own estimate is nearest to the recommended rate.
    """

    learning_rate: float | None
    low: float | None
    high: float | None
    reason: Message
    evidence: Evidence | None = None
