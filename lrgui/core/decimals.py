"""Float32 as people write it: the shortest decimal that means it."""

from typing import Any

import numpy as np
from numpy.typing import NDArray


def decimal(value: float) -> float:
    """Return the shortest decimal that rounds to this float32: 0.001, not 0.0010000000474974513."""
    return float(str(np.float32(value)))


def decimals(values: NDArray[Any]) -> NDArray[np.float64]:
    """Return the same for an array of any length, shape (n,)."""
    different, places = np.unique(values, return_inverse=True)
    return np.array([decimal(value) for value in different], np.float64)[places]
