"""The examples of a data set, as they are held for training."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from lrgui.training.raw import Raw


@dataclass(frozen=True, eq=False)
class Examples:
    """Examples and labels, held once, where TensorFlow reads them.

    Attributes
    ----------
    train_inputs, validation_inputs : tf.Tensor
        Images as they come, uint8 of shape (n, height, width, channels); tables as float32 of shape (n, features).
    train_labels, validation_labels : tf.Tensor
        int32, shape (n,), from 0 to one below the number of classes.
    class_names : tuple of str
        What the labels stand for.
    scale : float
        What an input is multiplied by in the batch that needs it: a pixel comes to lie between 0 and 1.
    feature_names : tuple of str
        Of a table's columns; empty for images.
    means, deviations : tuple of float
        What was taken from each column, and what it was divided by after that, if the table was standardised;
        else empty. ``inputs * deviations + means`` are the measurements.
    """

    train_inputs: Any
    train_labels: Any
    validation_inputs: Any
    validation_labels: Any
    class_names: tuple[str, ...]
    scale: float
    feature_names: tuple[str, ...] = ()
    means: tuple[float, ...] = ()
    deviations: tuple[float, ...] = ()

    @property
    def training_examples(self) -> int:
        """How many examples there are to train on."""
        return int(self.train_labels.shape[0])

    @property
    def example_shape(self) -> tuple[int, ...]:
        """Height, width, channels; or the number of features."""
        return tuple(int(size) for size in self.train_inputs.shape[1:])

    @property
    def bytes(self) -> int:
        """How much memory the inputs take."""
        parts = (self.train_inputs, self.validation_inputs)
        return sum(int(np.prod(part.shape)) * int(part.dtype.size) for part in parts)


def hold(raw: Raw, class_names: tuple[str, ...]) -> Examples:
    """Put what was read where TensorFlow reads it, standardised if it is to be."""
    (inputs, labels), (validation_inputs, validation_labels) = raw.train, raw.validation
    means: NDArray[Any] = np.empty(0)
    deviations: NDArray[Any] = np.empty(0)
    if raw.standardized:
        means, deviations = measure(inputs)
        inputs, validation_inputs = ((part - means) / deviations for part in (inputs, validation_inputs))
    dtype = tf.uint8 if inputs.dtype == np.uint8 else tf.float32
    return Examples(
        tf.constant(inputs, dtype),
        tf.constant(labels, tf.int32),
        tf.constant(validation_inputs, dtype),
        tf.constant(validation_labels, tf.int32),
        class_names,
        raw.scale,
        raw.feature_names,
        tuple(means.tolist()),
        tuple(deviations.tolist()),
    )


def measure(inputs: NDArray[Any]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return mean and standard deviation of each column; a column that is the same everywhere has a deviation of 1.

    Parameters
    ----------
    inputs : array of shape (n, features)
        The training part only: what is measured on validation data would not be known in earnest.
    """
    means, deviations = inputs.mean(axis=0), inputs.std(axis=0)
    return means, np.where(deviations > 0, deviations, 1.0)
