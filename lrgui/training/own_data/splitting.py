"""Which examples are held back to validate on, where a file has no part for that."""

import numpy as np
from numpy.typing import NDArray

from lrgui.core.messages import Message, Refused, say

LEAST_EXAMPLES = 10


def check_count(count: int, file: str) -> None:
    """Refuse data that are too few to learn from.

    Raises
    ------
    Refused
        There are fewer than ``LEAST_EXAMPLES``.
    """
    if count < LEAST_EXAMPLES:
        raise Refused(
            say(
                "{file} has {count} examples only: at least {least} are needed.",
                file=file,
                count=count,
                least=LEAST_EXAMPLES,
            )
        )


def held_back(labels: NDArray[np.generic], share: float, seed: int) -> NDArray[np.bool_]:
    """Return which examples are held back, shape (n,): the same ones for the same seed.

    Of each class so many as its share, and never its last one; where numbers are predicted, of all.

    Parameters
    ----------
    labels : array of int or float, shape (n,)
        Class numbers from 0, or numbers to be predicted.
    share : float
        Between 0 and 1. At least one example is held back, and at least one is not.
    seed : int
        Of numpy's default generator.
    """
    order = np.random.default_rng(seed).permutation(len(labels))
    groups = [order] if labels.dtype.kind == "f" else _by_class(labels, order)
    back = np.zeros(len(labels), bool)
    for group in groups:
        count = min(round(share * len(group)), len(group) - 1)
        back[group[:count]] = True
    if not back.any():
        back[max(groups, key=len)[0]] = True
    return back


def _by_class(labels: NDArray[np.generic], order: NDArray[np.int64]) -> list[NDArray[np.int64]]:
    shuffled = labels[order]
    return [order[shuffled == number] for number in np.unique(labels)]


def told(train: int, validation: int, seed: int) -> Message:
    """Say that examples were held back."""
    return say(
        "No validation part was given: {validation:,} of {all:,} examples are held back (split seed {seed}).",
        validation=validation,
        all=train + validation,
        seed=seed,
    )
