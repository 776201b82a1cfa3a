"""What each update rule is known for."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from lrgui.core.config.descent import Adagrad, Adam, AdamW, AmsGrad, Lion, Momentum, Nesterov, RmsProp, Sgd
from lrgui.core.optimizers import rule_of

GRADIENTS = some.lists(some.floats(-100, 100), min_size=1, max_size=30)
RATE = 0.1


def states(walker, gradients, start=3.0):
    """Let a rule see these gradients, wherever it goes; return each state, the first one included."""
    rule = rule_of(walker)
    seen = [(start, *rule.initial)]
    for step, gradient in enumerate(gradients):
        seen.append(rule.update(seen[-1], gradient, RATE, step))
    return np.array(seen)


def same(one, other, gradients):
    assert np.array_equal(states(one, gradients)[:, 0], states(other, gradients)[:, 0])


@given(GRADIENTS)
def test_that_rules_fall_together_where_they_are_the_same(gradients):
    same(Momentum(momentum=0), Sgd(), gradients)
    same(Nesterov(momentum=0), Sgd(), gradients)
    same(Momentum(momentum=0.7), Sgd(momentum=0.7), gradients)
    same(Nesterov(momentum=0.7), Sgd(momentum=0.7, nesterov=True), gradients)
    same(AdamW(weight_decay=0), Adam(), gradients)
    same(AmsGrad(), Adam(amsgrad=True), gradients)


@given(some.floats(-50, 50).filter(lambda gradient: abs(gradient) > 0.01))
def test_that_the_first_step_of_adam_is_as_long_as_the_rate(gradient):
    moved = states(Adam(), [gradient])[1, 0] - 3.0
    assert moved == pytest.approx(-RATE * np.sign(gradient), rel=1e-3)


@given(GRADIENTS)
def test_that_every_step_of_lion_is_as_long_as_the_rate_or_none(gradients):
    steps = np.abs(np.diff(states(Lion(), gradients)[:, 0]))
    assert (np.isclose(steps, RATE) | (steps == 0)).all()


@given(GRADIENTS)
def test_that_the_largest_square_of_amsgrad_never_falls(gradients):
    largest = states(AmsGrad(), gradients)[:, 3]
    assert (np.diff(largest) >= 0).all()
    assert (largest >= states(AmsGrad(), gradients)[:, 2]).all()


@given(some.floats(0.01, 50), some.integers(2, 40))
def test_that_the_steps_of_adagrad_only_shrink(gradient, count):
    steps = np.abs(np.diff(states(Adagrad(), [gradient] * count)[:, 0]))
    assert (np.diff(steps) < 0).all()


def test_that_momentum_grows_to_ten_times_the_step():
    steps = np.diff(states(Momentum(), [1.0] * 200)[:, 0])
    assert steps[0] == pytest.approx(-RATE)
    assert steps[-1] == pytest.approx(-RATE / (1 - 0.9))


def test_that_rmsprop_centered_takes_longer_steps_where_the_gradient_is_steady():
    plain, centered = (
        abs(np.diff(states(RmsProp(centered=on, epsilon=1e-3), [1.0] * 80)[:, 0])[-1]) for on in (False, True)
    )
    assert centered > 5 * plain


def test_that_weight_decay_pulls_to_zero_without_any_gradient():
    assert states(AdamW(weight_decay=0.5), [0.0])[1, 0] == 3.0 - 3.0 * 0.5 * RATE
