"""What a long curve is drawn from."""

import numpy as np
import pytest

from lrgui.gui.plots.blocks import BLOCK, Blocks, outlined
from lrgui.gui.plots.decimation import decimated, visible_part


@pytest.fixture
def values():
    values = np.random.default_rng(3).normal(1, 0.5, 100_000)
    values[500:700] = np.nan
    return values


def test_that_the_extremes_of_a_column_are_those_of_all_its_values(values):
    x, blocks = np.arange(len(values)), Blocks(log=False)
    blocks.read(values)
    _, few = decimated(*outlined(x, blocks, slice(0, len(x))), 100)
    _, all_of_them = decimated(x.astype(float), values, 100)
    assert np.nanmax(few) == np.nanmax(all_of_them)
    assert np.nanmin(few) == np.nanmin(all_of_them)
    assert len(few) == len(all_of_them)


def test_that_places_begin_and_end_where_the_part_does(values):
    x, blocks = np.arange(len(values)), Blocks(log=False)
    blocks.read(values)
    places, _ = outlined(x, blocks, slice(1000, 90_001))
    assert (places[0], places[-1]) == (1000, 90_000)
    assert (np.diff(places) >= 0).all()


def test_that_an_array_that_has_grown_gives_the_same_as_one_read_at_once(values):
    grown, at_once = Blocks(log=True), Blocks(log=True)
    for length in (0, 10, 5 * BLOCK + 1, 5 * BLOCK + 1, 40_000, len(values)):
        grown.read(values[:length])
    at_once.read(values)
    np.testing.assert_array_equal(grown.lowest, at_once.lowest)
    np.testing.assert_array_equal(grown.highest, at_once.highest)


def test_that_other_values_replace_those_that_were_known(values):
    blocks = Blocks(log=False)
    blocks.read(values)
    blocks.read(np.zeros(10 * BLOCK))
    assert blocks.highest.tolist() == [0.0] * 10


def test_that_what_is_not_above_zero_is_passed_over_on_a_log_axis():
    blocks = Blocks(log=True)
    blocks.read(np.concatenate([np.full(BLOCK - 1, -1.0), [2.0], np.full(BLOCK, -1.0)]))
    assert blocks.lowest[0] == 2.0
    assert np.isnan(blocks.lowest[1])


@pytest.mark.parametrize(("low", "high"), [(2.5, 7.5), (3, 7), (-1e300, 1e300), (-5.0, 0.2), (9.5, 20.0)])
def test_that_whole_numbers_are_cut_as_fractions_are(low, high):
    whole = np.arange(11)
    assert visible_part(whole, low, high) == visible_part(whole.astype(float), low, high)
