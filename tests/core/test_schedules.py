from typing import get_args

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from lrgui.core.config import RangeTestConfig
from lrgui.core.schedules import SWEEPS, constant, exponential_sweep, linear_sweep, sweep

RATE = st.floats(1e-9, 1e3)


@given(start=RATE, end=RATE, steps=st.integers(1, 2000))
def test_that_a_sweep_holds_both_ends_exactly_and_rises_by_the_same_factor(start, end, steps):
    assume(end > 1.01 * start)
    rates = exponential_sweep(start, end, steps)
    assert rates.shape == (steps + 1,)
    assert (rates[0], rates[-1]) == (start, end)
    assert np.diff(np.log(rates)) == pytest.approx(np.log(end / start) / steps, abs=1e-9)


@given(start=RATE, end=RATE, steps=st.integers(1, 2000))
def test_that_a_linear_sweep_holds_both_ends_exactly_and_rises_by_the_same_amount(start, end, steps):
    assume(end > 1.01 * start)
    rates = linear_sweep(start, end, steps)
    assert rates.shape == (steps + 1,)
    assert (rates[0], rates[-1]) == (start, end)
    assert np.diff(rates) == pytest.approx((end - start) / steps, rel=1e-6)


@pytest.mark.parametrize("spacing", list(SWEEPS))
def test_that_each_rate_is_taken_as_often_as_there_are_batches_for_it(spacing):
    rates = sweep(1e-3, 1.0, 10, spacing, batches_per_rate=3)
    assert rates.reshape(11, 3).tolist() == [[rate] * 3 for rate in SWEEPS[spacing](1e-3, 1.0, 10)]


def test_that_every_spacing_of_the_config_has_its_table():
    assert set(get_args(RangeTestConfig.model_fields["spacing"].annotation)) == set(SWEEPS)


def test_that_the_usual_sweep_has_a_hundred_and_one_rates():
    rates = exponential_sweep(1e-7, 10, 100)
    assert len(rates) == 101
    assert rates[50] == pytest.approx(1e-3)


@given(rate=RATE, steps=st.integers(0, 100))
def test_that_a_constant_schedule_is_the_rate_itself_at_every_step(rate, steps):
    assert constant(rate, steps).tolist() == [rate] * steps
