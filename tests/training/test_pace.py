import threading
import time

import numpy as np
import pytest

from lrgui.core.config import RangeTestConfig, TrainingConfig
from lrgui.core.control import FULL_SPEED, STEPPING, Control
from lrgui.core.events import Event, StepsEnded, Stopped
from lrgui.training import prepared
from lrgui.training.trainer import range_test, train
from tests.training.running import column, of_kind, run

SHORT = TrainingConfig(epochs=1, batch_size=64)
SWEEP = RangeTestConfig(steps=30, batch_size=64)
COLUMNS = ("step", "learning_rate", "loss", "accuracy")


def paced(pace: float | None) -> Control:
    control = Control()
    control.pace = pace
    return control


class Stepper:
    """Takes single steps of a run as soon as each is reported; does something after so many."""

    def __init__(self, control: Control, after: int, act) -> None:
        self.control, self.after, self.act = control, after, act
        self.steps = 0
        control.pace = STEPPING
        control.step_once()

    def __call__(self, event: Event) -> None:
        if isinstance(event, StepsEnded):
            self.steps += len(event.columns["step"])
            if self.steps == self.after:
                self.act()
            else:
                self.control.step_once()


def same(one: list[Event], other: list[Event]) -> bool:
    return one[-1] == other[-1] and all(np.array_equal(column(one, name), column(other, name)) for name in COLUMNS)


@pytest.mark.parametrize(("job", "config"), [(train, SHORT), (range_test, SWEEP)])
def test_that_a_paced_run_is_the_same_run_bit_for_bit(job, config):
    assert same(run(job, config), run(job, config, paced(200.0)))


@pytest.mark.parametrize(
    "config", [RangeTestConfig(steps=12, batches_per_rate=3), RangeTestConfig(steps=12, repeats=2, stop_factor=None)]
)
def test_that_batches_per_rate_and_repeats_come_out_the_same_at_a_pace(config):
    assert same(run(range_test, config), run(range_test, config, paced(500.0)))


def test_that_single_steps_and_then_full_speed_are_the_same_run_and_trace_nothing_again():
    config = TrainingConfig(epochs=3)
    plain = run(train, config)
    (kept,) = [each for each in prepared._kept.values() if each.train_chunk is prepared.prepare(config).train_chunk]
    traces = kept.train_chunk.traces
    control = Control()

    def go_on() -> None:
        control.pace = FULL_SPEED

    stepped = run(train, config, control, Stepper(control, 20, go_on))
    assert same(plain, stepped)
    assert kept.train_chunk.traces == traces
    reports = [len(event.columns["step"]) for event in of_kind(stepped, StepsEnded)]
    assert reports[:20] == [1] * 20
    assert max(reports[20:]) > 5


def test_that_a_pace_is_kept():
    times: list[float] = []
    events = run(range_test, SWEEP, paced(50.0), lambda event: times.append(time.perf_counter()))
    reported = [at for at, event in zip(times, events, strict=True) if isinstance(event, StepsEnded)]
    assert np.median(np.diff(reported)) == pytest.approx(0.02, rel=0.3)


def test_that_each_step_is_seen_when_it_is_done_and_not_with_the_next():
    control, seen = Control(), []
    stepper = Stepper(
        control, 5, lambda: threading.Timer(0.1, lambda: (seen.append(stepper.steps), control.stop())).start()
    )
    run(train, SHORT, control, stepper)
    assert seen == [5]


def test_that_what_was_measured_at_full_speed_is_seen_as_soon_as_the_run_waits():
    """Short chunks are gathered before they are emitted: a wait must not keep them."""
    control, steps = Control(), []

    def watch(event: Event) -> None:
        if isinstance(event, StepsEnded):
            steps.extend(event.columns["step"])
            if len(steps) < 10 and not control.paused:
                control.pause()
                threading.Timer(0.2, lambda: (seen.append(len(steps)), control.stop())).start()

    seen: list[int] = []
    events = run(range_test, SWEEP, control, watch)
    assert seen == [len(column(events, "step"))]


@pytest.mark.parametrize("pace", [STEPPING, 0.05])
def test_that_a_stop_ends_a_run_that_waits_for_its_next_step_at_once(pace):
    control, asked = paced(pace), []

    def stop_soon(event: Event) -> None:
        if isinstance(event, StepsEnded) and not asked:
            asked.append(0.0)
            threading.Timer(0.3, lambda: (asked.append(time.perf_counter()), control.stop())).start()

    run(train, SHORT)
    control.step_once()
    events = run(train, SHORT, control, stop_soon)
    assert time.perf_counter() - asked[1] < 0.2
    assert isinstance(events[-1], Stopped)
    assert len(column(events, "step")) == 1
