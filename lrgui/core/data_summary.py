"""What examples look like before anything is trained on them: counts, ranges, and a few to see."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lrgui.core.config.dataset.facts import Kind
from lrgui.core.messages import Message

STATISTICS = ("min", "mean", "max", "standard deviation", "missing")
"""What is said of each column of a table; ``missing`` counts the values that are no number."""


@dataclass(frozen=True, slots=True, eq=False)
class DataSummary:
    """A data set at a glance.

    Attributes
    ----------
    kind : str
        ``images``, ``table`` or ``points``.
    class_names : tuple of str
        What the labels stand for; empty where numbers are to be predicted.
    class_counts : array of int, shape (classes,)
        Training examples of each class.
    training_examples, validation_examples : int
        How many there are.
    inputs : array, shape (k, height, width, channels) or (k, features)
        A few training examples: uint8 images with the whole range of brightness, or rows of float64.
    labels : array of int, shape (k,)
        Their classes, or float64: the numbers to be predicted.
    feature_names : tuple of str
        Of the columns of a table; empty for images.
    statistics : mapping of str to array of shape (features,)
        ``STATISTICS`` of the training examples; empty for images.
    notes : tuple of Message
        What a person should know of how the data were read.
    class_weights : tuple of float
        What the loss of each class counts; empty where all count the same.
    """

    kind: Kind
    class_names: tuple[str, ...]
    class_counts: NDArray[np.int64]
    training_examples: int
    validation_examples: int
    inputs: NDArray[Any]
    labels: NDArray[Any]
    feature_names: tuple[str, ...]
    statistics: Mapping[str, NDArray[np.float64]]
    notes: tuple[Message, ...] = ()
    class_weights: tuple[float, ...] = ()


def a_few_of_each(labels: NDArray[Any], classes: int, count: int) -> NDArray[np.int64]:
    """Return the indices of some examples in which the classes take turns: the first of each, the second of each, ...

    Parameters
    ----------
    labels : array of int, shape (n,)
        Their classes.
    classes : int
        How many there are.
    count : int
        How many examples are wanted.

    Returns
    -------
    array of int, shape (min(count, n),)
        With more classes than wanted examples these are the first of the first classes.
    """
    places = np.concatenate([np.arange(np.count_nonzero(labels == number)) for number in range(classes)])
    by_class = np.argsort(labels, kind="stable")
    turns = np.lexsort((labels[by_class], places))
    return by_class[turns][:count]


def column_statistics(rows: NDArray[Any]) -> dict[str, NDArray[np.float64]]:
    """Return ``STATISTICS`` of each column of rows of shape (n, features); each of shape (features,).

    Values that are NaN are missing and count for nothing else; of a column without any other, all is NaN.
    """
    rows = np.asarray(rows, np.float64)
    missing = np.isnan(rows)
    found = np.count_nonzero(~missing, axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.where(missing, 0, rows).sum(axis=0) / found
        spread = np.sqrt((np.where(missing, 0, rows - mean) ** 2).sum(axis=0) / found)
    low, high = np.where(missing, np.inf, rows).min(axis=0), np.where(missing, -np.inf, rows).max(axis=0)
    any_found = found > 0
    return {
        "min": np.where(any_found, low, np.nan),
        "mean": mean,
        "max": np.where(any_found, high, np.nan),
        "standard deviation": spread,
        "missing": np.count_nonzero(missing, axis=0).astype(np.float64),
    }
