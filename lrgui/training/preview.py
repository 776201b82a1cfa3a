"""What data and model of an experiment look like, before anything is trained."""

import traceback
from collections.abc import Callable
from typing import Any

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from lrgui.core.config import Experiment
from lrgui.core.config.dataset import ProvidedDataset
from lrgui.core.config.model import OwnModel
from lrgui.core.control import Control
from lrgui.core.data_summary import DataSummary, a_few_of_each, column_statistics
from lrgui.core.events import Described, Emit, Failed
from lrgui.core.messages import say
from lrgui.training.data import Cancelled, load
from lrgui.training.describe import describe
from lrgui.training.examine import as_seen
from lrgui.training.examples import Examples
from lrgui.training.failures import explain
from lrgui.training.own.describing import describe_own
from lrgui.training.own.script_session import on_script_data
from lrgui.training.own.source import look_at
from lrgui.training.sources import is_at_hand

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
    _guarded(_of_the_model, config, emit, control)


def _of_script(config: Experiment) -> Described:
    """Describe the model alone: what ``load_data()`` gives is known when a run has called it."""
    assert isinstance(config.model, OwnModel)
    note = say("What load_data() in {file} gives is seen when a run begins.", file=config.dataset.label)
    return Described(describe_own(config.model, None), note=note)


def _guarded(
    look: Callable[[Experiment, Emit, Control], Described], config: Experiment, emit: Emit, control: Control
) -> None:
    try:
        # Here, where it can be stopped; what is shown is what comes of it.
        look_at(config.model, lambda event: None, control)
        emit(_of_script(config) if on_script_data(config) else look(config, emit, control))
    except Cancelled:
        return
    except Exception as error:
        emit(Failed(explain(error), details=traceback.format_exc()))


def _of_all(config: Experiment, emit: Emit, control: Control) -> Described:
    examples = load(config.dataset, emit, control)
    return Described(describe(config, examples.facts), summarize(examples))


def _of_the_model(config: Experiment, emit: Emit, control: Control) -> Described:
    """Describe the model for data that are known; a file of one's own is read, if it was not."""
    return Described(describe(config, config.dataset.facts or load(config.dataset, emit, control).facts))


def _of_what_is_here(config: Experiment, emit: Emit, control: Control) -> Described:
    dataset = config.dataset
    if not isinstance(dataset, ProvidedDataset) or is_at_hand(dataset):
        return _of_all(config, emit, control)
    note = say(
        "{dataset} is not on this computer yet: {megabytes:.0f} MB to download.",
        dataset=dataset.title,
        megabytes=dataset.download_bytes / 1e6,
    )
    return Described(describe(config, dataset.facts), note=note)


def summarize(examples: Examples) -> DataSummary:
    """Return the examples at a glance: what they count, and a few of each class."""
    facts = examples.facts
    labels, counts, chosen = _labels(examples)
    whole = facts.kind != "images"
    return DataSummary(
        facts.kind,
        examples.class_names,
        counts,
        facts.training_examples,
        facts.validation_examples,
        as_seen(examples, tf.gather(examples.train_inputs, chosen).numpy()),
        labels[chosen],
        examples.feature_names,
        column_statistics(as_seen(examples, examples.train_inputs.numpy())) if whole else {},
        examples.notes,
        facts.class_weights,
    )


def _labels(examples: Examples) -> tuple[NDArray[Any], NDArray[np.int64], NDArray[np.int64]]:
    """Return the labels as people know them, how many there are of each class, and which examples are shown."""
    facts, shown = examples.facts, SHOWN[examples.facts.kind]
    if facts.regression:
        numbers = examples.train_labels.numpy().astype(np.float64) * facts.target_deviation + examples.target_mean
        return numbers, np.zeros(0, np.int64), np.arange(min(shown, len(numbers)))
    labels, classes = examples.train_labels.numpy().astype(np.int64), len(facts.class_names)
    return labels, np.bincount(labels, minlength=classes), a_few_of_each(labels, classes, shown)
