"""The reins of arms: set by any thread, and final where they have to be."""

import threading
import time

from lrgui.core.control import Control


def test_that_an_arm_goes_until_something_is_asked_of_it():
    arms = Control().arms
    assert arms.state(7) == "going"
    arms.pause(7)
    assert (arms.state(7), arms.state(0)) == ("paused", "going")
    arms.resume(7)
    assert arms.state(7) == "going"


def test_that_a_stopped_arm_cannot_go_on_but_can_still_be_removed():
    arms = Control().arms
    arms.stop(0)
    arms.resume(0)
    arms.pause(0)
    assert arms.state(0) == "stopped"
    arms.remove(0)
    arms.stop(0)
    assert arms.state(0) == "removed"


def test_that_a_wait_for_arms_ends_when_one_may_go_on_and_when_the_run_is_stopped():
    for free in (lambda control: control.arms.resume(1), lambda control: control.stop()):
        control = Control()
        control.arms.pause(0)
        control.arms.pause(1)
        waiting = threading.Thread(target=control.wait_for_an_arm, args=([0, 1],))
        waiting.start()
        time.sleep(0.02)
        assert waiting.is_alive()
        free(control)
        waiting.join(1)
        assert not waiting.is_alive()


def test_that_nothing_is_waited_for_where_an_arm_goes():
    control = Control()
    control.arms.pause(0)
    control.wait_for_an_arm([0, 1])
