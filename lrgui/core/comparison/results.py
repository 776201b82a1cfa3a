"""What a comparison has measured, arm by arm and seed by seed."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from lrgui.core.config import Arm, ComparisonConfig
from lrgui.core.events import HowArmEnded
from lrgui.core.messages import Message, Text, say
from lrgui.core.runs import History, Run
from lrgui.core.scores import ACCURACY, Score, score_in

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class SeedResult:
    """What an arm has measured with one seed.

    Attributes
    ----------
    seed : int
        Which.
    step : array of int, shape (epochs,)
        The steps done by the end of each epoch.
    val_score, val_loss : array, shape (epochs,)
        The accuracy (R2 where a number is predicted) and the loss on the validation data, after each epoch.
    seconds : float
        What it took.
    how : str or None
        How it ended; None while it goes on, or where the program was gone.
    """

    seed: int
    step: NDArray[np.int64]
    val_score: Floats
    val_loss: Floats
    seconds: float
    how: HowArmEnded | None

    @property
    def counts(self) -> bool:
        """Whether it has come to something: one that diverged has not, whatever its epochs before that say."""
        return self.how != "diverged" and len(self.val_score) > 0

    @property
    def best(self) -> float:
        """The highest accuracy of an epoch; NaN if it does not count."""
        return float(self.val_score.max()) if self.counts else math.nan

    @property
    def final(self) -> float:
        """The accuracy after the last epoch; NaN if it does not count."""
        return float(self.val_score[-1]) if self.counts else math.nan

    def steps_to(self, threshold: float) -> int | None:
        """Return the steps done by the end of the first epoch that reached an accuracy, or None where none did."""
        reached = np.flatnonzero(self.val_score >= threshold)
        return int(self.step[reached[0]]) if len(reached) else None


@dataclass(frozen=True, eq=False)
class ArmResult:
    """What an arm has measured with all its seeds.

    ``index`` is its number in the config and in the columns of the run, ``threshold`` the accuracy to be reached.
    """

    index: int
    name: Text
    arm: Arm
    seeds: tuple[SeedResult, ...]
    threshold: float | None

    @cached_property
    def finals(self) -> Floats:
        """The final accuracies that count, shape (n,)."""
        return np.array([seed.final for seed in self.seeds if seed.counts], np.float64)

    @cached_property
    def bests(self) -> Floats:
        """The best accuracies that count, shape (n,)."""
        return np.array([seed.best for seed in self.seeds if seed.counts], np.float64)

    @property
    def mean(self) -> float:
        """Of the final accuracies; NaN where there is none."""
        return _mean(self.finals)

    @property
    def std(self) -> float:
        """Standard deviation of the final accuracies (n - 1); NaN of fewer than two."""
        return _std(self.finals)

    @property
    def best_mean(self) -> float:
        """Of the best accuracies."""
        return _mean(self.bests)

    @property
    def best_std(self) -> float:
        """Standard deviation of the best accuracies (n - 1)."""
        return _std(self.bests)

    @property
    def diverged(self) -> int:
        """With how many seeds the loss came to nothing."""
        return sum(seed.how == "diverged" for seed in self.seeds)

    @property
    def seconds(self) -> float:
        """What all its seeds have taken together."""
        return sum(seed.seconds for seed in self.seeds)

    @cached_property
    def reached(self) -> tuple[int | None, ...]:
        """The steps to the threshold with each seed, None where it was not reached; empty without a threshold."""
        return () if self.threshold is None else tuple(seed.steps_to(self.threshold) for seed in self.seeds)

    @property
    def median_steps(self) -> float | None:
        """The median of the steps to the threshold over all seeds.

        Those that never reached it stand behind all others: the median is known if more than half have.
        """
        steps = sorted(math.inf if count is None else float(count) for count in self.reached)
        median = float(np.median(steps)) if steps and math.isfinite(steps[len(steps) // 2]) else math.inf
        return median if math.isfinite(median) else None

    def steps_to_threshold(self) -> Message:
        """Say after how many steps the threshold was reached, and with how many of the seeds."""
        count, seeds = sum(step is not None for step in self.reached), len(self.reached)
        if not seeds:
            return say("-")
        if self.median_steps is None:
            return say("reached by {count} of {seeds}", count=count, seeds=seeds)
        if count == seeds:
            return say("{steps:,.0f}", steps=self.median_steps)
        return say("{steps:,.0f} (by {count} of {seeds})", steps=self.median_steps, count=count, seeds=seeds)


@dataclass(frozen=True, eq=False)
class Comparison:
    """What a comparison has measured so far. Arms that were removed are not in it.

    ``score`` is what they are compared by: the accuracy, or R2 where a number is predicted.
    """

    config: ComparisonConfig
    arms: tuple[ArmResult, ...]
    score: Score = ACCURACY


def measured(run: Run) -> Comparison:
    """Return what a run of kind ``comparison`` has measured; it may be going on.

    Raises
    ------
    TypeError
        It is a run of another kind.
    """
    config = run.config
    if not isinstance(config, ComparisonConfig):
        raise TypeError("not a comparison")
    ends = {(end.arm, end.seed): end.how for end in list(run.arm_ends)}
    score = score_in(run.epochs)
    rows = _rows_of_each(run.epochs, score)
    arms = [
        ArmResult(
            index, name, arm, tuple(_seed(rows, ends, index, seed) for seed in config.seeds_used), config.threshold
        )
        for index, (arm, name) in enumerate(zip(config.arms, config.names, strict=True))
        if "removed" not in {ends.get((index, seed)) for seed in config.seeds_used}
    ]
    return Comparison(config, tuple(arms), score)


_Rows = dict[str, Floats]
_NO_ROWS: _Rows = {name: np.empty(0) for name in ("step", "val_loss", "seconds", "score")}


def _rows_of_each(epochs: History, score: Score) -> dict[tuple[int, int], _Rows]:
    """Return the columns of each arm and seed at one moment: another thread may add rows meanwhile."""
    length = len(epochs)
    if not length:
        return {}
    names = {name: name for name in ("arm", "seed", "step", "val_loss", "seconds")} | {"score": score.of_validation}
    found = {name: np.asarray(epochs[column][:length], np.float64) for name, column in names.items()}
    order = np.lexsort((found["seed"], found["arm"]))  # which leaves the epochs of each in their order
    rows = {name: column[order] for name, column in found.items()}
    ends = np.flatnonzero((np.diff(rows["arm"]) != 0) | (np.diff(rows["seed"]) != 0)) + 1
    parts = zip((0, *ends.tolist()), (*ends.tolist(), length), strict=True)
    return {
        (int(rows["arm"][first]), int(rows["seed"][first])): {name: rows[name][first:end] for name in _NO_ROWS}
        for first, end in parts
    }


def _seed(
    rows: dict[tuple[int, int], _Rows], ends: dict[tuple[int, int], HowArmEnded], arm: int, seed: int
) -> SeedResult:
    own = rows.get((arm, seed), _NO_ROWS)
    seconds = float(own["seconds"][-1]) if len(own["seconds"]) else 0.0
    step = own["step"].astype(np.int64)
    return SeedResult(seed, step, own["score"], own["val_loss"], seconds, ends.get((arm, seed)))


def _mean(values: Sequence[float] | Floats) -> float:
    return float(np.mean(values)) if len(values) else math.nan


def _std(values: Sequence[float] | Floats) -> float:
    return float(np.std(values, ddof=1)) if len(values) > 1 else math.nan
