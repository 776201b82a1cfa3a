"""Weights that are no numbers behind a loss that is one."""

import math

import keras
import numpy as np
import pytest

from lrgui.core.config import Arm, ComparisonConfig, TrainingConfig
from lrgui.core.control import Control
from lrgui.core.events import Diverged, EpochEnded, Finished, StepsEnded
from lrgui.training import alone, prepared
from lrgui.training.alone import train_alone
from lrgui.training.prepared import kept_of
from lrgui.training.soundness import are_numbers
from lrgui.training.trainer import train
from tests.training.comparing import compared
from tests.training.running import of_kind, run

CONFIG = TrainingConfig(epochs=2, learning_rate=0.01)


def break_weights(model, value, at):
    """Return who puts a value among the weights of a model when so many steps of a run are done."""

    def watch(event):
        if isinstance(event, StepsEnded) and event.columns["step"][-1] + 1 == at:
            weight = model.trainable_variables[0]
            weight.assign(np.full(weight.shape, value, np.float32))

    return watch


@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_that_weights_lost_in_the_last_step_are_told_of_though_every_loss_was_a_number(value):
    run(train, CONFIG)
    events = run(train, CONFIG, watch=break_weights(kept_of(CONFIG).model, value, 88))
    assert isinstance(events[-1], Diverged)
    assert str(events[-1].message).startswith("Weights of the model were no longer numbers after step 87, though the")
    assert "take a lower one, 1.0e-3 for instance" in str(events[-1].message)
    assert len(of_kind(events, EpochEnded)) == 2
    again = run(train, CONFIG)
    assert isinstance(again[-1], Finished)


def test_that_an_arm_is_told_of_as_diverged_when_its_weights_are_lost_behind_its_losses():
    config = ComparisonConfig(
        dataset="iris", batch_size=8, epochs=2, seeds=1, arms=(Arm(learning_rate=0.01), Arm(learning_rate=0.02))
    )
    compared(config)
    model = next(reversed(prepared._kept.values())).model

    def watch(event, run):
        if isinstance(event, EpochEnded) and event.values["arm"] == 0 and event.epoch == 1:
            weight = model.trainable_variables[0]
            weight.assign(np.full(weight.shape, math.nan, np.float32))

    ended = {end.arm: end for end in compared(config, watch=watch).arm_ends}
    assert [ended[arm].how for arm in (0, 1)] == ["diverged", "finished"]
    assert str(ended[0].message).startswith("Weights of the model were no longer numbers after step 29, though the")
    assert {end.how for end in compared(config).arm_ends} == {"finished"}


def test_that_an_arm_by_itself_is_told_of_in_the_same_way():
    models = []

    def watch(event):
        if isinstance(event, EpochEnded) and event.epoch == 1:
            weight = models[0].trainable_variables[0]
            weight.assign(np.full(weight.shape, math.inf, np.float32))

    assert train_alone(CONFIG, lambda event: None, Control()).how == "finished"
    models += [next(reversed(alone._prepared.values())).model]
    end = train_alone(CONFIG, watch, Control())
    assert end.how == "diverged"
    assert "no longer numbers after step 87" in str(end.message)
    assert train_alone(CONFIG, lambda event: None, Control()).how == "finished"


def test_that_the_largest_weights_are_numbers_and_the_smallest_flaw_is_found():
    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(2)])
    kernel = model.trainable_variables[0]
    kernel.assign(np.full((3, 2), np.finfo(np.float32).max))
    assert are_numbers(model)
    kernel.assign([[1, 1], [1, 1], [1, -math.inf]])
    assert not are_numbers(model)
