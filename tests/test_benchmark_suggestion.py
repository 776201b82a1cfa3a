"""The scores of recommended rates: on made-up tasks whose answer is known, and on the measured ones."""

import numpy as np
import pytest

from lrgui.core.messages import say
from lrgui.core.suggestions import Recommendation
from tests.benchmarks.suggestion import GRID, SCHEDULES, SWEEPS, Measured, measured, score, score_confirmed, score_range
from tests.benchmarks.suggestion_tasks import TASKS, Task

RATES = np.geomspace(1e-7, 10, 101)
LOSSES = 0.3 + 2 / (1 + RATES / 1e-2) + RATES**2


def made_up(accuracies, sweeps=2):
    """A task with these accuracies for every seed, or of shape (seeds, rates)."""
    table = np.broadcast_to(accuracies, (5, len(GRID)))
    columns = dict.fromkeys(SCHEDULES, table)
    return Measured(Task("digits", "mlp", "adam"), columns, {"100 steps": [(RATES, LOSSES)] * sweeps})


def always(rate, low=None, high=None):
    return lambda sweeps, family: Recommendation(rate, low, high, say("Always."))


TENT = 0.9 - 0.1 * np.abs(GRID + 2)


def test_that_the_regret_is_what_the_best_rate_of_the_grid_has_more():
    assert score([made_up(TENT)], always(1e-2))["worst"] == pytest.approx(0)
    assert score([made_up(TENT)], always(1e-3))["mean"] == pytest.approx(10)
    between = score([made_up(TENT)], always(10**-2.1))["mean"]
    assert between == pytest.approx(1)


def test_that_a_sweep_without_advice_is_a_failure_and_advice_that_differs_a_spread():
    told = iter([1e-2, None, 1e-3])
    figures = score([made_up(TENT, sweeps=3)], lambda *_: always(next(told))(None, None))
    assert (figures["failures"], figures["mean"]) == (1, pytest.approx(5))
    assert figures["spread"] == pytest.approx(0.5)


def test_that_a_range_is_credited_with_what_it_covers_and_charged_with_what_it_is_wide():
    plateau = np.where(np.abs(GRID + 2) <= 0.5, 0.9, 0.5)
    whole = score_range([made_up(plateau)], always(1e-2, 10**-2.5, 10**-1.5))
    assert (whole["covered"], whole["wholly"], whole["within one"]) == (1, 1, 1)
    assert whole["width"] == pytest.approx(1)
    half = score_range([made_up(plateau)], always(1e-2, 10**-2.5, 10**-2))
    assert half["covered"] == pytest.approx(0.5, abs=0.02)
    assert half["wholly"] == 0
    wide = score_range([made_up(plateau)], always(1e-2, 10**-4.5, 10**0.5))
    assert wide["within one"] == pytest.approx(0.2, abs=0.03)


def test_that_confirming_is_not_paid_for_luck():
    noise = np.random.default_rng(0).normal(0.5, 0.1, size=(40, 5, len(GRID)))
    lucky = score_confirmed([made_up(table, sweeps=1) for table in noise])
    # What was chosen by luck is on the average as good as anything: the best of the grid is not.
    assert lucky["mean"] == pytest.approx(np.mean([100 * (t.mean(axis=0).max() - 0.5) for t in noise]), abs=2)


def test_that_confirming_finds_a_better_rate_nearby():
    advised = score([made_up(0.9 - 0.1 * np.abs(GRID + 2.25))])["mean"]
    confirmed = score_confirmed([made_up(0.9 - 0.1 * np.abs(GRID + 2.25))])["mean"]
    assert confirmed < advised - 2


@pytest.fixture(scope="module")
def held_out():
    return measured(held_out=True)


def test_that_the_tasks_held_out_are_many_and_none_is_for_tuning_as_well():
    names = [task.name for task in TASKS]
    assert len(set(names)) == len(names)
    assert sum(task.held_out for task in TASKS) >= 16


def test_that_every_task_was_measured(held_out):
    tasks = [*held_out, *measured(held_out=False)]
    assert len(tasks) == len(TASKS)
    for task in tasks:
        assert {"100 steps", "300 steps"} <= task.sweeps.keys() <= SWEEPS.keys()
        assert len(task.sweeps["100 steps"]) == 5
        assert "constant" in task.accuracies
        for schedule, accuracies in task.accuracies.items():
            assert accuracies.shape[1] == len(GRID)
            assert 0.2 < task.best(schedule) / 100 <= 1
    for schedule in SCHEDULES:
        assert sum(schedule in task.accuracies for task in tasks) > 0.9 * len(tasks)


def test_that_what_is_recommended_is_no_worse_than_it_is_said_to_be(held_out):
    figures = score(held_out)
    assert figures["failures"] <= 5
    assert figures["spread"] <= 0.1
    assert figures["mean"] <= 2.6
    tuned = score(measured(held_out=False))
    assert (tuned["failures"], round(tuned["spread"], 2)) == (0, 0.07)
    assert tuned["mean"] <= 0.9


def test_that_several_sweeps_pooled_beat_one(held_out):
    assert score(held_out, pooled=True)["mean"] < score(held_out)["mean"]
    assert score(held_out, pooled=True)["worst"] < score(held_out)["worst"]


def test_that_knowing_the_optimizer_helps(held_out):
    assert score(held_out)["mean"] < score(held_out, known=False)["mean"]
