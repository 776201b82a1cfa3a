import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from lrgui.core.suggestions import steepest
from tests.core.suggestions.curves import RATES, both, curve, decades_between, everyone, noisy, recommended


@everyone
@given(seed=st.integers(0, 10_000), factor=st.floats(1e-3, 1e3), constant=st.floats(-1e3, 1e3))
def test_that_scaling_the_losses_or_adding_a_constant_does_not_move_the_advice(advise, seed, factor, constant):
    losses = noisy(seed)
    asked = advise(RATES, losses)
    assert advise(RATES, 1000 * losses).learning_rate == pytest.approx(asked.learning_rate)
    assert advise(RATES, factor * losses + constant).learning_rate == pytest.approx(asked.learning_rate)


@everyone
@given(seed=st.integers(0, 10_000), factor=st.floats(1e-3, 1e3))
def test_that_the_advice_moves_with_the_rates(advise, seed, factor):
    losses = noisy(seed)
    asked = advise(RATES, losses)
    assert advise(factor * RATES, losses).learning_rate == pytest.approx(factor * asked.learning_rate)


@everyone
@given(seed=st.integers(0, 10_000), order=st.permutations(range(len(RATES))))
def test_that_the_order_of_the_points_does_not_matter(advise, seed, order):
    losses = noisy(seed)
    shuffled = advise(RATES[list(order)], losses[list(order)])
    assert shuffled.learning_rate == pytest.approx(advise(RATES, losses).learning_rate)


ANY = st.floats(width=64) | st.sampled_from([0.0, 1.0, np.nan, np.inf, -np.inf, 1e308, -1e308, 5e-324])


@everyone
@given(data=st.data(), count=st.integers(0, 40))
def test_that_any_arrays_get_a_sentence(advise, data, count):
    rates = data.draw(arrays(float, count, elements=ANY) | st.just(np.geomspace(1e-6, 1, count)))
    advice = advise(rates, data.draw(arrays(float, count, elements=ANY)))
    assert len(str(advice.reason)) > 20
    assert advice.learning_rate is None or 0 < advice.learning_rate < np.inf


@everyone
@pytest.mark.parametrize("lost", [np.nan, np.inf])
def test_that_a_lost_point_in_the_middle_hardly_moves_the_advice(advise, lost):
    losses = noisy(4, 0.02)
    asked = advise(RATES, losses)
    losses[[40, 60]] = lost
    assert decades_between(advise(RATES, losses).learning_rate, asked.learning_rate) < 0.2


@everyone
@pytest.mark.parametrize("end", [np.nan, np.inf, 1e30, 1e300])
def test_that_a_late_divergence_hardly_moves_the_advice(advise, end):
    losses = noisy(5, 0.02)
    asked = advise(RATES, losses)
    losses[-8:] = end
    assert decades_between(advise(RATES, losses).learning_rate, asked.learning_rate) < 0.15


@pytest.mark.parametrize("spike", [20.0, 1e6])
def test_that_an_early_spike_hardly_moves_the_recommendation(spike):
    losses = noisy(6)
    asked = recommended(RATES, losses).learning_rate
    losses[[2, 20]] = spike
    assert decades_between(recommended(RATES, losses).learning_rate, asked) < 0.1


@pytest.mark.parametrize(("points", "noise", "limit"), [(21, 0.02, 0.3), (51, 0.05, 0.25), (101, 0.15, 0.25)])
def test_that_noise_hardly_spreads_the_recommendation(points, noise, limit):
    rates = np.geomspace(1e-7, 10, points)
    found = [recommended(rates, noisy(seed, noise, rates)).learning_rate for seed in range(40)]
    assert np.std(np.log10(found)) < limit


def test_that_several_losses_at_the_same_rate_are_read_as_their_mean():
    losses = curve(RATES)
    wobble = 0.1 * np.sin(np.arange(101))
    twice = steepest(np.repeat(RATES, 2), np.ravel([losses - wobble, losses + wobble], order="F"))
    assert twice.learning_rate == pytest.approx(steepest(RATES, losses).learning_rate)


def test_that_the_speed_of_a_sweep_is_counted_in_steps_however_they_lie_on_the_rates():
    coarse, fine = np.geomspace(1e-7, 10, 51), np.geomspace(1e-7, 10, 201)
    four_each = recommended(np.repeat(coarse, 4), np.repeat(curve(coarse), 4))
    assert decades_between(four_each.learning_rate, recommended(fine, curve(fine)).learning_rate) < 0.02
    assert decades_between(four_each.learning_rate, recommended(coarse, curve(coarse)).learning_rate) > 0.3


