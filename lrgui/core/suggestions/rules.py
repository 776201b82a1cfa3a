"""The rules that are known from other finders: each reads one sweep by itself; collected in ``RULES``."""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from lrgui.core.messages import Message, say
from lrgui.core.suggestions.evidence import Evidence, Suggestion
from lrgui.core.sweep_curve import SweepCurve, read_sweep

Rule = Callable[[ArrayLike, ArrayLike], Suggestion]

TITLES = {"valley": say("Valley"), "steepest": say("Steepest"), "minimum": say("Minimum / 10")}
"""What each rule of ``RULES`` is called on a label."""

PEAK_TITLE = say("Peak")
"""What the rate for the peak of a schedule is called beside them."""


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
    return Suggestion(float(np.sqrt(rates[0] * rates[-1])), reason, Evidence("section", rates, line))


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
