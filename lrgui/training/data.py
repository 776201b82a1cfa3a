"""Data choice -> examples, resident in memory; the last ones are kept, so that the next run begins at once."""

import threading
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from lrgui.core.config.dataset import DatasetChoice, Digits, GeneratedPoints, OwnData, ProvidedDataset
from lrgui.core.config.dataset.facts import Stamp, remember
from lrgui.core.control import Control
from lrgui.core.events import Emit
from lrgui.training import keras_home
from lrgui.training.download import Cancelled
from lrgui.training.examples import Examples, hold
from lrgui.training.images import images
from lrgui.training.own_data.content import content_of
from lrgui.training.own_data.reading import read, stamp_of
from lrgui.training.points import points
from lrgui.training.raw import Raw
from lrgui.training.sampling import evenly, stratified
from lrgui.training.sources import SOURCES
from lrgui.training.tables import digits, table

__all__ = ["Cancelled", "Examples", "load"]

MOST_BYTES = 200_000_000
"""How much is kept besides what was loaded last: a CIFAR and some small ones, but not two CIFARs."""

_LOOK_SECONDS = 0.05
_kept: OrderedDict[tuple[DatasetChoice, str | Stamp], Examples] = OrderedDict()
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
    key: tuple[DatasetChoice, str | Stamp] = (dataset, _place(dataset))
    with _alone(control):
        if key not in _kept:
            _kept[key] = _read(dataset, emit, control)
        if isinstance(key[1], tuple):
            remember(dataset, _kept[key].facts, key[1])
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


def _place(dataset: DatasetChoice) -> str | Stamp:
    """Return what tells the same choice apart: a file that was changed, or another home of downloads."""
    return stamp_of(dataset) if isinstance(dataset, OwnData) else str(keras_home.folder())


def _read(dataset: DatasetChoice, emit: Emit, control: Control) -> Examples:
    if isinstance(dataset, OwnData):
        return _read_own(dataset)
    assert isinstance(dataset, ProvidedDataset)
    raw = _sampled(_read_provided(dataset, emit, control), dataset.samples)
    return hold(raw, dataset.kind, dataset.class_names)


def _read_own(dataset: OwnData) -> Examples:
    found = read(dataset)
    balanced = dataset.class_weights == "balanced"
    examples = hold(_sampled(found.raw, dataset.samples), found.kind, found.class_names, balanced=balanced)
    return replace(examples, content=content_of(dataset.file))


def _read_provided(dataset: ProvidedDataset, emit: Emit, control: Control) -> Raw:
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
    labels = raw.train[1]
    return raw.sampled(evenly(len(labels), samples) if raw.regression else stratified(labels, samples))
