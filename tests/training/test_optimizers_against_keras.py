"""Each walker of the lab and Keras's own optimizer, on the same function from the same start, step for step."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from lrgui.core.config.descent import (
    WALKERS,
    Adadelta,
    Adagrad,
    Adam,
    AdamW,
    AmsGrad,
    Lion,
    Momentum,
    Nesterov,
    RmsProp,
    Sgd,
)
from lrgui.core.config.schedule import Exponential
from lrgui.core.descent import Path
from lrgui.core.functions import FUNCTIONS

optimizers = keras.optimizers
STEPS = 40
START = (-1.2, 1.0)

# Next to the defaults, and whole in 32 bits: Keras takes its powers of what 32 bits keep of a beta, so that with 0.999
# its bias correction is off by 1e-5, on whatever function and in whatever precision.
BETAS = {"beta_1": 0.875, "beta_2": 1 - 2**-10}

PAIRS = {
    "sgd": (Sgd(learning_rate=0.001), optimizers.SGD, {}),
    "sgd with momentum": (Sgd(learning_rate=5e-4, momentum=0.8), optimizers.SGD, {"momentum": 0.8}),
    "sgd with Nesterov": (
        Sgd(learning_rate=5e-4, momentum=0.8, nesterov=True),
        optimizers.SGD,
        {"momentum": 0.8, "nesterov": True},
    ),
    "momentum": (Momentum(learning_rate=5e-4), optimizers.SGD, {"momentum": 0.9}),
    "nesterov": (Nesterov(learning_rate=3e-4), optimizers.SGD, {"momentum": 0.9, "nesterov": True}),
    "adagrad": (Adagrad(learning_rate=0.3), optimizers.Adagrad, {}),
    "rmsprop": (RmsProp(learning_rate=0.03), optimizers.RMSprop, {}),
    "rmsprop with momentum": (
        RmsProp(learning_rate=0.02, rho=0.8, momentum=0.5),
        optimizers.RMSprop,
        {"rho": 0.8, "momentum": 0.5},
    ),
    "rmsprop, centered": (
        RmsProp(learning_rate=0.01, centered=True, epsilon=1e-3),
        optimizers.RMSprop,
        {"centered": True, "epsilon": 1e-3},
    ),
    "adam": (Adam(learning_rate=0.1, **BETAS), optimizers.Adam, BETAS),
    "adam with another epsilon": (
        Adam(learning_rate=0.1, beta_1=0.5, beta_2=0.75, epsilon=1e-3),
        optimizers.Adam,
        {"beta_1": 0.5, "beta_2": 0.75, "epsilon": 1e-3},
    ),
    "adam with amsgrad": (
        Adam(learning_rate=0.1, amsgrad=True, **BETAS),
        optimizers.Adam,
        {"amsgrad": True, **BETAS},
    ),
    "amsgrad": (
        AmsGrad(learning_rate=0.2, beta_1=0.5, beta_2=0.75),
        optimizers.Adam,
        {"beta_1": 0.5, "beta_2": 0.75, "amsgrad": True},
    ),
    "adamw": (
        AdamW(learning_rate=0.1, weight_decay=0.3, **BETAS),
        optimizers.AdamW,
        {"weight_decay": 0.3, **BETAS},
    ),
    "adadelta": (Adadelta(learning_rate=1.0), optimizers.Adadelta, {}),
    "lion": (Lion(learning_rate=0.02), optimizers.Lion, {}),
}


@pytest.fixture(autouse=True)
def double_precision():
    """Let Keras keep rates and places in 64 bits."""
    before = keras.config.floatx()
    keras.config.set_floatx("float64")
    yield
    keras.config.set_floatx(before)


def gradient_of_rosenbrock(variable):
    with tf.GradientTape() as tape:
        x, y = tf.unstack(variable.value)
        loss = (1 - x) ** 2 + 100 * (y - x**2) ** 2
    return tape.gradient(loss, variable.value)


def keras_path(optimizer, rates):
    variable = keras.Variable(np.array(START), dtype="float64")
    places = [variable.numpy()]
    for rate in rates:
        optimizer.learning_rate = float(rate)
        optimizer.apply([gradient_of_rosenbrock(variable)], [variable])
        places.append(variable.numpy())
    return np.array(places)


@pytest.mark.parametrize(("walker", "optimizer", "fields"), PAIRS.values(), ids=PAIRS)
def test_that_a_walker_takes_the_steps_of_keras(walker, optimizer, fields):
    path = Path(FUNCTIONS["rosenbrock"], START, walker, STEPS)
    path.extend_to(STEPS)
    assert path.known == STEPS + 1
    assert np.abs(path.update).max() > 1e-3
    expected = keras_path(optimizer(walker.learning_rate, **fields), [walker.learning_rate] * STEPS)
    np.testing.assert_allclose(path.w, expected, rtol=0, atol=1e-6)


def test_that_a_schedule_changes_the_rate_of_each_step_as_it_does_in_keras():
    walker = AdamW(
        learning_rate=0.5, weight_decay=0.25, **BETAS, schedule=Exponential(factor=0.5, every=8, staircase=True)
    )
    path = Path(FUNCTIONS["rosenbrock"], START, walker, 40)
    path.extend_to(40)
    expected = keras_path(optimizers.AdamW(0.5, weight_decay=0.25, **BETAS), 0.5 * 0.5 ** (np.arange(40) // 8))
    np.testing.assert_allclose(path.w, expected, rtol=0, atol=1e-6)


def test_that_every_walker_is_held_against_keras():
    assert {type(walker) for walker, *_ in PAIRS.values()} == set(WALKERS)


def test_that_fields_have_the_defaults_of_keras():
    of_keras = {"adagrad": "Adagrad", "rmsprop": "RMSprop", "adam": "Adam", "adamw": "AdamW", "adadelta": "Adadelta"}
    for kind in WALKERS:
        walker = kind()
        if (name := of_keras.get(walker.name)) is None:
            continue
        config = getattr(optimizers, name)().get_config()
        ours = walker.model_dump(exclude={"name", "learning_rate", "schedule", "noise", "bias_correction"})
        assert ours == {field: config[field] for field in ours}
