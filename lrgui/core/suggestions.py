"""From a sweep to suggested rates, each with its reason; the rules are collected in ``RULES``."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lrgui.core.messages import Message, format_learning_rate, say
from lrgui.core.sweep_curve import SweepCurve, read_sweep

Floats = NDArray[np.float64]
Rule = Callable[[ArrayLike, ArrayLike], "Suggestion"]

TITLES = {"valley": "Valley", "steepest": "Steepest", "minimum": "Minimum / 10"}
"""What each rule of ``RULES`` is called on a label; marked for translation."""


@dataclass(frozen=True, eq=False)
class Evidence:
    """What chose a rate, to be drawn over the sweep.

    Parameters
    ----------
    kind : {"section", "tangent", "minimum"}
        A stretch of the smoothed curve, the two ends of a line that touches it (straight on a log axis), or a point.
    learning_rates, losses : numpy.ndarray, shape (n,)
        Its points, in the units of the data.
    """

    kind: Literal["section", "tangent", "minimum"]
    learning_rates: Floats
    losses: Floats


@dataclass(frozen=True, eq=False)
class Suggestion:
    """A rate, or None when a rule has nothing to suggest; ``reason`` says why in either case."""

    learning_rate: float | None
    reason: Message
    evidence: Evidence | None = None


@dataclass(frozen=True, eq=False)
class Recommendation:
    """The rate to train at, and the range in which a short training at a constant rate should do about as well.

    All three rates are None when there is nothing to recommend; ``reason`` says why in either case. The evidence
    belongs to the sweep whose own estimate is nearest to the recommended rate.
    """

    learning_rate: float | None
    low: float | None
    high: float | None
    reason: Message
    evidence: Evidence | None = None


def valley(learning_rates: ArrayLike, losses: ArrayLike) -> Suggestion:
    """Suggest the middle, in log10, of the longest unbroken fall of the smoothed loss.

    fastai's rule of the same name takes the longest falling *subsequence* of a causal average; on a centred line that
    runs far into the plateau, and the unbroken fall did better (see ``recommend``).

    Parameters
    ----------
    learning_rates, losses : array of float, shape (n,)
        The rate and the true loss of each step. Any arrays will do: what cannot be used gets a sentence.
    """
    curve = read_sweep(learning_rates, losses)
    if isinstance(curve, Message):
        return Suggestion(None, curve)
    first, last = _longest_fall(curve)
    rates, line = curve.learning_rates[first : last + 1], curve.line[first : last + 1]
    reason = say(
        "The middle of the longest unbroken fall of the smoothed loss, {first:rate} to {last:rate}.",
        first=rates[0],
        last=rates[-1],
    )
    return Suggestion(_middle(rates[0], rates[-1]), reason, Evidence("section", rates, line))


def steepest(learning_rates: ArrayLike, losses: ArrayLike) -> Suggestion:
    """Suggest the rate at which the smoothed loss falls fastest over log10 of the rate, before its lowest point.

    Parameters
    ----------
    learning_rates, losses : array of float, shape (n,)
        As in ``valley``.
    """
    curve = read_sweep(learning_rates, losses)
    if isinstance(curve, Message):
        return Suggestion(None, curve)
    slopes = np.gradient(curve.line, curve.decades)[: curve.lowest + 1]
    point = int(np.argmin(slopes))
    slope = float(slopes[point])
    reason = say(
        "The smoothed loss falls fastest at {learning_rate:rate}, by {slope:.2g} a decade.",
        learning_rate=curve.learning_rates[point],
        slope=-slope,
    )
    levels = np.array([curve.start_level, curve.line[curve.lowest]])
    ends = 10 ** (curve.decades[point] + (levels - curve.line[point]) / slope)
    return Suggestion(float(curve.learning_rates[point]), reason, Evidence("tangent", ends, levels))


def minimum(learning_rates: ArrayLike, losses: ArrayLike) -> Suggestion:
    """Suggest a tenth of the rate at which the smoothed loss is lowest.

    Parameters
    ----------
    learning_rates, losses : array of float, shape (n,)
        As in ``valley``.
    """
    curve = read_sweep(learning_rates, losses)
    if isinstance(curve, Message):
        return Suggestion(None, curve)
    lowest = curve.learning_rates[[curve.lowest]]
    reason = say("A tenth of {lowest:rate}, where the smoothed loss is lowest.", lowest=lowest[0])
    return Suggestion(float(lowest[0]) / 10, reason, Evidence("minimum", lowest, curve.line[[curve.lowest]]))


RULES: dict[str, Rule] = {"valley": valley, "steepest": steepest, "minimum": minimum}


def recommend(sweeps: Iterable[tuple[ArrayLike, ArrayLike]]) -> Recommendation:
    """Recommend a constant rate for a training of some 300 steps, from one or more sweeps.

    One sweep: the geometric mean of the rates at which the loss had fallen half-way and nine tenths of the way, times
    steps per decade / 20 (counted as 8 at least), but at most 0.63 (0.2 decades below) of the rate of the lowest
    loss. The factor is there because the fall comes after a certain *sum* of rates, which a slower sweep reaches at a
    lower rate; the bound because the rate of divergence depends much less on the sweep's speed. Several sweeps: the
    median, in log10, of what each gives. ``low`` is a fourth of the rate; ``high`` four times it, but not above the
    rate of the lowest loss.

    Parameters
    ----------
    sweeps : iterable of (learning_rates, losses), each of shape (n,)
        The rate and the true loss of each step, also of several at one rate; sweeps from which nothing can be read are
        left aside.

    Notes
    -----
    What was tried: 28 small tasks (digits, breast cancer, wine, 3,000 images of Fashion-MNIST; softmax, MLPs of one to
    three layers, BatchNormalization, small CNNs; SGD, momentum, RMSprop, Adam, AdamW, Lion; batch 32), each trained
    for 300 steps at 29 rates from 1e-6 to 10 with three seeds, and swept five times from 1e-7 to 10 in 100 steps under
    the default stop rule. Regret is the best mean validation accuracy on the grid less the one at the advised rate, in
    points: mean of all sweeps / worst sweep; behind it the spread of the advice over the sweeps, in decades. The
    constants were chosen on 12 of the tasks; the results on the other 16 were seen on the way, but nothing was fitted
    to them. The best of a grid is partly luck, so that no rule can reach zero.

    ==========================  =====================  =====================
    rule                        12 tasks for tuning    16 tasks for testing
    ==========================  =====================  =====================
    recommend, one sweep        0.83 /  2.7, 0.07      1.10 /  7.7, 0.09
    recommend, five pooled      0.77 /  2.4            0.95 /  4.6
    recommend, 50-step sweep    0.92 /  3.0, 0.12      2.54 / 35.6, 0.10
    recommend, 300-step sweep   0.68 /  2.3, 0.04      0.65 /  1.9, 0.04
    recommend, 2,000 steps      0.57 /  2.0, 0.05      0.56 /  1.5, 0.05
    minimum                     1.35 /  5.0, 0.12      1.69 / 10.6, 0.15
    steepest                    1.77 / 31.3, 0.17      1.90 / 42.3, 0.15
    valley                      2.00 /  8.9, 0.18      2.24 / 59.5, 0.20
    fastai's valley             2.50 / 11.0, 0.17      1.92 / 14.7, 0.18
    fastai's minimum / 10       1.73 / 29.0, 0.15      2.38 / 14.1, 0.12
    always 1e-2                 7.47 / 42.2            4.03 / 34.1
    ==========================  =====================  =====================

    fastai's rules were written anew for this, on its own smoothing and skips. Sweeps of other lengths: three a task.

    Without the factor for the sweep's speed, 2,000-step sweeps gave 5.96 / 12.0 on the tasks for tuning; the lowest
    point in place of nine tenths gave 0.82 / 2.6, with a spread of 0.08; the width of the fall as a third term gained
    nothing. A 20-step sweep is too quick to learn much in: a third of them are refused for want of a clear fall, and
    the advice from the others is at times far off. The range from ``low`` to ``high`` is 1.2 decades wide; it holds
    81 % (tuning) and 71 % (testing) of the rates around the best that come within one point of it, and in 73 % and
    79 % of its own width is within two points of the best; its upper end may lie beyond a cliff. The worst tasks left
    are softmax models, advised too low, and a CNN with Adam, advised too high.
    """
    curves = [read_sweep(learning_rates, losses) for learning_rates, losses in sweeps]
    complaints = [curve for curve in curves if isinstance(curve, Message)]
    estimates = [_estimate(curve) for curve in curves if isinstance(curve, SweepCurve)]
    if not estimates:
        return Recommendation(None, None, None, complaints[-1] if complaints else say("There is no sweep to read yet."))
    rate = _log_median([estimate.learning_rate for estimate in estimates])
    high = max(rate, _log_median([estimate.high for estimate in estimates]))
    nearest = min(estimates, key=lambda estimate: abs(np.log(estimate.learning_rate / rate)))
    reason = nearest.reason if len(curves) == 1 else _pooled(estimates, len(curves))
    return Recommendation(rate, rate / _RANGE, high, reason, nearest.evidence)


# Chosen on the tasks for tuning: see the notes of ``recommend``.
_STEADY_STEPS_PER_DECADE = 20.0
_FEWEST_STEPS_PER_DECADE = 8.0
_BELOW_THE_LOWEST = 10**-0.2
_RANGE = 4.0


@dataclass(frozen=True, eq=False)
class _Estimate:
    """What one sweep gives."""

    learning_rate: float
    high: float
    reason: Message
    evidence: Evidence


def _estimate(curve: SweepCurve) -> _Estimate:
    half, most = curve.rate_where_fallen(0.5), curve.rate_where_fallen(0.9)
    lowest = float(curve.learning_rates[curve.lowest])
    factor = max(curve.steps_per_decade, _FEWEST_STEPS_PER_DECADE) / _STEADY_STEPS_PER_DECADE
    rate, bound = factor * _middle(half, most), lowest * _BELOW_THE_LOWEST
    if rate < bound:
        reason = say(
            "The loss had fallen half-way at {half:rate} and nine tenths at {most:rate}: their middle, x {factor:.2g} "
            "for the speed of the sweep ({density:.3g} steps a decade).",
            factor=factor,
            half=half,
            most=most,
            density=curve.steps_per_decade,
        )
        levels = np.array([curve.level_where_fallen(0.5), curve.level_where_fallen(0.9)])
        evidence = Evidence("section", np.array([half, most]), levels)
    else:
        rate = bound
        reason = say(
            "{factor:.2g} x {lowest:rate}, where the smoothed loss is lowest.", factor=_BELOW_THE_LOWEST, lowest=lowest
        )
        evidence = Evidence("minimum", curve.learning_rates[[curve.lowest]], curve.line[[curve.lowest]])
    if curve.ends_falling:
        reason = say("{reason} The loss still fell at the end: a higher To may find a better rate.", reason=reason)
    return _Estimate(rate, min(rate * _RANGE, lowest), reason, evidence)


def _pooled(estimates: list[_Estimate], sweeps: int) -> Message:
    rates = [estimate.learning_rate for estimate in estimates]
    if len(rates) == 1:
        return say("Only 1 of {sweeps} sweeps shows a fall. {reason}", sweeps=sweeps, reason=estimates[0].reason)
    spread = {"count": len(rates), "least": min(rates), "most": max(rates)}
    if max(rates) > _RANGE * min(rates):
        told = say(
            "The {count} sweeps differ, from {least:rate} to {most:rate}: more steps or batches per rate may steady "
            "them. Their median is recommended.",
            **spread,
        )
    elif format_learning_rate(max(rates)) == format_learning_rate(min(rates)):
        told = say("The {count} sweeps agree on {least:rate}.", **spread)
    else:
        told = say(
            "The {count} sweeps agree within {least:rate} to {most:rate}. Their median is recommended.", **spread
        )
    if len(rates) == sweeps:
        return told
    return say("{told} {others} more showed no clear fall.", told=told, others=sweeps - len(rates), **spread)


def _longest_fall(curve: SweepCurve) -> tuple[int, int]:
    """Return the first and the last point of the longest run in which every point is below the one before."""
    first = longest_first = longest_last = 0
    # A flat stretch is level only to the last digits of its sums.
    level = 1e-6 * curve.fall
    for last in range(1, len(curve.line)):
        if curve.line[last] >= curve.line[last - 1] - level:
            first = last
        elif last - first > longest_last - longest_first:
            longest_first, longest_last = first, last
    return longest_first, longest_last


def _middle(low: float, high: float) -> float:
    """Return the geometric mean: half-way on a log axis."""
    return float(10 ** np.mean(np.log10([low, high])))


def _log_median(rates: list[float]) -> float:
    """Return the median in log10, which for two is their geometric mean."""
    return float(10 ** np.median(np.log10(rates)))
