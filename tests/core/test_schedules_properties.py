"""What holds for every schedule, whatever its fields."""

import math
from itertools import accumulate, pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from lrgui.core.config import SCHEDULES, TrainingConfig
from lrgui.core.config.fields import field_specs
from lrgui.core.config.lengths import Length, epochs
from lrgui.core.config.optimizer import OPTIMIZERS, RmsProp, Sgd
from lrgui.core.config.schedule import (
    Constant,
    Cosine,
    Drawn,
    Exponential,
    ExpRange,
    FlatCosine,
    Formula,
    HoldThenDecay,
    InverseSqrt,
    InverseTime,
    Linear,
    OneCycle,
    Piecewise,
    Polynomial,
    Sgdr,
    Shrink,
    Step,
    Triangular,
    Triangular2,
)
from lrgui.core.messages import Refused
from lrgui.core.schedules import cycled_momentum, momentums, rates
from lrgui.core.schedules.decays import MOST_LOOPED
from lrgui.core.schedules.tables import TABLES, rates_at

SHARE, LENGTH = some.floats(0, 1), some.integers(1, 300).map(Length) | some.floats(0.1, 9).map(epochs)
FACTOR, ENDS = some.floats(0.01, 1), {"length": some.none() | LENGTH, "floor": SHARE}
FIELDS = {
    Constant: {},
    Step: {"factor": FACTOR, "every": LENGTH},
    Piecewise: {"shares": some.tuples(SHARE, SHARE, SHARE)},
    Exponential: {"factor": FACTOR, "every": LENGTH, "staircase": some.booleans()},
    Shrink: {"share": some.floats(1e-6, 0.99)},
    HoldThenDecay: {"hold": LENGTH, "decay": some.floats(0, 10), "every": LENGTH},
    InverseTime: {"decay": some.floats(0, 100), "every": LENGTH, "staircase": some.booleans()},
    InverseSqrt: {"scale": LENGTH},
    Linear: ENDS,
    Polynomial: ENDS | {"power": some.floats(0.1, 10)},
    Cosine: ENDS,
    FlatCosine: ENDS | {"flat": some.floats(0, 0.99)},
    Sgdr: {"first_cycle": LENGTH, "multiplier": some.floats(1, 4), "amplitude": FACTOR, "floor": SHARE},
    Triangular: {"cycle": LENGTH, "base": SHARE},
    Triangular2: {"cycle": LENGTH, "base": SHARE},
    ExpRange: {"cycle": LENGTH, "base": SHARE, "gamma": some.floats(0.9, 1)},
    OneCycle: {
        "rise": some.floats(0.01, 0.49),
        "start": SHARE,
        "end": SHARE,
        "phases": some.sampled_from(["two", "three"]),
        "shape": some.sampled_from(["cosine", "linear"]),
        "length": some.none() | LENGTH,
        "low_momentum": some.floats(0, 0.5),
        "high_momentum": some.floats(0.5, 0.99),
    },
    Formula: {"formula": some.sampled_from(["rate", "rate * (1 - step / steps)", "where(epoch % 2, rate, rate / 10)"])},
    Drawn: {
        "points": some.lists(SHARE, min_size=1, max_size=5).map(
            lambda heights: tuple((number / 5, height) for number, height in enumerate(heights))
        )
    },
}
WARMUP = {
    "warmup": some.just(Length(0)) | LENGTH,
    "warmup_shape": some.sampled_from(["linear", "exponential"]),
    "warmup_start": some.floats(0.001, 1),
}
ANY = some.sampled_from(SCHEDULES).flatmap(lambda kind: some.builds(kind, **FIELDS[kind], **WARMUP))
RATE, STEPS, PER_EPOCH = some.floats(1e-6, 1e3), some.integers(1, 700), some.integers(1, 60)


def test_that_every_schedule_is_looked_at_here_and_has_its_table():
    assert set(FIELDS) == set(SCHEDULES) == set(TABLES)


@given(ANY, RATE, STEPS, PER_EPOCH)
def test_that_a_table_has_a_rate_for_every_step_and_none_above_the_learning_rate(schedule, rate, steps, per_epoch):
    table = rates(schedule, rate, steps, per_epoch)
    assert table.shape == (steps,)
    assert table.dtype == np.float64
    assert np.isfinite(table).all()
    assert table.min() >= 0
    assert table.max() <= rate


