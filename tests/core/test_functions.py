"""The functions of the lab: their slopes against differences, their minima, and what stands for them."""

import math
import time

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as some

from lrgui.core.expressions import parse
from lrgui.core.expressions.scalar import as_scalar
from lrgui.core.expressions.wording import written
from lrgui.core.functions import FUNCTIONS, POINTS, bowl, function_of, least_squares, line_text, typed
from lrgui.core.messages import Refused

EACH = pytest.mark.parametrize("function", FUNCTIONS.values(), ids=FUNCTIONS)


def places_in(data, function):
    return tuple(data.draw(some.floats(low, high)) for low, high in function.view)


def moved(point, axis, by):
    return tuple(part + by * (place == axis) for place, part in enumerate(point))


@EACH
@given(data=some.data())
def test_that_slopes_agree_with_central_differences(function, data):
    point, near = places_in(data, function), 1e-5
    assume(function.name != "absolute" or abs(point[0]) > near)
    assume(function.name != "ackley" or math.hypot(*point) > 0.1)
    for axis, slope in enumerate(function.gradient_at(point)):
        ahead, behind = (function.value_at(moved(point, axis, by)) for by in (near, -near))
        size = max(1.0, abs(ahead), *map(abs, function.gradient_at(point)))
        assert slope == pytest.approx((ahead - behind) / (2 * near), rel=1e-5, abs=1e-5 * size)


@EACH
@given(data=some.data())
def test_that_curvatures_agree_with_differences_of_the_slopes(function, data):
    point, near = places_in(data, function), 1e-5
    assume(function.name != "absolute" or abs(point[0]) > near)
    assume(function.name != "ackley" or math.hypot(*point) > 0.1)
    hessian = function.hessian_at(point)
    assert np.array_equal(hessian, hessian.T) or np.allclose(hessian, hessian.T, rtol=1e-12)
    for axis in range(len(function.variables)):
        ahead, behind = (np.array(function.gradient_at(moved(point, axis, by))) for by in (near, -near))
        size = max(1.0, np.abs(hessian).max())
        np.testing.assert_allclose(hessian[axis], (ahead - behind) / (2 * near), rtol=1e-5, atol=1e-4 * size)


@EACH
def test_that_a_whole_grid_has_the_values_of_its_places(function):
    axes = [np.linspace(low, high, 7) for low, high in function.view]
    grid = np.meshgrid(*axes, indexing="ij")
    one_by_one = [function.value_at(tuple(point)) for point in np.stack(grid, axis=-1).reshape(-1, len(axes)).tolist()]
    np.testing.assert_allclose(function.value(*grid).ravel(), one_by_one, rtol=1e-12, atol=1e-12)


@EACH
def test_that_known_minima_are_minima(function):
    for minimum in function.minima:
        assert minimum.value == pytest.approx(function.value_at(minimum.position), abs=1e-12)
        assert np.allclose(function.gradient_at(minimum.position), 0, atol=1e-9)
        around = [moved(minimum.position, axis, by) for axis in range(len(function.variables)) for by in (1e-3, -1e-3)]
        assert min(map(function.value_at, around)) > minimum.value
        assert minimum.deepest == (minimum.value == pytest.approx(function.minima[0].value))


@EACH
def test_that_start_and_minima_are_in_the_view(function):
    for point in (function.start, *(minimum.position for minimum in function.minima)):
        assert all(low <= part <= high for part, (low, high) in zip(point, function.view, strict=True))


def test_that_the_tips_of_cones_are_level():
    assert FUNCTIONS["absolute"].gradient_at((0.0,)) == (0.0,)
    assert FUNCTIONS["ackley"].gradient_at((0.0, 0.0)) == (0.0, 0.0)
    assert typed("sqrt(x*x)").gradient_at((0.0,)) == (0.0,)
    assert typed("(x**2 + y**2)**0.25").gradient_at((0.0, 0.0)) == (0.0, 0.0)


def test_that_the_bowl_has_the_condition_that_is_asked_for():
    eigenvalues = np.linalg.eigvalsh(bowl(250).hessian_at((1.0, 1.0)))
    assert eigenvalues[1] / eigenvalues[0] == 250


def test_that_the_least_squares_are_those_of_numpy_and_not_scaled():
    function = least_squares(POINTS)
    inputs, targets = np.array(POINTS).T
    np.testing.assert_allclose(function.minima[0].position, np.polyfit(inputs, targets, 1))
    assert function.value_at((1.0, 0.5)) == pytest.approx(np.mean((inputs + 0.5 - targets) ** 2))


def test_that_a_line_through_one_point_has_a_loss_of_zero_somewhere():
    assert least_squares([(2.0, 3.0)]).minima[0].value == pytest.approx(0)


@given(some.lists(some.tuples(some.floats(-50, 50), some.floats(-50, 50)), min_size=1, max_size=9))
def test_that_points_come_back_from_their_text(points):
    back = function_of(line_text(points)).points
    np.testing.assert_allclose(back, points, rtol=1e-11)


def test_that_the_minima_of_a_typed_function_are_found():
    function = typed("x**4/4 - 2*x**2 + x/2")
    assert [minimum.deepest for minimum in function.minima] == [True, False]
    for found, known in zip(function.minima, FUNCTIONS["double_well"].minima, strict=True):
        assert found.position == pytest.approx(known.position)
    assert {minimum.position for minimum in typed("(x**2 - 1)**2 + y**2").minima} == {(1.0, 0.0), (-1.0, 0.0)}


