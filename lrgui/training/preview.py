"""What data and model of an experiment look like, before anything is trained."""

import traceback
from collections.abc import Callable

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

SHOWN = {"images": 24, "table": 60, "points": 1000}
"""How many examples are shown of each kind."""


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
    _guarded(_of_what_is_here, config, emit, control)


def fetch_and_preview(config: Experiment, emit: Emit, control: Control) -> None:
    """Do the same, but download the data if they have to be, with ``Progressed`` on the way."""
    _guarded(_of_all, config, emit, control)


def model_alone(config: Experiment, emit: Emit, control: Control) -> None:
    """Emit a ``Described`` without data: it takes some milliseconds."""
    _guarded(lambda config, emit, control: Described(describe(config)), config, emit, control)


def _guarded(
    look: Callable[[Experiment, Emit, Control], Described], config: Experiment, emit: Emit, control: Control
) -> None:
    try:
        emit(look(config, emit, control))
    except Cancelled:
        return
    except Exception as error:
        emit(Failed(explain(error), details=traceback.format_exc()))


def _of_all(config: Experiment, emit: Emit, control: Control) -> Described:
    return Described(describe(config), summarize(config, load(config.dataset, emit, control)))


def _of_what_is_here(config: Experiment, emit: Emit, control: Control) -> Described:
    if _at_hand(config):
        return _of_all(config, emit, control)
    note = say(
        "{dataset} is not on this computer yet: {megabytes:.0f} MB to download.",
        dataset=config.dataset.title,
        megabytes=config.dataset.download_bytes / 1e6,
    )
    return Described(describe(config), note=note)


def _at_hand(config: Experiment) -> bool:
    source = SOURCES.get(type(config.dataset))
    return source is None or all(find(file.name) is not None for file in source.files)


def summarize(config: Experiment, examples: Examples) -> DataSummary:
    """Return the examples at a glance: what they count, and a few of each class."""
    kind = config.dataset.kind
    labels = examples.train_labels.numpy().astype(np.int64)
    classes = len(examples.class_names)
    chosen = a_few_of_each(labels, classes, SHOWN[kind])
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
