"""What data and model of an experiment look like, before anything is trained."""

import traceback

import numpy as np
import tensorflow as tf

from lrgui.core.config import Experiment
from lrgui.core.control import Control
from lrgui.core.data_summary import DataSummary, a_few_of_each, column_statistics
from lrgui.core.events import Described, Emit, Failed
from lrgui.core.messages import say
from lrgui.training.data import Cancelled, load
from lrgui.training.describe import describe
from lrgui.training.examine import as_seen
from lrgui.training.examples import Examples
from lrgui.training.failures import explain
from lrgui.training.keras_home import find
from lrgui.training.sources import SOURCES

IMAGES_SHOWN = 24
ROWS_SHOWN = 60


def preview(config: Experiment, emit: Emit, control: Control) -> None:
    """Emit one ``Described`` of the experiment, or ``Failed``; data that are not on this computer are left out.

    Parameters
    ----------
    config : Experiment
        What is asked.
    emit : callable
        Takes the events, on this thread.
    control : Control
        A stop ends the work without an answer.
    """
    _guarded(config, emit, control, download=False)


def fetch_and_preview(config: Experiment, emit: Emit, control: Control) -> None:
    """Do the same, but download the data if they have to be, with ``Progressed`` on the way."""
    _guarded(config, emit, control, download=True)


def _guarded(config: Experiment, emit: Emit, control: Control, *, download: bool) -> None:
    try:
        emit(_described(config, emit, control, download=download))
    except Cancelled:
        return
    except Exception as error:
        emit(Failed(explain(error), details=traceback.format_exc()))


def _described(config: Experiment, emit: Emit, control: Control, *, download: bool) -> Described:
    model = describe(config)
    if not download and not _at_hand(config):
        dataset = config.dataset
        note = say(
            "{dataset} is not on this computer yet: {megabytes:.0f} MB to download.",
            dataset=dataset.title,
            megabytes=dataset.download_bytes / 1e6,
        )
        return Described(model, note=note)
    return Described(model, summarize(config, load(config.dataset, emit, control)))


def _at_hand(config: Experiment) -> bool:
    source = SOURCES.get(type(config.dataset))
    return source is None or all(find(file.name) is not None for file in source.files)


def summarize(config: Experiment, examples: Examples) -> DataSummary:
    """Return the examples at a glance: what they count, and a few of each class."""
    kind = config.dataset.kind
    labels = examples.train_labels.numpy().astype(np.int64)
    classes = len(examples.class_names)
    chosen = a_few_of_each(labels, classes, IMAGES_SHOWN if kind == "images" else ROWS_SHOWN)
    statistics = {} if kind == "images" else column_statistics(as_seen(examples, examples.train_inputs.numpy()))
    return DataSummary(
        kind,
        examples.class_names,
        np.bincount(labels, minlength=classes),
        len(labels),
        int(examples.validation_labels.shape[0]),
        as_seen(examples, tf.gather(examples.train_inputs, chosen).numpy()),
        labels[chosen],
        examples.feature_names,
        statistics,
    )
