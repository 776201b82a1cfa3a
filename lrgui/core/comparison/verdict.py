"""What may be said of the arms: one sentence that claims no more than the spread over the seeds allows."""

import itertools
import math
from dataclasses import dataclass

import numpy as np

from lrgui.core.comparison.results import ArmResult, Comparison, Floats
from lrgui.core.comparison.statistics import holm, paired_t, sign_flips, t_needed
from lrgui.core.messages import Message, joined, say
from lrgui.core.scores import Score

LEVEL = 1 / 32
"""A difference is claimed where p, corrected for all pairs of arms, is not above this.

Less than the usual 0.05: with a few seeds the t test goes wrong a little more often than it says where the noise is
not normal, and false claims are to stay below 5 in 100 all the same.
"""

_FLIPS_FROM, _FLIPS_LEVEL = 6, 0.05
"""From so many seeds on the sign-flip test can say no as well as yes, and is asked too: it needs no normal noise."""

_UNKNOWN_EXAMPLES = 1000
"""Stands for the number of validation examples where the file with them is not at hand."""

_NOT_SEEN = 0.0005
"""A smaller difference is 0.0 points as people write it."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two arms side by side.

    Attributes
    ----------
    one, other : ArmResult
        The first has the higher mean, or the same.
    seeds : int
        How many seeds both have in common.
    epochs : int
        After how many epochs they are compared: the last that all of these have.
    difference : float
        The mean over the seeds of one accuracy minus the other; NaN where they have no seed in common.
    spread : float
        The standard deviation (n - 1) of these differences; NaN of fewer than two.
    p : float
        Of the paired t test, corrected by Holm for all pairs that were asked.
    shown : bool
        Whether the difference may be claimed.
    """

    one: ArmResult
    other: ArmResult
    seeds: int
    epochs: int
    difference: float
    spread: float
    p: float
    shown: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """The sentence, and what it rests on: all pairs of arms, those with the larger differences first."""

    message: Message
    pairs: tuple[Pair, ...]


def verdict(comparison: Comparison) -> Verdict:
    """Return what may be said of the final accuracies.

    Each pair of arms is compared over the seeds that both have, by Student's paired t test (see
    ``statistics.paired_t``) with Holm's correction for the number of pairs; from six seeds on the sign-flip test has to
    agree. No p is taken for less than 2 / 4**seeds: where each run either works or fails, by the toss of a coin, two
    arms that are the same fall apart the same way with all seeds as often as that. Accuracies are compared after the
    last epoch that both have; what diverged is left out, and told.

    Parameters
    ----------
    comparison : Comparison
        What was measured.
    """
    pairs = pairs_of(comparison)
    told = _told(comparison, pairs)
    least, planned = min((pair.epochs for pair in pairs), default=0), comparison.config.epochs
    if pairs and least < planned:
        told = say("{told} {when}", told=told, when=_when(least, max(pair.epochs for pair in pairs), planned))
    for arm in comparison.arms:
        if arm.diverged:
            told = say("{told} {diverged}", told=told, diverged=_diverged(arm))
    return Verdict(told, tuple(pairs))


def pairs_of(comparison: Comparison, against: int | None = None) -> list[Pair]:
    """Return all pairs of arms that have a seed in common, those with the larger differences first.

    ``against`` is the number of an arm: then only its pairs are asked, and corrected for.
    """
    facts = comparison.config.dataset.facts
    resolution = 1 / max(1, facts.validation_examples if facts else _UNKNOWN_EXAMPLES)
    found = []
    for one, other in itertools.combinations(comparison.arms, 2):
        if against is not None and against not in (one.index, other.index):
            continue
        differences, epochs = _differences(one, other)
        if len(differences):
            p = max(paired_t(differences, resolution), _least_p(len(differences)))
            found.append((one, other, differences, epochs, p))
    corrected = holm([p for *_, p in found])
    pairs = [_pair(*each[:4], p) for each, p in zip(found, corrected, strict=True)]
    return sorted(pairs, key=lambda pair: -pair.difference)


def _differences(one: ArmResult, other: ArmResult) -> tuple[Floats, int]:
    both = [(a.val_score, b.val_score) for a, b in zip(one.seeds, other.seeds, strict=True) if a.counts and b.counts]
    epochs = min((min(len(a), len(b)) for a, b in both), default=0)
    return np.array([a[epochs - 1] - b[epochs - 1] for a, b in both], np.float64), epochs


def _pair(one: ArmResult, other: ArmResult, differences: Floats, epochs: int, p: float) -> Pair:
    mean, count = float(np.mean(differences)), len(differences)
    spread = float(np.std(differences, ddof=1)) if count > 1 else math.nan
    shown = p <= LEVEL
    if count >= _FLIPS_FROM:
        shown = shown and sign_flips(differences) < _FLIPS_LEVEL
    if mean < 0:
        one, other, mean = other, one, -mean
    return Pair(one, other, count, epochs, mean, spread, p, shown)


