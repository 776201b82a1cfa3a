"""Training by a schedule: the optimizer is given the table, step by step, whatever the chunks."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from lrgui.core import schedules
from lrgui.core.batches import batch_indices
from lrgui.core.config import TrainingConfig
from lrgui.core.control import Control
from lrgui.core.events import EpochEnded, Planned, StepsEnded
from lrgui.training.data import load
from lrgui.training.models import build_model
from lrgui.training.plan import plan_training
from lrgui.training.prepared import prepare
from lrgui.training.trainer import train
from tests.training.running import column, of_kind, run

ONE_OF_EACH_KIND = (
    "cosine,warmup=20", "sgdr,first_cycle=20,amplitude=0.5", "triangular2,cycle=30", "shrink",
    "expression,formula=rate * where(epoch < 1, 1, cos(step / 40) ** 2)",
)  # fmt: skip


@pytest.mark.parametrize("schedule", ONE_OF_EACH_KIND)
def test_that_what_is_planned_is_the_table_and_what_is_reported_what_was_planned(schedule):
    config = TrainingConfig(schedule=schedule, epochs=2, learning_rate=3e-3)
    events = run(train, config)
    table = schedules.rates(config.schedule, config.learning_rate, 88, 44)
    assert np.array_equal(of_kind(events, Planned)[0].learning_rates, table)
    assert column(events, "learning_rate") == pytest.approx(table, rel=1e-6)


def test_that_the_second_example_of_the_article_runs_as_it_stands_there():
    config = TrainingConfig(optimizer="adam", learning_rate=1e-3, epochs=15, schedule="hold_then_decay")
    events = run(train, config)
    expected = [1e-3] * 10 + [1e-3 * np.exp(-0.1) ** more for more in range(1, 6)]
    planned = of_kind(events, Planned)[0].learning_rates
    assert planned == pytest.approx(np.repeat(expected, 44), rel=1e-12)
    rates = [epoch.values["learning_rate"] for epoch in of_kind(events, EpochEnded)]
    assert rates == pytest.approx(expected, abs=1e-9, rel=0)


def by_hand(config: TrainingConfig) -> tuple[list[float], list[np.ndarray]]:
    """Take every step of SGD with momentum by its published rule, in numpy; return the losses and the weights."""
    plan = plan_training(config, 1437)
    examples = load(config.dataset, lambda event: None, Control())
    images, labels = examples.train_inputs.numpy().astype(np.float32) / 16, examples.train_labels.numpy()
    keras.utils.set_random_seed(config.seed)
    model = build_model(config.model, (8, 8, 1), 10)
    loss_of, losses = keras.losses.SparseCategoricalCrossentropy(), []
    weights = model.get_weights()
    velocities = [np.zeros_like(weight) for weight in weights]
    batches = batch_indices(1437, config.batch_size, config.seed, plan.steps)
    for rate, momentum, batch in zip(plan.rates, plan.momentums, batches, strict=True):
        with tf.GradientTape() as tape:
            loss = loss_of(labels[batch], model(images[batch], training=True))
        moves = [np.float32(rate) * part.numpy() for part in tape.gradient(loss, model.trainable_variables)]
        velocities = [np.float32(momentum) * v - move for v, move in zip(velocities, moves, strict=True)]
        ahead = [np.float32(momentum) * v - move for v, move in zip(velocities, moves, strict=True)]
        steps = ahead if config.optimizer.nesterov else velocities
        weights = [weight + step for weight, step in zip(weights, steps, strict=True)]
        model.set_weights(weights)
        losses.append(float(loss))
    return losses, weights


@pytest.mark.parametrize("nesterov", ["false", "true"])
def test_that_a_cycled_momentum_is_that_of_each_step_by_the_rule_and_the_number_stays(nesterov):
    config = TrainingConfig(
        model="mlp,width=8", optimizer=f"sgd,momentum=0.9,nesterov={nesterov}", learning_rate=0.2, epochs=2,
        batch_size=64, schedule="one_cycle,low_momentum=0,high_momentum=0.98", seed=2,
    )  # fmt: skip
    losses, weights = by_hand(config)
    for pace in (None, 1e6):
        control = Control()
        control.pace = pace
        events = run(train, config, control)
        assert column(events, "loss") == pytest.approx(losses, abs=2e-5)
        model = prepare(config, cycles_momentum=True).model
        for ours, expected in zip(model.get_weights(), weights, strict=True):
            assert ours == pytest.approx(expected, abs=1e-4)
    momentums = schedules.momentums(config.schedule, 0.9, 44, 22)
    assert column(events, "momentum") == pytest.approx(momentums, abs=1e-7)
    assert np.ptp(momentums) > 0.9
    assert model.optimizer.momentum == model.optimizer.get_config()["momentum"] == 0.9
    plain = prepare(config).model.optimizer
    assert [v.path for v in model.optimizer.variables] == [v.path for v in plain.variables]


def test_that_a_run_whose_momentum_stays_reports_no_column_of_it():
    config = TrainingConfig(optimizer="sgd,momentum=0.9", schedule="one_cycle,momentum=fixed", epochs=1)
    assert "momentum" not in of_kind(run(train, config), StepsEnded)[0].columns
