"""All that a training changes in a prepared model, taken out and put back: so that one model serves many trainings."""

from typing import Any

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from lrgui.training.prepared import Prepared

State = tuple[Any, ...]
"""A tensor for each variable; they keep their values whatever the model goes on to do."""


def taken(prepared: Prepared) -> State:
    """Return weights, statistics, dropout's seeds, the optimizer's variables and the metrics, as they are now.

    Nothing is copied: TensorFlow gives a variable that is written new memory while its old value is held.
    """
    return tuple(tf.convert_to_tensor(variable) for variable in _variables(prepared))


def put_back(prepared: Prepared, state: State) -> None:
    """Let the model go on from a state that was taken of it, or of another one of the same structure."""
    for variable, value in zip(_variables(prepared), state, strict=True):
        variable.value.assign(value, read_value=False)


def weights_of(prepared: Prepared) -> State:
    """Return what belongs to the model alone: its weights, statistics and seeds."""
    return tuple(tf.convert_to_tensor(variable) for variable in prepared.model.variables)


def with_weights(weights: State, state: State) -> State:
    """Return a state with other weights: optimizer and metrics are those of the state."""
    return (*weights, *state[len(weights) :])


def packed(state: State) -> NDArray[np.uint8]:
    """Return a state as bytes, shape (bytes,)."""
    return np.concatenate([np.frombuffer(np.ascontiguousarray(value).tobytes(), np.uint8) for value in state])


def unpacked(prepared: Prepared, data: NDArray[np.uint8]) -> State:
    """Return the state that was packed, of a model of this structure.

    Raises
    ------
    ValueError
        It is of another structure.
    """
    state, first = [], 0
    for variable in taken(prepared):
        like = variable.numpy()
        part = data[first : first + like.nbytes].tobytes()
        state.append(tf.constant(np.frombuffer(part, like.dtype).reshape(like.shape)))
        first += like.nbytes
    if first != len(data):
        raise ValueError("a state of another structure")
    return tuple(state)


def _variables(prepared: Prepared) -> list[Any]:
    model = prepared.model
    return [*model.variables, *model.optimizer.variables, *model.metrics_variables]
