"""The learning rate of any optimizer, made settable at every step, and given back as the object that it was."""

from typing import Any

import keras
import tensorflow as tf


class FreeRate:
    """Stands where an optimizer has a schedule: Keras calls it for the rate, and assigns to it as to a variable."""

    def __init__(self) -> None:
        self._rate = tf.Variable(0.0, trainable=False)

    def __call__(self) -> Any:
        """Return the rate."""
        return self._rate

    def assign(self, learning_rate: Any) -> Any:
        """Set the rate."""
        return self._rate.assign(tf.cast(learning_rate, tf.float32))


def rate_object(optimizer: keras.optimizers.Optimizer) -> Any:
    """Return what the optimizer was given for a rate, if that is a schedule or a function; None if it was a number.

    Keras has no public way to it: ``learning_rate`` is what it gives at this step.
    """
    kept = vars(innermost(optimizer))["_learning_rate"]
    return None if isinstance(kept, keras.Variable) else kept


def give_back_rate(optimizer: keras.optimizers.Optimizer, kept: Any) -> None:
    """Put back the schedule or the function that ``rate_object`` has returned; numbers are put back as variables."""
    if kept is not None:
        optimizer.learning_rate = kept


def innermost(optimizer: keras.optimizers.Optimizer) -> Any:
    """Return the optimizer that has the rate: in mixed precision another one is wrapped around it."""
    while isinstance(optimizer, keras.optimizers.LossScaleOptimizer):
        optimizer = optimizer.inner_optimizer
    return optimizer
