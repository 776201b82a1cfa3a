import threading

from lrgui.core.control import Control


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
