import threading
import time

import numpy as np
import pytest

from lrgui.core.config import RangeTestConfig, TrainingConfig
from lrgui.core.control import Control
from lrgui.core.events import EpochEnded, Event, FactorMoved, StepsEnded, Stopped
from lrgui.training.trainer import range_test, train
from tests.training.running import column, of_kind, run

LONG = TrainingConfig(epochs=2000)


class AtStep:
    """Does something once, when a step has been reported."""

    def __init__(self, step: int, act) -> None:
        self.step, self.act, self.done = step, act, False

    def __call__(self, event: Event) -> None:
        if not self.done and isinstance(event, StepsEnded) and event.columns["step"][-1] >= self.step:
            self.done = True
            self.act()


def test_that_stop_ends_a_training_soon_and_keeps_what_it_has():
    control, asked = Control(), []

    def stop() -> None:
        asked.append(time.perf_counter())
        control.stop()

    events = run(train, LONG, control, AtStep(100, stop))
    seconds = time.perf_counter() - asked[0]
    losses, end = column(events, "loss"), events[-1]
    assert isinstance(end, Stopped)
    assert str(end.message) == f"Stopped by hand after {len(losses)} of 88000 steps; what was measured stays."
    assert column(events, "step").tolist() == list(range(len(losses)))
    assert 0 < end.evaluation["accuracy"] <= 1
    assert seconds < 2


def test_that_an_epoch_cut_short_is_not_reported_as_one():
    control = Control()
    events = run(train, LONG.model_copy(update={"batch_size": 1}), control, AtStep(10, control.stop))
    steps = len(column(events, "step"))
    assert steps < 1437
    assert not of_kind(events, EpochEnded)


def test_that_stop_ends_a_sweep_with_what_it_has():
    control = Control()
    events = run(range_test, RangeTestConfig(steps=5000, stop_factor=None), control, AtStep(30, control.stop))
    steps = len(column(events, "step"))
    assert isinstance(events[-1], Stopped)
    assert str(events[-1].message).startswith(f"Stopped by hand after {steps} of 5001 steps")
    assert set(events[-1].evaluation) == {"loss", "accuracy"}


def test_that_a_pause_holds_between_chunks_and_changes_nothing():
    config = TrainingConfig(epochs=20)
    control, times, held = Control(), [], []

    def pause() -> None:
        control.pause()
        held.append(len(times))
        timer = threading.Timer(0.4, control.resume)
        timer.start()

    once = AtStep(200, pause)

    def watch(event: Event) -> None:
        times.append(time.perf_counter())
        once(event)

    paused = run(train, config, control, watch)
    assert times[held[0]] - times[held[0] - 1] >= 0.35 or times[held[0] + 1] - times[held[0]] >= 0.35
    assert np.array_equal(column(paused, "loss"), column(run(train, config), "loss"))


def test_that_a_stop_ends_a_pause_without_another_step():
    control, steps_at_pause = Control(), []

    def pause() -> None:
        control.pause()
        threading.Timer(0.3, control.stop).start()

    watcher = AtStep(100, pause)
    events = run(train, LONG, control, lambda event: (watcher(event), steps_at_pause.append(watcher.done)))
    assert isinstance(events[-1], Stopped)
    last_reports = [event for event, done in zip(events, steps_at_pause, strict=True) if done]
    assert len(of_kind(last_reports, StepsEnded)) == 1


@pytest.mark.parametrize("factor", [0.5, 3.0])
def test_that_a_moved_factor_is_recorded_and_acts_from_that_step_on(factor: float):
    control = Control()

    def move() -> None:
        control.factor = factor

    events = run(train, TrainingConfig(epochs=20, learning_rate=1e-3), control, AtStep(200, move))
    (moved,) = of_kind(events, FactorMoved)
    rates = column(events, "learning_rate")
    assert moved.factor == factor
    assert 200 < moved.step < len(rates)
    assert set(rates[: moved.step]) == {1e-3}
    assert rates[moved.step :] == pytest.approx(np.full(len(rates) - moved.step, 1e-3 * factor), rel=1e-6)


def test_that_the_epoch_in_which_the_factor_moved_shows_the_range_of_its_rates():
    control = Control()

    def move() -> None:
        control.factor = 0.1

    config = TrainingConfig(epochs=1, batch_size=1, learning_rate=1e-3)
    events = run(train, config, control, AtStep(50, move))
    (epoch,) = of_kind(events, EpochEnded)
    assert epoch.values["learning_rate"] == epoch.values["learning_rate_low"] == pytest.approx(1e-4)
    assert epoch.values["learning_rate_high"] == pytest.approx(1e-3)


def test_that_a_stop_right_after_an_epochs_last_step_reports_no_epoch_with_false_values():
    control = Control()
    events = run(train, TrainingConfig(epochs=1), control, AtStep(43, control.stop))
    assert isinstance(events[-1], Stopped)
    assert len(column(events, "step")) == 44
    assert not of_kind(events, EpochEnded)
    assert events[-1].evaluation["accuracy"] > 0.2


def test_that_an_evaluation_cut_short_by_a_stop_says_so(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("lrgui.training.loops.CHUNK_SECONDS", 0.0)
    monkeypatch.setattr("lrgui.training.session.STOP_SECONDS", 0.0)
    control = Control()
    events = run(train, LONG, control, AtStep(100, control.stop))
    # A batch has 128; a clock that was set back meanwhile lets a second one through.
    told = "what was measured stays. Evaluated on the first {} of 360 validation examples."
    assert str(events[-1].message).endswith((told.format(128), told.format(256)))
    assert 0 < events[-1].evaluation["accuracy"] <= 1
