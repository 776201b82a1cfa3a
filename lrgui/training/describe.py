"""A model's layers, shapes and counts, without the model's memory."""

import math
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import keras

from lrgui.core.config import Experiment
from lrgui.core.summaries import LayerSummary, ModelSummary
from lrgui.training.losses import output_activation
from lrgui.training.models import build_model
from lrgui.training.prepared import unseen_by_seeds


def describe(config: Experiment) -> ModelSummary:
    """Return what the model of an experiment is made of. May be called by any thread, also while a run goes on.

    The variables get shapes but no values: a model that is far too large for this computer is told of all the same.
    """
    # Keras keeps a list of variables without values for each thread, to give them some later; here it goes at once.
    with ThreadPoolExecutor(1) as passing:
        return passing.submit(_describe, config).result()


def _describe(config: Experiment) -> ModelSummary:
    dataset = config.dataset
    with unseen_by_seeds(), keras.StatelessScope(initialize_variables=False):
        activation = output_activation(config.loss)
        model = build_model(config.model, dataset.example_shape, len(dataset.class_names), activation)
        layers = tuple(_summary(layer) for layer in model.layers if not isinstance(layer, keras.layers.InputLayer))
    trainable = sum(_numbers(layer.trainable_weights) for layer in model.layers)
    return ModelSummary(layers, sum(layer.parameters for layer in layers), trainable)


def _summary(layer: Any) -> LayerSummary:
    shape = tuple(int(size) for size in layer.output.shape[1:])
    return LayerSummary(layer.name, type(layer).__name__, shape, _numbers(layer.weights))


def _numbers(variables: list[Any]) -> int:
    return sum(math.prod(variable.shape) for variable in variables)
