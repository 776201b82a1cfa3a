import numpy as np
import pytest

from lrgui.core.suggestions import recommend
from lrgui.core.sweep_curve import FEWEST_POINTS
from tests.core.suggestions.curves import ADVICE, RATES, curve, everyone, recommended


def assert_it_says_why_not(advice):
    assert advice.learning_rate is None
    assert str(advice.reason).endswith((".", "fall."))
    assert "None" not in str(advice.reason)


HOPELESS = {
    "flat": (RATES, np.full(101, 2.3)),
    "flat and far from zero": (RATES, np.full(101, 1e9) + 1e-7 * np.arange(101) % 2),
    "rising": (RATES, 2.3 + RATES),
    "NaN from the start": (RATES, np.full(101, np.nan)),
    "infinite from the start": (RATES, np.full(101, np.inf)),
    "empty": ([], []),
    "of different length": (RATES, np.ones(7)),
    "without a positive rate": (-RATES, curve(RATES)),
    "at one rate": (np.full(50, 0.1), np.linspace(2, 1, 50)),
    "at nearly one rate": (0.1 + 1e-16 * np.arange(50), np.linspace(2, 1, 50)),
}


@everyone
@pytest.mark.parametrize("sweep", HOPELESS.values(), ids=HOPELESS.keys())
def test_that_a_hopeless_sweep_gets_a_sentence_and_no_rate(advise, sweep):
    assert_it_says_why_not(advise(*sweep))


@everyone
@pytest.mark.parametrize("count", range(1, FEWEST_POINTS))
def test_that_too_few_points_are_counted(advise, count):
    advice = advise(RATES[::15][:count], curve(RATES[::15])[:count])
    assert_it_says_why_not(advice)
    assert str(count) in str(advice.reason)
    assert str(FEWEST_POINTS) in str(advice.reason)


def test_that_noise_alone_is_rarely_taken_for_a_fall():
    noise = np.random.default_rng(0).normal(size=(200, 101))
    taken = sum(recommended(RATES, 2.3 + 0.2 * row).learning_rate is not None for row in noise)
    assert taken < 20


def test_that_no_sweep_at_all_is_said():
    assert_it_says_why_not(recommend([]))


def test_that_denormal_losses_give_a_sentence():
    for advise in ADVICE.values():
        advice = advise([10.0, 3.0, 4.0, 2.0, 1.5, 1.0], [5e-324] * 6)
        assert advice.learning_rate is None
        assert "never clearly fell" in str(advice.reason)
