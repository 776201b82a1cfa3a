"""Which class was taken for which, counted."""

import numpy as np
from numpy.typing import ArrayLike, NDArray


def confusion(labels: ArrayLike, predictions: ArrayLike, classes: int) -> NDArray[np.int64]:
    """Count how often each class was taken for each.

    Parameters
    ----------
    labels, predictions : array of int, shape (n,)
        True and predicted classes, from 0 to ``classes - 1``.
    classes : int
        How many there are, at least 1.

    Returns
    -------
    array of int, shape (classes, classes)
        Row: the true class, column: the predicted one. What is right lies on the diagonal.

    Raises
    ------
    ValueError
        The arrays differ in shape, or hold a class that there is not.
    """
    true, predicted = np.asarray(labels, np.int64), np.asarray(predictions, np.int64)
    if true.shape != predicted.shape or true.ndim != 1:
        raise ValueError(f"labels {true.shape} and predictions {predicted.shape} must be one-dimensional and alike")
    both = np.concatenate([true, predicted])
    if np.any((both < 0) | (both >= classes)):
        raise ValueError(f"classes go from 0 to {classes - 1}")
    return np.bincount(true * classes + predicted, minlength=classes * classes).reshape(classes, classes)


def most_confused(counts: NDArray[np.int64], most: int) -> list[tuple[int, int, int]]:
    """Return the pairs of classes that were confused most often, at most so many: true, predicted, count.

    ``counts`` is what ``confusion`` returns. Pairs that never occurred are left out; of equal ones the first comes
    first.
    """
    wrong = counts - np.diag(np.diag(counts))
    order = np.argsort(-wrong, axis=None, kind="stable")[:most]
    pairs = ((int(place) // len(wrong), int(place) % len(wrong)) for place in order)
    return [(true, predicted, int(wrong[true, predicted])) for true, predicted in pairs if wrong[true, predicted]]
