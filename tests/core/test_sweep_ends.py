"""What is said of sweeps that ended, one by one and together."""

import math

import numpy as np
import pytest

from lrgui.core.config import RangeTestConfig
from lrgui.core.schedules import sweep as table
from lrgui.core.sweep_ends import how_it_ended, how_they_ended
from lrgui.core.sweeps import averaged

CONFIG = RangeTestConfig(steps=10, smoothing=0.0, batches_per_rate=2)
RATES = table(CONFIG.start, CONFIG.end, CONFIG.steps, CONFIG.spacing, CONFIG.batches_per_rate)


def end(losses, config=CONFIG):
    return how_it_ended(averaged(RATES[: len(losses)], losses), config)


FINISHED = end([1.0] * 22)
STOPPED = end([1.0] * 7)
PASSED = end([1.0] * 16 + [9.0, 9.0])
PASSED_LATER = end([1.0] * 18 + [9.0, 9.0])
LOST = end([1.0] * 16 + [math.nan])


def test_that_each_end_is_told_by_what_was_measured():
    assert [each.kind for each in (FINISHED, STOPPED, PASSED, LOST)] == ["finished", "stopped", "diverged", "diverged"]
    assert str(STOPPED.message) == "Stopped by hand after 7 of 22 steps; what was measured stays."
    assert str(PASSED.message) == "The loss passed 4 x its best at 0.25."
    assert str(LOST.message) == "The loss became NaN at 0.25."
    assert "never diverged" in str(FINISHED.message)


def test_that_the_mean_over_the_batches_of_a_rate_is_what_may_pass_the_limit():
    assert end([1.0] * 16 + [6.0, 1.0] + [1.0] * 4).kind == "finished"


def test_that_a_sweep_that_diverges_at_its_last_rate_diverged():
    assert end([1.0] * 20 + [9.0, 9.0]).kind == "diverged"


@pytest.mark.parametrize(
    ("ends", "repeats", "told"),
    [
        ([PASSED], 1, "The loss passed 4 x its best at 0.25."),
        ([PASSED, PASSED_LATER], 2, "The loss passed 4 x its best at 0.25 to 1.6 (2 sweeps)."),
        ([PASSED, PASSED, PASSED], 3, "The loss passed 4 x its best at 0.25 (3 sweeps)."),
        ([PASSED, LOST], 2, "All 2 sweeps diverged, at 0.25."),
        ([PASSED, FINISHED, PASSED_LATER], 3, "2 of 3 sweeps diverged, at 0.25 to 1.6; the others reached the end."),
        ([FINISHED] * 5, 5, f"All 5 sweeps went through. {FINISHED.message}"),
        ([PASSED, STOPPED], 4, f"Sweep 2 of 4: {STOPPED.message}"),
        ([PASSED, PASSED], 4, "Stopped by hand after 2 of 4 sweeps; what was measured stays."),
    ],
)
def test_that_one_sentence_tells_of_all_sweeps(ends, repeats, told):
    assert str(how_they_ended(ends, repeats)) == told


def test_that_the_end_of_a_sweep_with_the_rule_off_is_its_last_rate_or_a_lost_loss():
    config = CONFIG.model_copy(update={"stop_factor": None})
    assert end(np.geomspace(1, 1e9, 22), config).kind == "finished"
    assert end([1.0, 1.0, math.inf], config).kind == "diverged"
