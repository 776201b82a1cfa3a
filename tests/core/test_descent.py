"""Paths on a function: exact, the same in one go and in pieces, seeded, and ended in words."""

import json
import math
import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some
from pydantic import TypeAdapter, ValidationError

from lrgui.core.config.descent import WALKERS, Adam, Lion, Sgd, Walker
from lrgui.core.config.schedule import Constant, Cosine, Shrink
from lrgui.core.descent import DescentConfig, Path, paths_of, rows, step_lines
from lrgui.core.functions import FUNCTIONS, function_of, typed

WALKER = TypeAdapter(Walker)
PARABOLA = FUNCTIONS["parabola"]


def walk(function, walker, steps, start=None, seed=0):
    function = function_of(function) if isinstance(function, str) else function
    walker = WALKER.validate_python(walker) if isinstance(walker, str) else walker
    path = Path(function, start or function.start, walker, steps, seed)
    path.extend_to(steps)
    return path


def test_that_the_run_of_the_article_has_the_numbers_of_a_plain_loop_to_the_last_digit():
    path = walk("x**2", "sgd,learning_rate=0.2,schedule=shrink", 300, (5.0,))
    w, learning_rate = 5.0, 0.2
    for entry in range(301):
        assert path.w[entry, 0] == w
        assert path.f[entry] == w**2
        assert path.gradient[entry, 0] == 2 * w
        assert path.learning_rate[entry] == learning_rate
        w = w - learning_rate * (2 * w)
        learning_rate -= learning_rate / 100


def test_that_momentum_and_adam_have_the_numbers_of_plain_loops_to_the_last_digit():
    heavy, adam = (walk("x**2", f"{name},learning_rate=0.1", 100, (5.0,)) for name in ("momentum", "adam"))
    w = x = 5.0
    velocity = mean = square = 0.0
    for step in range(1, 101):
        velocity = 0.9 * velocity - 0.1 * (2 * w)
        w = w + velocity
        slope = 2 * x
        mean += (slope - mean) * (1 - 0.9)
        square += (slope * slope - square) * (1 - 0.999)
        x = x - mean * (0.1 * math.sqrt(1 - 0.999**step) / (1 - 0.9**step)) / (math.sqrt(square) + 1e-7)
        assert (heavy.w[step, 0], adam.w[step, 0]) == (w, x)


@pytest.mark.parametrize("kind", WALKERS)
@pytest.mark.parametrize("name", ["double_well", "himmelblau"])
def test_that_a_path_is_the_same_in_one_go_and_in_pieces(kind, name):
    walker = kind(learning_rate=0.01, noise=0.5, schedule=Cosine())
    whole, pieces = (Path(FUNCTIONS[name], FUNCTIONS[name].start, walker, 1500, 3) for _ in range(2))
    whole.extend_to(1500)
    for step in range(0, 1501, 100):
        pieces.extend_to(step)
        assert pieces.known > step
    for column in ("w", "f", "gradient", "learning_rate", "update"):
        assert np.array_equal(getattr(whole, column), getattr(pieces, column))
    assert whole.ended == pieces.ended
    assert whole.complete and pieces.complete


def test_that_nothing_is_computed_before_it_is_asked_for():
    path = Path(PARABOLA, (5.0,), Sgd(), 10_000)
    assert path.known == 1
    path.extend_to(10)
    assert 10 < path.known < 2000
    assert not path.complete


def test_that_noise_is_seeded_the_same_for_all_walkers_and_part_of_the_gradient():
    paths = [walk("parabola", Sgd(learning_rate=rate, noise=2.0), 400, (5.0,), seed=7) for rate in (0.1, 0.2)]
    off = [path.gradient[:, 0] - 2 * path.w[:, 0] for path in paths]
    np.testing.assert_allclose(off[0], off[1], atol=1e-12)
    assert np.std(off[0]) == pytest.approx(2, rel=0.1)
    other = walk("parabola", Sgd(learning_rate=0.1, noise=2.0), 400, (5.0,), seed=8)
    assert not np.allclose(other.w, paths[0].w)
    np.testing.assert_allclose(paths[0].update, -0.1 * paths[0].gradient[:-1], atol=1e-12)


