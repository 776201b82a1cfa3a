"""The data that the tasks of the benchmark ``suggestion`` are trained on."""

import numpy as np
import sklearn.datasets
from numpy.typing import NDArray
from pydantic import TypeAdapter

from lrgui.core.config.dataset import Dataset
from lrgui.core.control import Control
from lrgui.training.data import load

Pair = tuple[NDArray[np.float32], NDArray[np.int32]]

_FEW, _MOST_VALIDATION = 3000, 4000
_WRONG_LABELS = 0.2


def examples(data: str) -> tuple[Pair, Pair]:
    """Return what a task trains on and what it is validated on, inputs as the program feeds them.

    Of data with few examples 40 % are for validation, so that accuracies differ by less than chance.

    Parameters
    ----------
    data : str
        A data set as it is typed on the command line, or ``clusters``, scikit-learn's generated classes; after
        ``noisy_`` a fifth of the training labels is drawn at random.
    """
    name = data.removeprefix("noisy_")
    train, validation = _clusters() if name == "clusters" else _known(name)
    return (_with_wrong_labels(train) if name != data else train), validation


def _known(name: str) -> tuple[Pair, Pair]:
    held = load(TypeAdapter(Dataset).validate_python(name), lambda event: None, Control())
    train = np.array(held.train_inputs, np.float32) * held.scale, np.array(held.train_labels)
    validation = np.array(held.validation_inputs, np.float32) * held.scale, np.array(held.validation_labels)
    if len(train[1]) + len(validation[1]) > _FEW:
        return train, (validation[0][:_MOST_VALIDATION], validation[1][:_MOST_VALIDATION])
    return _split(*(np.concatenate(parts) for parts in zip(train, validation, strict=True)))


def _clusters() -> tuple[Pair, Pair]:
    inputs, labels = sklearn.datasets.make_classification(
        5000, n_features=20, n_informative=10, n_classes=5, n_clusters_per_class=2, random_state=0
    )
    return _split(inputs.astype(np.float32), labels.astype(np.int32))


def _split(inputs: NDArray[np.float32], labels: NDArray[np.int32]) -> tuple[Pair, Pair]:
    order = np.random.default_rng(0).permutation(len(labels))
    train, validation = np.split(order, [round(0.6 * len(labels))])
    return (inputs[train], labels[train]), (inputs[validation], labels[validation])


def _with_wrong_labels(pair: Pair) -> Pair:
    random, (inputs, labels) = np.random.default_rng(1), pair
    wrong = random.random(len(labels)) < _WRONG_LABELS
    drawn = random.integers(0, labels.max() + 1, len(labels)).astype(np.int32)
    return inputs, np.where(wrong, drawn, labels)
