"""The rates of a walker as a table."""

import numpy as np

from lrgui.core.config.descent import WalkerChoice
from lrgui.core.functions.function import Floats
from lrgui.core.schedules import rates

STEPS_PER_EPOCH = 1
"""On a function every step sees all there is: an epoch is one step."""


def rate_table(walker: WalkerChoice, steps: int) -> Floats:
    """Return the rate with which a walker leaves each entry, shape (steps + 1,).

    The last entry is not left: it has the rate with which the walk would go on, or, of a schedule that is spread over
    the steps, the last one again.
    """
    planned = rates(walker.schedule, walker.learning_rate, steps, STEPS_PER_EPOCH)
    longer = rates(walker.schedule, walker.learning_rate, steps + 1, STEPS_PER_EPOCH)
    onward = longer[-1] if np.array_equal(longer[:-1], planned) else planned[-1]
    return np.append(planned, onward)