@pytest.mark.parametrize(
    ("function", "start", "walker", "name", "said"),
    [
        ("x**2", (5.0,), "sgd,learning_rate=1.1", "diverged", "diverged at step 18: above 2/L = 1"),
        ("2*x**2", (5.0,), "sgd,learning_rate=3", "diverged", "above 2/L = 0.5"),
        ("x**2", (5.0,), "momentum,learning_rate=2", "diverged", "above 2(1+beta)/L = 1.9"),
        ("x**2", (5.0,), "nesterov,learning_rate=0.7", "diverged", "above 2(1+beta)/((1+2 beta)L) = 0.68"),
        ("exp(x*x)", (3.0,), "sgd", "diverged", "diverged at step 1: above 2/L"),
        ("x**2", (5.0,), "lion,learning_rate=400", "diverged", "ever further up"),
        ("x**2", (5.0,), "sgd,learning_rate=0.2", "arrived", "arrived at step 20"),
        ("double_well", (3.0,), "sgd,learning_rate=0.02", "caught", "-3.016, where -5.015 is possible"),
        ("saddle", (2.5, 0.0), "sgd", "saddle", "stuck at a saddle"),
        ("saddle", (2.5, 0.5), "sgd", "fell", "no bottom there"),
        ("plateau", (5.5,), "sgd", "plateau", "stuck on a plateau at step 0"),
        ("log(x)", (1.0,), "sgd", "no value", "where step 6 leads"),
        ("log(x)", (-1.0,), "sgd", "no value", "no value at the start"),
        ("x**2", (5.0,), "sgd,learning_rate=0.1,schedule=exponential:factor=0.5", "stalled", "before it arrived"),
        ("x**2", (5.0,), "sgd,learning_rate=0.2,schedule=cosine,noise=1", "settled", "beside the minimum"),
    ],
)
def test_that_a_walk_ends_with_a_sentence(function, start, walker, name, said):
    path = walk(function, walker, 200, start)
    assert path.ended is not None
    assert path.ended.name == name
    assert said in str(path.ended.message)


@pytest.mark.parametrize(("function", "walker"), [("rosenbrock", "sgd,learning_rate=0.0005"), ("parabola", "lion")])
def test_that_a_walker_that_is_on_its_way_has_not_ended(function, walker):
    assert walk(function, walker, 200).ended is None


def test_that_a_walker_at_rest_goes_on_and_may_be_carried_away():
    path = walk("two_valleys", "sgd,learning_rate=1.3,schedule=sgdr:first_cycle=20:multiplier=2", 220)
    deepest, local = (np.array(minimum.position) for minimum in path.function.minima)
    assert np.abs(path.w[[19, 59]] - local).max() < 0.1
    assert np.abs(path.w[-1] - deepest).max() < 1e-3
    assert path.ended is not None and path.ended.name == "arrived"
    assert path.ended.step > 60


@given(
    name=some.sampled_from(sorted(FUNCTIONS)),
    kind=some.sampled_from(WALKERS),
    rate=some.floats(1e-6, 1e3),
    share=some.tuples(some.floats(0, 1), some.floats(0, 1)),
)
def test_that_whatever_walks_there_is_no_nan_and_no_warning(name, kind, rate, share):
    function = FUNCTIONS[name]
    start = tuple(low + part * (high - low) for (low, high), part in zip(function.view, share, strict=False))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        path = walk(function, kind(learning_rate=rate), 60, start)
    for column in ("w", "f", "gradient", "learning_rate"):
        assert np.isfinite(getattr(path, column)).all()
        assert len(getattr(path, column)) == path.known
    assert path.complete
    assert path.known == 61 or path.ended is not None


@pytest.mark.parametrize(
    "formula", ["1/x", "log(x)", "exp(exp(x))", "x**x", "tan(x)", "1/(x*y)", "sqrt(x - 4) + y", "7"]
)
@pytest.mark.parametrize("kind", WALKERS)
def test_that_functions_with_gaps_and_walls_end_in_words_too(formula, kind):
    path = walk(typed(formula), kind(learning_rate=50.0), 50)
    assert np.isfinite(path.w).all() and np.isfinite(path.f).all() and np.isfinite(path.gradient).all()
    assert path.known == 51 or path.ended is not None


def test_that_the_rate_after_the_last_step_is_the_one_to_go_on_with():
    assert walk("parabola", Sgd(learning_rate=0.5, schedule=Constant()), 10).learning_rate[-1] == 0.5
    shrinking = walk("parabola", Sgd(learning_rate=0.5, schedule=Shrink()), 10).learning_rate
    assert shrinking[-1] == shrinking[-2] - shrinking[-2] / 100
    over = walk("parabola", Sgd(learning_rate=0.5, schedule=Cosine()), 10).learning_rate
    assert over[-1] == over[-2]


@pytest.mark.parametrize("kind", WALKERS)
@pytest.mark.parametrize("name", ["parabola", "bowl"])
def test_that_the_parts_of_a_step_add_up(kind, name):
    path = walk(name, kind(learning_rate=0.05), 10)
    for entry in range(10):
        move = path.move(entry)
        carried = move.carried or (0.0,) * len(move.update)
        np.testing.assert_allclose(np.add(move.own, carried), move.update)
        np.testing.assert_allclose(move.update, path.update[entry], rtol=1e-12)


def test_that_the_carried_part_of_a_step_is_what_would_be_left_without_the_gradient():
    path = walk("bowl", "momentum,learning_rate=0.02", 10)
    np.testing.assert_allclose(path.move(4).carried, 0.9 * path.update[3])
    np.testing.assert_allclose(path.move(4).own, -0.02 * path.gradient[4])
    assert path.move(0).carried == (0.0, 0.0)


