"""Short runs share a task; long ones, the last ones and suspected ones do not."""

import numpy as np

from lrgui.cluster.bundles import MOST_TOGETHER, TOGETHER_SECONDS, Bundles
from lrgui.cluster.orders import Ground, Outcome
from lrgui.cluster.wire import packed

WAITING = list(range(1000))


def learned(*seconds, steps=20, done=20):
    """Return what is known after runs of so many seconds each."""
    bundles = Bundles()
    for each in seconds:
        rows = packed({"step": np.arange(done)})
        bundles.learn(Outcome(0, "", "ended", each, Ground(steps, steps, 1, 7), steps=rows))
    return bundles


def size(bundles, waiting=1000, workers=1):
    return len(bundles.first_of(WAITING[: min(waiting, MOST_TOGETHER)], waiting, workers))


def test_that_runs_go_alone_until_it_is_known_what_they_take():
    assert size(Bundles()) == 1


def test_that_so_many_go_together_as_take_half_a_second():
    assert size(learned(TOGETHER_SECONDS / 10)) == 10
    assert size(learned(TOGETHER_SECONDS)) == size(learned(100.0)) == 1
    assert size(learned(0.0)) == MOST_TOGETHER


def test_that_the_first_run_which_loads_and_traces_is_no_measure():
    assert size(learned(20.0, 0.05, 0.05)) == 10


def test_that_a_run_that_broke_off_early_counts_as_if_it_had_gone_on():
    assert size(learned(0.05, steps=1000, done=10)) == 1


def test_that_many_workers_are_given_more_at_a_time_so_that_the_scheduler_keeps_up():
    assert size(learned(0.1), waiting=100_000, workers=25) == 5
    assert size(learned(0.1), waiting=100_000, workers=100) == 20


def test_that_the_last_ones_are_divided_among_the_workers():
    assert size(learned(0.01), waiting=40, workers=4) == 5
    assert size(learned(0.01), waiting=7, workers=4) == 1


def test_that_a_suspect_goes_alone_and_the_others_without_it():
    bundles = learned(0.05)
    bundles.part(3)
    assert bundles.first_of(WAITING[:64], 1000, 1) == [0, 1, 2]
    assert bundles.first_of(WAITING[3:64], 997, 1) == [3]
    assert len(bundles.first_of(WAITING[4:64], 996, 1)) == 10
