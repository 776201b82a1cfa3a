"""How examples reach the model: gathered as they are held, scaled, and labelled as the loss wants it."""

from dataclasses import dataclass
from typing import Any, Self

import tensorflow as tf

from lrgui.core.config.dataset.facts import Facts, InputType
from lrgui.training.own_data.pictures import pictures


@dataclass(frozen=True)
class Feed:
    """What a batch is made of.

    Attributes
    ----------
    example_shape : tuple of int
        Of one example.
    dtype : str
        Of the examples in memory: ``uint8`` for pixels, ``float32`` for tables, ``string`` for paths of image files,
        which are read when their batch comes.
    one_hot : int or None
        How many classes there are, if the loss compares with one-hot targets; None if it takes class numbers.
    class_weights : tuple of float
        What the loss of each class counts; empty where all count the same.
    target_deviation : float or None
        Of a number to be predicted, what it was divided by; None where there are classes.
    model_shape : tuple of int or None
        The shape in which the model takes an example, if it is another one of as many numbers.
    threshold : float or None
        From which output on a model with a single one answers with the second of two classes; None where it has one
        output for each class.
    """

    example_shape: tuple[int, ...]
    dtype: InputType
    one_hot: int | None = None
    class_weights: tuple[float, ...] = ()
    target_deviation: float | None = None
    model_shape: tuple[int, ...] | None = None
    threshold: float | None = None

    @classmethod
    def of(cls, facts: Facts, *, one_hot: bool) -> Self:
        """Return how data reach a model whose loss compares with one-hot targets, or with class numbers."""
        classes = len(facts.class_names) if one_hot and facts.class_names else None
        deviation = facts.target_deviation if facts.regression else None
        return cls(facts.example_shape, facts.input_type, classes, facts.class_weights, deviation)

    @property
    def regression(self) -> bool:
        """Whether a number is predicted."""
        return self.target_deviation is not None

    def batch(self, inputs: Any, labels: Any, scale: Any) -> tuple[Any, Any]:
        """Return what an evaluation takes: float32 examples, and targets as the loss wants them."""
        if self.dtype == "string":
            examples = pictures(inputs, self.example_shape) * scale
        else:
            examples = tf.cast(inputs, tf.float32) * scale
        return self.shaped(examples), self.targets(labels)

    def shaped(self, examples: Any) -> Any:
        """Return examples in the shape in which the model takes them."""
        if self.model_shape in (None, self.example_shape):
            return examples
        return tf.reshape(examples, (-1, *self.model_shape))

    def training_batch(self, inputs: Any, labels: Any, scale: Any) -> tuple[Any, ...]:
        """Return what a step takes: the same, and the weight of each example if classes do not count alike."""
        batch = self.batch(inputs, labels, scale)
        return (*batch, tf.gather(tf.constant(self.class_weights), labels)) if self.class_weights else batch

    def targets(self, labels: Any) -> Any:
        """Return class numbers of shape (n,) as the loss wants them, or numbers to be predicted as (n, 1)."""
        if self.regression:
            return labels[:, tf.newaxis]
        return labels if self.one_hot is None else tf.one_hot(labels, self.one_hot)

    def signature(self) -> list[tf.TensorSpec]:
        """Return the types of the data: all examples, all labels, and the scale."""
        return [tf.TensorSpec([None, *self._held], self.dtype), self._labels([None]), tf.TensorSpec([], tf.float32)]

    def nothing(self) -> tuple[Any, Any, Any]:
        """Return data of these types with one example, for a call that does no step."""
        inputs = tf.zeros((1, *self._held), self.dtype)
        return inputs, tf.zeros((1,), self._labels([1]).dtype), tf.constant(1.0)

    @property
    def _held(self) -> tuple[int, ...]:
        return () if self.dtype == "string" else self.example_shape

    def _labels(self, shape: list[int | None]) -> tf.TensorSpec:
        return tf.TensorSpec(shape, tf.float32 if self.regression else tf.int32)