@pytest.mark.parametrize("walker", ["adagrad", "rmsprop", "adadelta"])
def test_that_the_scale_of_an_adaptive_rule_times_the_gradient_is_its_step(walker):
    path = walk("bowl", walker, 10)
    move = path.move(5)
    np.testing.assert_allclose(-np.multiply(move.scale, path.gradient[5]), move.update, rtol=1e-9)


def test_that_a_step_is_written_out_with_its_numbers():
    path = walk("parabola", "sgd,learning_rate=0.2", 3, (2.4,))
    assert [str(line) for line in step_lines(path, 0)] == ["w = 2.4 - 0.2 × 4.8 = 1.44"]  # noqa: RUF001
    path = walk("parabola", "sgd,learning_rate=0.2", 3, (-2.4,))
    assert [str(line) for line in step_lines(path, 0)] == ["w = -2.4 - 0.2 × (-4.8) = -1.44"]  # noqa: RUF001
    path = walk("bowl", "sgd,learning_rate=0.1", 3, (2.0, -1.0))
    assert [str(line) for line in step_lines(path, 0)] == ["w = (2, -1) - 0.1 × (2, -10) = (1.8, 0)"]  # noqa: RUF001


def computed(line):
    """Work out the left of the last equals sign as a person would, and return both sides."""
    _, middle, right = str(line).split(" = ")
    words = middle.replace("×", "*").replace("^", "**").replace("²", "**2")  # noqa: RUF001
    words = words.replace("√(", "math.sqrt(")
    while "√" in words:
        head, _, tail = words.partition("√")
        number = tail.split(" ")[0].rstrip(")")
        words = f"{head}math.sqrt({number}){tail[len(number) :]}"
    sign = {"sign": lambda number: (number > 0) - (number < 0), "math": math, "max": max}
    return eval(words, sign), float(right)


@pytest.mark.parametrize("entry", [0, 7])
@pytest.mark.parametrize(
    "walker",
    [kind() for kind in WALKERS]
    + [Adam(bias_correction=False), Adam(amsgrad=True), Sgd(momentum=0.5, nesterov=True)]
    + [WALKER.validate_python("rmsprop,centered=true,momentum=0.5,epsilon=0.001")],
    ids=lambda walker: walker.name,
)
def test_that_each_line_of_a_step_comes_out_when_it_is_computed_by_hand(walker, entry):
    path = walk("parabola", walker, 10, (-2.4,))
    lines = step_lines(path, entry, digits=12)
    for line in lines:
        left, right = computed(line)
        assert left == pytest.approx(right, rel=1e-8, abs=1e-12)
    assert computed(lines[-1])[1] == pytest.approx(path.w[entry + 1, 0], rel=1e-10)


def test_that_the_table_holds_what_was_computed_and_nothing_rounded():
    path = walk("himmelblau", "sgd,learning_rate=0.01", 10)
    table = rows(path)
    assert [row.step for row in table] == list(range(11))
    assert table[3].w == tuple(path.w[3].tolist())
    assert table[3].update == tuple((path.w[4] - path.w[3]).tolist())
    assert table[10].update is None
    assert [row.step for row in rows(path, 2, 4)] == [2, 3]


def test_that_the_distance_is_to_the_nearest_of_the_deepest_minima():
    path = walk("himmelblau", "sgd,learning_rate=0.01", 100, (4.0, 1.0))
    assert path.distance is not None
    assert path.distance[0] == pytest.approx(math.hypot(1, 1))
    assert path.distance[-1] < 1e-6
    assert walk("x", "sgd", 3).distance is None


def test_that_a_lab_comes_back_from_json():
    config = DescentConfig(
        function="bowl,condition=30",
        start=(1.0, 2.0),
        walkers=("adam,learning_rate=0.3,schedule=cosine:floor=0.1", Lion()),
        steps=30,
        seed=4,
    )
    again = DescentConfig.model_validate(json.loads(config.model_dump_json()))
    assert again == config
    assert [path.walker.name for path in paths_of(again)] == ["adam", "lion"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"function": "x +"},
        {"start": (1.0, 2.0)},
        {"start": (1e9,)},
        {"start": "a"},
        {"walkers": ()},
        {"walkers": ("sgd",) * 9},
        {"walkers": ("sgd,learning_rate=0",)},
        {"steps": 0},
    ],
)
def test_that_a_lab_that_cannot_be_is_refused(wrong):
    with pytest.raises(ValidationError):
        DescentConfig(**wrong)


def test_that_commas_and_colons_in_a_formula_belong_to_it():
    walker = WALKER.validate_python("sgd,learning_rate=0.5,schedule=expression:formula=min(rate, 0.1)")
    assert walk("parabola", walker, 5).learning_rate.tolist() == [0.1] * 6