# Curves that are not as they ought to be


@both
@given(seed=st.integers(0, 10_000), scale=st.floats(1e-6, 1e6), shift=st.floats(-1e6, 1e6))
def test_that_a_regression_loss_on_any_scale_gets_the_same_advice(advise, seed, scale, shift):
    squared = noisy(seed, 0.1) ** 2
    asked = advise(RATES, squared)
    told = advise(RATES, scale * (squared + shift))
    for name in ("learning_rate", "low", "high"):
        # The shift costs digits: a sum of 1e6 and 0.1 is exact to 1e-10 of it.
        assert getattr(told, name) == pytest.approx(getattr(asked, name), rel=1e-5)


@both
@given(seed=st.integers(0, 10_000), end=st.floats(5, 1e12), length=st.integers(1, 12))
def test_that_how_a_sweep_diverges_hardly_matters(advise, seed, end, length):
    losses = noisy(seed, 0.03, rise_at=0.1)
    asked = advise(RATES[:-15], losses[:-15])
    losses[-length:] = end
    assert decades_between(advise(RATES, losses).learning_rate, asked.learning_rate) < 0.2


@both
@given(seed=st.integers(0, 10_000), depth=st.floats(0.2, 0.6), at=st.floats(-4.5, -3.5))
def test_that_a_first_shallow_valley_does_not_hide_the_deep_one(advise, seed, depth, at):
    asked = advise(RATES, noisy(seed, 0.03))
    bump = depth * np.exp(-0.5 * ((np.log10(RATES) - at) / 0.2) ** 2)
    assert decades_between(advise(RATES, noisy(seed, 0.03) - bump).learning_rate, asked.learning_rate) < 0.25


@both
@given(seed=st.integers(0, 10_000), gap=st.floats(0.8, 1.5), second=st.floats(0.6, 0.95))
def test_that_of_two_valleys_the_rate_lies_in_the_deeper_or_between(advise, seed, gap, second):
    decades = np.log10(RATES)
    valley = -np.exp(-0.5 * ((decades + 2) / 0.3) ** 2)
    other = -second * np.exp(-0.5 * ((decades + 2 - gap) / 0.3) ** 2)
    losses = 2.3 + 1.8 * (valley + other) + (RATES > 1) * RATES
    losses += 0.02 * np.random.default_rng(seed).normal(size=len(RATES))
    assert 10**-3.2 < advise(RATES, losses).learning_rate < 10 ** (-2 + gap + 0.3)


@both
@given(seed=st.integers(0, 10_000), place=st.integers(0, 40), height=st.floats(3, 1e9))
def test_that_an_early_spike_hardly_moves_any_advice(advise, seed, place, height):
    losses = noisy(seed, 0.03)
    asked = advise(RATES, losses)
    losses[place] = height
    assert decades_between(advise(RATES, losses).learning_rate, asked.learning_rate) < 0.1


@both
@given(seed=st.integers(0, 10_000), more=st.integers(0, 60))
def test_that_a_longer_plateau_before_the_fall_hardly_moves_the_advice(advise, seed, more):
    losses = noisy(seed, 0.03)
    asked = advise(RATES[20:], losses[20:])
    step = RATES[1] / RATES[0]
    rates = np.concatenate([RATES[0] * step ** np.arange(-more, 0.0), RATES])
    noise = 1 + 0.03 * np.random.default_rng(seed + 1).normal(size=more)
    told = advise(rates, np.concatenate([2.3 * noise, losses]))
    assert decades_between(told.learning_rate, asked.learning_rate) < 0.15


@both
@pytest.mark.parametrize("floor", [0.5, 1.0, 1.5])
def test_that_wrong_labels_which_hold_the_loss_up_hardly_move_the_advice(advise, floor):
    clean = [advise(RATES, noisy(seed, 0.03)).learning_rate for seed in range(10)]
    held = [advise(RATES, floor + noisy(seed, 0.03) * (1 - floor / 3)).learning_rate for seed in range(10)]
    assert decades_between(np.median(held), np.median(clean)) < 0.1


@both
@pytest.mark.parametrize(("points", "noise"), [(21, 0.05), (101, 0.15), (2001, 0.15)])
def test_that_few_or_many_points_and_noise_keep_the_rate_between_fall_and_rise(advise, points, noise):
    rates = np.geomspace(1e-7, 10, points)
    for seed in range(20):
        told = advise(rates, noisy(seed, noise, rates))
        assert told.learning_rate is not None
        assert 2e-3 < told.learning_rate < 1.0
