"""The examples of a data set, as they were read."""

from dataclasses import dataclass
from typing import Any

from numpy.typing import NDArray

Pair = tuple[NDArray[Any], NDArray[Any]]
"""Examples and their labels."""


@dataclass(frozen=True, eq=False)
class Raw:
    """What was read: two parts of examples and labels (class numbers), and how examples become small numbers.

    ``scale`` is what a pixel is multiplied by to lie between 0 and 1. Where ``standardized`` says so, each feature
    is to get mean 0 and deviation 1 over the training part.
    """

    train: Pair
    validation: Pair
    scale: float = 1.0
    standardized: bool = False
    feature_names: tuple[str, ...] = ()
