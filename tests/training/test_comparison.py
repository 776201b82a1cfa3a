"""Arms that take turns in one traced model: each goes as if it were alone, whatever is done to the others."""

import threading

import numpy as np
import pytest

from lrgui.core.comparison import measured, unfinished
from lrgui.core.config import Arm
from lrgui.core.control import Control
from lrgui.core.events import ArmEnded, EpochEnded, Planned, StepsEnded
from lrgui.core.runs import Run, RunStatus
from lrgui.training.trainer import train
from tests.training.comparing import ARMS, assert_same, compared, curves, small


@pytest.fixture(scope="module")
def together() -> Run:
    return compared(small())


@pytest.mark.parametrize("arm", range(len(ARMS)))
def test_that_an_arm_alone_gives_the_same_curves_as_in_company(together, arm):
    alone = compared(small(arms=[ARMS[arm]]))
    for seed in (0, 1):
        assert_same(curves(alone, 0, seed), curves(together, arm, seed))


@pytest.mark.parametrize("arm", range(len(ARMS)))
def test_that_an_arm_is_the_training_that_one_can_run_by_itself(together, arm):
    config = together.config.training(arm, 1)
    run = Run("training", "training", config)
    train(config, run.apply, Control())
    alone = {f"steps/{name}": run.steps[name] for name in run.steps}
    assert_same(alone | {f"epochs/{name}": run.epochs[name] for name in run.epochs}, curves(together, arm, 1))


def test_that_the_arms_are_different_and_begin_with_the_same_weights_and_batch(together):
    first = [curves(together, arm, 0)["steps/loss"][0] for arm in (0, 1)]
    assert first[0] == first[1]
    assert curves(together, 0, 0)["steps/loss"][0] != curves(together, 0, 1)["steps/loss"][0]
    assert curves(together, 0, 0)["steps/loss"][-1] != curves(together, 1, 0)["steps/loss"][-1]
    momentum = curves(together, 2, 0)["steps/momentum"]
    assert momentum.min() < momentum.max() <= 0.95
    assert np.isnan(curves(together, 0, 0)["steps/momentum"]).all()
    assert curves(together, 3, 0)["epochs/plateau_factor"][-1] < 1
    assert set(curves(together, 0, 0)["epochs/plateau_factor"]) == {1.0}


def test_that_all_grow_epoch_by_epoch_and_pairs_are_complete_first():
    seen = []
    compared(small(), watch=lambda event, run: seen.append(event))
    epochs = [event for event in seen if isinstance(event, EpochEnded)]
    turns = [(event.epoch, event.values["seed"], event.values["arm"]) for event in epochs]
    assert turns == [(epoch, seed, arm) for epoch in range(3) for seed in (0, 1) for arm in range(4)]
    planned = next(event for event in seen if isinstance(event, Planned))
    steps = [event for event in seen if isinstance(event, StepsEnded)]
    assert len(planned.learning_rates) == sum(len(event.columns["step"]) for event in steps)
    assert all(len({*event.columns["arm"], *event.columns["seed"] + 100}) == 2 for event in steps)
    ends = [(event.arm, event.seed, event.how) for event in seen if isinstance(event, ArmEnded)]
    assert sorted(ends) == [(arm, seed, "finished") for arm in range(4) for seed in (0, 1)]


def test_that_seeds_go_in_groups_where_their_states_would_take_too_much_memory(together, monkeypatch):
    monkeypatch.setattr("lrgui.training.comparison.MOST_BYTES", 1)
    seen = []
    run = compared(small(), watch=lambda event, run: seen.append(event))
    seeds = [event.values["seed"] for event in seen if isinstance(event, EpochEnded)]
    assert seeds == sorted(seeds)
    for arm in range(4):
        assert_same(curves(run, arm, 1), curves(together, arm, 1))


@pytest.mark.parametrize("what", ["stop", "remove"])
def test_that_an_arm_can_be_ended_while_the_others_go_on_as_before(together, what):
    control = Control()

    def watch(event, run):
        if isinstance(event, EpochEnded) and event.epoch == 0 and (event.values["arm"], event.values["seed"]) == (1, 1):
            getattr(control.arms, what)(1)

    run = compared(small(), control, watch)
    assert run.status is RunStatus.FINISHED
    for seed in (0, 1):
        assert len(curves(run, 1, seed)["epochs/epoch"]) == 1
        for arm in (0, 2, 3):
            assert_same(curves(run, arm, seed), curves(together, arm, seed))
    names = [arm.index for arm in measured(run).arms]
    assert names == ([0, 1, 2, 3] if what == "stop" else [0, 2, 3])


