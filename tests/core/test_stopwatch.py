import time

import numpy as np
import pytest

from lrgui.core.events import EpochEnded, Finished, Planned, Progressed, StepsEnded, Stopped
from lrgui.core.messages import say
from lrgui.core.stopwatch import Stopwatch

NAP = 0.05
SLACK = 0.04
"""What a busy machine may add to a nap."""

PLANNED = Planned(np.full(100, 1e-3), 50, 2, 10)
EPOCH = EpochEnded(0, 50, {})


def steps(count):
    return StepsEnded({"step": np.arange(count)})


def read(*events):
    """Let a stopwatch take events with a nap before each, but none before the first."""
    clock = Stopwatch()
    for number, event in enumerate(events):
        if number:
            time.sleep(NAP)
        clock.take(event)
    return clock


def test_that_preparation_steps_and_evaluations_are_told_apart():
    clock = read(Progressed(say("Loading.")), PLANNED, steps(5), steps(10), steps(10), EPOCH)
    assert clock.preparing == pytest.approx(2 * NAP, abs=2 * SLACK)
    assert clock.stepping == pytest.approx(2 * NAP, abs=2 * SLACK)
    assert clock.seconds_per_step == clock.stepping / 20
    assert clock.evaluating == clock.seconds_per_evaluation == pytest.approx(NAP, abs=SLACK)


def test_that_the_wait_for_the_first_event_is_not_counted():
    clock = Stopwatch()
    time.sleep(NAP)
    clock.take(PLANNED)
    assert clock.preparing == 0


def test_that_an_end_right_after_an_epoch_is_no_further_evaluation():
    after_an_epoch = read(PLANNED, steps(5), EPOCH, Finished(say("Done."), {"accuracy": 0.5}))
    assert after_an_epoch.evaluations == 1
    after_steps = read(PLANNED, steps(5), EPOCH, steps(2), Stopped(say("Stopped."), {"accuracy": 0.5}))
    assert after_steps.evaluations == 2


def test_that_an_end_without_an_evaluation_counts_none():
    assert read(PLANNED, steps(5), Stopped(say("Stopped."))).seconds_per_evaluation is None


def test_that_a_run_of_one_report_still_has_a_time_a_step():
    clock = read(PLANNED, steps(5))
    assert clock.seconds_per_step == pytest.approx(NAP / 5, abs=SLACK / 5)


def test_that_nothing_is_known_before_the_first_step():
    assert read(PLANNED).seconds_per_step is None


def test_that_the_start_of_a_further_sweep_is_no_time_of_its_steps():
    def sweep(repeat, count):
        return StepsEnded({"step": np.arange(count), "repeat": np.full(count, repeat)})

    clock = read(PLANNED, sweep(0, 5), sweep(0, 10), sweep(1, 5), sweep(1, 10))
    assert clock.steps == 20
    assert clock.stepping == pytest.approx(2 * NAP, abs=2 * SLACK)
    assert clock.preparing == pytest.approx(NAP, abs=SLACK)
