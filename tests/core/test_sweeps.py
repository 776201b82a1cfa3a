"""The sweeps of a range test read back from its steps, and pooled."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrgui.core.range_test import smoothed
from lrgui.core.runs import History
from lrgui.core.sweeps import averaged, pooled, sweeps_of

RATES = np.geomspace(1e-5, 1, 11)


def history(*sweeps):
    """Return the steps of sweeps, each given as rates and losses; accuracies are tenths of the losses."""
    steps = History()
    for repeat, (rates, losses) in enumerate(sweeps):
        count = len(rates)
        columns = {"step": len(steps) + np.arange(count), "learning_rate": rates, "loss": np.asarray(losses, float)}
        steps.append({**columns, "accuracy": columns["loss"] / 10, "repeat": np.full(count, repeat)})
    return steps


def sweep(losses, rates=RATES):
    return averaged(rates[: len(losses)], losses, np.asarray(losses) / 10)


# Read back


def test_that_no_step_is_no_sweep():
    assert sweeps_of(History()) == ()


def test_that_a_single_sweep_is_its_steps():
    losses = np.linspace(2, 1, 11)
    (only,) = sweeps_of(history((RATES, losses)))
    assert only.learning_rates.tolist() == RATES.tolist()
    assert only.losses.tolist() == losses.tolist()
    assert only.accuracies.tolist() == (losses / 10).tolist()
    assert only.steps.tolist() == [1] * 11


def test_that_sweeps_of_different_length_come_apart_where_the_next_begins():
    found = sweeps_of(history((RATES[:7], np.arange(7)), (RATES, np.arange(11)), (RATES[:1], [5])))
    assert [len(each.losses) for each in found] == [7, 11, 1]
    assert found[1].losses.tolist() == list(range(11))


def test_that_a_sweep_that_begins_at_the_rate_at_which_the_last_one_ended_is_another_one():
    found = sweeps_of(history((RATES[:1], [3]), (RATES[:1], [5])))
    assert [each.losses.tolist() for each in found] == [[3], [5]]


@given(batches=st.integers(1, 7), left_out=st.integers(0, 6))
def test_that_the_point_of_a_rate_is_the_mean_over_its_batches_also_over_an_unfinished_one(batches, left_out):
    steps = 11 * batches - min(left_out, batches - 1)
    losses = np.random.default_rng(0).random(steps)
    (only,) = sweeps_of(history((np.repeat(RATES, batches)[:steps], losses)))
    parts = [losses[first : first + batches] for first in range(0, steps, batches)]
    assert only.learning_rates.tolist() == RATES.tolist()
    assert only.losses == pytest.approx([part.mean() for part in parts])
    assert only.steps.tolist() == [len(part) for part in parts]
    rates, values = only.as_steps
    assert rates.tolist() == np.repeat(RATES, batches)[:steps].tolist()
    assert values.tolist() == losses.tolist()


def test_that_a_lost_batch_makes_the_mean_of_its_rate_lost():
    only = averaged(np.repeat(RATES[:3], 2), [1, 1, 1, np.nan, np.inf, -np.inf])
    assert only.losses[0] == 1
    assert np.isnan(only.losses[1:]).all()


def test_that_a_run_without_accuracies_has_none():
    steps = History()
    steps.append({"step": np.arange(2), "learning_rate": RATES[:2], "loss": np.ones(2)})
    assert np.isnan(sweeps_of(steps)[0].accuracies).all()
    assert len(pooled(sweeps_of(steps), "accuracies").median) == 0


def test_that_a_keras_callback_looks_after_the_last_batch_of_each_rate_whatever_the_epochs():
    losses = np.array([4.0, 2, 0, 8, 0, 1, 5])
    only = averaged(np.repeat(RATES, 3)[:7], losses, losses / 10)
    # The means since the epoch of five began, after the third, the sixth and the seventh step.
    assert only.as_a_keras_callback_sees_it("losses", 5, 0.0) == pytest.approx([2, 1, 3])
    assert only.as_a_keras_callback_sees_it("accuracies", 5, 0.0) == pytest.approx([0.2, 0.1, 0.3])


# Pooled


def test_that_one_sweep_pooled_is_its_smoothed_self_without_a_band():
    losses = np.random.default_rng(0).random(11)
    rates, median, low, high = pooled([sweep(losses)], smoothing=0.9)
    assert rates.tolist() == RATES.tolist()
    assert median.tolist() == low.tolist() == high.tolist() == smoothed(losses, 0.9).tolist()


def test_that_the_median_lies_in_the_band_from_least_to_most():
    losses = np.random.default_rng(0).random((5, 11))
    rates, median, low, high = pooled([sweep(each) for each in losses])
    assert rates.tolist() == RATES.tolist()
    assert median == pytest.approx(np.median(losses, axis=0))
    assert low == pytest.approx(losses.min(axis=0))
    assert high == pytest.approx(losses.max(axis=0))


def test_that_sweeps_that_have_diverged_do_not_let_the_median_fall_back():
    early, late = [1, 1, 1, 9], [1, 1, 1, 1, 1, 2, 3]
    rates, median, low, high = pooled([sweep(early), sweep(late), sweep([1, 1, 1, 1, 1, 1, 1])])
    # From the fifth rate on: one of three is beyond all measure, so that the median is the worse of the others.
    assert median.tolist() == [1, 1, 1, 1, 1, 2, 3]
    assert high.tolist() == [1, 1, 1, 9, 1, 2, 3]
    assert low.tolist() == [1] * 7
    assert len(rates) == 7


def test_that_the_curve_ends_where_half_of_the_sweeps_have():
    ends = (4, 5, 6, 11)
    rates, *_ = pooled([sweep(np.ones(end)) for end in ends])
    assert len(rates) == 5


def test_that_a_sweep_under_way_does_not_count_where_it_has_not_been():
    done = [sweep(np.full(11, 2.0)), sweep(np.full(11, 4.0))]
    _, median, _, _ = pooled([*done, sweep(np.full(3, 8.0))])
    assert median.tolist() == [4] * 3 + [3] * 8


def test_that_of_accuracies_the_lowest_counts_as_the_worst():
    early, others = [8, 8, 8, 1], [[8] * 4 + [6] * 3, [8] * 4 + [7] * 3]
    _, median, low, _ = pooled([sweep(early), *(sweep(each) for each in others)], "accuracies")
    assert median[-3:] == pytest.approx([0.6] * 3)
    assert low[3] == pytest.approx(0.1)


def test_that_a_sweep_lost_from_its_first_step_on_leaves_the_others():
    lost, fine = sweep([np.nan]), sweep(np.ones(11))
    assert pooled([lost, fine, fine]).median.tolist() == [1] * 11
    assert len(pooled([lost]).median) == 0


def test_that_no_sweep_is_pooled_to_nothing():
    assert [len(column) for column in pooled([])] == [0] * 4
