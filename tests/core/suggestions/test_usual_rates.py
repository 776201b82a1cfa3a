"""How the reading of a sweep is drawn towards the rate that is usual for the optimizer that was swept with."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrgui.core.messages import Message
from lrgui.core.suggestions import FAMILIES, recommend, recommend_peak
from lrgui.core.suggestions.estimate import CONSTANT, PEAK
from tests.core.suggestions.curves import RATES, noisy

both = pytest.mark.parametrize(
    ("advise", "purpose"), [(recommend, CONSTANT), (recommend_peak, PEAK)], ids=["constant", "peak"]
)
families = st.sampled_from(FAMILIES)
seeds = st.integers(0, 10_000)
shifts = st.floats(1e-3, 1e3)


@both
@given(seed=seeds, family=families, shift=shifts)
def test_that_a_reading_is_drawn_two_thirds_of_the_way_but_never_by_more_than_a_factor(
    advise, purpose, seed, family, shift
):
    told = advise([(shift * RATES, noisy(seed))], family)
    values, usual = _drawn(told.reason), purpose.usual[family]
    whole = abs(np.log10(usual / values["reading"]))
    gone = np.log10(told.learning_rate / values["reading"]) * np.sign(usual - values["reading"])
    assert gone == pytest.approx(min(2 / 3 * whole, np.log10(2.5)))
    assert ("unsure" in str(told.reason)) == (2 / 3 * whole > np.log10(2.5))


@both
@given(seed=seeds, family=families, factor=st.floats(1e-3, 1e3), constant=st.floats(-1e3, 1e3))
def test_that_the_scale_of_the_loss_does_not_move_what_was_drawn(advise, purpose, seed, family, factor, constant):
    asked = advise([(RATES, noisy(seed))], family).learning_rate
    assert advise([(RATES, factor * noisy(seed) + constant)], family).learning_rate == pytest.approx(asked)


@both
@given(seed=seeds, family=families, shift=st.floats(1.1, 1e3))
def test_that_a_sweep_that_learns_at_higher_rates_gets_a_higher_one(advise, purpose, seed, family, shift):
    here, there = (advise([(rates, noisy(seed))], family) for rates in (RATES, shift * RATES))
    assert there.learning_rate > here.learning_rate * shift**0.3


@both
@given(seed=seeds, family=families, shift=shifts)
def test_that_the_range_reaches_fourfold_beyond_the_reading_and_what_it_was_drawn_to(
    advise, purpose, seed, family, shift
):
    told = advise([(shift * RATES, noisy(seed))], family)
    ends = sorted([_drawn(told.reason)["reading"], told.learning_rate])
    assert (told.low, told.high) == (pytest.approx(ends[0] / 4), pytest.approx(ends[1] * 4))


@pytest.mark.parametrize("advise", [recommend, recommend_peak])
def test_that_nothing_is_usual_for_an_optimizer_that_is_not_known(advise):
    told = advise([(RATES, noisy(1))], None)
    assert "usual" not in str(told.reason)
    assert told.high / told.low == pytest.approx(16)


def _drawn(reason: Message) -> dict:
    """What is told of the drawing, which a sentence on the end of the sweep may follow."""
    return reason.values if "usual" in reason.values else _drawn(reason.values["reason"])
