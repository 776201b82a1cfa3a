"""What one sweep says of the rate to train at: a point between where it learned and where it broke."""

from dataclasses import dataclass

import numpy as np

from lrgui.core.messages import Message, say
from lrgui.core.suggestions.evidence import Evidence
from lrgui.core.suggestions.families import Family
from lrgui.core.sweep_curve import SweepCurve

FALLEN, RISEN = 0.6, 0.25
"""The shares of the whole fall: done where it learned, lost again where it broke."""

_USUAL_STEPS_PER_DECADE = 12.5
_FEWEST_STEPS_PER_DECADE = 10.0
_SPEED = 0.9
"""The fall comes after a certain *sum* of rates: a sweep that is twice as slow sees it at nearly half the rate."""


_LOW, _HIGH = 1 / 7, 4.0
"""The ends of the range in which others should do about as well, as parts of the rate."""


@dataclass(frozen=True)
class Purpose:
    """What the rate is for, and what that needs.

    Attributes
    ----------
    towards_risen : float
        How far from where the sweep learned to where it broke, in log10, the point between them lies.
    factors : dict
        By family (None: not known), what that point is multiplied by in a sweep of 12.5 steps a decade.
    bound : float
        What the rate of the lowest loss is multiplied by to be the most that is recommended: where training breaks
        depends much less on the speed of a sweep.
    """

    towards_risen: float
    factors: dict[Family | None, float]
    bound: float


CONSTANT = Purpose(1 / 3, {"gradient": 0.85, "momentum": 0.22, "adaptive": 0.46, "sign": 0.65, None: 0.5}, 0.8)
PEAK = Purpose(0.4, {"gradient": 1.25, "momentum": 0.5, "adaptive": 1.3, "sign": 1.6, None: 1.15}, 1.6)
# Chosen on the tasks for tuning: see the notes of ``recommend``.


@dataclass(frozen=True, eq=False)
class Estimate:
    """What one sweep gives."""

    learning_rate: float
    low: float
    high: float
    reason: Message
    evidence: Evidence


def estimate(curve: SweepCurve, family: Family | None, purpose: Purpose) -> Estimate:
    """Read the rate, its range and its reason from one sweep.

    Parameters
    ----------
    curve : SweepCurve
        With a fall.
    family : Family or None
        Of the optimizer that was swept with, if it is known.
    purpose : Purpose
        What the rate is for.
    """
    learned, broke = curve.rate_where_fallen(FALLEN), curve.rate_where_risen(RISEN)
    between = 10 ** np.interp(purpose.towards_risen, [0, 1], np.log10([learned, broke]))
    density = max(curve.steps_per_decade, _FEWEST_STEPS_PER_DECADE)
    factor = purpose.factors[family] * (density / _USUAL_STEPS_PER_DECADE) ** _SPEED
    lowest = float(curve.learning_rates[curve.lowest])
    rate = float(factor * between)
    if rate > (bound := purpose.bound * lowest):
        rate, reason, evidence = bound, _at_the_lowest(purpose.bound, lowest), _lowest(curve)
    else:
        reason, evidence = _between(curve, learned, broke, factor), _section(curve, learned, broke)
    if curve.ends_falling:
        reason = say("{reason} The loss still fell at the end: a higher To may find a better rate.", reason=reason)
    return Estimate(rate, _LOW * rate, max(rate, min(_HIGH * rate, broke)), reason, evidence)


def _between(curve: SweepCurve, learned: float, broke: float, factor: float) -> Message:
    values = {"learned": learned, "broke": broke}
    if curve.rises_by(RISEN):
        ends = say(
            "Six tenths of the fall were done at {learned:rate}, a quarter was lost again at {broke:rate}", **values
        )
    else:
        ends = say("Six tenths of the fall were done at {learned:rate}; the sweep ended at {broke:rate}", **values)
    return say(
        "{ends}: between them, x {factor:.2g} for optimizer and speed of the sweep ({density:.3g} steps a decade).",
        ends=ends,
        factor=factor,
        density=curve.steps_per_decade,
    )


def _at_the_lowest(bound: float, lowest: float) -> Message:
    return say("{factor:.2g} x {lowest:rate}, where the smoothed loss is lowest.", factor=bound, lowest=lowest)


def _section(curve: SweepCurve, learned: float, broke: float) -> Evidence:
    inside = (curve.learning_rates > learned) & (curve.learning_rates < broke)
    rates = np.concatenate([[learned], curve.learning_rates[inside], [broke]])
    return Evidence("section", rates, np.interp(np.log10(rates), curve.decades, curve.line))


def _lowest(curve: SweepCurve) -> Evidence:
    return Evidence("minimum", curve.learning_rates[[curve.lowest]], curve.line[[curve.lowest]])
