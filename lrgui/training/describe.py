"""A model's layers, shapes and counts, without the model's memory."""

import math
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import keras

from lrgui.core.config import Experiment
from lrgui.core.config.dataset.facts import Facts
from lrgui.core.config.model import OwnModel
from lrgui.core.summaries import LayerSummary, ModelSummary
from lrgui.training.losses import output_activation
from lrgui.training.models import build_model
from lrgui.training.prepared import unseen_by_seeds


def describe(config: Experiment, facts: Facts) -> ModelSummary:
    """Return what the model of an experiment is made of. May be called by any thread, also while a run goes on.

    The variables get shapes but no values: a model that is far too large for this computer is told of all the same.
    """
    # Keras keeps a list of variables without values for each thread, to give them some later; here it goes at once.
    with ThreadPoolExecutor(1) as passing:
        return passing.submit(_describe, config, facts).result()


def _describe(config: Experiment, facts: Facts) -> ModelSummary:
    if isinstance(config.model, OwnModel):
        from lrgui.training.own.describing import describe_own

        return describe_own(config.model, facts.example_shape)
    with unseen_by_seeds(), keras.StatelessScope(initialize_variables=False):
        activation = output_activation(config.loss, regression=facts.regression)
        model = build_model(config.model, facts.example_shape, facts.outputs, activation)
        return summary_of(model)


def summary_of(model: keras.Model) -> ModelSummary:
    """Return the layers of a model, which is built, and what there is to learn in them."""
    layers = tuple(_summary(layer) for layer in model.layers if not isinstance(layer, keras.layers.InputLayer))
    return ModelSummary(layers, _numbers(model.weights), _numbers(model.trainable_weights))


def _summary(layer: Any) -> LayerSummary:
    return LayerSummary(layer.name, type(layer).__name__, _output_shape(layer), _numbers(layer.weights))


def _output_shape(layer: Any) -> tuple[int, ...]:
    """Return the shape of what comes out of a layer; none where it is not known, or there is more than one."""
    try:
        return tuple(int(size or 0) for size in layer.output.shape[1:])
    except (AttributeError, ValueError):
        return ()


def _numbers(variables: list[Any]) -> int:
    return sum(math.prod(variable.shape) for variable in variables)
