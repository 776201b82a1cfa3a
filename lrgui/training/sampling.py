"""A part of the training examples in which each class has its share."""

import numpy as np
from numpy.typing import NDArray

from lrgui.core.messages import Refused, say

_CHOICE_SEED = 0
"""Which examples are taken is the same in every run, whatever the run's seed."""


def stratified(labels: NDArray[np.integer], count: int) -> NDArray[np.int64]:
    """Return which examples to train on, in their order.

    Parameters
    ----------
    labels : array of int, shape (n,)
        Class numbers from 0.
    count : int
        How many examples to take, at most n.

    Returns
    -------
    numpy.ndarray of int64, shape (count,)
        Every class that there is has at least one. With a larger count, a class keeps what it had and gets more, but
        for what rounding takes away again.

    Raises
    ------
    Refused
        There are fewer to take than classes, or more than examples.
    """
    sizes = np.bincount(labels)
    classes = int(np.count_nonzero(sizes))
    if count < classes:
        raise Refused(
            say(
                "{count} samples are fewer than the {classes} classes: take at least {classes}.",
                count=count,
                classes=classes,
            )
        )
    if count > len(labels):
        raise _too_many(count, len(labels))
    order = np.random.default_rng(_CHOICE_SEED).permutation(len(labels))
    quotas = _quotas(sizes, count)
    taken = [order[labels[order] == number][:quota] for number, quota in enumerate(quotas)]
    return np.sort(np.concatenate(taken))


def evenly(examples: int, count: int) -> NDArray[np.int64]:
    """Return which of the examples to train on where there are no classes, in their order, shape (count,).

    Raises
    ------
    Refused
        There are fewer than that.
    """
    if count > examples:
        raise _too_many(count, examples)
    return np.sort(np.random.default_rng(_CHOICE_SEED).permutation(examples)[:count])


def _too_many(count: int, examples: int) -> Refused:
    return Refused(
        say(
            "{count} samples are more than the {examples} training examples found: take at most {examples}.",
            count=count,
            examples=examples,
        )
    )


def _quotas(sizes: NDArray[np.integer], count: int) -> NDArray[np.int64]:
    """Share ``count`` out by largest remainder, with at least one to every class that there is."""
    exact = count * sizes / sizes.sum()
    quotas = np.maximum(np.floor(exact), sizes > 0).astype(np.int64)
    while quotas.sum() != count:
        more = quotas.sum() < count
        # Never more than there are, and never the last one.
        open_to_change = quotas < sizes if more else quotas > 1
        lack = np.where(open_to_change, exact - quotas, -np.inf if more else np.inf)
        quotas[lack.argmax() if more else lack.argmin()] += 1 if more else -1
    return quotas
