"""The tests behind a verdict, against tables and against what others have computed."""

import numpy as np
import pytest

from lrgui.core.comparison.statistics import holm, paired_t, sign_flips, t_needed, t_tail

# Two-sided 5 % points of Student's t: any table, for instance Abramowitz and Stegun, table 26.10.
TABLE = {1: 12.706, 2: 4.303, 3: 3.182, 4: 2.776, 5: 2.571, 9: 2.262, 10: 2.228, 30: 2.042}


@pytest.mark.parametrize(("freedom", "t"), TABLE.items())
def test_that_students_t_is_that_of_the_tables(freedom, t):
    assert t_tail(t, freedom) == pytest.approx(0.05, abs=5e-5)
    assert t_tail(-t, freedom) == t_tail(t, freedom)
    assert t_needed(0.05, freedom) == pytest.approx(t, abs=1e-3)


def test_that_students_own_example_comes_out():
    # "The probable error of a mean" (1908), section IX: hours of sleep that ten patients gained; t = 4.062.
    gained = np.array([1.2, 2.4, 1.3, 1.3, 0.0, 1.0, 1.8, 0.8, 4.6, 1.4])
    assert paired_t(gained) == pytest.approx(0.00283, abs=1e-5)
    assert sign_flips(gained) == pytest.approx(4 / 1024)


def test_that_darwins_plants_come_out_as_fisher_counted_them():
    # The Design of Experiments (1935), section 21: of 2**15 ways, 863 have a sum of 314 or more; on both sides 1726.
    differences = np.array([49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48], float)
    assert sign_flips(differences) == pytest.approx(1726 / 2**15, abs=0.01)
    assert paired_t(differences) == pytest.approx(0.0497, abs=1e-4)


def test_that_six_pairs_are_the_fewest_whose_signs_can_show_anything():
    assert [sign_flips(np.ones(count)) for count in (1, 5, 6)] == [1.0, 2 / 32, 2 / 64]


def test_that_seeds_that_agree_to_the_digit_are_not_known_better_than_one_example():
    same = np.full(3, 1 / 360)
    assert paired_t(same) == 0.0
    assert paired_t(same, resolution=1 / 360) > 0.04
    assert paired_t(np.zeros(5)) == paired_t(np.array([0.1])) == 1.0


def test_that_holm_asks_the_most_of_the_best():
    assert holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])
    assert holm([0.5, 0.9]) == [1.0, 1.0]
    assert holm([]) == []
