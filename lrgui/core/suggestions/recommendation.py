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
    """Recommend a constant rate for a training of some 300 steps, from one or more sweeps.

    One sweep: a third of the way, in log10, from the rate at which six tenths of the fall were done to the one at which
    a quarter of it was lost again; times a factor for the optimizer's family, and for the speed of the sweep the power
    0.9 of its steps per decade / 12.5 (counted as 10 steps at least), because the fall comes after a certain *sum* of
    rates; but at most 0.8 of the rate of the lowest loss. Several sweeps: the median, in log10, of what each gives.
    ``low`` is a seventh of the rate; ``high`` four times it, but not above where the loss was lost again.

    Parameters
    ----------
    sweeps : iterable of (learning_rates, losses), each of shape (n,)
        The rate and the true loss of each step, also of several at one rate; sweeps from which nothing can be read are
        left aside.
    family : Family or None
        Of the optimizer that was swept with, by ``family_of``; None where it is not known.

    Notes
    -----
    What was tried: small tasks (scikit-learn's data, generated classes and points, Fashion-MNIST; softmax to small
    residual networks; good and bad first weights, dropout, BatchNormalization; batches of 8 to 256; SGD, momentum,
    RMSprop, Adam, AdamW, Lion), each trained for 300 steps at 29 rates from 1e-6 to 10 with five seeds, and swept five
    times from 1e-7 to 10 in 100 steps under the default stop rule. Regret is the best mean validation accuracy on the
    grid less the one at the advised rate, in points: mean of all sweeps / worst sweep; behind it the spread of the
    advice over the sweeps, in decades. The constants were chosen on 44 tasks; 45 were held out: first 23, many of them
    harder for every rule, then 22 that were drawn by chance from what all the others are made of (three seeds), and
    scored once. ``python -m tests.benchmarks suggestion`` scores all that were held out.

    ==========================  ====================  ====================  ====================
    rule                        44 tasks for tuning   23 tasks held out     22 tasks drawn
    ==========================  ====================  ====================  ====================
    recommend, one sweep        0.83 /  6.9, 0.07     3.72 / 39.5, 0.11     1.27 / 10.6, 0.07
    optimizer not told          1.13 / 12.4, 0.07     4.23 / 49.3, 0.11     1.37 /  8.9, 0.07
    five sweeps pooled          0.79 /  3.3           3.51 / 22.4           1.04 /  3.9
    confirmed                   0.44 /  4.6           1.16 / 14.0           0.97 / 14.7
    50-step sweep               1.30 / 19.8, 0.11     2.84 / 23.2, 0.15     1.46 / 10.0, 0.13
    300-step sweep              0.88 /  9.7, 0.05     2.10 /  9.9, 0.04     1.22 /  9.5, 0.05
    2,000-step sweep            0.72 /  3.7           1.57 / 14.5           1.75 / 18.3
    loss of fixed examples      0.84 /  6.1, 0.07     3.52 / 28.3, 0.08     1.20 /  9.6, 0.07
    the rule before this one    1.17 / 12.5, 0.09     4.29 / 69.9, 0.15
    minimum                     2.13 / 12.1, 0.12     6.63 / 68.1, 0.17     2.00 / 13.2, 0.12
    steepest                    1.66 / 29.6, 0.13     8.83 / 84.3, 0.46     2.79 / 85.7, 0.28
    valley                      4.25 / 83.8, 0.25     8.62 / 65.3, 0.28     3.84 / 18.6, 0.30
    fastai's valley             2.36 / 18.4, 0.17     5.39 / 52.0, 0.17     3.28 / 28.4, 0.17
    fastai's minimum / 10       2.49 / 61.9, 0.14     6.31 / 56.4, 0.12     2.46 / 22.1, 0.21
    always 1e-2                 5.44 / 45.3           8.60 / 65.3           7.12 / 58.1
    ==========================  ====================  ====================  ====================

    fastai's rules were written anew for this, on its own smoothing and skips. Sweeps without advice count in none of
    these: 2 of 115 and 3 of 110 held out (a loss that hardly fell in 100 steps), and of 20-step sweeps a third, which
    are too quick to learn much in. The range from ``low`` to ``high`` is 1.4 decades wide, and holds 83 % (tuning) and
    78 % (held out) of the rates around the best that come within one point of it, all of them in 60 % of cases; its
    ends were chosen on the first 67.

    The rule before took the middle between half and nine tenths of the fall for all optimizers. On the tasks for
    tuning, one factor for all families cost 0.3; a smoothing of 0.16 decades in place of 0.25 a spread of 0.09; the
    lowest loss, in place of where it was lost again, 0.03; the width of the fall gained nothing. Plain descent wants
    the highest rates, momentum the lowest: in a quick sweep its loss falls late. Held out, what is left are tasks that
    learn late (sigmoid, spirals: advised too low, as 100 steps show only the start of the fall) and weights that begin
    too large (too high with Adam).

    Fitted anew on all of the first 67, and judged on the 22: each reading drawn two thirds of the way to a rate that is
    usual for the family (0.3, 0.04, 0.006, 0.001), by at most a factor of 2.5. Of many terms that were tried, each task
    by constants fitted on the others, this alone helped much: from 1.83 to about 1.1, a term for the noise of the loss
    to 1.6, the widths of fall and rise not at all. On the 22 it gave 1.30 / 12.7, 0.05, so 16 tasks better and two much
    worse: no better on the whole, and it was not taken. It would mislead where the scale of data or loss is another:
    with the rates of each of the 67 tasks moved by a factor of 32, 3.2. The usual rates alone gave 1.69 / 10.6 on the
    22.
    """
    return _recommended(sweeps, family, CONSTANT)


def recommend_peak(sweeps: Sweeps, family: Family | None = None) -> Recommendation:
    """Recommend the highest rate of a one-cycle schedule, or of one that warms up and then decays.

    As ``recommend``, two fifths of the way between the two rates, with other factors, and at most 1.6 times the rate of
    the lowest loss: without that bound 2,000-step sweeps gave 7.2 / 88.0.

    Notes
    -----
    The tasks of ``recommend``, trained for 300 steps with three seeds by a one-cycle, and by a warm-up of 50 steps and
    then a cosine to zero, with the grid's rate as the highest: 0.79 / 7.6 and 0.74 / 7.9 on the tasks for tuning,
    3.76 / 44.6 and 4.24 / 49.9 on the 23 held out, 0.73 / 6.0 and 0.57 / 4.2 on 19 of those drawn. One rule does for
    both. The rate for a constant one, used as the peak, gave 1.79 / 14.7 and 1.78 / 13.6, and held out 4.65 / 37.8 and
    5.12 / 37.8.
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
