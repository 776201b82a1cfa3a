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
