"""The examples of a data set, as they were read."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lrgui.core.messages import Message

Pair = tuple[NDArray[Any], NDArray[Any]]
"""Examples and their labels: class numbers, or float64 numbers to be predicted."""


@dataclass(frozen=True, eq=False)
class Raw:
    """What was read: two parts of examples and labels, and how examples become small numbers.

    ``scale`` is what a pixel is multiplied by to lie between 0 and 1. Where ``standardized`` says so, each feature
    is to get mean 0 and deviation 1 over the training part, and where ``standardized_target`` says so, the number to
    be predicted. ``image_shape`` is set where the examples are paths of image files, shape (n,): height, width and
    channels that they are brought to. ``notes`` tell what was left out, filled in or taken for something.
    """

    train: Pair
    validation: Pair
    scale: float = 1.0
    standardized: bool = False
    feature_names: tuple[str, ...] = ()
    standardized_target: bool = False
    image_shape: tuple[int, ...] = ()
    notes: tuple[Message, ...] = ()

    @property
    def regression(self) -> bool:
        """Whether numbers are to be predicted, and not classes."""
        return self.train[1].dtype.kind == "f"

    def sampled(self, chosen: NDArray[np.int64]) -> "Raw":
        """Return it with only these of its training examples."""
        inputs, labels = self.train
        return replace(self, train=(inputs[chosen], labels[chosen]))
