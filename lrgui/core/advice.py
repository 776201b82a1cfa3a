"""What the sweeps of a range test suggest, all of it at once: for the window, the command line and the pictures."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lrgui.core.suggestions import RULES, Recommendation, Suggestion, recommend
from lrgui.core.sweeps import Sweep, pooled

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Advice:
    """The suggestion of each rule by its name, and the recommendation."""

    suggestions: dict[str, Suggestion]
    recommended: Recommendation


def advise(sweeps: Sequence[Sweep]) -> Advice:
    """Ask the rules about the curve of the sweeps, and recommend a rate from each of them."""
    curve = curve_of(sweeps)
    suggestions = {name: rule(*curve) for name, rule in RULES.items()}
    return Advice(suggestions, recommend(sweep.as_steps for sweep in sweeps))


def curve_of(sweeps: Sequence[Sweep]) -> tuple[Floats, Floats]:
    """Return the one curve that rules read, as rates and losses of shape (n,): the sweep, or the median of several."""
    if len(sweeps) == 1:
        return sweeps[0].learning_rates, sweeps[0].losses
    return pooled(sweeps)[:2]
