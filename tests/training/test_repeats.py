"""Range tests with more than one batch a rate, other spacings, and several sweeps in one run."""

import numpy as np
import pytest

from lrgui.core.config import RangeTestConfig
from lrgui.core.control import Control
from lrgui.core.events import Diverged, Ended, Event, Failed, Finished, Planned, StepsEnded, Stopped
from lrgui.core.range_test import StopRule
from lrgui.core.runs import Run
from lrgui.core.schedules import sweep as table
from lrgui.core.sweeps import sweeps_of
from lrgui.training.trainer import range_test
from tests.training.running import column, of_kind, run


def swept(config: RangeTestConfig, control: Control | None = None) -> Run:
    done = Run("a", "range_test", config)
    run(range_test, config, control, watch=done.apply)
    return done


def test_that_each_repeat_is_the_sweep_that_its_seed_gives_alone():
    config = RangeTestConfig(steps=40, repeats=3, seed=5, batch_size=200, model="cnn,filters=4,units=16")
    together = swept(config)
    sweeps = sweeps_of(together.steps)
    assert len(sweeps) == 3
    for repeat, sweep in enumerate(sweeps):
        alone = swept(config.model_copy(update={"seed": 5 + repeat, "repeats": 1}))
        assert sweep.losses.tolist() == alone.steps["loss"].tolist()
        assert sweep.accuracies.tolist() == alone.steps["accuracy"].tolist()
    assert together.evaluation == alone.evaluation


def test_that_the_plan_covers_all_sweeps_and_the_steps_count_on_through_them():
    events = run(range_test, RangeTestConfig(steps=30, repeats=3, end=1e-3, batch_size=100))
    planned = of_kind(events, Planned)
    assert len(planned) == 1
    assert planned[0].learning_rates.tolist() == np.tile(table(1e-7, 1e-3, 30), 3).tolist()
    assert (planned[0].repeats, planned[0].epochs, planned[0].steps_per_epoch) == (3, 9, 14)
    assert column(events, "step").tolist() == list(range(93))
    assert column(events, "repeat").tolist() == np.repeat([0, 1, 2], 31).tolist()
    assert column(events, "learning_rate") == pytest.approx(planned[0].learning_rates, rel=1e-6)
    assert isinstance(events[-1], Finished)
    assert str(events[-1].message).startswith("All 3 sweeps went through. ")


def test_that_each_sweep_has_a_stop_rule_of_its_own():
    config = RangeTestConfig(repeats=3)
    done = swept(config)
    for sweep in sweeps_of(done.steps):
        rule = StopRule(config.smoothing, config.stop_factor)
        assert [rule.fires(loss) for loss in sweep.losses] == [False] * (len(sweep.losses) - 1) + [True]
    assert done.steps["step"].tolist() == list(range(len(done.steps)))
    assert str(done.message).startswith("The loss passed 4 x its best at ")
    assert str(done.message).endswith(" (3 sweeps).")


@pytest.mark.parametrize("batch_size", [32, 600])
def test_that_so_many_steps_are_taken_at_each_rate_also_across_the_end_of_an_epoch(batch_size: int):
    config = RangeTestConfig(steps=20, batches_per_rate=7, end=0.1, batch_size=batch_size)
    events = run(range_test, config)
    rates = table(config.start, config.end, config.steps, config.spacing, config.batches_per_rate)
    assert column(events, "learning_rate") == pytest.approx(rates, rel=1e-6)


def test_that_the_mean_over_the_batches_of_a_rate_stops_the_sweep_when_the_rate_is_done():
    config = RangeTestConfig(steps=40, batches_per_rate=4, optimizer="sgd,momentum=0.9", end=100.0, smoothing=0.5)
    done = swept(config)
    (sweep,) = sweeps_of(done.steps)
    assert len(done.steps) < 41 * 4
    rule = StopRule(config.smoothing, config.stop_factor)
    assert [rule.fires(loss) for loss in sweep.losses] == [False] * (len(sweep.losses) - 1) + [True]
    if np.isfinite(sweep.losses[-1]):
        assert len(done.steps) % 4 == 0


def test_that_a_lost_loss_ends_the_sweep_in_the_middle_of_a_rate():
    config = RangeTestConfig(
        start=1.0,
        end=1000.0,
        steps=5,
        batches_per_rate=500,
        stop_factor=None,
        optimizer="sgd,momentum=0.99",
        model="mlp,depth=6,activation=elu",
    )
    events = run(range_test, config)
    losses = column(events, "loss")
    assert isinstance(events[-1], Diverged)
    assert np.isfinite(losses[:-1]).all()
    assert not np.isfinite(losses[-1])
    assert len(losses) % 500


def test_that_linear_spacing_takes_rates_at_equal_distances():
    events = run(range_test, RangeTestConfig(start=1e-3, end=0.021, steps=20, spacing="linear"))
    assert column(events, "learning_rate") == pytest.approx(np.linspace(1e-3, 0.021, 21), rel=1e-6)


def test_that_a_stop_in_the_second_sweep_ends_them_all_and_keeps_both():
    control = Control()
    events: list[Event] = []

    def stop_in_the_second(event: Event) -> None:
        events.append(event)
        if isinstance(event, StepsEnded) and event.columns["repeat"][-1] == 1:
            control.stop()

    end = run(range_test, RangeTestConfig(steps=400, end=1e-3, repeats=3), control, stop_in_the_second)[-1]
    repeats = column(events, "repeat")
    assert isinstance(end, Stopped)
    assert str(end.message).startswith("Sweep 2 of 3: Stopped by hand after ")
    assert np.count_nonzero(repeats == 0) == 401
    assert 0 < np.count_nonzero(repeats == 1) < 401
    assert repeats.max() == 1


def test_that_more_steps_than_a_run_can_have_are_refused_before_the_first():
    events = run(range_test, RangeTestConfig(steps=100_000, batches_per_rate=1000))
    assert isinstance(events[-1], Failed)
    assert "take fewer steps, batches per rate or repeats" in str(events[-1].message)
    assert not of_kind(events, StepsEnded)


def test_that_a_paced_sweep_of_many_batches_is_the_same_sweep():
    config = RangeTestConfig(steps=10, batches_per_rate=3, end=0.1)
    control = Control()
    control.pace = 400.0
    slow, quick = run(range_test, config, control), run(range_test, config)
    assert column(slow, "loss").tolist() == column(quick, "loss").tolist()
    assert isinstance(slow[-1], Ended)