@given(ANY, RATE, STEPS, PER_EPOCH)
def test_that_a_warm_up_stands_in_front_and_rises_to_the_first_rate_without_a_jump(schedule, rate, steps, per_epoch):
    warmup = schedule.warmup.steps(per_epoch)
    table = rates(schedule, rate, warmup + steps, per_epoch)
    alone = rates(schedule.model_copy(update={"warmup": Length(0)}), rate, steps, per_epoch)
    assert table[warmup:].tolist() == alone.tolist()
    if not warmup or alone[0] == 0:
        return
    rising, target, start = table[: warmup + 1], alone[0], schedule.warmup_start
    assert rising[0] == pytest.approx(start * target, rel=1e-12)
    if schedule.warmup_shape == "linear":
        assert np.diff(rising) == pytest.approx(target * (1 - start) / warmup, rel=1e-6, abs=1e-12 * target)
    else:
        assert rising[1:] / rising[:-1] == pytest.approx(start ** (-1 / warmup), rel=1e-9)


@given(ANY, RATE, STEPS, PER_EPOCH)
def test_that_a_longer_run_begins_alike_unless_the_schedule_is_made_for_its_length(schedule, rate, steps, per_epoch):
    if getattr(schedule, "length", "") is None or isinstance(schedule, Drawn | Formula):
        return
    table = rates(schedule, rate, steps, per_epoch)
    assert rates(schedule, rate, steps + 100, per_epoch)[:steps].tolist() == table.tolist()


