"""What the sweeps of a range test suggest, all of it at once: for the window, the command line and the pictures."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lrgui.core.config import Choice, TrainingConfig
from lrgui.core.config.experiment import Experiment
from lrgui.core.config.schedule import OneCycle
from lrgui.core.runs import Run
from lrgui.core.suggestions import RULES, Recommendation, Suggestion, family_of, recommend, recommend_peak
from lrgui.core.sweeps import Sweep, pooled, sweeps_of

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Advice:
    """The suggestion of each rule by its name, and what is recommended: a constant rate, and the peak of a schedule."""

    suggestions: dict[str, Suggestion]
    recommended: Recommendation
    peak: Recommendation


def advise(sweeps: Sequence[Sweep], optimizer: Choice | None = None) -> Advice:
    """Ask the rules about the curve of the sweeps, and recommend rates from each of them.

    Parameters
    ----------
    sweeps : sequence of Sweep
        Of one range test.
    optimizer : OptimizerChoice, optional
        What was swept with: what is known of its family makes the advice better.
    """
    curve = curve_of(sweeps)
    suggestions = {name: rule(*curve) for name, rule in RULES.items()}
    family = None if optimizer is None else family_of(optimizer)
    steps = [sweep.as_steps for sweep in sweeps]
    return Advice(suggestions, recommend(steps, family), recommend_peak(steps, family))


def advice_of(run: Run) -> Advice:
    """Ask about the sweeps of a range test, with all that its config tells."""
    return advise(sweeps_of(run.steps), run.config.optimizer if isinstance(run.config, Experiment) else None)


def peak_for(config: TrainingConfig, swept: Experiment, advice: Advice) -> float | None:
    """Return the peak that a sweep recommends for a training, or None where it has no say.

    It has where the schedule has a peak, as a one-cycle and all that warm up, and all but the seed is as in the sweep.
    """
    if not isinstance(config.schedule, OneCycle) and not config.schedule.warmup.amount:
        return None
    same = all(getattr(config, name) == getattr(swept, name) for name in Experiment.model_fields if name != "seed")
    return advice.peak.learning_rate if same else None


def curve_of(sweeps: Sequence[Sweep]) -> tuple[Floats, Floats]:
    """Return the one curve that rules read, as rates and losses of shape (n,): the sweep, or the median of several."""
    if len(sweeps) == 1:
        return sweeps[0].learning_rates, sweeps[0].losses
    return pooled(sweeps)[:2]
