"""Comparisons made of numbers, without a training."""

import numpy as np

from lrgui.core.comparison.results import ArmResult, Comparison, SeedResult
from lrgui.core.config import Arm, ComparisonConfig


def comparison(finals, names=None, how="finished"):
    """Return a comparison of one epoch with these final accuracies, shape (arms, seeds); NaN stands for diverged."""
    finals = np.asarray(finals, float)
    arms = [Arm(name=name) for name in names or [f"arm {number}" for number in range(len(finals))]]
    config = ComparisonConfig(arms=arms, seeds=finals.shape[1], epochs=1)
    found = []
    for index, (arm, row) in enumerate(zip(arms, finals, strict=True)):
        seeds = tuple(
            SeedResult(seed, np.array([44]), np.array([final]), np.array([0.1]), 1.0,
                       "diverged" if np.isnan(final) else how)
            for seed, final in enumerate(row)
        )  # fmt: skip
        found.append(ArmResult(index, arm.name, arm, seeds, config.threshold))
    return Comparison(config, tuple(found))
