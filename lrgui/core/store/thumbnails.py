"""The curve of a run in at most 64 points, to be drawn as small as a word."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lrgui.core.config import ComparisonConfig, RangeTestConfig
from lrgui.core.runs import History, Run
from lrgui.core.scores import score_in
from lrgui.core.sweeps import averaged, pooled, sweeps_of

POINTS = 64
"""More would not be seen."""

Points = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Thumbnail:
    """What a run looks like.

    Attributes
    ----------
    curve : array of float32, shape (2, n)
        Of a range test: log10 of the rate, and the smoothed loss (the median of several sweeps). Of all else: the step,
        and the loss, each the mean over as many steps as make one point. Losses may be infinite or NaN.
    second : array of float32, shape (2, m)
        Of a training: the number of steps done, and the accuracy (R2) on the validation data. Else empty.
    """

    curve: Points
    second: Points

    def packed(self) -> bytes:
        """Return it as bytes."""
        counts = bytes((self.curve.shape[1], self.second.shape[1]))
        return counts + self.curve.astype("<f4").tobytes() + self.second.astype("<f4").tobytes()


def unpacked(blob: bytes | None) -> Thumbnail:
    """Return what was packed; two empty curves for nothing, and for what is damaged."""
    try:
        values, border = np.frombuffer(blob or b"", "<f4", offset=2), 2 * (blob or b"\0")[0]
        curve, second = values[:border].reshape(2, -1), values[border:].reshape(2, -1)
        return Thumbnail(curve.astype(np.float32), second.astype(np.float32))
    except (ValueError, TypeError):
        return Thumbnail(np.empty((2, 0), np.float32), np.empty((2, 0), np.float32))


def thumbnail_of(run: Run, steps: History, epochs: History) -> Thumbnail:
    """Draw the steps and epochs of a run that may go on meanwhile: they are what it had at one moment."""
    with np.errstate(over="ignore", invalid="ignore"):
        if isinstance(run.config, RangeTestConfig):
            return Thumbnail(_sweep(run.config, steps), _points(np.empty(0), np.empty(0)))
        if isinstance(run.config, ComparisonConfig):
            return _comparison(run.config, steps, epochs)
        curve = _points(*(_means(steps[name]) for name in ("step", "loss")))
        score = score_in(epochs).of_validation
        names = ("step", score) if {"step", score} <= set(epochs) else ("", "")
        return Thumbnail(curve, _points(*(_picked(epochs[name] if name else np.empty(0)) for name in names)))


def _sweep(config: RangeTestConfig, steps: History) -> Points:
    sweeps = sweeps_of(steps)
    if len(sweeps) == 1:
        sweep = averaged(steps["learning_rate"], steps["loss"])
        rates, line = sweep.learning_rates, sweep.smoothed("losses", config.smoothing)
    else:
        rates, line, *_ = pooled(sweeps, smoothing=config.smoothing)
    return _points(_picked(np.log10(rates)), _picked(line))


def _comparison(config: ComparisonConfig, steps: History, epochs: History) -> Thumbnail:
    """Draw the arm that is the best so far: the medians of its seeds."""
    from lrgui.core.comparison.curves import curve  # not for the start of a window

    lines = [curve(epochs, arm, score_in(epochs).of_validation, POINTS) for arm in range(len(config.arms))]
    best = max(range(len(lines)), key=lambda arm: lines[arm].median[-1] if len(lines[arm].median) else -math.inf)
    loss, accuracy = curve(steps, best, "loss", POINTS), lines[best]
    return Thumbnail(*(_points(line.step.astype(np.float64), line.median) for line in (loss, accuracy)))


def _picked(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return some values from the first to the last."""
    if len(values) <= POINTS:
        return values
    return values[np.linspace(0, len(values) - 1, POINTS).round().astype(int)]


def _means(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the means of as many parts of the same length, but for one step."""
    if len(values) <= POINTS:
        return values
    firsts = np.linspace(0, len(values), POINTS, endpoint=False).astype(int)
    return np.add.reduceat(values.astype(np.float64), firsts) / np.diff(firsts, append=len(values))


def _points(x: NDArray[np.float64], y: NDArray[np.float64]) -> Points:
    return np.array([x, y], np.float32).reshape(2, -1)
