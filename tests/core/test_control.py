import threading
import time

import pytest

from lrgui.core.control import FULL_SPEED, STEPPING, Control
from lrgui.core.events import FactorMoved


def held(control):
    """Start a thread that waits as a run does, and return it with the event of its going on."""
    went_on = threading.Event()

    def run():
        control.wait_while_paused()
        went_on.set()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    return thread, went_on


def test_that_a_run_that_is_not_paused_does_not_wait():
    thread, went_on = held(Control())
    assert went_on.wait(5)
    thread.join(5)


def test_that_a_paused_run_holds_until_it_is_resumed():
    control = Control()
    control.pause()
    assert control.paused
    thread, went_on = held(control)
    assert not went_on.wait(0.05)
    control.resume()
    assert went_on.wait(5)
    thread.join(5)
    assert not control.paused


def test_that_stopping_ends_a_pause():
    control = Control()
    control.pause()
    thread, went_on = held(control)
    control.stop()
    assert went_on.wait(5)
    thread.join(5)
    assert control.stopping


def test_that_a_stopped_run_cannot_be_paused():
    control = Control()
    control.stop()
    control.pause()
    assert not control.paused


def test_that_the_factor_is_one_until_it_is_moved():
    control = Control()
    assert control.factor == 1
    control.factor = 3
    assert control.factor == 3.0


def turns(control, seconds=0.3):
    """Take turns for some seconds as a run does; return when each of them came, from the start."""
    began, came = time.perf_counter(), []
    while not control.stopping:
        control.wait_for_turn()
        if (now := time.perf_counter() - began) > seconds:
            break
        came.append(now)
    return came


def test_that_at_full_speed_no_turn_is_waited_for_and_a_chunk_may_be_long():
    control = Control()
    assert control.pace is FULL_SPEED
    assert not control.wait_for_turn()
    assert len(turns(control, 0.05)) > 100


def test_that_a_pace_is_kept_on_the_average_and_a_chunk_is_a_step():
    control = Control()
    control.pace = 50.0
    assert control.wait_for_turn()
    assert 8 <= len(turns(control, 0.3)) <= 17


def test_that_late_steps_are_not_made_up_for_in_a_burst():
    control = Control()
    control.pace = 5.0
    control.wait_for_turn()
    time.sleep(0.7)
    came = turns(control, 0.3)
    assert len(came) == 2
    assert came[1] - came[0] > 0.1


def stepping():
    control = Control()
    control.pace = STEPPING
    return control


def taken(control):
    """Start a run that takes turns until it is stopped, and return its thread and the list of its turns."""
    steps = []

    def run():
        while True:
            control.wait_for_turn()
            if control.stopping:
                return
            steps.append(time.perf_counter())
            time.sleep(0.001)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    return thread, steps


def until(condition, seconds=5.0):
    end = time.perf_counter() + seconds
    while not condition() and time.perf_counter() < end:
        time.sleep(0.002)
    assert condition()


def test_that_every_step_that_is_asked_for_is_taken_and_no_other():
    control = stepping()
    thread, steps = taken(control)
    time.sleep(0.05)
    assert not steps
    for _ in range(3):
        control.step_once()
    until(lambda: len(steps) == 3)
    time.sleep(0.05)
    assert len(steps) == 3
    control.stop()
    thread.join(5)
    assert not thread.is_alive()


@pytest.mark.parametrize("pace", [0.01, STEPPING])
@pytest.mark.parametrize("act", ["stop", "full speed", "faster"])
def test_that_a_wait_for_a_turn_ends_at_once_at_a_stop_and_at_another_pace(pace, act):
    control = Control()
    control.pace = pace
    control.step_once()
    thread, steps = taken(control)
    until(lambda: len(steps) == 1)
    began = time.perf_counter()
    if act == "stop":
        control.stop()
    else:
        control.pace = FULL_SPEED if act == "full speed" else 100.0
        until(lambda: len(steps) > 1)
    assert time.perf_counter() - began < 0.1
    control.stop()
    thread.join(5)
    assert not thread.is_alive()


def test_that_a_pause_holds_whatever_the_pace():
    control = stepping()
    control.pause()
    control.step_once()
    thread, steps = taken(control)
    time.sleep(0.05)
    assert not steps and control.holding
    control.resume()
    until(lambda: len(steps) == 1)
    control.stop()
    thread.join(5)


def test_that_steps_asked_for_at_another_pace_are_not_kept_for_later():
    control = Control()
    control.step_once()
    control.pace = STEPPING
    control.step_once()
    control.pace = STEPPING
    assert control.holding


def test_that_moves_are_replayed_each_at_its_step_and_only_those_of_the_hand():
    control = Control([FactorMoved(7, 2.0), FactorMoved(3, 0.5), FactorMoved(5, 0.1, by="rule")])
    assert (control.factor_at(0), control.next_move) == (1.0, 3)
    assert (control.factor_at(3), control.next_move) == (0.5, 7)
    assert (control.factor_at(6), control.next_move) == (0.5, 7)
    assert (control.factor_at(9), control.next_move) == (2.0, None)


def test_that_a_hand_that_moves_the_factor_ends_the_replay():
    control = Control([FactorMoved(3, 0.5)])
    control.factor = 4.0
    assert (control.factor_at(10), control.next_move) == (4.0, None)
