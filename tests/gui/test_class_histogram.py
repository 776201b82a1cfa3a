"""Bars of counts, looked at."""

from itertools import pairwise

import numpy as np
import pytest

from lrgui.gui.theme import themes
from lrgui.gui.widgets.class_histogram import ClassHistogram
from tests.gui.looking import color_at, grab


def make(qtbot, counts, names):
    histogram = ClassHistogram()
    histogram.show_counts(np.array(counts), names)
    return histogram, grab(qtbot, histogram, (400, histogram.height()))


def test_that_bars_are_as_long_as_their_counts(qtbot):
    histogram, picture = make(qtbot, [100, 50, 0], ("a", "b", "c"))
    longest, half, none = (histogram.bar(number) for number in range(3))
    assert half.width() == pytest.approx(longest.width() / 2)
    assert none.width() == 1
    accent = themes.current.color("accent").name()
    assert color_at(picture, longest.center()).name() == color_at(picture, half.center()).name() == accent


def test_that_a_hundred_classes_stand_side_by_side_within_the_width(qtbot):
    histogram, _ = make(qtbot, range(1, 101), [f"class {n}" for n in range(100)])
    bars = [histogram.bar(number) for number in range(100)]
    assert all(one.right() <= other.left() + 0.01 for one, other in pairwise(bars))
    assert bars[-1].right() <= histogram.width()
    assert bars[-1].height() > bars[0].height()


def test_that_the_counts_are_told_to_those_who_do_not_see_them(qtbot):
    histogram, _ = make(qtbot, [1200, 3], ("a", "b"))
    assert histogram.accessibleDescription() == "a: 1,200; b: 3"


def test_that_names_which_do_not_fit_the_counts_are_refused(qtbot):
    histogram = ClassHistogram()
    qtbot.addWidget(histogram)
    with pytest.raises(ValueError):
        histogram.show_counts(np.array([1, 2]), ("a",))
