"""Counts of what was taken for what."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrgui.core.confusion import confusion, most_confused

PAIRS = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), max_size=60)


def test_that_rows_are_true_classes_and_columns_what_they_were_taken_for():
    counts = confusion([0, 0, 1, 2], [0, 2, 1, 1], 3)
    assert counts.tolist() == [[1, 0, 1], [0, 1, 0], [0, 1, 0]]


@given(PAIRS)
def test_that_every_pair_is_counted_once_where_it_belongs(pairs):
    counts = confusion([true for true, _ in pairs], [predicted for _, predicted in pairs], 5)
    assert counts.shape == (5, 5)
    assert all(counts[true, predicted] == pairs.count((true, predicted)) for true in range(5) for predicted in range(5))


def test_that_no_examples_at_all_count_nothing():
    assert not confusion([], [], 2).any()


@pytest.mark.parametrize(("labels", "predictions"), [([0, 1], [0]), ([0], [2]), ([-1], [0]), ([[0]], [[0]])])
def test_that_arrays_which_do_not_fit_are_refused(labels, predictions):
    with pytest.raises(ValueError):
        confusion(np.array(labels), np.array(predictions), 2)


def test_that_the_most_confused_pairs_come_first_and_what_was_right_is_none_of_them():
    counts = np.array([[90, 3, 0], [5, 80, 3], [0, 0, 70]])
    assert most_confused(counts, 2) == [(1, 0, 5), (0, 1, 3)]
    assert most_confused(counts, 9) == [(1, 0, 5), (0, 1, 3), (1, 2, 3)]


def test_that_a_faultless_model_confused_nothing():
    assert most_confused(np.diag([3, 4]), 5) == []
