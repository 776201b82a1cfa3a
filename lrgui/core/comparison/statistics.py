"""Tests on paired differences: whether their mean is not 0, and how to ask that several times over."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_MOST_FLIPS = 12
"""Up to so many pairs all signs are tried; of more, as many at random as that would be."""


def t_tail(t: float, freedom: int) -> float:
    """Return the probability that Student's t is further from 0 than this, on either side.

    Finite sums for whole degrees of freedom: Abramowitz and Stegun, Handbook of Mathematical Functions, 26.7.3 and
    26.7.4.

    Parameters
    ----------
    t : float
        May be infinite.
    freedom : int
        Degrees of freedom, at least 1.
    """
    if math.isinf(t):
        return 0.0
    angle = math.atan(abs(t) / math.sqrt(freedom))
    cosine, sine = math.cos(angle), math.sin(angle)
    odd = freedom % 2
    term, total = (cosine, cosine) if odd else (1.0, 1.0)
    for k in range(3 if odd else 2, freedom - 1, 2):
        term *= cosine**2 * (k - 1) / k
        total += term
    inside = 2 / math.pi * (angle + (sine * total if freedom > 1 else 0.0)) if odd else sine * total
    return max(0.0, 1.0 - inside)


def t_needed(p: float, freedom: int) -> float:
    """Return how far from 0 Student's t has to be for ``t_tail`` to be p."""
    low, high = 0.0, 1.0
    while t_tail(high, freedom) > p:
        high *= 2
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if t_tail(middle, freedom) > p else (low, middle)
    return high


def paired_t(differences: Floats, resolution: float = 0.0) -> float:
    """Return p of Student's paired t test, two-sided: how likely so large a mean difference is if there is none.

    Student, "The probable error of a mean", Biometrika 6 (1908). Two accuracies counted on the same examples differ by
    whole examples: seeds that agree to the digit are not known better than that. So the variance is taken for no less
    than that of two rounded numbers, ``resolution**2 / 6``.

    Parameters
    ----------
    differences : array, shape (n,)
        One a seed; of fewer than two p is 1.
    resolution : float
        The least by which two accuracies can differ.
    """
    count = len(differences)
    if count < 2:
        return 1.0
    spread = max(float(np.std(differences, ddof=1)), resolution / math.sqrt(6))
    mean = float(np.mean(differences))
    if mean == 0:
        return 1.0
    return t_tail(mean / (spread / math.sqrt(count)) if spread else math.inf, count - 1)


def sign_flips(differences: Floats) -> float:
    """Return p of the sign-flip test, two-sided: it holds whatever the noise is, as long as it is symmetric.

    If the two arms are the same, each difference could as well have had the other sign: p is the share of all ways to
    set the signs whose mean is at least as far from 0 (Fisher, The Design of Experiments (1935), section 21). With n
    pairs it is never below 2 / 2**n: 0.03 for six of them.
    """
    count = len(differences)
    if not count:
        return 1.0
    if count <= _MOST_FLIPS:
        signs = 1 - 2 * ((np.arange(2**count)[:, np.newaxis] >> np.arange(count)) & 1)
    else:
        signs = np.random.default_rng(0).choice([-1, 1], size=(2**_MOST_FLIPS, count))
        signs[0] = 1
    sums = np.abs(signs @ differences)
    return float(np.mean(sums >= sums[0] * (1 - 1e-12)))


def holm(probabilities: Sequence[float]) -> list[float]:
    """Return p corrected for how often was asked: with these, not one false claim in all is more likely than each says.

    Holm, "A simple sequentially rejective multiple test procedure", Scandinavian Journal of Statistics 6 (1979).
    """
    count, highest = len(probabilities), 0.0
    corrected = [1.0] * count
    for rank, place in enumerate(np.argsort(probabilities, kind="stable")):
        highest = max(highest, min(1.0, (count - rank) * probabilities[place]))
        corrected[place] = highest
    return corrected
