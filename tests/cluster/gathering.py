"""Comparisons on a cluster for tests: run, followed, and laid beside those that are not."""

import numpy as np

from lrgui.core.control import Control
from lrgui.core.runs import Run
from lrgui.jobs import compare, find
from tests.training.comparing import curves


def carried_out(config, place=None, *, control=None, watch=None, folder=None):
    """Compare somewhere, and return the run; ``watch`` sees each event and the run."""
    run = Run("cluster", "comparison", config)

    def emit(event):
        run.apply(event)
        if watch is not None:
            watch(event, run)

    compare(config, emit, control or Control(), folder, on=place)
    assert run.ended
    return run


def swept(config, place=None, watch=None):
    """Sweep somewhere, and return the run and its events."""
    run, events = Run("cluster", "range_test", config), []

    def emit(event):
        run.apply(event)
        events.append(event)

    find(config, emit, Control(), on=place)
    assert run.ended
    return run, events


def assert_equal_within(one, other, arms, seeds, tolerance=1e-6):
    """All that was measured is the same, run by run and row by row."""
    for arm in range(arms):
        for seed in seeds:
            mine, theirs = curves(one, arm, seed), curves(other, arm, seed)
            assert mine.keys() == theirs.keys()
            for name in mine:
                np.testing.assert_allclose(mine[name], theirs[name], rtol=tolerance, atol=tolerance, err_msg=name)


class Unreadable:
    """What can be sent, and cannot be made again."""

    def __reduce__(self):
        return int, ("no number",)
