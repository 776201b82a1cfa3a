"""The range test: smoothing, the rule that ends a sweep, and the sentence that says why it ended."""

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lrgui.core.messages import Message, say

Floats = NDArray[np.float64]

_USUAL_STOP_FACTOR = 4.0


def smoothed(losses: ArrayLike, smoothing: float) -> Floats:
    """Return the debiased exponential moving average of the losses.

    ``a_n = s a_(n-1) + (1 - s) loss_n`` from ``a_0 = 0``, divided by ``1 - s^n``, so that the first value is the
    first loss (Kingma and Ba, arXiv 1412.6980, section 3; fastai draws its finder so with s = 0.98).

    Parameters
    ----------
    losses : array of float, shape (n,)
        A value that is not finite is carried over: the average stays where it was.
    smoothing : float
        s, from 0 (the raw losses) to below 1.

    Returns
    -------
    numpy.ndarray, shape (n,)
        NaN until the first finite loss.
    """
    average = MovingAverage(smoothing)
    return np.array([average.add(loss) for loss in np.asarray(losses, np.float64)], np.float64)


class MovingAverage:
    """The debiased average of ``smoothed``, one loss at a time."""

    def __init__(self, smoothing: float) -> None:
        self._smoothing = smoothing
        self._sum = 0.0
        self._weight = 0.0

    def add(self, loss: float) -> float:
        """Take in a loss and return the average so far."""
        if math.isfinite(loss):
            self._sum = self._smoothing * self._sum + (1 - self._smoothing) * loss
            self._weight = self._smoothing * self._weight + (1 - self._smoothing)
        return self._sum / self._weight if self._weight else math.nan


class StopRule:
    """Ends a sweep: at a loss that is not finite, or when the smoothed loss passes a multiple of its best.

    Parameters
    ----------
    smoothing : float
        Of the average that is watched, as in ``smoothed``.
    factor : float or None
        The multiple, above 1. None turns the rule off: the sweep then ends only at a loss that is not finite.

    Notes
    -----
    With a best at or below zero (a loss that can be negative) a multiple of it means nothing; the rule then waits.
    """

    def __init__(self, smoothing: float, factor: float | None) -> None:
        self._average = MovingAverage(smoothing)
        self._factor = factor
        self._best = math.inf

    def fires(self, loss: float) -> bool:
        """Take in the next loss, and return whether the sweep ends here."""
        if not math.isfinite(loss):
            return True
        average = self._average.add(loss)
        self._best = min(self._best, average)
        return self._factor is not None and self._best > 0 and average > self._factor * self._best


def why_it_diverged(learning_rate: float, loss: float, stop_factor: float | None) -> Message:
    """Say why a sweep ended at its last rate and loss."""
    if math.isnan(loss):
        return say("The loss became NaN at {learning_rate:rate}.", learning_rate=learning_rate)
    if math.isinf(loss):
        return say("The loss became infinite at {learning_rate:rate}.", learning_rate=learning_rate)
    return say(
        "The loss passed {factor:g} x its best at {learning_rate:rate}.",
        factor=stop_factor,
        learning_rate=learning_rate,
    )


def reached_the_end(losses: ArrayLike, smoothing: float, stop_factor: float | None) -> Message:
    """Say how a sweep looks that went through all its rates.

    With the stop rule off, or set far off, it may have diverged on the way, and even come back.
    """
    line = smoothed(losses, smoothing)
    line = line[np.isfinite(line)]
    best = np.minimum.accumulate(line)
    rise = float((line / best).max()) if len(line) and best[-1] > 0 else 0.0
    if rise <= _USUAL_STOP_FACTOR:
        return say("Reached the end and never diverged: raise To to see where it does.")
    if stop_factor is None:
        return say(
            "Reached the end, with the stop rule off; on the way the loss rose to {rise:rate} x its best.", rise=rise
        )
    return say(
        "Reached the end; on the way the loss rose to {rise:rate} x its best, below the {factor:g} of the stop rule.",
        rise=rise,
        factor=stop_factor,
    )


def stopped_half_way(step: int, steps: int) -> Message:
    """Say that a person stopped the sweep after ``step`` of ``steps`` steps."""
    return say("Stopped by hand after {step} of {steps} steps; what was measured stays.", step=step, steps=steps)


def as_a_keras_callback_sees_it(
    losses: ArrayLike, steps_per_epoch: int, smoothing: float, steps: ArrayLike | None = None
) -> Floats:
    """Return the curve that a callback draws which takes ``logs["loss"]`` for the loss of the batch.

    Keras hands callbacks the mean of the losses *since the epoch began*; a causal average on top delays it further.
    Laid over the true losses it shows how far both shift the curve to the right.

    Parameters
    ----------
    losses : array of float, shape (n,)
        The true loss (or the accuracy, of which Keras hands out the same kind of mean) of each step.
    steps_per_epoch : int
        After how many steps Keras begins a new mean.
    smoothing : float
        Of the average on top, as in ``smoothed``.
    steps : array of int, shape (points,), optional
        How many steps each point of the curve has, where that is not one; the callback looks after the last of them.

    Returns
    -------
    numpy.ndarray, shape (n,) or (points,)
    """
    losses = np.asarray(losses, np.float64)
    means = np.empty_like(losses)
    for first in range(0, len(losses), steps_per_epoch):
        epoch = losses[first : first + steps_per_epoch]
        means[first : first + steps_per_epoch] = np.cumsum(epoch) / np.arange(1, len(epoch) + 1)
    return smoothed(means if steps is None else means[np.cumsum(steps) - 1], smoothing)
