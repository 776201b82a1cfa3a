"""The rates of a range test: one for every step, known before it starts."""

from collections.abc import Callable
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Spacing = Literal["exponential", "linear"]


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


def linear_sweep(start: float, end: float, steps: int) -> NDArray[np.float64]:
    """Return the rates of a range test: ``start + (end - start) * k / steps`` for k = 0 ... steps.

    Both ends are included exactly, so there are ``steps + 1`` rates, equally spaced (Smith, Cyclical Learning Rates,
    arXiv 1506.01186, section 3.3: the rate rises linearly over one run).

    Returns
    -------
    numpy.ndarray, shape (steps + 1,)
    """
    rates = start + (end - start) * (np.arange(steps + 1) / steps)
    rates[-1] = end
    return rates


SWEEPS: dict[Spacing, Callable[[float, float, int], NDArray[np.float64]]] = {
    "exponential": exponential_sweep,
    "linear": linear_sweep,
}
"""How the rate may rise in a range test, by the name of its spacing."""


def sweep(
    start: float, end: float, steps: int, spacing: Spacing = "exponential", batches_per_rate: int = 1
) -> NDArray[np.float64]:
    """Return the rate of every step of one range test: each of its ``steps + 1`` rates, so many steps at each.

    Returns
    -------
    numpy.ndarray, shape ((steps + 1) * batches_per_rate,)
    """
    return np.repeat(SWEEPS[spacing](start, end, steps), batches_per_rate)
