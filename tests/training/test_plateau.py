"""The plateau rule on top of a schedule, in real runs."""

import keras
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from lrgui.core import schedules
from lrgui.core.config import TrainingConfig
from lrgui.core.config.plateau import ReduceOnPlateau
from lrgui.core.control import Control
from lrgui.core.events import EpochEnded, FactorMoved, Finished, Planned, Stopped
from lrgui.core.plateau import PlateauRule
from lrgui.core.runs import Run
from lrgui.training.trainer import train
from tests.training.running import column, of_kind, run

NEVER_ENOUGH = "reduce_on_plateau,monitor=loss,patience=2,min_delta=100"
"""The first epoch is better than nothing, and no other one ever by so much."""


def test_that_the_rate_is_reduced_from_the_next_epoch_on_and_the_run_says_when_and_to_what():
    config = TrainingConfig(epochs=4, plateau=f"{NEVER_ENOUGH},factor=0.1")
    events = run(train, config)
    assert of_kind(events, FactorMoved) == [FactorMoved(132, 0.1, by="rule")]
    rates = column(events, "learning_rate")
    assert rates == pytest.approx(np.repeat([1e-3, 1e-4], [132, 44]))
    assert [epoch.values["plateau_factor"] for epoch in of_kind(events, EpochEnded)] == [1, 1, 1, 0.1]
    assert str(events[-1].message) == (
        "Finished: 4 epochs, 176 steps. The rate was reduced to 1.0e-4 from epoch 4 on, when the loss got no better."
    )


def test_that_the_rule_scales_what_is_left_of_a_schedule_down_to_its_floor():
    plateau = NEVER_ENOUGH.replace("patience=2", "patience=1") + ",factor=0.5,floor=0.2"
    config = TrainingConfig(epochs=7, schedule="cosine,floor=0.2,warmup=30", plateau=plateau)
    events = run(train, config)
    factors = np.repeat([1, 1, 0.5, 0.25, 0.2, 0.2, 0.2], 44)
    table = schedules.rates(config.schedule, config.learning_rate, 7 * 44, 44)
    assert np.array_equal(of_kind(events, Planned)[0].learning_rates, table)
    assert column(events, "learning_rate") == pytest.approx(factors * table, rel=1e-6)
    assert "The rate was reduced 3 times: at last to" in str(events[-1].message)
    assert "from epoch 5 on" in str(events[-1].message)


def test_that_hand_and_rule_multiply_and_neither_forgets_the_other():
    control = Control([FactorMoved(50, 3.0), FactorMoved(140, 0.5)])
    events = run(train, TrainingConfig(epochs=4, plateau=f"{NEVER_ENOUGH},factor=0.1"), control)
    expected = np.repeat([1e-3, 3e-3, 3e-4, 0.5e-4], [50, 82, 8, 36])
    assert column(events, "learning_rate") == pytest.approx(expected)


def test_that_a_model_that_gets_better_keeps_its_rate_and_the_end_says_nothing_of_it():
    events = run(train, TrainingConfig(epochs=3, plateau="reduce_on_plateau"))
    assert not of_kind(events, FactorMoved)
    assert isinstance(events[-1], Finished)
    assert str(events[-1].message) == "Finished: 3 epochs, 132 steps."


def test_that_a_stop_in_the_epoch_in_which_the_rule_would_act_ends_the_run_as_ever():
    control = Control()

    def stop(event) -> None:
        if isinstance(event, EpochEnded) and event.epoch == 1:
            control.stop()

    events = run(train, TrainingConfig(epochs=5, plateau=f"{NEVER_ENOUGH},patience=1"), control, stop)
    assert isinstance(events[-1], Stopped)


def test_that_a_run_gathers_the_rules_factor_of_every_epoch():
    made = Run("id", "training", TrainingConfig(epochs=4, plateau=f"{NEVER_ENOUGH},factor=0.1"))
    run(train, made.config, watch=made.apply)
    assert made.epochs["plateau_factor"].tolist() == [1, 1, 1, 0.1]
    assert made.factor_moves == [FactorMoved(132, 0.1, by="rule")]


# Eighths, so that Keras, which compares in float32, sees the same differences.
VALUES = some.lists(some.integers(0, 40).map(lambda eighths: eighths / 8), min_size=1, max_size=40)


def by_keras(choice, values):
    """Return the rate after each epoch, from 1, as Keras's own callback sets it."""
    callback = keras.callbacks.ReduceLROnPlateau(
        choice.monitor,
        choice.factor,
        choice.patience,
        mode="max" if choice.monitor.endswith("accuracy") else "min",
        min_delta=choice.min_delta,
        cooldown=choice.cooldown,
        min_lr=choice.floor,
    )
    model = keras.Model()
    model.compile(keras.optimizers.SGD(1.0))
    callback.set_model(model)
    callback.on_train_begin()
    rates = []
    for epoch, value in enumerate(values):
        callback.on_epoch_end(epoch, {choice.monitor: value})
        rates.append(float(model.optimizer.learning_rate))
    return rates


@pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning:keras")
@pytest.mark.parametrize("monitor", ["val_loss", "accuracy"])
@pytest.mark.parametrize(("patience", "cooldown"), [(1, 0), (3, 2), (1, 3)])
def test_that_the_rule_decides_as_keras_does(monitor, patience, cooldown):
    @settings(max_examples=40, deadline=None)
    @given(VALUES)
    def check(values):
        choice = ReduceOnPlateau(
            monitor=monitor, factor=0.5, patience=patience, cooldown=cooldown, min_delta=0.25, floor=0.1
        )
        rule = PlateauRule(choice)
        ours = [(rule.lowers(value), rule.factor)[1] for value in values]
        assert ours == pytest.approx(by_keras(choice, values), rel=1e-6)

    check()
