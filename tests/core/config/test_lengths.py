import pytest
from hypothesis import given
from hypothesis import strategies as some

from lrgui.core.config.lengths import Length, epochs
from lrgui.core.config.points import Point

LENGTHS = some.integers(0, 10**9).map(Length) | some.floats(0, 1e4).map(epochs)


@pytest.mark.parametrize(
    ("typed", "length"),
    [
        ("100", Length(100)), (100, Length(100)), ("1e3", Length(1000)), (" 7 steps ", Length(7)),
        ("1 step", Length(1)),
        ("3 epochs", epochs(3)), ("3ep", epochs(3)), ("1 EPOCH", epochs(1)), (".5 ep", epochs(0.5)), ("0", Length(0)),
    ],
)  # fmt: skip
def test_that_a_length_is_in_steps_or_in_epochs(typed, length):
    assert Length.read(typed) == length


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "ep",
        "1.5",
        "-1",
        "1 hour",
        "3 epochs 2",
        "nan",
        "1e999",
        "1e99",
        None,
        True,
        "3 e",
        2.5,
        "1_000",
        "1" * 10**6 + "x",
    ],
)
def test_that_what_is_no_length_is_refused(typed):
    with pytest.raises(ValueError, match="no length"):
        Length.read(typed)


@given(LENGTHS)
def test_that_a_length_reads_back_from_how_it_is_written(length):
    assert Length.read(str(length)) == length


@given(LENGTHS, some.integers(1, 5000))
def test_that_a_length_has_steps_unless_it_is_nothing(length, steps_per_epoch):
    steps = length.steps(steps_per_epoch)
    assert (steps == 0) == (length.amount == 0)
    assert abs(steps - length.epochs(steps_per_epoch) * steps_per_epoch) <= 1


def test_that_epochs_are_rounded_to_whole_steps():
    assert [epochs(amount).steps(44) for amount in (1, 0.5, 0.001, 1.26)] == [44, 22, 1, 55]
    assert Length(22).epochs(44) == 0.5
    assert str(epochs(1)) == "1 epoch"


@given(some.floats(0, 1), some.floats(0, 1))
def test_that_a_point_reads_back_from_how_it_is_written(x, y):
    point = Point.read((x, y))
    assert Point.read(str(point)) == point
    assert point == pytest.approx((x, y), rel=1e-5)


@pytest.mark.parametrize("typed", ["0.5", "1:2", "-0.1:0", "a:b", "0:nan", "0:0:0", ""])
def test_that_what_is_no_point_is_refused(typed):
    with pytest.raises(ValueError):
        Point.read(typed)
