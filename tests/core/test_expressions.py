import math
import random
import string
import time

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as some

from lrgui.core.expressions import parse
from lrgui.core.expressions.parser import MOST_DEPTH
from lrgui.core.expressions.tokens import MOST_CHARACTERS
from lrgui.core.messages import Refused

NAMES = ("step", "epoch", "steps", "epochs", "rate")
PIECES = (
    *NAMES, *"+-*/%<>(),.=^!", "**", "//", "<=", "==", " and ", " or ", " not ", "min(", "max(", "exp(", "log(",
    "sqrt(", "where(", "abs(", "floor(", "tan(", "pi", "e", "0", "9", "1e9", "1e-3", "999", "lambda", "__class__", "'",
)  # fmt: skip


def refusal(text, names=NAMES):
    with pytest.raises(Refused) as refused:
        parse(text, names)
    return str(refused.value)


def value(text, **given):
    return float(parse(text, tuple(given))(**given))


# What is read


@pytest.mark.parametrize(
    "text",
    [
        "1 + 2 * 3", "(1 + 2) * 3", "2 ** 3 ** 2", "-2 ** 2", "2 ** -1", "7 // 2", "-7 % 3", "1 - 2 - 3", "8 / 4 / 2",
        "- - 3", "+3", ".5e1", "2.", "1e-3", "3 - -3", "2 * -3", "10 % 4 * 3", "2 ** 2 * 3", "-7 // 2",
    ],
)  # fmt: skip
def test_that_arithmetic_has_the_precedence_of_python(text):
    assert value(text) == eval(text)


@pytest.mark.parametrize(
    "text", ["1 < 2", "2 <= 1", "not 1 == 2", "1 < 2 and 2 > 3", "1 < 0 or 3 != 4", "not (1 < 2 or 0)", "1 + 1 >= 2"]
)
def test_that_comparisons_and_their_joints_are_one_or_zero(text):
    assert value(text) == float(eval(text))


@pytest.mark.parametrize("name", ["exp", "log", "sqrt", "cos", "sin", "tan", "tanh"])
def test_that_functions_are_those_of_mathematics(name):
    assert value(f"{name}(x)", x=0.7) == pytest.approx(getattr(math, name)(0.7), rel=1e-15)


def test_that_the_other_functions_and_the_constants_are_there():
    assert value("min(3, 1, 2) + max(1, 5) + abs(-2) + floor(-0.5) + sign(-4)") == 1 + 5 + 2 - 1 - 1
    assert value("where(x > 1, 10, 20)", x=2) == 10
    assert value("pi * e") == math.pi * math.e
    assert value("e", e=3) == 3  # a name that is given hides the constant


def test_that_a_formula_is_computed_for_whole_arrays_and_their_shapes_are_broadcast():
    formula = parse("where(step < 2, rate, rate / 10)", NAMES)
    assert formula(step=np.arange(4), rate=1.0).tolist() == [1, 1, 0.1, 0.1]
    assert formula(step=np.arange(3)[:, None], rate=np.ones(2)).shape == (3, 2)
    assert parse("0.5", NAMES)(step=np.arange(3)).tolist() == [0.5] * 3
    assert formula.uses == {"step", "rate"}


def test_that_what_has_no_value_is_computed_without_a_warning():
    formula = parse("1 / (step - 1) + log(step - 2) + rate ** 9 ** 9", NAMES)
    assert not np.isfinite(formula(step=np.arange(3), rate=10)).any()


def test_that_a_name_without_a_value_is_an_error_of_the_program():
    with pytest.raises(TypeError, match="rate"):
        parse("rate", NAMES)(step=1)


