import numpy as np
import pytest

from lrgui.core.advice import advise, curve_of
from lrgui.core.suggestions import RULES, recommend
from lrgui.core.sweeps import averaged, pooled

RATES = np.geomspace(1e-7, 10, 101)


def sweep(seed, batches=1):
    rates = np.repeat(RATES, batches)
    losses = 0.3 + 2 / (1 + rates / 1e-2) + rates**2
    return averaged(rates, losses * (1 + 0.05 * np.random.default_rng(seed).normal(size=len(rates))))


def test_that_the_rules_read_a_single_sweep_as_it_is():
    only = sweep(0)
    advice = advise([only])
    for name, rule in RULES.items():
        assert advice.suggestions[name].learning_rate == rule(RATES, only.losses).learning_rate
    assert advice.recommended.learning_rate == recommend([(RATES, only.losses)]).learning_rate


def test_that_the_rules_read_the_median_of_several_and_the_recommendation_each_of_them():
    sweeps = [sweep(seed, batches=3) for seed in range(5)]
    advice = advise(sweeps)
    rates, median, _, _ = pooled(sweeps)
    for name, rule in RULES.items():
        assert advice.suggestions[name].learning_rate == rule(rates, median).learning_rate
    each = [recommend([one.as_steps]).learning_rate for one in sweeps]
    assert advice.recommended.learning_rate == pytest.approx(np.median(each))


def test_that_nothing_measured_gets_sentences():
    advice = advise([])
    assert advice.recommended.learning_rate is None
    assert all(suggestion.learning_rate is None for suggestion in advice.suggestions.values())
    assert [len(column) for column in curve_of([])] == [0, 0]
