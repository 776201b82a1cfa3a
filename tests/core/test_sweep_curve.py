import numpy as np
import pytest

from lrgui.core.messages import Message
from lrgui.core.sweep_curve import SweepCurve, read_sweep


def ramp(points):
    """From 2 down to 1 between 1e-4 and 1e-2, straight over log10, level before and after."""
    rates = np.geomspace(1e-8, 1e2, points)
    return rates, np.interp(np.log10(rates), [-4, -2], [2.0, 1.0])


@pytest.mark.parametrize("share", [0.25, 0.5, 0.75])
def test_that_a_share_of_the_fall_is_found_where_it_is(share):
    curve = read_sweep(*ramp(201))
    assert np.log10(curve.rate_where_fallen(share)) == pytest.approx(-4 + 2 * share, abs=0.02)
    assert curve.level_where_fallen(share) == pytest.approx(2 - share, abs=0.01)


def test_that_the_line_is_centred_a_curve_read_backwards_is_the_same_line_backwards():
    rates = np.geomspace(1e-6, 1, 61)
    losses = 2 - np.exp(-0.5 * (np.log10(rates) + 3) ** 2) + 0.05 * np.cos(np.arange(-30, 31))
    line = read_sweep(rates, losses).line
    assert line == pytest.approx(line[::-1])


def test_that_the_start_level_is_not_moved_by_a_spike():
    rates, losses = ramp(101)
    losses[3] = 1e9
    assert read_sweep(rates, losses).start_level == pytest.approx(2)


def test_that_a_level_crossed_twice_is_put_half_way_between():
    rates = np.geomspace(1e-8, 1e2, 401)
    losses = np.interp(np.log10(rates), [-6, -5.5, -3.5, -3, -1, -0.5], [2, 1.2, 1.2, 2, 2, 0.5])
    crossings = np.log10(read_sweep(rates, losses).rate_where_fallen(0.4))
    assert crossings == pytest.approx((-5.6 - 0.8) / 2, abs=0.2)


@pytest.mark.parametrize("points", [999, 1001, 2001, 50_001])
def test_that_a_long_sweep_is_thinned_and_keeps_its_shape_and_its_density(points):
    curve = read_sweep(*ramp(points))
    assert len(curve.line) <= 1000
    assert curve.steps_per_decade == pytest.approx((points - 1) / 10)
    assert np.log10(curve.rate_where_fallen(0.5)) == pytest.approx(-3, abs=0.01)


def test_that_losses_beyond_all_bounds_do_not_hide_the_fall():
    rates, losses = ramp(101)
    losses[-3:] = 1e30
    assert isinstance(read_sweep(rates, losses), SweepCurve)


def test_that_a_fall_hidden_in_noise_is_none():
    rates, losses = ramp(101)
    noise = np.random.default_rng(0).normal(size=101)
    assert isinstance(read_sweep(rates, losses + 0.1 * noise), SweepCurve)
    assert isinstance(read_sweep(rates, losses + 10 * noise), Message)
