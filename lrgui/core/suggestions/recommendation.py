"""The rate that is recommended, from one or more sweeps: for a constant rate, and for the peak of a schedule."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import ArrayLike

from lrgui.core.messages import Message, format_learning_rate, say
from lrgui.core.suggestions.estimate import CONSTANT, PEAK, Estimate, Purpose, estimate
from lrgui.core.suggestions.evidence import Recommendation
from lrgui.core.suggestions.families import Family
from lrgui.core.sweep_curve import SweepCurve, read_sweep

Sweeps = Iterable[tuple[ArrayLike, ArrayLike]]

_AGREE = 4.0
"""Sweeps whose rates differ by no more than this factor are said to agree."""


def recommend(sweeps: Sweeps, family: Family | None = None) -> Recommendation:
    """Recommend a constant rate for a training of some 300 steps, from one or more sweeps."""
    return _recommended(sweeps, family, CONSTANT)


def recommend_peak(sweeps: Sweeps, family: Family | None = None) -> Recommendation:
    """Recommend the highest rate of a one-cycle schedule, or of one that warms up and then decays.

    As ``recommend``, with other factors.
    """
    return _recommended(sweeps, family, PEAK)


def _recommended(sweeps: Sweeps, family: Family | None, purpose: Purpose) -> Recommendation:
    curves = [read_sweep(learning_rates, losses) for learning_rates, losses in sweeps]
    complaints = [curve for curve in curves if isinstance(curve, Message)]
    found = [estimate(curve, family, purpose) for curve in curves if isinstance(curve, SweepCurve)]
    if not found:
        return Recommendation(None, None, None, complaints[-1] if complaints else say("There is no sweep to read yet."))
    rate, low, high = (_log_median([getattr(one, name) for one in found]) for name in ("learning_rate", "low", "high"))
    nearest = min(found, key=lambda one: abs(np.log(one.learning_rate / rate)))
    reason = nearest.reason if len(curves) == 1 else _pooled(found, len(curves))
    return Recommendation(rate, min(low, rate), max(high, rate), reason, nearest.evidence)


def _pooled(found: list[Estimate], sweeps: int) -> Message:
    rates = [one.learning_rate for one in found]
    if len(rates) == 1:
        return say("Only 1 of {sweeps} sweeps shows a fall. {reason}", sweeps=sweeps, reason=found[0].reason)
    spread = {"count": len(rates), "least": min(rates), "most": max(rates)}
    if max(rates) > _AGREE * min(rates):
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


def _log_median(rates: list[float]) -> float:
    """Return the median in log10, which for two is their geometric mean."""
    return float(10 ** np.median(np.log10(rates)))