@given(ANY, RATE, some.integers(2, 700), PER_EPOCH)
def test_that_single_steps_have_the_rates_of_the_table(schedule, rate, steps, per_epoch):
    schedule = schedule.model_copy(update={"warmup": Length(1)})
    table = rates(schedule, rate, steps, per_epoch)[1:]
    chosen = np.unique([0, (steps - 2) // 2, steps - 2])
    assert rates_at(schedule, rate, steps, per_epoch, chosen) == pytest.approx(table[chosen], rel=1e-9, abs=1e-300)


@given(ANY, RATE, STEPS, PER_EPOCH)
def test_that_the_learning_rate_scales_the_table(schedule, rate, steps, per_epoch):
    table = rates(schedule, rate, steps, per_epoch)
    assert rates(schedule, 2 * rate, steps, per_epoch) == pytest.approx(2 * table, rel=1e-9, abs=1e-300)


@given(ANY)
def test_that_a_schedule_reads_back_from_its_json_and_from_how_it_is_typed(schedule):
    assert type(schedule).model_validate_json(schedule.model_dump_json()) == schedule
    typed = {spec.name: str(value) for spec in field_specs(type(schedule)) if (value := _plain(schedule, spec.name))}
    assert type(schedule)(**typed) == schedule


def _plain(schedule, name):
    value = schedule.model_dump()[name]
    return "none" if value is None else repr(value) if isinstance(value, float) else value


# At their boundaries


@given(some.integers(1, 50), some.integers(1, 20), RATE)
def test_that_a_step_drops_exactly_when_its_length_is_over(every, factors, rate):
    table = rates(Step(factor=0.5, every=Length(every)), rate, every * factors + 1, 7)
    assert table[::every] == pytest.approx(rate * 0.5 ** np.arange(factors + 1), rel=1e-12)
    assert table[every - 1] == table[0] == rate


@given(some.integers(1, 60), some.floats(0, 1), RATE, some.sampled_from([Linear, Polynomial, Cosine, FlatCosine]))
def test_that_a_decay_begins_at_the_rate_and_is_at_its_floor_when_its_length_is_over(length, floor, rate, kind):
    table = rates(kind(length=Length(length), floor=floor), rate, length + 10, 7)
    assert table[0] == rate
    assert table[length:].tolist() == pytest.approx([floor * rate] * 10, rel=1e-12)
    assert (np.diff(table) <= 0).all()


@given(some.integers(1, 40), some.integers(1, 4), some.floats(0.1, 1), some.floats(0, 0.9))
def test_that_restarts_are_at_the_exact_step_with_the_exact_height(first, multiplier, amplitude, floor):
    choice = Sgdr(first_cycle=Length(first), multiplier=multiplier, amplitude=amplitude, floor=floor)
    lengths = [first * multiplier**number for number in range(4)]
    starts = [0, *accumulate(lengths)]
    table = rates(choice, 1.0, starts[-1] + 1, 7)
    heights = [height + floor * (1 - height) for height in (amplitude**number for number in range(5))]
    assert table[starts] == pytest.approx(heights, rel=1e-12)
    for start, after in pairwise(starts):
        assert (np.diff(table[start:after]) <= 0).all()


def test_that_a_restart_between_two_steps_is_at_the_later_one():
    table = rates(Sgdr(first_cycle=Length(3), multiplier=1.5), 1.0, 12, 7)
    assert [step for step in range(1, 12) if table[step] > table[step - 1]] == [3, 8]
    assert table[8] == pytest.approx((1 + math.cos(math.pi * 0.5 / 6.75)) / 2)


@given(some.integers(1, 40), some.floats(0, 1), RATE)
def test_that_triangles_touch_both_rates_at_the_exact_steps(half, base, rate):
    steps = 6 * half + 1
    ups, tops = np.arange(0, steps, 2 * half), np.arange(half, steps, 2 * half)
    for kind, heights in ((Triangular, [1, 1, 1]), (Triangular2, [1, 0.5, 0.25])):
        table = rates(kind(cycle=Length(2 * half), base=base), rate, steps, 7)
        assert table[ups] == pytest.approx(base * rate, rel=1e-12)
        assert table[tops] == pytest.approx([rate * (base + (1 - base) * height) for height in heights], rel=1e-12)
    table = rates(ExpRange(cycle=Length(2 * half), base=base, gamma=0.99), rate, steps, 7)
    assert table[tops] == pytest.approx(rate * (base + (1 - base) * 0.99**tops), rel=1e-9)


@pytest.mark.parametrize("shape", ["cosine", "linear"])
@pytest.mark.parametrize(("phases", "corners"), [("two", (0, 30, 100)), ("three", (0, 30, 60, 100))])
def test_that_one_cycle_meets_its_corners_and_its_momentum_is_the_other_way_round(shape, phases, corners):
    choice = OneCycle(rise=0.3, phases=phases, shape=shape, start=0.1, end=0.001)
    table, momentum = rates(choice, 2.0, 101, 7), momentums(choice, 0.9, 101, 7)
    heights = [0.2, 2.0, 0.002] if phases == "two" else [0.2, 2.0, 0.2, 0.002]
    assert table[list(corners)] == pytest.approx(heights, rel=1e-12)
    assert momentum[list(corners)] == pytest.approx([0.95, 0.85, 0.95, 0.95][: len(corners)], rel=1e-12)
    assert (np.diff(table[:31]) > 0).all()
    assert (np.diff(table[30:]) < 0).all()


def test_that_levels_change_at_their_boundaries():
    choice = Piecewise(boundaries="4 3ep", shares="0.2 1 0.5")
    assert rates(choice, 10.0, 9, 2).tolist() == [2, 2, 2, 2, 10, 10, 5, 5, 5]


def test_that_the_inverse_square_root_behind_a_warm_up_is_that_of_the_transformer():
    table = rates(InverseSqrt(scale="40", warmup="40", warmup_start=0), 1.0, 200, 7)
    steps = np.arange(200.0)
    with np.errstate(divide="ignore"):
        assert table == pytest.approx(np.minimum(steps / 40, np.sqrt(40 / steps)), rel=1e-12)


def test_that_points_are_met_and_joined_by_straight_lines():
    linear = rates(Drawn(points="0:1 0.5:0.5 1:0"), 2.0, 5, 7)
    assert linear.tolist() == [2, 1.5, 1, 0.5, 0]
    logarithmic = rates(Drawn(points="0:1 1:0.0001", lines="log"), 1.0, 5, 7)
    assert logarithmic == pytest.approx([1, 0.1, 0.01, 1e-3, 1e-4], rel=1e-12)
    assert rates(Drawn(points="0.25:0.5 0.5:1"), 1.0, 5, 7).tolist() == [0.5, 0.5, 1, 1, 1]
    assert rates(Drawn(points="0:1 1:0"), 1.0, 1, 7).tolist() == [1]


# The article's own


@given(RATE, some.integers(1, 2000))
def test_that_shrinking_is_the_loop_of_the_article_to_the_last_digit(rate, steps):
    table, learning_rate = rates(Shrink(), rate, steps, 7), rate
    for step in range(steps):
        assert table[step] == learning_rate
        learning_rate -= learning_rate / 100


def test_that_a_long_shrinking_goes_on_in_closed_form():
    table = rates(Shrink(share=1e-4), 1.0, MOST_LOOPED + 1000, 7)
    assert table == pytest.approx((1 - 1e-4) ** np.arange(len(table)), rel=1e-9)
    assert table[1:] / table[:-1] == pytest.approx(1 - 1e-4, rel=1e-12)


def test_that_ten_epochs_and_then_a_tenth_less_each_are_the_rates_of_the_article():
    def schedule(epoch, learning_rate):
        return learning_rate if epoch < 10 else learning_rate * math.exp(-0.1)

    learning_rate, expected = 1e-3, []
    for epoch in range(15):
        learning_rate = schedule(epoch, learning_rate)
        expected.append(learning_rate)
    config = TrainingConfig(learning_rate=1e-3, epochs=15, schedule="hold_then_decay")
    table = rates(config.schedule, config.learning_rate, 15 * config.steps_per_epoch, config.steps_per_epoch)
    by_epoch = table.reshape(15, -1)
    assert (by_epoch == by_epoch[:, :1]).all()
    assert by_epoch[:, 0] == pytest.approx(expected, rel=1e-12, abs=1e-9)


# Momentum


@given(some.builds(OneCycle, **FIELDS[OneCycle], **WARMUP), STEPS, PER_EPOCH)
def test_that_a_cycled_momentum_stays_in_its_bounds(choice, steps, per_epoch):
    table = momentums(choice, 0.9, steps, per_epoch)
    assert table.shape == (steps,)
    assert choice.low_momentum <= table.min() <= table.max() <= choice.high_momentum
    assert table[0] == pytest.approx(choice.high_momentum, rel=1e-12)


@given(ANY, STEPS, PER_EPOCH)
def test_that_only_one_cycle_cycles_the_momentum_and_only_that_of_sgd(schedule, steps, per_epoch):
    assert (momentums(schedule, 0.9, steps, per_epoch) is not None) == isinstance(schedule, OneCycle)
    assert momentums(schedule, 0.0, steps, per_epoch) is None


def test_that_a_fixed_momentum_is_left_alone():
    assert momentums(OneCycle(momentum="fixed"), 0.9, 10, 5) is None
    assert [cycled_momentum(each()) for each in OPTIMIZERS] == [0.0] * len(OPTIMIZERS)
    assert cycled_momentum(RmsProp(momentum=0.5)) == 0.0
    assert cycled_momentum(Sgd(momentum=0.9)) == 0.9


# Formulas


def test_that_a_formula_knows_the_step_the_epoch_and_how_many_there_are():
    assert rates(Formula(formula="step"), 1.0, 4, 2).tolist() == [0, 1, 2, 3]
    assert rates(Formula(formula="epoch"), 1.0, 4, 2).tolist() == [0, 0, 1, 1]
    assert rates(Formula(formula="steps + 10 * epochs + 100 * rate"), 3.0, 5, 2).tolist() == [330] * 5
    assert rates(Formula(formula="step + steps", warmup=2, warmup_start=1), 1.0, 5, 2).tolist() == [3, 3, 3, 4, 5]


@pytest.mark.parametrize(
    ("formula", "told"),
    [
        ("100000 - step", "At step 100,001 the formula gives -1: a rate is a finite number, at least 0."),
        ("1 / (step - 70000) ** 2", "At step 70,000 the formula gives inf: a rate is"),
        ("sqrt(rate - step)", "At step 2 the formula gives nan: a rate is"),
    ],
)
def test_that_the_first_step_without_a_rate_is_named(formula, told):
    with pytest.raises(Refused) as refused:
        rates(Formula(formula=formula), 1.0, 200_000, 7)
    assert str(refused.value).startswith(told)
