import numpy as np
import pytest

from lrgui.core.suggestions import RULES, TITLES, steepest, valley
from tests.core.suggestions.curves import RATES, curve, decades_between, noisy


def test_that_steepest_finds_the_steepest_point_over_the_logarithm_of_the_rate():
    assert decades_between(steepest(RATES, curve(RATES)).learning_rate, 1e-2) < 0.1


def test_that_the_smoothing_does_not_delay_the_curve():
    found = [steepest(RATES, noisy(seed)).learning_rate for seed in range(30)]
    assert decades_between(np.median(found), 1e-2) < 0.2


def test_that_minimum_is_a_tenth_of_the_rate_with_the_lowest_loss():
    fine = np.geomspace(1e-7, 10, 100_000)
    lowest = fine[np.argmin(curve(fine))]
    assert decades_between(RULES["minimum"](RATES, curve(RATES)).learning_rate, lowest / 10) < 0.1


def test_that_valley_is_the_middle_of_its_section():
    advice = valley(RATES, noisy(1))
    first, last = advice.evidence.learning_rates[[0, -1]]
    assert advice.learning_rate == pytest.approx(np.sqrt(first * last))
    assert np.all(np.diff(advice.evidence.losses) < 0)


def test_that_every_rule_has_a_title():
    assert TITLES.keys() == RULES.keys()


def test_that_the_tangent_touches_the_curve_at_the_suggested_rate_and_spans_the_fall():
    advice = steepest(RATES, curve(RATES))
    decades, losses = np.log10(advice.evidence.learning_rates), advice.evidence.losses
    touched = np.interp(np.log10(advice.learning_rate), decades, losses)
    assert touched == pytest.approx(curve(advice.learning_rate), abs=0.1)
    assert losses == pytest.approx([2.3, 0.4], abs=0.1)
    assert "1." in str(advice.reason)


def test_that_the_minimum_is_shown_where_it_is():
    advice = RULES["minimum"](RATES, curve(RATES))
    assert advice.evidence.learning_rates == pytest.approx([10 * advice.learning_rate])
    assert advice.evidence.losses == pytest.approx(curve(advice.evidence.learning_rates), abs=0.05)
