"""An optimizer's momentum that changes from step to step, in the graph."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import keras


class _GivenMomentum:
    """A tensor that stands where Keras expects a Python number.

    Keras asks in Python whether the momentum is 0, which a tensor cannot answer while it is traced. Whoever gives one
    wants it used, be it 0 at some steps: the update rule is the same.
    """

    def __init__(self, tensor: Any) -> None:
        self._tensor = tensor

    def __ne__(self, other: object) -> bool:
        return True

    __hash__ = object.__hash__

    def __tf_tensor__(self, dtype: Any = None, name: str | None = None) -> Any:
        return self._tensor


@contextmanager
def given_momentum(optimizer: keras.optimizers.Optimizer, momentum: Any) -> Iterator[None]:
    """Let a step be traced with the momentum of a tensor; the optimizer's own number is put back after.

    So the optimizer keeps its variables and its config: what is saved with it loads anywhere.

    Parameters
    ----------
    optimizer : keras.optimizers.SGD
        Built with a momentum above 0.
    momentum : tensor of float32, shape ()
        At least 0, below 1.
    """
    own = optimizer.momentum
    optimizer.momentum = _GivenMomentum(momentum)
    try:
        yield
    finally:
        optimizer.momentum = own
