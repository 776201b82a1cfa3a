"""The examples of a data set, as they are held for training."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from lrgui.core.config.dataset.facts import Facts, InputType, Kind
from lrgui.core.messages import Message
from lrgui.training.raw import Raw

_PATH_BYTES = 200
"""About what a path takes."""


@dataclass(frozen=True, eq=False)
class Examples:
    """Examples and labels, held once, where TensorFlow reads them.

    Attributes
    ----------
    train_inputs, validation_inputs : tf.Tensor
        Images as they come, uint8 of shape (n, height, width, channels); tables as float32 of shape (n, features);
        paths of image files as strings, shape (n,).
    train_labels, validation_labels : tf.Tensor
        int32, shape (n,), from 0 to one below the number of classes; or float32, the numbers to be predicted.
    facts : Facts
        What they are.
    scale : float
        What an input is multiplied by in the batch that needs it: a pixel comes to lie between 0 and 1.
    feature_names : tuple of str
        Of a table's columns; empty for images.
    means, deviations : tuple of float
        What was taken from each column, and what it was divided by after that, if the table was standardised;
        else empty. ``inputs * deviations + means`` are the measurements.
    target_mean : float
        What was taken from each number to be predicted before it was divided by ``facts.target_deviation``.
    notes : tuple of Message
        What a person should know of how the data were read.
    content : str
        A hash of a person's own data, to tell them from others; empty for all else.
    """

    train_inputs: Any
    train_labels: Any
    validation_inputs: Any
    validation_labels: Any
    facts: Facts
    scale: float
    feature_names: tuple[str, ...] = ()
    means: tuple[float, ...] = ()
    deviations: tuple[float, ...] = ()
    target_mean: float = 0.0
    notes: tuple[Message, ...] = ()
    content: str = ""

    @property
    def class_names(self) -> tuple[str, ...]:
        """What the labels stand for; empty where numbers are predicted."""
        return self.facts.class_names

    @property
    def training_examples(self) -> int:
        """How many examples there are to train on."""
        return int(self.train_labels.shape[0])

    @property
    def example_shape(self) -> tuple[int, ...]:
        """Height, width, channels; or the number of features."""
        return self.facts.example_shape

    @property
    def bytes(self) -> int:
        """How much memory the inputs take."""
        parts = (self.train_inputs, self.validation_inputs)
        each = _PATH_BYTES if self.facts.input_type == "string" else self.train_inputs.dtype.size
        return sum(int(np.prod(part.shape)) * int(each) for part in parts)


def hold(raw: Raw, kind: Kind, class_names: tuple[str, ...], *, balanced: bool = False) -> Examples:
    """Put what was read where TensorFlow reads it, standardised if it is to be.

    Parameters
    ----------
    raw : Raw
        What was read.
    kind, class_names
        What examples and labels are.
    balanced : bool
        Whether the loss of a class counts the more the fewer examples it has.
    """
    (inputs, labels), (validation_inputs, validation_labels) = raw.train, raw.validation
    means: NDArray[Any] = np.empty(0)
    deviations: NDArray[Any] = np.empty(0)
    if raw.standardized:
        means, deviations = measure(inputs)
        inputs, validation_inputs = ((part - means) / deviations for part in (inputs, validation_inputs))
    mean, deviation = _of_target(raw)
    if raw.regression:
        labels, validation_labels = ((part - mean) / deviation for part in (labels, validation_labels))
    input_type: InputType = "string" if raw.image_shape else "uint8" if inputs.dtype == np.uint8 else "float32"
    facts = Facts(
        kind,
        raw.image_shape or inputs.shape[1:],
        class_names,
        len(labels),
        len(validation_labels),
        input_type,
        _balance(labels, len(class_names)) if balanced and class_names else (),
        deviation,
    )
    label_type = tf.float32 if raw.regression else tf.int32
    return Examples(
        tf.constant(inputs, input_type),
        tf.constant(labels, label_type),
        tf.constant(validation_inputs, input_type),
        tf.constant(validation_labels, label_type),
        facts,
        raw.scale,
        raw.feature_names,
        tuple(means.tolist()),
        tuple(deviations.tolist()),
        mean,
        raw.notes,
    )


def _of_target(raw: Raw) -> tuple[float, float]:
    """Return what is taken from the numbers to be predicted, and what they are divided by: 0 and 1 if left alone."""
    if not (raw.regression and raw.standardized_target):
        return 0.0, 1.0
    numbers = raw.train[1]
    return float(numbers.mean()), float(numbers.std()) or 1.0


def _balance(labels: NDArray[np.int64], classes: int) -> tuple[float, ...]:
    """Return ``n / (classes * n_class)`` of each class, so that all classes weigh the same (King and Zeng, 2001)."""
    counts = np.bincount(labels, minlength=classes)
    return tuple((len(labels) / (classes * np.maximum(counts, 1))).round(6).tolist())


def measure(inputs: NDArray[Any]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return mean and standard deviation of each column; a column that is the same everywhere has a deviation of 1.

    Parameters
    ----------
    inputs : array of shape (n, features)
        The training part only: what is measured on validation data would not be known in earnest.
    """
    means, deviations = inputs.mean(axis=0), inputs.std(axis=0)
    return means, np.where(deviations > 0, deviations, 1.0)
