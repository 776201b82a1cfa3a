"""Small data sets that come with scikit-learn: digits, and tables of measurements."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn import datasets
from sklearn.model_selection import train_test_split

from lrgui.core.config.dataset import BreastCancer, Digits, Iris, ProvidedDataset, Wine
from lrgui.training.raw import Pair, Raw

_SPLIT_SEED = 0
"""The split is the same in every run, whatever the run's seed."""


def digits() -> Raw:
    """Return the digits as images, uint8 from 0 to 16."""
    images, labels = datasets.load_digits(return_X_y=True)
    train, validation = _split(images.astype(np.uint8).reshape(-1, *Digits.example_shape), labels, Digits)
    return Raw(train, validation, scale=1 / 16)


def table(dataset: ProvidedDataset) -> Raw:
    """Return one of the tables, measurements as they are, to be standardised by what is trained on.

    Parameters
    ----------
    dataset : BreastCancer, Wine or Iris
        Which one.
    """
    found = _loader(dataset)()
    train, validation = _split(found.data, found.target, type(dataset))
    return Raw(train, validation, standardized=True, feature_names=tuple(map(str, found.feature_names)))


def _loader(dataset: ProvidedDataset) -> Callable[[], Any]:
    match dataset:
        case BreastCancer():
            return datasets.load_breast_cancer
        case Wine():
            return datasets.load_wine
        case Iris():
            return datasets.load_iris
    raise TypeError(f"no table for {dataset!r}")


def _split(inputs: NDArray[Any], labels: NDArray[Any], dataset: type[ProvidedDataset]) -> tuple[Pair, Pair]:
    """Split in two, each class in the same shares."""
    train_inputs, validation_inputs, train_labels, validation_labels = train_test_split(
        inputs, labels, test_size=dataset.validation_examples, random_state=_SPLIT_SEED, stratify=labels
    )
    return (train_inputs, train_labels), (validation_inputs, validation_labels)
