"""Predicted against measured: trainings at rates around the one that a sweep recommends."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lrgui.core.comparison import ArmResult, measured
from lrgui.core.comparison.verdict import pairs_of
from lrgui.core.messages import Message, say
from lrgui.core.runs import Run
from lrgui.core.scores import ACCURACY, Score

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Confirmed:
    """What trainings at several rates say of the predicted one.

    Attributes
    ----------
    predicted : float
        The rate that was predicted.
    measured_best : float or None
        The one of those trained at that had the highest mean final accuracy; None where all diverged.
    rates, accuracies, spreads : array, shape (arms,)
        Those trained at, ascending; mean and standard deviation of their final accuracies over the seeds, NaN where
        there is none.
    losses : array, shape (arms,)
        Mean final loss on the validation data, NaN where all diverged: to be drawn over the curve of the sweep.
    message : Message
        A sentence that claims no more than the spread allows.
    score : Score
        What stands in ``accuracies``: R2 where a number is predicted.
    """

    predicted: float
    measured_best: float | None
    rates: Floats
    accuracies: Floats
    spreads: Floats
    losses: Floats
    message: Message
    score: Score = ACCURACY


def predicted_against_measured(run: Run, predicted: float) -> Confirmed:
    """Compare the predicted rate with those around it.

    Parameters
    ----------
    run : Run
        Of a comparison made by ``comparison_presets.around``; with whatever it measured.
    predicted : float
        The rate that it was made around.
    """
    comparison = measured(run)
    arms = sorted(comparison.arms, key=lambda arm: arm.arm.learning_rate)
    best = max((arm for arm in arms if len(arm.finals)), key=lambda arm: arm.mean, default=None)
    nearest = min(arms, key=lambda arm: abs(np.log(arm.arm.learning_rate / predicted)), default=None)
    shown = False
    if best is not None and nearest is not None and best is not nearest:
        # Only what is asked is asked: the predicted one against each of the others.
        pairs = pairs_of(comparison, against=nearest.index)
        shown = any(pair.shown and pair.one is best for pair in pairs)
    return Confirmed(
        predicted,
        None if best is None else best.arm.learning_rate,
        np.array([arm.arm.learning_rate for arm in arms], np.float64),
        np.array([arm.mean for arm in arms], np.float64),
        np.array([arm.std for arm in arms], np.float64),
        np.array([_loss(arm) for arm in arms], np.float64),
        _told(best, nearest, shown=shown, score=comparison.score),
        comparison.score,
    )


def _loss(arm: ArmResult) -> float:
    losses = [seed.val_loss[-1] for seed in arm.seeds if seed.counts]
    return float(np.mean(losses)) if losses else float("nan")


def _told(best: ArmResult | None, nearest: ArmResult | None, *, shown: bool, score: Score) -> Message:
    if best is None or nearest is None:
        return say("No training at a rate around the predicted one came to an accuracy.")
    numbers = {"predicted": nearest.arm.learning_rate, "best": best.arm.learning_rate, "most": score.told(best.mean)}
    if best is nearest:
        return say("The predicted rate, {predicted:rate}, did best of those around it: {most}.", **numbers)
    if not len(nearest.finals):
        return say("The predicted rate, {predicted:rate}, diverged; {best:rate} did best: {most}.", **numbers)
    apart = say(
        "The predicted rate, {predicted:rate}, had {mean}; {best:rate} did best: {most}.",
        mean=score.told(nearest.mean),
        **numbers,
    )
    if shown:
        return say("{apart} That difference is shown: the prediction was off.", apart=apart)
    return say("{apart} No more than the seeds differ: the prediction is not refuted.", apart=apart)
