"""What is said of data before a run."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from lrgui.core.data_summary import STATISTICS, a_few_of_each, column_statistics


def test_that_classes_take_turns_among_the_few_examples():
    labels = np.array([2, 2, 2, 0, 0, 1])
    chosen = a_few_of_each(labels, 3, 5)
    assert labels[chosen].tolist() == [0, 1, 2, 0, 2]
    assert chosen.tolist() == [3, 5, 0, 4, 1]


def test_that_more_classes_than_places_give_one_of_each_of_the_first():
    labels = np.tile(np.arange(100), 3)
    assert labels[a_few_of_each(labels, 100, 24)].tolist() == list(range(24))


@given(st.lists(st.integers(0, 5), max_size=40), st.integers(0, 50))
def test_that_examples_are_chosen_once_each_and_as_evenly_as_there_are(labels, count):
    labels = np.array(labels, int)
    chosen = a_few_of_each(labels, 6, count)
    assert len(chosen) == len(set(chosen.tolist())) == min(count, len(labels))
    taken, there = np.bincount(labels[chosen], minlength=6), np.bincount(labels, minlength=6)
    left = taken < there
    assert not left.any() or taken[left].min() >= taken.max() - 1


def test_that_a_columns_statistics_leave_out_what_is_missing_and_count_it():
    rows = np.array([[1.0, 5.0, np.nan], [np.nan, 5.0, np.nan], [3.0, 5.0, np.nan]])
    said = column_statistics(rows)
    assert tuple(said) == STATISTICS
    np.testing.assert_array_equal(said["min"], [1, 5, np.nan])
    np.testing.assert_array_equal(said["mean"], [2, 5, np.nan])
    np.testing.assert_array_equal(said["max"], [3, 5, np.nan])
    np.testing.assert_array_equal(said["standard deviation"], [1, 0, np.nan])
    np.testing.assert_array_equal(said["missing"], [1, 0, 3])


def test_that_statistics_of_whole_columns_are_numpys_own():
    rows = np.random.default_rng(0).normal(3, 2, (200, 4))
    said = column_statistics(rows)
    for name, function in (("min", np.min), ("mean", np.mean), ("max", np.max), ("standard deviation", np.std)):
        np.testing.assert_allclose(said[name], function(rows, axis=0))
