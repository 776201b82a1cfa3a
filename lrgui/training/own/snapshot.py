"""A user's model as it is now, kept in memory, and put back exactly."""

import hashlib
import json
import random
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import keras
import numpy as np
import tensorflow as tf
from keras.src.backend.common import global_state

from lrgui.training.own.rate import give_back_rate, rate_object

_ATTRIBUTES = ("train_function", "test_function", "predict_function", "stop_training", "steps_per_execution", "history")
_METHODS = ("train_step", "test_step", "compute_loss", "make_train_function")
_GLOBAL_SEEDS = "global_seed_generator"
_ABSENT = object()


@dataclass(frozen=True, eq=False)
class Snapshot:
    """All that a training changes in a model, as it was when ``snapshot`` was called.

    Attributes
    ----------
    model : keras.Model
        Whose.
    values : tuple of (tf.Variable, tf.Tensor)
        Weights, statistics of BatchNormalization, states and seeds, the optimizer's variables with its iterations, the
        metrics, and the seed of all that has none of its own.
    attributes : dict
        What stands in the model itself: its compiled functions, ``stop_training``, ``history``, methods that were
        given to this one model.
    rate : object
        The schedule object of the optimizer; None if it has a number, which is among the values.
    seeds : object
        Where Keras draws a seed from for what has none of its own; None until that is first needed.
    generators : tuple
        The states of Python's and numpy's random numbers.
    """

    model: keras.Model
    values: tuple[tuple[Any, Any], ...]
    attributes: dict[str, Any]
    rate: Any
    seeds: Any
    generators: tuple[Any, Any]

    def restore(self) -> None:
        """Put everything back, bit by bit; as often as it is asked for."""
        give_back_rate(self.model.optimizer, self.rate)
        # Metrics that were made since then have no value to go back to but their first.
        self.model.reset_metrics()
        for variable, value in self.values:
            variable.assign(value)
        for name, value in self.attributes.items():
            _put(self.model, name, value)
        global_state.set_global_attribute(_GLOBAL_SEEDS, self.seeds)
        random.setstate(self.generators[0])
        np.random.set_state(self.generators[1])  # noqa: NPY002 - it is the user's own generator that is put back


def snapshot(model: keras.Model) -> Snapshot:
    """Keep a model as it is now: a compiled one, whose optimizer has been built.

    Nothing is copied: TensorFlow gives a variable that is written new memory while its old value is held.
    """
    values = tuple((variable, tf.convert_to_tensor(variable)) for variable in _variables(model))
    own = vars(model)
    attributes = {name: own.get(name, _ABSENT) for name in _METHODS}
    attributes |= {name: getattr(model, name, _ABSENT) for name in _ATTRIBUTES}
    generators = random.getstate(), np.random.get_state()  # noqa: NPY002 - as above
    seeds = global_state.get_global_attribute(_GLOBAL_SEEDS)
    return Snapshot(model, values, attributes, rate_object(model.optimizer), seeds, generators)


def fingerprint(model: keras.Model) -> str:
    """Return a hash of all that a training changes: 64 hexadecimal digits, the same for the same bits.

    It is over the variables of model, optimizer and metrics with their paths, shapes and types, and over the rate's
    schedule. Of metrics those count that have been in use.
    """
    digest = hashlib.sha256()
    metrics = {id(variable) for variable in model.metrics_variables}
    for variable in _variables(model):
        value = np.asarray(variable)
        if id(variable) not in metrics or value.any():
            digest.update(f"{variable.name} {value.dtype} {value.shape}\n".encode())
            digest.update(np.ascontiguousarray(value).tobytes())
    digest.update(_described(rate_object(model.optimizer)).encode())
    return digest.hexdigest()


def _variables(model: keras.Model) -> list[Any]:
    """Return Keras's variables and those that TensorFlow alone knows of, each once."""
    found = [*model.variables, *_unknown_to_keras(model), *model.metrics_variables]
    for optimizer in (model.optimizer, *vars(model).values()):
        if isinstance(optimizer, keras.optimizers.Optimizer):
            found += optimizer.variables
    if (seeds := global_state.get_global_attribute(_GLOBAL_SEEDS)) is not None:
        found.append(seeds.state)
    return list({id(variable): variable for variable in found}.values())


def _unknown_to_keras(model: keras.Model) -> Iterator[Any]:
    """Yield what layers keep without telling: the states of recurrent ones, and variables that are TensorFlow's own."""
    for layer in model._flatten_layers():  # noqa: SLF001 - Keras has no public way to layers within layers
        yield from _variables_in(list(vars(layer).values()))


def _variables_in(value: Any) -> Iterator[Any]:
    if isinstance(value, keras.Variable | tf.Variable):
        yield value
    elif isinstance(value, Mapping):
        yield from _variables_in(list(value.values()))
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _variables_in(each)


def _put(model: keras.Model, name: str, value: Any) -> None:
    if value is not _ABSENT:
        setattr(model, name, value)
    elif name in vars(model):
        delattr(model, name)


def _described(rate: Any) -> str:
    """Return what tells two schedules apart."""
    if isinstance(rate, keras.optimizers.schedules.LearningRateSchedule):
        with suppress(NotImplementedError):
            return f"{type(rate).__name__} {json.dumps(rate.get_config(), sort_keys=True, default=repr)}"
    return type(rate).__name__