# What is refused


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "Column 1: type a formula of step, epoch, steps, epochs, rate."),
        ("   ", "Column 1: type a formula of"),
        ("9**9**9", "Column 1: what begins here is not a finite number."),
        ("rate + 1e999", "Column 8: what begins here is not a finite number."),
        ("step + log(0)", "Column 8: what begins here is not a finite number."),
        ("2x", "Column 2: an operator is due before 'x'; times is written *."),
        ("rate (2)", "Column 1: there is no function rate; there are min, max, exp"),
        ("(1)(2)", "Column 4: an operator is due before '('; times is written *."),
        ("1 +", "Column 4: the formula ends where a number or a name is due."),
        ("(1 + (2)", "Column 1: this parenthesis is not closed."),
        ("1)", "Column 2: ')' cannot stand here."),
        ("rate * speed", "Column 8: there is no name speed; there are step, epoch, steps, epochs, rate, pi, e."),
        ("open('x')", 'Column 6: cannot read "\'"; it is in no formula.'),
        ("__import__", "Column 1: there is no name __import__; there are"),
        ("rate.real", "Column 5: cannot read '.'; it is in no formula."),
        ("2 ^ 3", "Column 3: cannot read '^'; a power is written **."),
        ("epoch = 3", "Column 7: cannot read '='; equal is written ==."),
        ("0 < epoch < 3", "Column 11: comparisons do not chain: join two by and."),
        ("sin", "Column 1: sin takes its arguments in parentheses."),
        ("1 + sin()", "Column 5: sin takes one argument, not 0."),
        ("max(1)", "Column 1: max takes 2 to 8 arguments, not 1."),
        ("where(1, 2)", "Column 1: where takes 3 arguments, not 2."),
        ("min(1,,2)", "Column 7: ',' cannot stand here."),
        ("(" * 100 + "1" + ")" * 100, f"Column {MOST_DEPTH + 1}: more than {MOST_DEPTH} parts in each other"),
        ("-" * 299 + "1", f"Column {MOST_DEPTH + 1}: more than {MOST_DEPTH} parts in each other"),
        ("1+" * 200 + "1", f"Column {MOST_CHARACTERS + 1}: a formula has at most {MOST_CHARACTERS} characters."),
        ("x" * 10**6, f"Column {MOST_CHARACTERS + 1}: a formula has at most"),
    ],
)
def test_that_what_cannot_be_read_is_refused_with_its_column(text, told):
    started = time.perf_counter()
    assert refusal(text).startswith(told)
    assert time.perf_counter() - started < 0.05


def read_in_time(text):
    """Read a formula, compute it and its derivative where it can be read; return the seconds that reading took."""
    started = time.thread_time()
    try:
        formula = parse(text, NAMES)
    except Refused as refused:
        assert str(refused).startswith("Column ")
        return time.thread_time() - started
    seconds = time.thread_time() - started
    given = dict.fromkeys(NAMES, np.array([0.0, 1.0, -2.5]))
    assert formula(**given).shape == formula.derivative("step")(**given).shape == (3,)
    return seconds


@given(some.text(max_size=400) | some.text("0123456789.e+-*/()<>=, stepochra", max_size=60))
def test_that_any_text_is_a_formula_or_a_message(text):
    assert read_in_time(text) < 0.05


def test_that_any_heap_of_pieces_of_formulas_is_a_formula_or_a_message_at_once():
    draw = random.Random(0)
    worst = 0.0
    for _ in range(3000):
        text = "".join(draw.choices(PIECES, k=draw.randint(1, 25)))
        for _ in range(draw.randint(0, 2)):
            place = draw.randrange(len(text) + 1)
            text = text[:place] + draw.choice(string.printable) + text[place:]
        worst = max(worst, read_in_time(text))
    assert worst < 0.05


@pytest.mark.parametrize("text", ["**".join(["step"] * 50), "exp(" * 39 + "step" + ")" * 39, "+".join(["step"] * 60)])
def test_that_the_worst_formulas_are_computed_in_bounded_time(text):
    started = time.thread_time()
    try:
        parse(text, NAMES)(step=np.arange(10_000) + 0.5)
    except Refused as refused:
        assert "in each other" in str(refused)
    assert time.thread_time() - started < 0.5


# Derivatives

LEAVES = some.sampled_from(["x", "y", "1.5", "0.3", "2", "pi"])


def _grown(parts):
    return (
        some.tuples(parts, some.sampled_from([*"+-*/", "%"]), parts).map(lambda p: f"({p[0]} {p[1]} {p[2]})")
        | some.tuples(some.sampled_from(["exp", "sin", "cos", "tanh", "abs", "sqrt", "log"]), parts).map(
            lambda p: f"{p[0]}({p[1]})"
        )
        | some.tuples(some.sampled_from(["min", "max"]), parts, parts).map(lambda p: f"{p[0]}({p[1]}, {p[2]})")
        | some.tuples(parts, parts, parts, parts).map(lambda p: f"where({p[0]} < {p[1]}, {p[2]}, {p[3]})")
        | some.tuples(parts, some.sampled_from(["2", "3", "0.5", "-1", "x"])).map(lambda p: f"({p[0]}) ** {p[1]}")
    )


