"""Data choice -> examples, resident in memory; the last ones are kept, so that the next run begins at once."""

import threading
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager

from lrgui.core.config.dataset import DatasetChoice, Digits, GeneratedPoints
from lrgui.core.control import Control
from lrgui.core.events import Emit
from lrgui.training import keras_home
from lrgui.training.download import Cancelled
from lrgui.training.examples import Examples, hold
from lrgui.training.images import images
from lrgui.training.points import points
from lrgui.training.raw import Raw
from lrgui.training.sampling import stratified
from lrgui.training.sources import SOURCES
from lrgui.training.tables import digits, table

__all__ = ["Cancelled", "Examples", "load"]

MOST_BYTES = 200_000_000
"""How much is kept besides what was loaded last: a CIFAR and some small ones, but not two CIFARs."""

_LOOK_SECONDS = 0.05
_kept: OrderedDict[tuple[DatasetChoice, str], Examples] = OrderedDict()
_one_load = threading.Lock()


def load(dataset: DatasetChoice, emit: Emit, control: Control) -> Examples:
    """Return the examples of a data set, downloading it if it has to be. May be called by several threads.

    Raises
    ------
    Refused
        The data cannot be had; the message says why, and what to do.
    Cancelled
        The run was stopped during the download.
    """
    key = (dataset, str(keras_home.folder()))
    with _alone(control):
        if key not in _kept:
            _kept[key] = hold(_sampled(_read(dataset, emit, control), dataset.samples), dataset.class_names)
        _kept.move_to_end(key)
        while len(_kept) > 1 and sum(examples.bytes for examples in _kept.values()) > MOST_BYTES:
            _kept.popitem(last=False)
        return _kept[key]


@contextmanager
def _alone(control: Control) -> Iterator[None]:
    """Let no two threads download the same files; a stop does not wait for the other's download."""
    while not _one_load.acquire(timeout=_LOOK_SECONDS):
        if control.stopping:
            raise Cancelled
    try:
        yield
    finally:
        _one_load.release()


def _read(dataset: DatasetChoice, emit: Emit, control: Control) -> Raw:
    if type(dataset) in SOURCES:
        return images(dataset, emit, control)
    match dataset:
        case Digits():
            return digits()
        case GeneratedPoints():
            return points(dataset)
    return table(dataset)


def _sampled(raw: Raw, samples: int | None) -> Raw:
    """Keep so many of the training examples; the validation data stay whole."""
    if samples is None:
        return raw
    inputs, labels = raw.train
    chosen = stratified(labels, samples)
    return Raw((inputs[chosen], labels[chosen]), raw.validation, raw.scale, raw.standardized, raw.feature_names)
