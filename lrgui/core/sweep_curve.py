"""A sweep read for advice: its points in order, a centred line through them, where it starts and how it falls."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lrgui.core.messages import Message, say

Floats = NDArray[np.float64]

FEWEST_POINTS = 6
"""With fewer rates than this nothing is read from a sweep."""

_MOST_POINTS = 1000
"""Of longer sweeps, neighbours are averaged: the line is a table of n x n weights."""

_LARGEST = 1e100
"""What is beyond it is taken for infinite: a loss that has long diverged, and whose sums would overflow."""

_WIDTH = 0.25
"""Standard deviation of the smoothing, in decades of the rate; never less than the distance of the points."""

_CLEAR = 3.0
"""A fall counts when it is this many standard deviations of its own noise: 3 to 7 flat sweeps in 100 pass."""


@dataclass(frozen=True, eq=False)
class SweepCurve:
    """One sweep, cleaned and smoothed.

    Parameters
    ----------
    learning_rates : numpy.ndarray, shape (n,)
        Positive and strictly rising.
    line : numpy.ndarray, shape (n,)
        The smoothed loss at these rates, with what diverged cut off above.
    start_level : float
        The loss before it begins to fall.
    lowest : int
        Where the line is lowest.
    steps_per_decade : float
        How slowly the sweep went through the rates.
    diverged : bool
        Whether the sweep ended at a loss that is not finite.
    """

    learning_rates: Floats
    line: Floats
    start_level: float
    lowest: int
    steps_per_decade: float
    diverged: bool

    @cached_property
    def decades(self) -> Floats:
        """The rates as log10, shape (n,)."""
        return np.log10(self.learning_rates)

    @property
    def fall(self) -> float:
        """From the start level down to the lowest point of the line, above 0."""
        return float(self.start_level - self.line[self.lowest])

    @cached_property
    def fallen(self) -> Floats:
        """The share of the whole fall done at each point up to the lowest, shape (lowest + 1,); 1 at its end."""
        return np.asarray((self.start_level - self.line[: self.lowest + 1]) / self.fall, np.float64)

    def level_where_fallen(self, share: float) -> float:
        """Return the loss at which this share of the fall is done."""
        return self.start_level - share * self.fall

    def rate_where_fallen(self, share: float) -> float:
        """Return the rate at which this share of the fall, from 0 to 1, was done.

        Where the line crosses the level more than once: half-way, in log10, between the first and the last time.
        """
        reached = np.maximum.accumulate(self.fallen)
        kept = np.minimum.accumulate(self.fallen[::-1])[::-1]
        decades = self.decades[: self.lowest + 1]
        crossings = [np.interp(share, level, decades) for level in (reached, kept)]
        return float(10 ** np.mean(crossings))

    @cached_property
    def lost(self) -> Floats:
        """The share of the fall lost again at each point from the lowest on, shape (n - lowest,); 0 at its start."""
        return np.asarray((self.line[self.lowest :] - self.line[self.lowest]) / self.fall, np.float64)

    def rises_by(self, share: float) -> bool:
        """Return whether, beyond the lowest point, this share of the fall was lost again."""
        return bool(self.lost.max() >= share)

    def rate_where_risen(self, share: float) -> float:
        """Return the first rate beyond the lowest point at which this share of the fall was lost again.

        The last rate where that much never was.
        """
        worst = np.maximum.accumulate(self.lost)
        return float(10 ** np.interp(share, worst, self.decades[self.lowest :]))

    @property
    def ends_falling(self) -> bool:
        """Whether the loss still fell where the sweep ended.

        So it is taken when nine tenths of the fall were done in the last half decade, and not lost again.
        """
        done_late = self.rate_where_fallen(0.9) > self.learning_rates[-1] / 3
        return done_late and not self.diverged and bool(self.line[-1] <= self.level_where_fallen(0.9))


def read_sweep(learning_rates: ArrayLike, losses: ArrayLike) -> SweepCurve | Message:
    """Read a sweep, or say why nothing can be read from it.

    Steps are put in the order of their rates; those at the same rate are averaged to a point; those whose loss is not
    finite, or whose rate is not positive, are left out. The line is a mean of the losses under a Gaussian over log10 of
    the rate, centred, so that it does not lag (Nadaraya, 1964; Watson, 1964), after losses above the start level have
    been cut down to as far above it as the lowest is below. The start level is the median of the first quarter of the
    points before the lowest.

    Parameters
    ----------
    learning_rates, losses : array of float, shape (n,)
        The rate and the true loss of each step.

    Returns
    -------
    SweepCurve or Message
        A sentence when there are too few points, or no fall that stands out of the noise.
    """
    rates, values = np.ravel(np.asarray(learning_rates, float)), np.ravel(np.asarray(losses, float))
    if len(rates) != len(values):
        return say("There are {rates} rates but {losses} losses.", rates=len(rates), losses=len(values))
    rates, values, steps, diverged = _cleaned(rates, values)
    if complaint := _complaint(rates):
        return complaint
    count = len(rates)
    density = (count - 1) / count * steps / float(np.log10(rates[-1] / rates[0]))
    rates, values = _thinned(rates, values)
    line, level, lowest, noise = _line(np.log10(rates), values)
    # Sums are exact to some 16 digits, and to none among denormal numbers: a fall of less than that is none.
    if level - line[lowest] <= max(_CLEAR * noise, 1e-12 * abs(level), 1e12 * np.finfo(np.float64).tiny):
        return say(
            "The loss never clearly fell from {low:rate} to {high:rate} ({count} points): "
            "more steps or other rates may show a fall.",
            low=rates[0],
            high=rates[-1],
            count=count,
        )
    return SweepCurve(rates, line, level, lowest, density, diverged)


def _cleaned(rates: Floats, losses: Floats) -> tuple[Floats, Floats, int, bool]:
    """Return rising rates, their losses, the steps behind them, and whether the sweep ended at a loss not finite."""
    usable = (rates > 1 / _LARGEST) & (rates < _LARGEST)
    rates, losses = rates[usable], losses[usable]
    finite = np.abs(losses) < _LARGEST
    diverged = bool(len(rates)) and not finite[np.argmax(rates)]
    distinct, where, counts = np.unique(rates[finite], return_inverse=True, return_counts=True)
    sums = np.bincount(where, losses[finite], minlength=len(distinct))
    return distinct, np.asarray(sums / counts, np.float64), int(counts.sum()), diverged


def _complaint(rates: Floats) -> Message | None:
    if not len(rates):
        return say("There is no point with a finite loss.")
    if len(rates) < FEWEST_POINTS:
        return say(
            "Too few points: {count} with a finite loss, where {needed} are needed.",
            count=len(rates),
            needed=FEWEST_POINTS,
        )
    if rates[-1] < 2 * rates[0]:
        return say(
            "The rates go only from {low:rate} to {high:rate}: too narrow to see a fall.", low=rates[0], high=rates[-1]
        )
    return None


def _thinned(rates: Floats, losses: Floats) -> tuple[Floats, Floats]:
    """Average neighbours, as many together as leave at most ``_MOST_POINTS`` points."""
    firsts = np.arange(0, len(rates), -(-len(rates) // _MOST_POINTS))
    counts = np.diff(firsts, append=len(rates))
    decades = np.add.reduceat(np.log10(rates), firsts) / counts
    return 10**decades, np.add.reduceat(losses, firsts) / counts


def _line(decades: Floats, losses: Floats) -> tuple[Floats, float, int, float]:
    """Return the line, the start level, the lowest point, and the standard deviation of the fall between the two."""
    weights = _weights(decades)
    lowest = len(losses)
    for _ in range(2):
        level = float(np.median(losses[: max(lowest // 4, 3)]))
        line = weights @ np.minimum(losses, 2 * level - losses.min())
        lowest = int(np.argmin(line))
    # Second differences: a steady fall is no noise. 1.4826 makes of the median deviation a standard deviation.
    bends = np.abs(np.diff(losses[: max(lowest, FEWEST_POINTS)], 2))
    scatter = 1.4826 * float(np.median(bends)) / np.sqrt(6)
    # The variance of the line, and that of the median of the points at the start.
    noise = scatter * np.sqrt((weights[lowest] ** 2).sum() + np.pi / 2 / max(lowest // 4, 3))
    return line, level, lowest, float(noise)


def _weights(decades: Floats) -> Floats:
    """Return the weight of every point (column) in the mean at every point (row), shape (n, n)."""
    width = max(_WIDTH, (decades[-1] - decades[0]) / (len(decades) - 1))
    weights = np.exp(-0.5 * ((decades[:, None] - decades[None, :]) / width) ** 2)
    return np.asarray(weights / weights.sum(axis=1, keepdims=True), np.float64)
