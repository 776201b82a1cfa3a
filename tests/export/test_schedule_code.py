"""The code that is copied gives Keras the rates of our table, step by step."""

import ast

import numpy as np
import pytest

from lrgui.core.config import SCHEDULES, TrainingConfig
from lrgui.core.config.fields import choice_name
from lrgui.core.config.optimizer import Sgd
from lrgui.core.config.schedule import (
    Constant,
    Cosine,
    Drawn,
    Exponential,
    Formula,
    HoldThenDecay,
    InverseSqrt,
    Linear,
    OneCycle,
    Piecewise,
    Sgdr,
    Step,
)
from lrgui.core.schedules import rates
from lrgui.export.schedule_code import schedule_code

EPOCHS, STEPS_PER_EPOCH = 4, 5
PIECEWISE = Piecewise(boundaries="1ep 12", shares="1 0.5 0.1")
OF_THEIR_OWN = {"piecewise": PIECEWISE, "hold_then_decay": HoldThenDecay(hold="2ep")}

VARIED = {
    "a linear warm-up that Keras knows": Cosine(warmup="1ep", warmup_start=0.1, floor=0.05),
    "an exponential warm-up": Cosine(warmup="1ep", warmup_shape="exponential", floor=0.05),
    "a warm-up in front of Keras's own": Exponential(warmup=7, factor=0.9, every=2, staircase=True),
    "a warm-up in front of nothing": Constant(warmup="1ep"),
    "a warm-up in front of a formula": Formula(warmup=3, formula="where(epoch < 1, rate, rate / (2 + step % 3))"),
    "a transformer's": InverseSqrt(warmup="1ep", scale="1ep"),
    "a hold in steps": HoldThenDecay(hold=7, every=3, decay=0.2),
    "a decay that is over early": Linear(length=8, floor=0.2),
    "lower restarts": Sgdr(first_cycle=3, multiplier=2, amplitude=0.5, floor=0.1),
    "three straight phases": OneCycle(phases="three", shape="linear", length=18),
    "lines on a log axis": Drawn(points="0.1:1 0.5:0.3 0.9:0.001", lines="log"),
}
CASES = {choice_name(kind): OF_THEIR_OWN.get(choice_name(kind)) or kind() for kind in SCHEDULES} | VARIED


def config_of(schedule, **fields):
    """Return a training of 4 epochs of 5 steps."""
    return TrainingConfig(**{"schedule": schedule, "epochs": EPOCHS, "batch_size": 1437 // STEPS_PER_EPOCH, **fields})


@pytest.fixture(scope="module")
def model():
    """A model of one weight, whose fits are quick."""
    import keras

    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
    model.compile(keras.optimizers.SGD(), "mse")
    return model


def rates_in_keras(code, model):
    """Run the code, use what it defines as it says, and return the rate that Keras takes at each step."""
    import keras

    defined, seen = {}, []
    exec(compile(code, "copied", "exec"), defined)
    rate, callbacks = defined["learning_rate"], defined["callbacks"]
    if isinstance(rate, keras.optimizers.schedules.LearningRateSchedule):
        assert callbacks == []
        return np.array([float(rate(step)) for step in range(EPOCHS * STEPS_PER_EPOCH)])

    class Watch(keras.callbacks.Callback):
        def on_train_batch_begin(self, batch, logs=None):
            seen.append(float(self.model.optimizer.learning_rate.numpy()))

    model.optimizer.learning_rate = rate
    data = np.zeros((STEPS_PER_EPOCH, 1), np.float32)
    model.fit(data, data, batch_size=1, epochs=EPOCHS, shuffle=False, verbose=0, callbacks=[*callbacks, Watch()])
    return np.array(seen)


# Keras's own callback asks for its variable in a way that numpy no longer likes.
@pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")
@pytest.mark.parametrize("name", CASES)
def test_that_the_code_of_every_schedule_gives_keras_our_rates(name, model):
    config = config_of(CASES[name])
    assert config.steps_per_epoch == STEPS_PER_EPOCH
    ours = rates(config.schedule, config.learning_rate, EPOCHS * STEPS_PER_EPOCH, STEPS_PER_EPOCH)
    np.testing.assert_allclose(rates_in_keras(schedule_code(config), model), ours, rtol=2e-6, atol=2e-10)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("cosine", "schedules.CosineDecay("),
        ("sgdr", "schedules.CosineDecayRestarts("),
        ("exponential", "schedules.ExponentialDecay("),
        ("step", "staircase=True"),
        ("piecewise", "schedules.PiecewiseConstantDecay([4, 11], "),
        ("polynomial", "schedules.PolynomialDecay("),
        ("inverse_time", "schedules.InverseTimeDecay("),
        ("a linear warm-up that Keras knows", "warmup_steps=5"),
        ("hold_then_decay", "keras.callbacks.LearningRateScheduler(rate_of)"),
        ("shrink", "# rate -= rate / 100 at every step"),
    ],
)
def test_that_it_is_keras_own_where_there_is_one_and_plain_elsewhere(name, words):
    code = schedule_code(config_of(CASES[name]))
    assert words in code
    assert ("EachStep" in code) == (name == "shrink")


@pytest.mark.parametrize("name", CASES)
def test_that_it_imports_only_what_it_uses_and_nothing_of_ours(name):
    code = schedule_code(config_of(CASES[name]))
    imported = {
        alias.name for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Import) for alias in node.names
    }
    used = {name for name, word in (("math", "math."), ("numpy", "np."), ("keras", "keras.")) if word in code}
    assert imported == used
    assert "lrgui" not in code
    assert all(len(line) <= 120 for line in code.splitlines())


def test_that_the_example_of_the_article_comes_out_as_it_stands_there():
    code = schedule_code(TrainingConfig(schedule=HoldThenDecay(), epochs=15))
    assert "    return rate if epoch < 10 else rate * math.exp(-0.1)\n" in code
    assert "learning_rate = 0.001\n" in code


def test_that_it_says_for_which_run_it_is_and_how_to_use_it():
    code = schedule_code(config_of(Step(), optimizer=Sgd(momentum=0.9)))
    assert code.startswith("# Step: 20 steps, 4 epochs of 5 steps.\n")
    assert "keras.optimizers.SGD(learning_rate, momentum=0.9)" in code
    assert "epochs=4, batch_size=287, callbacks=callbacks" in code


def test_that_a_plateau_rule_comes_along_where_keras_can_have_one():
    import keras

    rule, defined = {"name": "reduce_on_plateau", "patience": 3, "floor": 0.01}, {}
    exec(schedule_code(config_of(Constant(), plateau=rule)), defined)
    (callback,) = defined["callbacks"]
    assert isinstance(callback, keras.callbacks.ReduceLROnPlateau)
    assert (callback.patience, callback.factor, callback.min_lr) == (3, 0.5, 1e-5)
    assert "plateau rule is left out" in schedule_code(config_of(Exponential(), plateau=rule))


def test_that_it_says_that_the_momentum_does_not_cycle_in_keras():
    assert "The momentum stays as it is" in schedule_code(config_of(OneCycle(), optimizer=Sgd(momentum=0.9)))
    assert "momentum" not in schedule_code(config_of(OneCycle()))
