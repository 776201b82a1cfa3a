"""What a run's model answers to the validation examples, gathered for people to look at."""

from typing import Any

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from lrgui.core.events import Examined, Surface
from lrgui.training.examples import Examples
from lrgui.training.own_data.pictures import pictures
from lrgui.training.prepared import EVALUATION_BATCH, Prepared

MOST_SHOWN = 200
"""Examples whose inputs are kept to be seen."""

GRID = 100
"""Points of a surface in each direction."""

_MARGIN = 0.08


def examine(prepared: Prepared, examples: Examples, answers: NDArray[np.float32], seconds: float) -> Examined | None:
    """Return what is to be seen of answers that were measured already.

    Parameters
    ----------
    prepared : Prepared
        The model as it is now; its metrics are reset if it is asked for a surface.
    examples : Examples
        What was evaluated.
    answers : array of shape (n, 2)
        Predicted class and output of the first n validation examples: ``EvaluationLoop.answers``.
    seconds : float
        A surface that takes longer is left out: the end of a run does not wait for it.

    Returns
    -------
    Examined or None
        None where there are no answers, or none that mean anything: weights that are no numbers answer nothing.
    """
    outputs = answers[:, 1].astype(np.float64)
    if not len(answers) or not np.isfinite(outputs).all():
        return None
    predictions = answers[:, 0].astype(np.int64)
    labels = examples.validation_labels[: len(answers)].numpy().astype(np.int64)
    shown = wrong_first(labels, predictions, outputs)[:MOST_SHOWN]
    inputs = as_seen(examples, tf.gather(examples.validation_inputs, shown).numpy())
    surface = _surface(prepared, examples, seconds) if examples.example_shape == (2,) else None
    names = examples.class_names
    return Examined(names, labels, predictions, outputs, shown, inputs, examples.feature_names, surface)


def wrong_first(labels: NDArray[Any], predictions: NDArray[Any], outputs: NDArray[Any]) -> NDArray[np.int64]:
    """Return the order in which wrong answers come first, the surest of them before the others; all of shape (n,).

    The right ones follow in the order in which they are.
    """
    right = labels == predictions
    return np.lexsort((np.where(right, 0, -outputs), right))


def as_seen(examples: Examples, inputs: NDArray[Any]) -> NDArray[Any]:
    """Return inputs as people know them: brightness up to 255, measurements in their own units.

    Parameters
    ----------
    examples : Examples
        Which they are of.
    inputs : array, shape (k, height, width, channels) or (k, features)
        As they are held for training; of files, their paths.

    Returns
    -------
    array of the same shape
        uint8 for images, else float64.
    """
    if examples.facts.input_type == "string":
        return np.round(pictures(inputs, examples.example_shape).numpy()).astype(np.uint8)
    if examples.facts.kind == "images" and inputs.dtype != np.uint8:
        shown = inputs * examples.scale
        return np.round(255 * np.clip(shown, 0, 1)).astype(np.uint8)
    if inputs.dtype == np.uint8:
        return np.round(inputs * (255 * examples.scale)).astype(np.uint8)
    rows = inputs.astype(np.float64)
    return _in_own_units(rows, np.array(examples.means), np.array(examples.deviations)) if examples.means else rows


def _in_own_units(rows: NDArray[Any], means: NDArray[Any], deviations: NDArray[Any]) -> NDArray[Any]:
    """Undo the standardisation, and round off what float32 has made of it: a 0 would come back as -7e-9."""
    scale = 10 ** (6 - np.ceil(np.log10(np.maximum(np.abs(means) + deviations, 1e-30))))
    return np.round((rows * deviations + means) * scale) / scale


def _surface(prepared: Prepared, examples: Examples, seconds: float) -> Surface | None:
    """Ask the model all over the plane, by the traced evaluation: nothing is traced anew."""
    points = examples.train_inputs.numpy().astype(np.float64)
    low, high = points.min(axis=0), points.max(axis=0)
    low, high = low - _MARGIN * (high - low), high + _MARGIN * (high - low)
    across, up = (np.linspace(low[axis], high[axis], GRID) for axis in (0, 1))
    grid = np.stack(np.meshgrid(across, up), axis=-1).reshape(-1, 2)
    batches = -(-len(grid) // EVALUATION_BATCH)
    data = tf.constant(grid, tf.float32), tf.zeros(len(grid), tf.int32), tf.constant(examples.scale, tf.float32)
    limits = tf.constant(0), tf.constant(batches), tf.constant(seconds, tf.float64)
    done, answers = prepared.evaluate_chunk(*data, *limits)
    prepared.model.reset_metrics()
    if int(done) < batches:
        return None
    classes = answers.numpy()[:, 0].astype(np.int64).reshape(GRID, GRID)
    extent = (float(low[0]), float(high[0]), float(low[1]), float(high[1]))
    return Surface(classes, extent, points, examples.train_labels.numpy().astype(np.int64))
