"""2/L and its kin: against numpy's eigenvalues, and against what happens on quadratics."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from lrgui.core.config.descent import WALKERS, Momentum, Nesterov, Sgd
from lrgui.core.descent import Path, largest_curvature, regime, stability
from lrgui.core.functions import FUNCTIONS, bowl, least_squares, typed

LINEAR = [Sgd, Momentum, Nesterov]


@given(a=some.floats(0.1, 5), b=some.floats(-2, 2), c=some.floats(0.1, 5))
def test_that_l_is_the_largest_eigenvalue_of_a_quadratic(a, b, c):
    function = typed(f"{a!r}*x**2 + {b!r}*x*y + {c!r}*y**2")
    expected = np.linalg.eigvalsh(np.array([[2 * a, b], [b, 2 * c]]))[-1]
    assert largest_curvature(function, (1.0, -2.0)) == pytest.approx(expected, rel=1e-12)
    assert stability(Sgd(), function, (0.0, 0.0)).limit == pytest.approx(2 / expected, rel=1e-12)


def test_that_l_of_rosenbrock_is_that_of_its_hessian():
    x, y = -1.2, 1.0
    hessian = np.array([[2 - 400 * (y - 3 * x**2), -400 * x], [-400 * x, 200]])
    assert largest_curvature(FUNCTIONS["rosenbrock"], (x, y)) == pytest.approx(np.linalg.eigvalsh(hessian)[-1])


def test_that_l_of_the_least_squares_is_that_of_the_data():
    inputs = np.array([0.0, 1.0, 3.0])
    table = np.stack([inputs, np.ones(3)], axis=1)
    expected = np.linalg.eigvalsh(2 / 3 * table.T @ table)[-1]
    assert largest_curvature(least_squares([(0, 1), (1, 2), (3, 0)]), (5.0, 5.0)) == pytest.approx(expected)


def went_away(walker, condition, start=(1.0, 1.0), steps=4000):
    path = Path(bowl(condition), start, walker, steps)
    path.extend_to(steps)
    return path.ended is not None and path.ended.name == "diverged"


@pytest.mark.parametrize("kind", LINEAR)
@pytest.mark.parametrize("condition", [1.0, 7.0, 40.0])
@pytest.mark.parametrize("momentum", [0.0, 0.5, 0.9])
def test_that_a_quadratic_is_left_above_the_limit_and_only_there(kind, condition, momentum):
    limit = stability(kind(momentum=momentum), bowl(condition), (1.0, 1.0)).limit
    assert limit is not None
    assert went_away(kind(learning_rate=limit * 1.01, momentum=momentum), condition)
    below = Path(bowl(condition), (1.0, 1.0), kind(learning_rate=limit * 0.99, momentum=momentum), 4000)
    below.extend_to(4000)
    assert below.f[-1] < 1e-6


@pytest.mark.parametrize(
    ("walker", "limit", "formula"),
    [
        (Sgd(), 2 / 10, "2/L"),
        (Sgd(momentum=0.5), 3 / 10, "2(1+beta)/L"),
        (Momentum(), 3.8 / 10, "2(1+beta)/L"),
        (Nesterov(), 3.8 / 2.8 / 10, "2(1+beta)/((1+2 beta)L)"),
        (Sgd(momentum=0.9, nesterov=True), 3.8 / 2.8 / 10, "2(1+beta)/((1+2 beta)L)"),
    ],
)
def test_that_limits_are_those_of_the_books(walker, limit, formula):
    found = stability(walker, bowl(10), (0.0, 0.0))
    assert (found.limit, found.formula, found.curvature) == (pytest.approx(limit), formula, pytest.approx(10))


@pytest.mark.parametrize("kind", [kind for kind in WALKERS if kind not in LINEAR])
def test_that_adaptive_rules_have_no_limit_and_no_regime(kind):
    assert stability(kind(), bowl(10), (1.0, 1.0)).limit is None
    assert regime(kind(), bowl(10), (1.0, 1.0), 0.1) is None


@pytest.mark.parametrize(
    ("text", "point"), [("-x**2", (1.0,)), ("x", (0.0,)), ("sqrt(x - 1)", (0.0,)), ("abs(x)", (0.0,))]
)
def test_that_there_is_no_limit_where_nothing_curves_upwards(text, point):
    found = stability(Sgd(), typed(text), point)
    assert found.limit is None
    assert regime(Sgd(), typed(text), point, 0.1) is None


def test_that_what_a_rate_does_is_named_as_it_happens():
    parabola = typed("x**2")
    named = {rate: regime(Sgd(), parabola, (5.0,), rate) for rate in (0.001, 0.2, 0.5, 0.7, 0.999, 1.0, 1.01)}
    assert [found.name for found in named.values()] == [
        "creeps",
        "converges",
        "converges",
        "overshoots",
        "oscillates",
        "oscillates",
        "diverges",
    ]
    assert str(named[0.2].message).startswith("converges straight")


@pytest.mark.parametrize("kind", LINEAR)
@given(momentum=some.floats(0, 0.95), share=some.floats(0.001, 1.3))
def test_that_the_regime_is_what_a_walk_on_a_parabola_does(kind, momentum, share):
    function = typed("x**2")
    walker = kind(momentum=momentum)
    rate = stability(walker, function, (1.0,)).limit * share
    found = regime(walker, function, (1.0,), rate)
    path = Path(function, (1.0,), kind(momentum=momentum, learning_rate=rate), 600)
    path.extend_to(600)
    if found.name == "diverges":
        assert share > 1
        assert (path.ended is not None and path.ended.name == "diverged") or path.f[-1] > path.f[0] * (1 + 1e-9)
        return
    assert share <= 1 + 1e-9
    assert path.ended is None or path.ended.name == "arrived"
    crossed = (path.w[:, 0] < 0).any()
    # In slow swings the first crossing may come after all these steps.
    assert not crossed or found.name in ("overshoots", "oscillates")


def test_that_where_it_curves_up_and_down_no_rate_is_said_to_converge():
    saddle = FUNCTIONS["saddle"]
    assert {regime(Sgd(), saddle, (0.0, y), 0.1).name for y in (0.0, 0.1, -2.0)} == {"mixed"}
    assert regime(Sgd(), saddle, (0.0, 0.1), 100.0).name == "diverges"
    assert regime(Sgd(), typed("x**2 + 0*y"), (1.0, 1.0), 0.1).name == "converges"
