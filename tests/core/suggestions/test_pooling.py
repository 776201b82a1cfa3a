import numpy as np
import pytest

from lrgui.core.messages import format_learning_rate
from lrgui.core.suggestions import recommend
from tests.core.suggestions.curves import RATES, curve, noisy


def test_that_pooled_sweeps_spread_less_than_single_ones():
    sweeps = [(RATES, noisy(seed, 0.15)) for seed in range(60)]
    single = [recommend([sweep]).learning_rate for sweep in sweeps]
    pooled = [recommend(sweeps[first : first + 5]).learning_rate for first in range(0, 60, 5)]
    assert np.std(np.log10(pooled)) < 0.8 * np.std(np.log10(single))


def test_that_the_median_of_the_sweeps_is_recommended_and_said():
    sweeps = [(RATES, curve(RATES, fall_at)) for fall_at in (1e-3, 3e-3, 1e-2)]
    advice = recommend(sweeps)
    assert advice.learning_rate == pytest.approx(recommend(sweeps[1:2]).learning_rate)
    assert advice.reason.values["count"] == 3
    assert advice.reason.values["most"] == pytest.approx(recommend(sweeps[2:]).learning_rate)
    assert str(advice.reason).startswith("The 3 sweeps differ, from ")


def test_that_sweeps_that_are_close_are_said_to_agree():
    sweeps = [(RATES, curve(RATES, fall_at)) for fall_at in (2e-3, 3e-3, 4e-3)]
    advice = recommend(sweeps)
    each = [recommend([sweep]).learning_rate for sweep in sweeps]
    assert str(advice.reason).startswith(
        f"The 3 sweeps agree within {format_learning_rate(min(each))} to {format_learning_rate(max(each))}."
    )


def test_that_sweeps_that_say_the_same_are_said_to_agree_on_it():
    advice = recommend([(RATES, noisy(7))] * 4)
    assert str(advice.reason) == f"The 4 sweeps agree on {format_learning_rate(advice.learning_rate)}."


def test_that_a_sweep_that_cannot_be_read_is_left_aside():
    good = (RATES, noisy(7))
    advice = recommend([(RATES, np.full(101, np.nan)), good, ([], [])])
    assert advice.learning_rate == recommend([good]).learning_rate
    assert str(advice.reason).startswith("Only 1 of 3 sweeps shows a fall. Six tenths of the fall ")
    told = str(recommend([good, (RATES, np.full(101, np.nan)), good]).reason)
    assert told.startswith("The 2 sweeps agree")
    assert told.endswith("1 more showed no clear fall.")
