"""A model made ready: traced once per structure, kept, and reset in place for every run."""

import math
import random
import threading
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Self

import keras
import tensorflow as tf

from lrgui.core.config import Choice, Config, Experiment
from lrgui.core.config.dataset.facts import Facts
from lrgui.core.config.model import OwnModel
from lrgui.core.messages import Message
from lrgui.training import graph
from lrgui.training.feed import Feed
from lrgui.training.losses import build_loss, build_metrics, output_activation, takes_one_hot
from lrgui.training.models import build_model
from lrgui.training.optimizers import build_optimizer
from lrgui.training.own.source import content_of

EVALUATION_BATCH = 128
"""Examples a batch of an evaluation: large enough to be quick, small enough to be stopped soon."""

MOST_KEPT = 4
"""How many structures are kept; Keras never frees a traced graph, so a second trace costs memory for good."""


@dataclass(frozen=True)
class Structure:
    """What a traced graph depends on: runs that share all of this share a prepared model.

    Of a model from a file that is the file's ``content`` too, and what its ``data`` are called.
    """

    model: Choice
    loss: Choice
    optimizer: Choice
    feed: Feed
    outputs: int
    cycles_momentum: bool = False
    content: str = ""
    data: str = ""

    @classmethod
    def of(cls, config: Experiment, facts: Facts, *, cycles_momentum: bool = False) -> Self:
        """Return the structure of an experiment whose optimizer keeps its momentum, or is given one at each step."""
        feed = Feed.of(facts, one_hot=takes_one_hot(config.loss))
        parts = (config.model, config.loss, config.optimizer, feed, facts.outputs, cycles_momentum)
        if not isinstance(config.model, OwnModel):
            return cls(*parts)
        return cls(*parts, content_of(config.model), str(config.dataset.label))

    def build(self) -> tuple[keras.Model, keras.optimizers.Optimizer]:
        """Make a model with fresh weights, not compiled, and the optimizer built for it."""
        activation = output_activation(self.loss, regression=self.feed.regression)
        model = build_model(self.model, self.feed.example_shape, self.outputs, activation)
        optimizer = build_optimizer(self.optimizer, 1e-3)
        optimizer.build(model.trainable_variables)
        return model, optimizer


class Prepared:
    """A compiled model with its two graph loops.

    Parameters
    ----------
    structure : Structure
        What is trained on what, towards what, and by which rule.

    Attributes
    ----------
    structure : Structure
        The same.
    model : keras.Model
        With all methods its own, whenever nothing is attached.
    trained_by : Config or None
        The run whose weights these are: the last one that took a step; None since a reset.
    empty_logs : dict
        What a whole epoch is answered with: Keras looks at the names only, and asks the metrics for their values.
    content : str
        The hash of the file that the model came from, if it came from one.
    train_chunk, evaluate_chunk : callable
        See ``graph.make_training_chunk`` and ``graph.make_evaluation_chunk``.
    """

    content = ""

    def __init__(self, structure: Structure) -> None:
        self.structure = structure
        self.model = self._compiled()
        structure = self.structure
        graph.build_metrics(self.model, structure.feed)
        cycled = structure.cycles_momentum
        self.train_chunk: Any = graph.make_training_chunk(self.model, structure.feed, cycles_momentum=cycled)
        self.evaluate_chunk: Any = graph.make_evaluation_chunk(self.model, structure.feed, EVALUATION_BATCH)
        self.trained_by: Config | None = None
        self.empty_logs = dict.fromkeys(self.model.get_metrics_result(), math.nan)
        self._warm_up()

    def _compiled(self) -> keras.Model:
        structure = self.structure
        model, optimizer = structure.build()
        metrics = build_metrics(regression=structure.feed.regression)
        model.compile(optimizer, build_loss(structure.loss), metrics=metrics)
        return model

    def _warm_up(self) -> None:
        """Call both for no step at all: a first call takes a tenth of a second, which a stop is not to wait for."""
        feed = self.structure.feed
        data = feed.nothing()
        limits = (tf.constant(0), tf.constant(0), tf.constant(0.0, tf.float64))
        tables = (tf.zeros((1, 1), tf.int32), tf.zeros((1,)), tf.zeros((1,)))
        self.train_chunk(*data, *tables, tf.constant(1.0), *limits)
        self.evaluate_chunk(*data, *limits)

    def reset(self, seed: int) -> None:
        """Give weights, optimizer and dropout the values that a model has which was just built from this seed.

        A plain script that builds the same model after ``keras.utils.set_random_seed(seed)`` gets the same values.
        """
        self.trained_by = None
        with seeded(seed):
            model, optimizer = self.structure.build()
        for kept, new in zip(self.model.variables, model.variables, strict=True):
            kept.assign(new)
        for kept, new in zip(self.model.optimizer.variables, optimizer.variables, strict=True):
            kept.assign(new)
        self.model.reset_metrics()

    def proof(self, seed: int) -> Message | None:
        """Put a person's own model back as at the begin of a run from this seed, and say so; None for ours."""
        return None

    def attach(self, train_function: Any, test_function: Any) -> None:
        """Let ``fit`` and ``evaluate`` call these in place of the functions that Keras would make."""
        self.model.train_function = train_function
        self.model.test_function = test_function

    def detach(self) -> None:
        """Leave the model with nothing but Keras's own."""
        self.model.train_function = None
        self.model.test_function = None


@contextmanager
def seeded(seed: int) -> Iterator[None]:
    """Let Keras's layers draw their seeds as after ``keras.utils.set_random_seed``, and leave no trace of it.

    They draw from Python's generator alone. Setting TensorFlow's seed as well would empty its cache of kernels: the
    next call of every traced function then takes 50 to 100 ms.
    """
    with unseen_by_seeds():
        random.seed(seed)
        yield


_one_build = threading.Lock()


@contextmanager
def unseen_by_seeds() -> Iterator[None]:
    """Let one thread at a time build a model, and put Python's generator back to where it was.

    Layers draw their seeds from it: what another thread builds at the same time would draw from the middle of a run's.
    """
    with _one_build:
        state = random.getstate()
        try:
            yield
        finally:
            random.setstate(state)


_kept: OrderedDict[Structure, Prepared] = OrderedDict()


def prepare(config: Experiment, facts: Facts | None = None, *, cycles_momentum: bool = False) -> Prepared:
    """Return the prepared model of this experiment's structure, made now or kept from an earlier run.

    Parameters
    ----------
    config : Experiment
        What is trained.
    facts : Facts, optional
        On what; what the config knows of its data, if not given.
    cycles_momentum : bool
        Whether the optimizer is given another momentum at each step; it then has one above 0.
    """
    facts = facts or config.dataset.facts
    if facts is None:
        raise ValueError("nothing is known of the data: load them first")
    structure = Structure.of(config, facts, cycles_momentum=cycles_momentum)
    if structure not in _kept:
        _kept[structure] = _made(structure, config.seed)
    _kept.move_to_end(structure)
    while len(_kept) > MOST_KEPT:
        _kept.popitem(last=False)
    return _kept[structure]


def _made(structure: Structure, seed: int) -> Prepared:
    if not isinstance(structure.model, OwnModel):
        return Prepared(structure)
    from lrgui.training.own.from_file import FilePrepared

    return FilePrepared(structure, seed)


def kept_of(config: Experiment) -> Prepared | None:
    """Return the prepared model whose weights this run has left, if it is still there."""
    return next((kept for kept in _kept.values() if kept.trained_by == config), None)


def forget_all() -> None:
    """Drop every kept model, to have its memory back."""
    _kept.clear()
