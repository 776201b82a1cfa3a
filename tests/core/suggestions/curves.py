"""Sweeps as they ought to look, made up, for the tests of what is read from them."""

import numpy as np
import pytest

from lrgui.core.suggestions import RULES, recommend, recommend_peak

RATES = np.geomspace(1e-7, 10, 101)


def curve(rates, fall_at=1e-2, rise_at=1.0):
    """Falls from 2.3 to 0.3 around one rate and rises again around another; over log10 it is steepest at the first."""
    return 0.3 + 2 / (1 + rates / fall_at) + (rates / rise_at) ** 2


def noisy(seed, noise=0.05, rates=RATES, **places):
    losses = curve(rates, **places)
    return losses * (1 + noise * np.random.default_rng(seed).normal(size=len(losses)))


def recommended(learning_rates, losses):
    return recommend([(learning_rates, losses)])


def peak(learning_rates, losses):
    return recommend_peak([(learning_rates, losses)])


ADVICE = {**RULES, "recommend": recommended, "recommend_peak": peak}
everyone = pytest.mark.parametrize("advise", ADVICE.values(), ids=ADVICE.keys())
both = pytest.mark.parametrize("advise", [recommended, peak], ids=["recommend", "recommend_peak"])


def decades_between(one, other):
    return abs(np.log10(one / other))