def test_that_a_paused_arm_waits_while_the_others_go_on_and_catches_up_to_the_same_curves(together):
    control, waited = Control(), []

    def watch(event, run):
        if isinstance(event, StepsEnded) and event.columns["arm"][0] == 2:
            waited.append(int(event.columns["step"][-1]))
        if isinstance(event, EpochEnded) and event.values["arm"] == 0:
            if event.epoch == 0 and event.values["seed"] == 1:
                control.arms.pause(2)
                waited.append("paused")
            if event.epoch == 2 and event.values["seed"] == 1:
                control.arms.resume(2)
                waited.append("resumed")

    run = compared(small(), control, watch)
    assert waited.index("resumed") == waited.index("paused") + 1
    for arm in range(4):
        assert_same(curves(run, arm, 1), curves(together, arm, 1))


def test_that_with_all_arms_paused_the_run_waits_for_one_or_for_its_stop():
    control, timers = Control(), []

    def watch(event, run):
        if isinstance(event, EpochEnded) and not timers:
            for arm in range(4):
                control.arms.pause(arm)
            timers.append(threading.Timer(0.3, control.stop))
            timers[0].start()

    run = compared(small(), control, watch)
    timers[0].join()
    assert run.status is RunStatus.STOPPED
    assert len(run.epochs) == 1


def test_that_an_arm_paused_in_the_middle_of_an_epoch_goes_on_there(together):
    control, order = Control(), []

    def watch(event, run):
        if isinstance(event, StepsEnded):
            order.append((int(event.columns["arm"][0]), int(event.columns["step"][-1])))
            if len(order) == 1:
                control.arms.pause(0)
                control.pace = None
        if isinstance(event, EpochEnded) and event.values["arm"] == 3:
            control.arms.resume(0)

    control.pace = 50.0
    run = compared(small(), control, watch)
    assert order[0] == (0, 0)
    assert order[1][0] == 1
    for arm in range(4):
        assert_same(curves(run, arm, 0), curves(together, arm, 0))


def test_that_an_arm_which_diverges_ends_and_is_told_while_the_others_go_on(together):
    run = compared(small(arms=[ARMS[0], Arm(learning_rate=1e3, optimizer="sgd", name="far too high")]))
    assert run.status is RunStatus.FINISHED
    assert "far too high diverged with 2 of 2 seeds" in str(run.message)
    found = measured(run).arms[1]
    assert (found.diverged, np.isnan(found.mean)) == (2, True)
    assert_same(curves(run, 0, 1), curves(together, 0, 1))


def test_that_a_stopped_comparison_goes_on_where_it_was(together, tmp_path):
    for stop_after in (0, 5, 13):
        control, seen = Control(), []

        def watch(event, run, control=control, seen=seen, stop_after=stop_after):
            seen.append(event)
            if sum(isinstance(event, EpochEnded) for event in seen) >= stop_after:
                control.stop()

        stopped = compared(small(), control, watch, folder=tmp_path)
        assert stopped.status is RunStatus.STOPPED
    assert unfinished(tmp_path, small())
    assert len(stopped.epochs) == 13
    run = compared(small(), folder=tmp_path)
    assert run.status is RunStatus.FINISHED
    for arm in range(4):
        for seed in (0, 1):
            assert_same(curves(run, arm, seed), curves(together, arm, seed))
    assert str(run.message) == str(together.message)
    assert list(tmp_path.iterdir()) == []


def test_that_what_was_kept_and_cannot_be_read_is_begun_again(together, tmp_path):
    control = Control()
    compared(small(), control, lambda event, run: isinstance(event, EpochEnded) and control.stop(), folder=tmp_path)
    (file,) = tmp_path.iterdir()
    file.write_bytes(file.read_bytes()[:1000])
    run = compared(small(), folder=tmp_path)
    assert_same(curves(run, 0, 1), curves(together, 0, 1))


def test_that_more_steps_than_can_be_kept_are_refused_in_a_sentence():
    run = compared(small(dataset="digits", model="mlp", batch_size=1, epochs=200, seeds=50))
    assert run.status is RunStatus.FAILED
    assert "take fewer epochs, seeds or arms" in str(run.message)
