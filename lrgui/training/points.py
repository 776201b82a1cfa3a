"""Points in the plane, generated: what a model makes of them can be drawn."""

import numpy as np
from numpy.typing import NDArray

from lrgui.core.config.dataset import Blobs, GeneratedPoints, Moons, Spirals
from lrgui.training.raw import Pair, Raw

_TRAINING_SEED, _VALIDATION_SEED = 1, 2
"""The points are the same in every run, whatever the run's seed; more noise moves the same points further."""

_TURNS, _RADIUS = 1.5, 3.0
"""How far a spiral winds, and where it ends: its arms then lie 1 apart, and noise of 0.2 leaves them apart."""

_CENTRES = ((0.0, 1.0), (1.0, 0.0), (0.0, -1.0), (-1.0, 0.0))
"""Of the blobs: north, east, south, west."""

_MOONS_CENTRE = (0.5, 0.25)


def points(dataset: GeneratedPoints) -> Raw:
    """Return generated points as float32 of shape (n, 2), as many of each class.

    Parameters
    ----------
    dataset : Spirals, Moons or Blobs
        Which ones, and their noise: the standard deviation of what is added to each coordinate.
    """
    train = _draw(dataset, dataset.training_total, _TRAINING_SEED)
    validation = _draw(dataset, dataset.validation_examples, _VALIDATION_SEED)
    return Raw(train, validation, feature_names=("x", "y"))


def _draw(dataset: GeneratedPoints, count: int, seed: int) -> Pair:
    random = np.random.default_rng(seed)
    labels = random.permutation(np.arange(count) % len(dataset.class_names)).astype(np.int32)
    match dataset:
        case Spirals():
            exact = _spirals(labels, random)
        case Moons():
            exact = _moons(labels, random)
        case Blobs():
            exact = np.array(_CENTRES)[labels]
        case _:
            raise TypeError(f"no points for {dataset!r}")
    return (exact + dataset.noise * random.normal(size=exact.shape)).astype(np.float32), labels


def _spirals(labels: NDArray[np.int32], random: np.random.Generator) -> NDArray[np.float64]:
    """Draw from two Archimedean spirals, one turned by half a circle against the other, evenly over their area."""
    along = np.sqrt(random.random(len(labels)))
    angle = 2 * np.pi * _TURNS * along + np.pi * labels
    return (_RADIUS * along * np.array([np.cos(angle), np.sin(angle)])).T


def _moons(labels: NDArray[np.int32], random: np.random.Generator) -> NDArray[np.float64]:
    """Draw from two half circles of radius 1, the lower one shifted by (1, 0.5), both about the origin."""
    angle = np.pi * random.random(len(labels))
    upper = np.array([np.cos(angle), np.sin(angle)])
    lower = np.array([1 - np.cos(angle), 0.5 - np.sin(angle)])
    return np.where(labels == 0, upper, lower).T - _MOONS_CENTRE
