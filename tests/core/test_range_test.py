import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrgui.core.range_test import (
    MovingAverage,
    StopRule,
    as_a_keras_callback_sees_it,
    reached_the_end,
    smoothed,
    stopped_half_way,
    why_it_diverged,
)

LOSSES = st.lists(st.just(0.0) | st.floats(1e-30, 1e6), min_size=1, max_size=50)


def fired_at(rule, losses):
    return next((step for step, loss in enumerate(losses) if rule.fires(loss)), None)


# Smoothing


@given(losses=LOSSES, smoothing=st.floats(0, 0.999))
def test_that_the_first_smoothed_loss_is_the_first_loss(losses, smoothing):
    assert smoothed(losses, smoothing)[0] == pytest.approx(losses[0])


@given(loss=st.floats(-1e6, 1e6), smoothing=st.floats(0, 0.999), count=st.integers(1, 60))
def test_that_a_constant_stays_what_it_is(loss, smoothing, count):
    assert smoothed([loss] * count, smoothing) == pytest.approx(loss)


@given(losses=LOSSES, smoothing=st.floats(0, 0.999))
def test_that_the_average_stays_within_what_it_has_seen(losses, smoothing):
    line = smoothed(losses, smoothing)
    slack = 1e-9 * (1 + max(losses))
    assert np.all(line >= np.minimum.accumulate(losses) - slack)
    assert np.all(line <= np.maximum.accumulate(losses) + slack)


@given(losses=LOSSES)
def test_that_no_smoothing_changes_nothing(losses):
    assert smoothed(losses, 0) == pytest.approx(losses)


def test_that_the_average_is_the_weighted_mean_of_the_formula():
    losses = np.array([3.0, 1.0, 4.0, 1.0, 5.0])
    weights = 0.9 ** np.arange(5)[::-1]
    assert smoothed(losses, 0.9)[-1] == pytest.approx((weights * losses).sum() / weights.sum())


def test_that_a_lost_loss_leaves_the_average_where_it_was():
    line = smoothed([2.0, 1.0, math.nan, math.inf, 1.0], 0.9)
    assert line[2] == line[3] == line[1]
    assert line[4] == smoothed([2.0, 1.0, 1.0], 0.9)[-1]


def test_that_nothing_is_known_before_the_first_finite_loss():
    assert np.isnan(smoothed([math.nan, 1.0], 0.9)).tolist() == [True, False]
    assert smoothed([], 0.9).shape == (0,)


@given(losses=LOSSES, smoothing=st.floats(0, 0.999))
def test_that_one_at_a_time_is_the_same_as_all_at_once(losses, smoothing):
    average = MovingAverage(smoothing)
    assert [average.add(loss) for loss in losses] == smoothed(losses, smoothing).tolist()


# When it stops


def test_that_the_rule_fires_when_the_smoothed_loss_passes_the_multiple_of_its_best():
    losses = np.array([2.0, 1.0, 1.0, 3.0, 6.0, 9.0, 30.0, 60.0])
    line = smoothed(losses, 0.5)
    expected = int(np.argmax(line > 4 * np.minimum.accumulate(line)))
    assert 0 < expected < len(losses) - 1
    assert fired_at(StopRule(0.5, 4.0), losses) == expected


@pytest.mark.parametrize("lost", [math.nan, math.inf, -math.inf])
@pytest.mark.parametrize("factor", [4.0, None])
def test_that_the_rule_fires_at_once_at_a_loss_that_is_not_finite(lost, factor):
    assert fired_at(StopRule(0.9, factor), [2.0, 1.0, lost, 1.0]) == 2


def test_that_one_spike_does_not_fire_it_when_smoothed():
    losses = [1.0] * 50 + [8.0] + [1.0] * 50
    assert fired_at(StopRule(0.9, 4.0), losses) is None
    assert fired_at(StopRule(0.0, 4.0), losses) == 50


def test_that_it_can_be_turned_off():
    assert fired_at(StopRule(0.9, None), [1.0, 1e6, 1e12]) is None


def test_that_a_loss_below_zero_does_not_fire_it():
    assert fired_at(StopRule(0.0, 4.0), [-1.0, -2.0, -0.5, 3.0]) is None


@given(losses=LOSSES, scale=st.sampled_from([0.125, 8.0, 1024.0]))
def test_that_the_scale_of_the_loss_does_not_matter(losses, scale):
    scaled = [scale * loss for loss in losses]
    assert fired_at(StopRule(0.9, 4.0), scaled) == fired_at(StopRule(0.9, 4.0), losses)


# What is said


def test_that_the_sentence_tells_why_it_ended():
    assert str(why_it_diverged(1.2, math.nan, 4.0)) == "The loss became NaN at 1.2."
    assert str(why_it_diverged(1.2, math.inf, None)) == "The loss became infinite at 1.2."
    assert str(why_it_diverged(0.31, 9.0, 4.0)) == "The loss passed 4 x its best at 0.31."
    assert str(stopped_half_way(30, 101)) == "Stopped by hand after 30 of 101 steps; what was measured stays."


def test_that_a_sweep_that_never_diverged_gets_the_advice_to_raise_its_end():
    assert "never diverged: raise To" in str(reached_the_end([2.0, 1.0, 1.5], 0.0, 4.0))


@pytest.mark.parametrize("losses", [[2.0, 1.0, 30.0], [2.0, 1.0, 30.0, 2.0]])
def test_that_a_sweep_that_diverged_unstopped_is_not_told_that_it_never_did(losses):
    assert "rule off; on the way the loss rose to 30 x" in str(reached_the_end(losses, 0.0, None))
    assert "rose to 30 x its best, below the 100" in str(reached_the_end(losses, 0.0, 100.0))


def test_that_reaching_the_end_can_be_said_of_any_losses():
    for losses in ([], [math.nan], [0.0, 1.0], [-1.0, 5.0]):
        assert "Reached the end" in str(reached_the_end(losses, 0.9, None))


# What a callback would have drawn


def test_that_a_keras_callback_sees_the_mean_since_the_epoch_began():
    seen = as_a_keras_callback_sees_it([4.0, 2.0, 0.0, 8.0, 0.0], steps_per_epoch=3, smoothing=0.0)
    assert seen == pytest.approx([4, 3, 2, 8, 4])


def test_that_a_keras_callback_sees_the_fall_later_than_it_came():
    rates = np.geomspace(1e-6, 1, 101)
    losses = 0.3 + 2 / (1 + rates / 1e-3)
    seen = as_a_keras_callback_sees_it(losses, steps_per_epoch=1000, smoothing=0.9)
    fallen = [np.argmax(curve < 2) for curve in (losses, seen)]
    assert 0 < fallen[0] < fallen[1]
    assert rates[fallen[1]] > 3 * rates[fallen[0]]
