"""One call in a script: a rate, and the model as it was."""

import keras
import numpy as np
import pytest

from lrgui import find_learning_rate
from lrgui.core.messages import Refused
from lrgui.script.result import Suggested, SweepResult
from lrgui.training.own.kind import kind_of
from lrgui.training.own.snapshot import fingerprint
from tests.script.learnable import EXAMPLES, LABELS, classifier


@pytest.fixture(scope="module")
def found():
    """A model that was trained a little, its hash, and what a sweep of it has found."""
    model = classifier()
    model.fit(EXAMPLES, LABELS, verbose=0, shuffle=False)
    return model, fingerprint(model), find_learning_rate(model, EXAMPLES, LABELS, start=1e-5, steps=60)


def test_that_a_rate_is_recommended_in_a_range_with_its_reason(found):
    _, _, result = found
    assert 1e-4 < result.low < result.recommended <= result.high < 10
    assert result.reason.endswith(".") and result.message.endswith(".")
    assert list(result.suggestions) == ["valley", "steepest", "minimum"]
    assert all(isinstance(each, Suggested) and each.reason for each in result.suggestions.values())


def test_that_rates_and_losses_are_those_of_the_steps(found):
    _, _, result = found
    assert result.learning_rates[0] == pytest.approx(1e-5) and (np.diff(result.learning_rates) > 0).all()
    assert result.losses.shape == result.learning_rates.shape and len(result.losses) > 20


def test_that_the_model_is_as_before_and_the_result_shows_it(found):
    model, before, result = found
    assert fingerprint(model) == before and result.fingerprints == (before, before) and result.unchanged


def test_that_the_repr_is_one_short_line(found):
    text = repr(found[2])
    assert text.startswith("SweepResult(recommended=") and len(text) < 90 and "\n" not in text


def test_that_the_plot_is_drawn_by_matplotlib_or_says_that_it_is_missing(found):
    try:
        import matplotlib
    except ImportError:
        with pytest.raises(ImportError, match="pip install matplotlib"):
            found[2].plot()
        return
    matplotlib.use("Agg")
    axes = found[2].plot()
    assert axes.get_xscale() == "log" and len(axes.lines) >= 2


def test_that_a_sweep_that_shows_nothing_says_so(found):
    model, before, _ = found
    result = find_learning_rate(model, EXAMPLES, LABELS, start=1e-12, stop=1e-11, steps=10)
    assert (result.recommended, result.low, result.high) == (None, None, None)
    assert "never clearly fell" in result.reason and "None" in repr(result)
    assert fingerprint(model) == before


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"start": 1.0, "stop": 0.1}, "stop=0.1"),
        ({"steps": 1}, "steps=1"),
        ({"start": -1.0}, "start=-1.0"),
        ({"smoothing": 1.0}, "smoothing=1.0"),
        ({"repeats": 0}, "repeats=0"),
    ],
)
def test_that_an_argument_out_of_its_bounds_is_named(given, told):
    with pytest.raises(ValueError, match=told):
        find_learning_rate(None, EXAMPLES, LABELS, **given)


def test_that_a_model_that_is_not_compiled_is_refused_before_the_data_are_looked_at():
    with pytest.raises(Refused, match=r"model\.compile"):
        find_learning_rate(keras.Sequential([keras.layers.Dense(1)]), object())


def test_that_a_result_without_a_step_has_nothing_to_say(found):
    from lrgui.core.runs import History

    empty = SweepResult(History(), found[2]._swept, 0.9)
    assert empty.recommended is None and len(empty.losses) == 0 and empty.suggestions == {}
    assert "no sweep" in empty.reason


class Mine(keras.optimizers.Adam):
    """Somebody's own."""


@pytest.mark.parametrize(
    ("optimizer", "kind"),
    [
        (keras.optimizers.SGD(0.1), "sgd"),
        (keras.optimizers.SGD(0.1, momentum=0.5), "sgd"),
        (Mine(), "adam"),
        (keras.optimizers.AdamW(), "adamw"),
        (keras.optimizers.LossScaleOptimizer(keras.optimizers.Lion()), "lion"),
        (keras.optimizers.Optimizer(0.1), None),
    ],
)
def test_that_the_advice_knows_the_kind_of_the_optimizer(optimizer, kind):
    choice = kind_of(optimizer)
    assert (choice and choice.name) == kind
    if kind == "sgd":
        assert (choice.momentum > 0) == (optimizer.momentum > 0)
