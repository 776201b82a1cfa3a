"""The sweeps of a range test, read back from its steps: one point a rate, and several sweeps pooled."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lrgui.core.range_test import as_a_keras_callback_sees_it, smoothed
from lrgui.core.runs import History

Floats = NDArray[np.float64]
Measured = Literal["losses", "accuracies"]

_WORST: dict[Measured, float] = {"losses": np.inf, "accuracies": -np.inf}


@dataclass(frozen=True, eq=False)
class Sweep:
    """One sweep, with one point for each rate.

    Attributes
    ----------
    learning_rates : numpy.ndarray, shape (n,)
        Each rate once, in the order of the sweep.
    losses, accuracies : numpy.ndarray, shape (n,)
        The means over the steps at that rate; accuracies from 0 to 1, NaN where none was measured.
    steps : numpy.ndarray of int, shape (n,)
        How many steps were taken at each rate.
    raw : dict
        Losses and accuracies of every step, shape (steps,) each.
    """

    learning_rates: Floats
    losses: Floats
    accuracies: Floats
    steps: NDArray[np.int64]
    raw: dict[Measured, Floats]

    @property
    def as_steps(self) -> tuple[Floats, Floats]:
        """The rate and the true loss of each step, shape (steps,) each: what ``recommend`` takes."""
        return np.repeat(self.learning_rates, self.steps), self.raw["losses"]

    def smoothed(self, measured: Measured, smoothing: float) -> Floats:
        """Return the debiased moving average of losses or accuracies, shape (n,); see ``range_test.smoothed``."""
        return smoothed(getattr(self, measured), smoothing)

    def as_a_keras_callback_sees_it(self, measured: Measured, steps_per_epoch: int, smoothing: float) -> Floats:
        """Return what a callback draws of this sweep, shape (n,); see ``range_test.as_a_keras_callback_sees_it``."""
        return as_a_keras_callback_sees_it(self.raw[measured], steps_per_epoch, smoothing, self.steps)


def averaged(learning_rates: ArrayLike, losses: ArrayLike, accuracies: ArrayLike | None = None) -> Sweep:
    """Make a sweep of its steps: neighbours at the same rate become one point, their mean.

    Parameters
    ----------
    learning_rates, losses : array of float, shape (steps,)
        The rate and the true loss of each step; a loss that is not finite makes the mean not finite.
    accuracies : array of float, shape (steps,), optional
        The accuracy of each step's batch.
    """
    rates, raw_losses = np.asarray(learning_rates, np.float64), np.asarray(losses, np.float64)
    raw_accuracies = np.full(len(rates), np.nan) if accuracies is None else np.asarray(accuracies, np.float64)
    firsts = np.flatnonzero(np.diff(rates, prepend=np.nan) != 0)
    steps = np.diff(firsts, append=len(rates))
    raw: dict[Measured, Floats] = {"losses": raw_losses, "accuracies": raw_accuracies}
    losses, accuracies = (_means(values, firsts, steps) for values in raw.values())
    return Sweep(rates[firsts], losses, accuracies, steps, raw)


def _means(values: Floats, firsts: NDArray[np.int64], counts: NDArray[np.int64]) -> Floats:
    if not len(values):
        return values
    with np.errstate(invalid="ignore", over="ignore"):
        return np.asarray(np.add.reduceat(values, firsts) / counts, np.float64)


def sweeps_of(history: History) -> tuple[Sweep, ...]:
    """Return the sweeps of a range test's steps, in their order; none when there is no step.

    Parameters
    ----------
    history : History
        With the columns ``learning_rate`` and ``loss``, and where they were recorded ``accuracy`` and ``repeat``.
    """
    if not len(history):
        return ()
    repeats = history["repeat"] if "repeat" in history else np.zeros(len(history))
    accuracies = history["accuracy"] if "accuracy" in history else np.full(len(history), np.nan)
    borders = np.flatnonzero(np.diff(repeats)) + 1
    columns = (history["learning_rate"], history["loss"], accuracies)
    return tuple(averaged(*parts) for parts in zip(*(np.split(column, borders) for column in columns), strict=True))


class Pooled(NamedTuple):
    """Several sweeps as one curve with a band, each of shape (n,)."""

    learning_rates: Floats
    median: Floats
    low: Floats
    high: Floats


def pooled(sweeps: Sequence[Sweep], measured: Measured = "losses", smoothing: float = 0.0) -> Pooled:
    """Return the median of the sweeps at each rate, and the least and the most.

    Each sweep is smoothed by itself first, so that the band shows how far the sweeps differ and not how far batches do.

    Parameters
    ----------
    sweeps : sequence of Sweep
        In the order in which they were made.
    measured : {"losses", "accuracies"}
        What is pooled.
    smoothing : float
        From 0 (none) to below 1.
    """
    return pool([(sweep.learning_rates, sweep.smoothed(measured, smoothing)) for sweep in sweeps], measured)


def pool(curves: Sequence[tuple[Floats, Floats]], measured: Measured) -> Pooled:
    """Return the median of curves at each rate, and the least and the most.

    A curve that ended while others went on counts as worse than all of them from there on, or the median would fall
    back as soon as the first ones have diverged; the last one may only not have got there yet, and does not count. The
    median ends where half of the curves have. Curves with other rates are read straight between their points.

    Parameters
    ----------
    curves : sequence of (learning_rates, values), each of shape (n,)
        In the order in which they were made.
    measured : {"losses", "accuracies"}
        What the values are: whether high or low is worse.
    """
    if not curves:
        return Pooled(*(np.empty(0) for _ in range(4)))
    grid = np.unique(np.concatenate([rates for rates, _ in curves]))
    beyond = [*(_WORST[measured] for _ in curves[1:]), np.nan]
    values = np.array([_on(grid, *curve, end) for curve, end in zip(curves, beyond, strict=True)])
    known = np.isfinite(values).any(axis=0)
    values, grid = values[:, known], grid[known]
    median = np.nanmedian(values, axis=0)
    seen = np.isfinite(median)
    finite = np.where(np.isfinite(values), values, np.nan)[:, seen]
    return Pooled(grid[seen], median[seen], np.nanmin(finite, axis=0), np.nanmax(finite, axis=0))


def _on(grid: Floats, rates: Floats, values: Floats, beyond: float) -> Floats:
    """Return the values of a curve at other rates: NaN before its first, ``beyond`` after its last."""
    order = np.argsort(rates, kind="stable")
    return np.interp(grid, rates[order], values[order], left=np.nan, right=beyond)