def what_seeds_show(seeds: int, arms: int = 2) -> Message:
    """Say how large a difference has to be, in spreads, for so many seeds to show it between two of so many arms."""
    pairs = max(1, arms * (arms - 1) // 2)
    if seeds < least_seeds(pairs):
        return _too_few(seeds, pairs)
    least = t_needed(LEVEL / pairs, seeds - 1) / math.sqrt(seeds)
    return say("{seeds} seeds show differences above {least:.1f} times their spread.", seeds=seeds, least=least)


def least_seeds(pairs: int) -> int:
    """Return how many seeds it takes at least to show a difference, however large, where so many pairs are asked."""
    return next(seeds for seeds in itertools.count(2) if pairs * _least_p(seeds) <= LEVEL)


def _least_p(seeds: int) -> float:
    return float(2 / 4**seeds)


def _told(comparison: Comparison, pairs: list[Pair]) -> Message:
    if not pairs:
        return _alone(comparison)
    return _of_two(pairs[0], comparison.score) if len(pairs) == 1 else _of_many(comparison, pairs)


def _alone(comparison: Comparison) -> Message:
    measured = [arm for arm in comparison.arms if len(arm.finals)]
    if len(measured) != 1:
        return say("There is nothing to compare.")
    arm = measured[0]
    alone = say("{name} has {mean}", name=arm.name, mean=comparison.score.told(arm.mean))
    if len(arm.finals) == 1:
        return say("{alone}, with one seed.", alone=alone)
    return say(
        "{alone}, with a spread of {spread} over {seeds} seeds.",
        alone=alone,
        spread=comparison.score.told_apart(arm.std),
        seeds=len(arm.finals),
    )


def _of_two(pair: Pair, score: Score) -> Message:
    names = {"one": pair.one.name, "other": pair.other.name}
    difference = score.told_apart(pair.difference)
    apart = say("{one} and {other} differ by {difference}", **names, difference=difference)
    if pair.seeds < least_seeds(1):
        return say("{apart}. {few}", apart=apart, few=_too_few(pair.seeds, 1))
    numbers = {"spread": score.told_spread(pair.spread), "seeds": pair.seeds}
    if pair.shown:
        return say(
            "{one} is better than {other}: by {difference}, with a spread of {spread} over {seeds} seeds.",
            **names,
            **numbers,
            difference=difference,
        )
    if pair.difference < _NOT_SEEN:
        least = score.told_apart(0.001)
        return say("{one} and {other} differ by less than {least}: no difference shown.", **names, least=least)
    if pair.difference <= pair.spread:
        return say("{apart}, less than their spread of {spread}: no difference shown.", apart=apart, **numbers)
    return say(
        "{apart}, with a spread of {spread}, which is too much for {seeds} seeds: no difference shown.",
        apart=apart,
        **numbers,
    )


def _of_many(comparison: Comparison, pairs: list[Pair]) -> Message:
    ranked = sorted((arm for arm in comparison.arms if len(arm.finals)), key=lambda arm: -arm.mean)
    mean = comparison.score.told(ranked[0].mean)
    best = say("{name} has the highest mean, {mean}", name=ranked[0].name, mean=mean)
    fewest = min(pair.seeds for pair in pairs)
    if fewest < least_seeds(len(pairs)):
        return say("{best}. {few}", best=best, few=_too_few(fewest, len(pairs)))
    shown = [pair for pair in pairs if pair.shown]
    if not shown:
        return say("{best}, but no two arms differ by more than their spread allows: no difference shown.", best=best)
    beaten = [pair for pair in shown if pair.one is ranked[0]]
    if len(beaten) == len(ranked) - 1:
        least = comparison.score.told_apart(min(pair.difference for pair in beaten))
        return say("{best}, and is better than all others, by {least} or more.", best=best, least=least)
    return say("{best}. Shown: {claims}; no other difference.", best=best, claims=_claims(shown))


def _claims(pairs: list[Pair]) -> Message:
    """Join what was shown, by the arms that are better."""
    parts: list[Message] = []
    for name in dict.fromkeys(pair.one.name for pair in pairs):
        others = [pair.other.name for pair in pairs if pair.one.name == name]
        parts.append(say("{name} is better than {others}", name=name, others=joined(others)))
    told = parts[0]
    for part in parts[1:]:
        told = say("{told}; {part}", told=told, part=part)
    return told


def _too_few(seeds: int, pairs: int) -> Message:
    least = least_seeds(pairs)
    if seeds == 1:
        return say("One seed knows no spread, so no difference is shown: take {least} or more.", least=least)
    if pairs == 1:
        return say("{seeds} seeds are too few, so no difference is shown: take {least} or more.",
                   seeds=seeds, least=least)  # fmt: skip
    return say(
        "{seeds} seeds are too few for so many arms, so no difference is shown: take {least} or more.",
        seeds=seeds,
        least=least,
    )


def _when(least: int, most: int, planned: int) -> Message:
    """Say after how many epochs the arms were compared: each pair after the last epoch that both have."""
    numbers = {"least": least, "planned": planned}
    if least == most:
        return say("Compared after {least} of {planned} epochs.", **numbers)
    return say("What ended early is compared after {least} of {planned} epochs or more.", **numbers)


def _diverged(arm: ArmResult) -> Message:
    return say(
        "{name} diverged with {count} of {seeds} seeds.", name=arm.name, count=arm.diverged, seeds=len(arm.seeds)
    )
