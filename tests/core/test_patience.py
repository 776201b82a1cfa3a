"""How long a run may be silent."""

import numpy as np
import pytest

from lrgui.core.config import RangeTestConfig, TrainingConfig
from lrgui.core.events import EpochEnded, Planned, Progressed, StepsEnded
from lrgui.core.messages import say
from lrgui.core.patience import Limits, Patience, told_of_silence
from lrgui.core.runs import Run, fresh_id


class Clock:
    now = 100.0

    def __call__(self):
        return self.now


def steps(first, count):
    return StepsEnded({"step": np.arange(first, first + count), "loss": np.ones(count)})


class Watched:
    """A run of 44 steps an epoch, and the patience with it."""

    def __init__(self, kind="training", config=None):
        self.clock = Clock()
        self.patience = Patience(Limits(stepping=20, slow=120), self.clock)
        self.run = Run(fresh_id(), kind, config or TrainingConfig())

    def after(self, seconds, event):
        self.clock.now += seconds
        self.run.apply(event)
        self.patience.take(self.run, event)
        return self

    def over_after(self, seconds):
        self.clock.now += seconds
        over, self.clock.now = self.patience.over, self.clock.now - seconds
        return over


@pytest.fixture
def begun():
    plan = Planned(np.full(440, 1e-3), 44, 10, 10)
    return Watched().after(1, Progressed(say("Building the model."))).after(1, plan)


def test_that_much_time_is_left_before_the_first_step(begun):
    assert not begun.over_after(119)
    assert begun.over_after(121)


def test_that_little_time_is_left_between_steps(begun):
    begun.after(50, steps(0, 20)).after(0.1, steps(20, 4))
    assert not begun.over_after(19)
    assert begun.over_after(21)


def test_that_an_evaluation_at_the_end_of_an_epoch_may_take_its_time(begun):
    begun.after(5, steps(0, 44))
    assert not begun.over_after(119)
    begun.after(100, EpochEnded(0, 44, {"loss": 1.0}))
    assert not begun.over_after(119)
    begun.after(1, steps(44, 4))
    assert begun.over_after(21)


def test_that_steps_that_have_always_been_slow_are_given_ten_times_as_long(begun):
    begun.after(60, steps(0, 1)).after(8, steps(1, 1))
    assert not begun.over_after(79)
    assert begun.over_after(81)


def test_that_a_range_test_may_be_evaluated_wherever_its_loss_runs_away():
    watched = Watched("range_test", RangeTestConfig())
    watched.after(1, Planned(np.geomspace(1e-5, 1, 100), 44, 1, 10)).after(5, steps(0, 20)).after(0.1, steps(20, 3))
    assert not watched.over_after(119)


def test_that_who_waits_on_is_told_again_after_twice_the_time(begun):
    begun.after(5, steps(0, 4))
    begun.clock.now += 21
    begun.patience.wait_on()
    assert not begun.over_after(39)
    assert begun.over_after(41)


def test_that_what_is_said_tells_how_far_the_run_has_come(begun):
    assert "has not begun its first step" in str(told_of_silence(begun.run, 121))
    begun.after(5, steps(0, 4))
    assert "no progress for 21 s, since step 4" in str(told_of_silence(begun.run, 21.4))
    assert "cancelled" in str(told_of_silence(None, 21))
