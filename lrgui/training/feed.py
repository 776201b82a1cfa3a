"""How examples reach the model: gathered as they are held, scaled, and labelled as the loss wants it."""

from dataclasses import dataclass
from typing import Any

import tensorflow as tf


@dataclass(frozen=True)
class Feed:
    """What a batch is made of.

    Attributes
    ----------
    example_shape : tuple of int
        Of one example.
    dtype : str
        Of the examples in memory: ``uint8`` for pixels, ``float32`` for tables.
    one_hot : int or None
        How many classes there are, if the loss compares with one-hot targets; None if it takes class numbers.
    """

    example_shape: tuple[int, ...]
    dtype: str
    one_hot: int | None = None

    def batch(self, inputs: Any, labels: Any, scale: Any) -> tuple[Any, Any]:
        """Return what a step takes: float32 examples, and labels as int32 numbers or one-hot float32."""
        return tf.cast(inputs, tf.float32) * scale, self.targets(labels)

    def targets(self, labels: Any) -> Any:
        """Return class numbers of shape (n,) as the loss wants them."""
        return labels if self.one_hot is None else tf.one_hot(labels, self.one_hot)

    def signature(self) -> list[tf.TensorSpec]:
        """Return the types of the data: all examples, all labels, and the scale."""
        inputs = tf.TensorSpec([None, *self.example_shape], self.dtype)
        return [inputs, tf.TensorSpec([None], tf.int32), tf.TensorSpec([], tf.float32)]
