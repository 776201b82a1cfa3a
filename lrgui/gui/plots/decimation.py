"""Fewer points, the same picture: a pixel column never needs more than its lowest and its highest point."""

import math

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Numbers = NDArray[np.floating | np.integer]

_LARGEST = 2.0**31 - 1
"""That of four bytes. Beyond lies no number of a step."""


def visible_part(x: Numbers, low: float, high: float) -> slice:
    """Return the part of ascending x from low to high, with one neighbour on either side so that lines run on."""
    ends: NDArray[np.generic] = np.array([low, high])
    if x.dtype.kind in "iu":  # for numbers of another kind numpy would make such numbers of all of them first
        ends = np.array([math.ceil(_within(low)), math.floor(_within(high))], x.dtype)
    first = int(np.searchsorted(x, ends[0], side="left")) - 1
    last = int(np.searchsorted(x, ends[1], side="right")) + 1
    return slice(max(first, 0), min(last, len(x)))


def _within(value: float) -> float:
    return min(max(value, -_LARGEST), _LARGEST)


def is_ascending(x: Numbers) -> bool:
    """Return whether no value is below the one before it (False where one is NaN)."""
    return bool((x[1:] >= x[:-1]).all())


def decimated(x: Floats, y: Floats, columns: int) -> tuple[Floats, Floats]:
    """Return at most two points for each of ``columns`` buckets: the lowest and the highest, in the order of the line.

    Parameters
    ----------
    x : numpy.ndarray, shape (n,)
        Positions on the axis; buckets have equal width where x ascends, equal numbers of points where it does not.
    y : numpy.ndarray, shape (n,)
        May hold NaN, which is passed over unless a bucket holds nothing else: that leaves a gap.
    columns : int
        At least 1.

    Returns
    -------
    x, y : numpy.ndarray, shape (m,)
        As they were when n is no more than ``2 * columns``.
    """
    if len(x) <= 2 * columns:
        return x, y
    starts = _bucket_starts(x, columns)
    ends = np.append(starts[1:], len(x)) - 1
    lowest, highest = np.fmin.reduceat(y, starts), np.fmax.reduceat(y, starts)
    rising = y[starts] <= y[ends]
    pairs = np.where(rising, (lowest, highest), (highest, lowest))
    fewer = np.repeat((x[starts] + x[ends]) / 2, 2)
    # The first column begins and the last one ends where the data do.
    fewer[0], fewer[-1] = x[0], x[-1]
    return fewer, pairs.T.reshape(-1)


def _bucket_starts(x: Floats, columns: int) -> NDArray[np.intp]:
    if not is_ascending(x):
        return np.linspace(0, len(x), columns, endpoint=False).astype(np.intp)
    edges = np.linspace(x[0], x[-1], columns + 1)[:-1]
    return np.unique(np.searchsorted(x, edges))