# At round numbers two parts may well be equal, and one of both sides of a kink is as good as the other.
PLACE = some.floats(0, 1).map(lambda share: 0.2113 + 1.6789 * share)


@given(some.recursive(LEAVES, _grown, max_leaves=5), PLACE, PLACE.map(lambda place: place + 0.00717))
@example("(1.5 - 1.5) ** x", 0.2113, 0.21847)
def test_that_a_derivative_agrees_with_central_differences(text, x, y):
    try:
        formula = parse(text, ("x", "y"))
    except Refused:
        return  # a part without names that is not finite
    slopes = [difference(formula, x, y, width) for width in (1e-5, 5e-6)]
    if not np.isfinite(slopes).all() or abs(slopes[0] - slopes[1]) > 1e-5 * max(1, abs(slopes[0])):
        return  # a kink, a jump or a pole is near
    exact = float(formula.derivative("x")(x=x, y=y))
    assert exact == pytest.approx(slopes[1], rel=1e-4, abs=1e-5)


def difference(formula, x, y, width):
    beside = formula(x=np.array([x - width, x, x + width]), y=y)
    if not np.isfinite(beside).all() or np.abs(beside).max() > 1e6:
        return math.nan
    ahead, back = beside[2] - beside[1], beside[1] - beside[0]
    return (ahead + back) / (2 * width) if abs(ahead - back) <= 1e-3 * width * max(1, abs(ahead) / width) else math.nan


@pytest.mark.parametrize(
    ("text", "derivative"),
    [
        ("(1 - x)**2 + 100*(y - x**2)**2", "-2*(1 - x) - 400*x*(y - x**2)"),
        ("x**y", "y*x**(y - 1)"),
        ("y**x", "log(y)*y**x"),
        ("x % y", "1"),
        ("x // y + floor(x)", "0"),
        ("tan(x)", "1/cos(x)**2"),
        ("log(x)/sqrt(x)", "1/x**1.5 - log(x)/(2*x**1.5)"),
        ("abs(x - 5)", "-1"),
        ("min(x, y, 9)", "1"),
        ("max(x, y, 9)", "0"),
    ],
)
def test_that_known_derivatives_come_out(text, derivative):
    x, y = np.array([0.3, 0.7, 1.1]), np.array([2.0, 1.5, 1.3])
    found = parse(text, ("x", "y")).derivative("x")(x=x, y=y)
    assert found == pytest.approx(parse(derivative, ("x", "y"))(x=x, y=y), rel=1e-12, abs=1e-12)


def test_that_a_derivative_has_a_derivative_and_stays_small():
    formula = parse("sin(x)*exp(-x*x)*cos(x)*tanh(x)", ("x",))
    slope = formula
    for _ in range(4):
        slope = slope.derivative("x")
    assert np.isfinite(slope(x=np.linspace(-2, 2, 1000))).all()
    assert parse("x**4", ("x",)).derivative("x").derivative("x")(x=3.0) == 108


def test_that_a_kink_at_zero_has_a_derivative_of_zero():
    for text in ("sqrt(x*x + y*y)", "(x*x + y*y) ** 0.5", "abs(x) + abs(y)"):
        assert parse(text, ("x", "y")).derivative("x")(x=0.0, y=0.0) == 0
    assert parse("sqrt(x)", ("x",)).derivative("x")(x=0.0) == math.inf


def test_that_a_power_of_a_negative_number_has_its_derivative():
    assert value("x**2", x=-3) == 9
    assert float(parse("x**2", ("x",)).derivative("x")(x=-3)) == -6
    with pytest.raises(ValueError, match="y"):
        parse("x", ("x",)).derivative("y")


def test_that_the_second_derivative_is_right_where_the_first_one_of_an_inner_part_is_zero():
    for text in ("sqrt(x**2 + 1)", "(x**2 + 1)**0.5", "(x**2 + 1)**-1"):
        twice = parse(text, ("x",)).derivative("x").derivative("x")
        assert float(twice(x=0.0)) == pytest.approx(-2.0 if text.endswith("-1") else 1.0)
