"""Data choice -> examples, resident in memory as they come: uint8, scaled only in the batch that needs them."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from lrgui.core.config import Choice
from lrgui.core.config.dataset import Digits, FashionMnist
from lrgui.core.control import Control
from lrgui.core.events import Emit
from lrgui.training import fashion_mnist
from lrgui.training.fashion_mnist import Cancelled

__all__ = ["Cancelled", "Examples", "load"]

_SPLIT_SEED = 0
"""The split is the same in every run, whatever the run's seed."""


@dataclass(frozen=True, eq=False)
class Examples:
    """Images and labels, held once, where TensorFlow reads them.

    Attributes
    ----------
    train_images, validation_images : tf.Tensor
        uint8, shape (n, height, width, channels).
    train_labels, validation_labels : tf.Tensor
        int32, shape (n,), from 0 to one below the number of classes.
    class_names : tuple of str
        What the labels stand for.
    scale : float
        What a pixel is multiplied by to lie between 0 and 1.
    """

    train_images: Any
    train_labels: Any
    validation_images: Any
    validation_labels: Any
    class_names: tuple[str, ...]
    scale: float

    @property
    def training_examples(self) -> int:
        """How many examples there are to train on."""
        return int(self.train_labels.shape[0])

    @property
    def example_shape(self) -> tuple[int, ...]:
        """Height, width, channels."""
        return tuple(int(size) for size in self.train_images.shape[1:])


def load(dataset: Choice, emit: Emit, control: Control) -> Examples:
    """Return the examples of a data set, downloading it if it has to be.

    What was loaded last is kept, so that the next run begins at once.

    Raises
    ------
    Refused
        The data cannot be had; the message says why, and what to do.
    Cancelled
        The run was stopped during the download.
    """
    match dataset:
        case Digits():
            return _digits()
        case FashionMnist():
            return _fashion_mnist(emit, control)
    raise TypeError(f"no data for {dataset!r}")


@lru_cache(maxsize=1)
def _digits() -> Examples:
    """Split scikit-learn's digits 1,437 to 360, each class in the same shares."""
    from sklearn.datasets import load_digits
    from sklearn.model_selection import train_test_split

    images, labels = load_digits(return_X_y=True)
    images = images.astype(np.uint8).reshape(-1, 8, 8)
    train_images, validation_images, train_labels, validation_labels = train_test_split(
        images, labels, test_size=Digits.validation_examples, random_state=_SPLIT_SEED, stratify=labels
    )
    names = tuple(str(digit) for digit in range(Digits.classes))
    return _resident((train_images, train_labels), (validation_images, validation_labels), names, 1 / 16)


_last_fashion: dict[str, Examples] = {}


def _fashion_mnist(emit: Emit, control: Control) -> Examples:
    folder = str(fashion_mnist.folder())
    if folder not in _last_fashion:
        train, validation = fashion_mnist.load(emit, control)
        _last_fashion.clear()
        _last_fashion[folder] = _resident(train, validation, fashion_mnist.CLASS_NAMES, 1 / 255)
    return _last_fashion[folder]


Pair = tuple[NDArray[Any], NDArray[Any]]


def _resident(train: Pair, validation: Pair, class_names: tuple[str, ...], scale: float) -> Examples:
    def tensors(pair: Pair) -> tuple[Any, Any]:
        images, labels = pair
        return tf.constant(images[..., np.newaxis], tf.uint8), tf.constant(labels, tf.int32)

    return Examples(*tensors(train), *tensors(validation), class_names, scale)
