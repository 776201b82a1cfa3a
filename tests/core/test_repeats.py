"""Whether a repeat is the same, and what is said where it is not."""

import numpy as np
import pytest

from lrgui.core.config import ComparisonConfig, TrainingConfig
from lrgui.core.events import StepsEnded
from lrgui.core.repeats import compare_origins, compare_runs, tell_repeat
from lrgui.core.runs import Run

LOSSES = 2.3 / (1 + 0.01 * np.arange(225))


def run_of(losses):
    run = Run("id", "training", TrainingConfig())
    columns = {"step": np.arange(len(losses)), "loss": np.array(losses, np.float64)}
    if len(losses):
        run.apply(StepsEnded(columns))
    return run


def changed(step, loss, losses=LOSSES):
    other = np.array(losses)
    other[step] = loss
    return other


def test_that_identical_losses_are_the_same_result():
    told = compare_runs(run_of(LOSSES), run_of(LOSSES))
    assert str(told) == "Same seed, same result: all 225 losses are identical."


def test_that_the_first_step_that_differs_is_told_and_by_how_much():
    told = str(compare_runs(run_of(LOSSES), run_of(changed(100, 1.25))))
    assert "first differ at step 101, 1.15 in the original and 1.25 here" in told
    assert "further apart than 0.1." in told


def comparison_of(order, losses):
    """Return a comparison whose arms and seeds came in this order, with these losses."""
    run = Run("id", "comparison", ComparisonConfig(seeds=2))
    for arm, seed in order:
        step = np.arange(5)
        columns = {"arm": np.full(5, arm), "seed": np.full(5, seed), "step": step, "loss": losses[arm, seed]}
        run.apply(StepsEnded(columns))
    return run


def test_that_the_arms_of_a_comparison_may_come_in_any_order():
    order = [(0, 7), (1, 7), (0, 8), (1, 8)]
    losses = {(arm, seed): LOSSES[:5] + arm - 0.1 * seed for arm, seed in order}
    then, now = comparison_of(order, losses), comparison_of(order[::-1], losses)
    assert str(compare_runs(then, now)) == "Same seed, same result: all 20 losses are identical."
    some = comparison_of([(1, 8), (0, 7)], losses)
    assert "the first 10 losses are identical. The original took 20 steps, this run 10." in str(
        compare_runs(then, some)
    )
    other = comparison_of(order, {**losses, (1, 8): losses[1, 8] + 0.5})
    assert "Not the same result" in str(compare_runs(then, other))


def test_that_the_smallest_difference_there_is_is_a_difference():
    other = changed(7, np.nextafter(LOSSES[7], 3))
    told = str(compare_runs(run_of(LOSSES), run_of(other)))
    assert told.startswith("Not the same result: the losses first differ at step 8")


def test_that_losses_that_are_no_numbers_are_the_same_as_such_ones():
    for odd in (np.nan, np.inf):
        losses = changed(224, odd)
        assert "all 225 losses" in str(compare_runs(run_of(losses), run_of(losses)))
    told = str(compare_runs(run_of(changed(224, np.nan)), run_of(LOSSES)))
    assert "step 225, nan in the original" in told
    assert "further apart" not in told


def test_that_a_run_that_ended_earlier_is_compared_as_far_as_it_went():
    told = str(compare_runs(run_of(LOSSES[:120]), run_of(LOSSES)))
    assert "the first 120 losses are identical" in told
    assert "original took 120 steps, this run 225" in told


@pytest.mark.parametrize("pair", [([], LOSSES), (LOSSES, []), ([], [])])
def test_that_a_run_without_losses_cannot_be_compared(pair):
    assert "nothing to compare" in str(compare_runs(*map(run_of, pair)))


def test_that_what_was_made_otherwise_is_told():
    then = {"versions": {"numpy": "2.1.0", "keras": "3.15.1"}, "environment": {"cores": 4}}
    now = {"versions": {"numpy": "2.2.0", "keras": "3.15.1"}, "environment": {"cores": 2}}
    assert compare_origins(then, then) is None
    assert str(compare_origins(then, now)) == "What differs: numpy 2.1.0 then, 2.2.0 now; cores 4 then, 2 now."
    told = str(tell_repeat(run_of(LOSSES), run_of(changed(3, 0.0)), then, now))
    assert told.startswith("Not the same result") and told.endswith("cores 4 then, 2 now.")
    same = str(tell_repeat(run_of(LOSSES), run_of(LOSSES), then, then))
    assert same == "Same seed, same result: all 225 losses are identical."
