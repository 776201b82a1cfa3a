"""The order of the examples, as a table: which examples each step sees."""

import numpy as np
from numpy.typing import NDArray


def steps_per_epoch(examples: int, batch_size: int) -> int:
    """Return how many full batches an epoch has; what is left over waits for the next epoch's shuffle.

    Raises
    ------
    ValueError
        The batch size is below 1 or above the number of examples.
    """
    if not 1 <= batch_size <= examples:
        raise ValueError(f"a batch of {batch_size} cannot be drawn from {examples} examples")
    return examples // batch_size


def epoch_indices(examples: int, batch_size: int, seed: int, epoch: int) -> NDArray[np.int32]:
    """Return the examples of every step of one epoch.

    Each epoch has a permutation of its own, drawn from the seed and the epoch's number alone, so that any epoch can
    be had without those before it.

    Parameters
    ----------
    examples, batch_size, seed, epoch : int
        How many examples there are, how many a step sees, and which epoch, from 0.

    Returns
    -------
    numpy.ndarray of int32, shape (steps_per_epoch, batch_size)
        No example twice in one epoch.
    """
    steps = steps_per_epoch(examples, batch_size)
    order = np.random.default_rng((seed, epoch)).permutation(examples)
    return order[: steps * batch_size].reshape(steps, batch_size).astype(np.int32)


def batch_indices(examples: int, batch_size: int, seed: int, steps: int) -> NDArray[np.int32]:
    """Return the examples of the first ``steps`` steps of a run, through as many epochs as they take.

    Returns
    -------
    numpy.ndarray of int32, shape (steps, batch_size)
    """
    epochs = -(-steps // steps_per_epoch(examples, batch_size))
    tables = [epoch_indices(examples, batch_size, seed, epoch) for epoch in range(epochs)]
    return np.concatenate(tables)[:steps] if tables else np.empty((0, batch_size), np.int32)
