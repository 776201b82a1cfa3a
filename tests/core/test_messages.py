import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrgui.core.messages import Message, Refused, format_learning_rate, say


@pytest.mark.parametrize(
    ("rate", "written"),
    [
        (4e-3, "4.0e-3"),
        (0.31, "0.31"),
        (0.01, "0.01"),
        (0.00999, "0.01"),
        (10, "10"),
        (310, "310"),
        (99.7, "100"),
        (999.6, "1.0e3"),
        (1e-7, "1.0e-7"),
        (-3e-5, "-3.0e-5"),
        (0, "0"),
        (math.nan, "nan"),
        (-math.inf, "-inf"),
    ],
)
def test_that_a_rate_is_written_as_people_write_it(rate, written):
    assert format_learning_rate(rate) == written


@given(rate=st.floats(1e-12, 1e12), digits=st.integers(1, 8))
def test_that_a_written_rate_reads_back_to_its_digits(rate, digits):
    assert float(format_learning_rate(rate, digits)) == pytest.approx(rate, rel=0.51 * 10 ** (1 - digits))


def test_that_a_message_renders_its_values_in_their_formats():
    message = say("{rate:rate}, {bound:number}, {half:number}, {word}", rate=3e-4, bound=65536, half=0.5, word="x")
    assert str(message) == "3.0e-4, 65,536, 0.5, x"


def test_that_a_message_in_a_message_is_translated_with_it():
    words = {"outer {inner}": "aussen {inner}", "inner {n}": "innen {n}"}
    assert say("outer {inner}", inner=say("inner {n}", n=3)).render(words.__getitem__) == "aussen innen 3"


def test_that_a_translation_may_turn_the_values_round():
    assert say("{a} of {b}", a=1, b=2).render(lambda text: "{b}: {a}") == "2: 1"


def test_that_text_and_values_stay_apart_for_the_store():
    message = say("at {rate:rate}", rate=0.31)
    assert message == Message("at {rate:rate}", {"rate": 0.31})


def test_that_braces_in_a_value_are_only_text():
    assert str(say("no {name}", name="{name} {x}")) == "no {name} {x}"


def test_that_what_is_refused_carries_its_sentence():
    refusal = Refused(say("not {n}", n=3))
    assert str(refusal) == "not 3"
    assert refusal.message.values == {"n": 3}
