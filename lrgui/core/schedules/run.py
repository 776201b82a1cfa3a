"""What a schedule has to know of the run that it is for."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from lrgui.core.config.lengths import Length

Table = NDArray[np.float64]


@dataclass(frozen=True)
class Stretch:
    """The steps that a schedule is for, and the rate that it scales.

    ``steps`` are those after the warm-up; ``steps_per_epoch`` turns epochs into steps. ``sample`` are the steps to
    compute, all of them if None.
    """

    learning_rate: float
    steps: int
    steps_per_epoch: int
    sample: Table | None = None

    @cached_property
    def step(self) -> Table:
        """The steps to compute, from 0, shape (steps,) or that of the sample."""
        return np.arange(self.steps, dtype=np.float64) if self.sample is None else self.sample

    def length(self, length: Length | None) -> int:
        """Return how many steps a length has; None is all of them, and at least one."""
        return max(1, self.steps) if length is None else length.steps(self.steps_per_epoch)

    def periods(self, every: Length, *, whole: bool = False) -> Table:
        """Return how many times a length is over at each step, with fractions or only the whole ones."""
        steps = every.steps(self.steps_per_epoch)
        return np.floor_divide(self.step, steps) if whole else self.step / steps

    def progress(self, length: Length | None) -> Table:
        """Return which share of a length is over at each step, at most 1."""
        return np.minimum(self.step / self.length(length), 1.0)

    def scaled(self, shares: Table, floor: float = 0.0) -> Table:
        """Return the rates of these shares, from 0 to 1, between the floor, a share as well, and the learning rate."""
        # So written, a share of 1 is the learning rate and one of 0 the floor, to the last digit.
        return self.learning_rate * (shares + floor * (1.0 - shares))