@pytest.mark.parametrize("text", ["-x**2", "x*y", "log(x)", "x", "1/x**2"])
def test_that_none_is_found_where_there_is_none(text):
    assert typed(text).minima == ()


def test_that_a_typed_function_knows_its_variables_and_shows_its_derivative():
    assert typed("x**2").variables == ("x",)
    assert typed("y**2").variables == ("x", "y")
    assert typed("x**2").derivatives == ("2*x",)
    assert typed("3").derivatives == ("0",)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("x**2/2", "x"),
        ("3 - 2*x**2", "-4*x"),
        ("(1 - x)**2", "-2*(1 - x)"),
        ("5*(x**3 - 2*x)", "5*(3*x**2 - 2)"),
        ("2*sin(3*x)", "6*cos(3*x)"),
        ("2**x", "0.6931471805599453*2**x"),
        ("exp(-x)", "-exp(-x)"),
    ],
)
def test_that_a_derivative_is_shown_with_its_numbers_in_front(text, shown):
    assert typed(text).derivatives == (shown,)


def test_that_a_rate_is_proposed_that_suits_the_start():
    assert typed("x**2").learning_rate == 0.2
    assert typed("50*x**2").learning_rate == 0.004


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("rosenbrok", "no function 'rosenbrok'"),
        ("x +", "Column 4"),
        ("x.real", "Column 2"),
        ("9**9**9", "Column 1"),
        ("bowl,condition=0", "condition"),
        ("bowl,condition=nan", "condition"),
        ("line,points=1 2 3", "INPUT TARGET"),
        ("line,points=", "INPUT TARGET"),
        ("", "Column 1"),
    ],
)
def test_that_what_stands_for_no_function_is_refused_in_words(text, said):
    with pytest.raises(Refused) as refused:
        function_of(text)
    assert said in str(refused.value.message)


FORMULAS = some.recursive(
    some.sampled_from(["x", "y", "2", "0.5", "pi"]),
    lambda inner: some.one_of(
        some.builds("({}{}{})".format, inner, some.sampled_from(["+", "-", "*", "/", "**", "<", "<=", "%"]), inner),
        some.builds(
            "{}({})".format, some.sampled_from(["-", "sin", "cos", "tanh", "abs", "sign", "exp", "sqrt", "log"]), inner
        ),
        some.builds("where({}, {}, {})".format, inner, inner, inner),
        some.builds("{}({}, {})".format, some.sampled_from(["min", "max"]), inner, inner),
    ),
    max_leaves=8,
)


@given(text=FORMULAS, x=some.floats(-3, 3), y=some.floats(-3, 3))
def test_that_a_formula_has_the_same_value_on_floats_as_in_numpy(text, x, y):
    try:
        expression = parse(text, ("x", "y"))
    except Refused:
        return
    expected = float(expression(x=x, y=y))
    try:
        found = as_scalar([expression], ("x", "y"))(x, y)[0]
    except (ArithmeticError, ValueError):
        return  # somewhere in it numpy went on with infinite or nan
    if math.isfinite(expected):
        assert found == pytest.approx(expected, rel=1e-9, abs=1e-12)


@given(text=FORMULAS, x=some.floats(0.1, 3), y=some.floats(0.1, 3))
def test_that_a_formula_that_is_written_out_reads_the_same(text, x, y):
    try:
        expression = parse(text, ("x", "y"))
    except Refused:
        return
    for part in (expression, expression.derivative("x")):
        out = written(part)
        if out.endswith("..."):
            continue
        try:
            again = parse(out, ("x", "y"))
        except Refused as refused:
            assert "finite" in str(refused.message) or "characters" in str(refused.message), out
            continue
        np.testing.assert_allclose(again(x=x, y=y), part(x=x, y=y), rtol=1e-9)


def test_that_a_branch_that_is_not_taken_is_not_computed():
    scalar = as_scalar([parse("where(x > 0, log(x), 7)", ("x",)), parse("x > 0 and 1/x > 2", ("x",))], ("x",))
    assert scalar(-1.0, 0.0) == (7.0, 0.0)
    assert scalar(0.25, 0.0) == (math.log(0.25), 1.0)


def test_that_long_formulas_can_be_walked_on():
    function = typed("*".join(["x"] * 150))
    assert function.value_at((1.0,)) == 1
    assert function.gradient_at((1.0,)) == (150,)
    assert function.hessian_at((1.0,))[0, 0] == 150 * 149


@pytest.mark.parametrize(
    "text", ["sqrt(" * 30 + "x*x + y" + ")" * 30, "x**" * 30 + "y", "sin(" * 30 + "x*y" + ")" * 30]
)
def test_that_parts_in_each_other_do_not_take_for_ever(text):
    begin = time.process_time()
    function = typed(text)
    slopes = function.gradient_at((1.1, 0.4))
    function.hessian_at((1.1, 0.4))
    assert time.process_time() - begin < 5
    ahead, behind = (function.value_at((1.1 + by, 0.4)) for by in (1e-7, -1e-7))
    assert not math.isfinite(slopes[0]) or slopes[0] == pytest.approx((ahead - behind) / 2e-7, rel=1e-3, abs=1e-6)
