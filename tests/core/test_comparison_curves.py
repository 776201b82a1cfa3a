"""Median and range of an arm, in runs that go on, whose seeds have come to different steps."""

import numpy as np
import pytest

from lrgui.core.comparison import curve
from lrgui.core.runs import History


def history(*parts):
    """Return steps of (arm, seed, losses), in this order."""
    found = History()
    for arm, seed, losses in parts:
        count = len(losses)
        columns = {"arm": np.full(count, arm), "seed": np.full(count, seed), "step": np.arange(count)}
        found.append({**columns, "loss": np.asarray(losses, float)})
    return found


@pytest.mark.parametrize("seeds", [1, 2, 3, 8])
def test_that_the_curve_is_numpys_median_and_range_of_the_numbers_that_there_are(seeds):
    random = np.random.default_rng(seeds)
    lines = random.lognormal(0, 3, (seeds, 40))
    lines[random.random(lines.shape) < 0.3] = np.nan
    found = curve(history(*((0, seed, line) for seed, line in enumerate(lines))), 0, "loss")
    known = ~np.isnan(lines).all(axis=0)
    assert found.step.tolist() == np.flatnonzero(known).tolist()
    np.testing.assert_array_equal(found.median, np.nanmedian(lines[:, known], axis=0))
    np.testing.assert_array_equal(found.low, np.nanmin(lines[:, known], axis=0))
    np.testing.assert_array_equal(found.high, np.nanmax(lines[:, known], axis=0))


def test_that_nothing_measured_is_no_curve():
    assert len(curve(History(), 0, "loss").step) == 0
    assert len(curve(history((1, 0, [1.0])), 0, "loss").step) == 0
    assert len(curve(history((0, 0, [1.0])), 0, "accuracy").step) == 0


def test_that_each_step_has_median_and_range_of_the_seeds_that_have_come_so_far():
    line = curve(history((0, 0, [3, 2, 1]), (1, 0, [9, 9, 9]), (0, 1, [5, 4]), (0, 2, [1, 1])), 0, "loss")
    assert line.step.tolist() == [0, 1, 2]
    assert line.median.tolist() == [3, 2, 1]
    assert line.low.tolist() == [1, 1, 1]
    assert line.high.tolist() == [5, 4, 1]


def test_that_what_is_no_number_is_left_out():
    line = curve(history((0, 0, [1, np.nan, np.inf]), (0, 1, [3, 2, np.nan])), 0, "loss")
    assert line.step.tolist() == [0, 1]
    assert line.median.tolist() == [2, 2]


@pytest.mark.parametrize("count", [1, 199, 200, 201, 1000, 12_345])
def test_that_many_steps_become_means_of_neighbours(count):
    losses = np.arange(count, dtype=float)
    line = curve(history((0, 0, losses), (0, 1, losses + 2)), 0, "loss", most_points=200)
    assert 0 < len(line.step) <= 200
    assert np.all(np.diff(line.step) > 0)
    assert np.all(line.high - line.low == pytest.approx(2))
    assert line.median == pytest.approx(line.step + 1, abs=count / 200)
