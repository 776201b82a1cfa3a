"""The learning rate as a table: one rate for every step of a run, known before it starts."""

import numpy as np
from numpy.typing import NDArray


def constant(learning_rate: float, steps: int) -> NDArray[np.float64]:
    """Return the same rate at every step, shape (steps,)."""
    return np.full(steps, learning_rate, np.float64)


def exponential_sweep(start: float, end: float, steps: int) -> NDArray[np.float64]:
    """Return the rates of a range test: ``start * (end / start) ** (k / steps)`` for k = 0 ... steps.

    Both ends are included exactly, so there are ``steps + 1`` rates, equally spaced on a log axis (Smith, Cyclical
    Learning Rates, arXiv 1506.01186, section 3.3, with the exponential spacing that later finders took up).

    Returns
    -------
    numpy.ndarray, shape (steps + 1,)
    """
    rates = start * (end / start) ** (np.arange(steps + 1) / steps)
    rates[-1] = end
    return rates
