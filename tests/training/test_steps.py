"""What happens in each step: the loss, the rate and the batch are those of the tables, whatever the chunks."""

import math

import keras
import numpy as np
import pytest
import tensorflow as tf

from lrgui.core import schedules
from lrgui.core.batches import batch_indices
from lrgui.core.config import OPTIMIZERS, Experiment, RangeTestConfig, TrainingConfig
from lrgui.core.config.optimizer import OptimizerChoice, Sgd
from lrgui.core.config.schedule import OneCycle, Sgdr
from lrgui.core.control import Control
from lrgui.core.range_test import StopRule
from lrgui.core.schedules import exponential_sweep
from lrgui.training.data import load
from lrgui.training.loops import TrainingLoop
from lrgui.training.models import build_model
from lrgui.training.optimizers import build_optimizer
from lrgui.training.plan import Plan
from lrgui.training.prepared import prepare
from lrgui.training.trainer import range_test, train
from tests.training.running import column, run


def by_hand(config: Experiment, rates: np.ndarray) -> tuple[list[float], keras.Model]:
    """Train with nothing but a tape, as a script would; return the losses and the model."""
    examples = load(config.dataset, lambda event: None, Control())
    images, labels = examples.train_inputs.numpy(), examples.train_labels.numpy()
    keras.utils.set_random_seed(config.seed)
    model = build_model(config.model, (8, 8, 1), 10)
    optimizer = build_optimizer(config.optimizer, 1e-3)
    loss_of, losses = keras.losses.SparseCategoricalCrossentropy(), []
    for rate, batch in zip(rates, batch_indices(1437, config.batch_size, config.seed, len(rates)), strict=True):
        optimizer.learning_rate = rate
        with tf.GradientTape() as tape:
            loss = loss_of(labels[batch], model(images[batch].astype(np.float32) / 16, training=True))
        optimizer.apply_gradients(
            zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables, strict=True)
        )
        losses.append(float(loss))
    return losses, model


@pytest.mark.parametrize("model", ["mlp", "cnn,filters=4,units=16,dropout=0.3"])
@pytest.mark.parametrize("optimizer", ["sgd,momentum=0.9", "adam"])
def test_that_the_true_loss_is_that_of_a_loop_by_hand_across_an_epoch_border(model: str, optimizer: str):
    config = TrainingConfig(model=model, optimizer=optimizer, epochs=2, batch_size=64, seed=5)
    events = run(train, config)
    losses, _ = by_hand(config, np.full(44, config.learning_rate))
    assert column(events, "loss") == pytest.approx(losses, abs=1e-5)


@pytest.mark.parametrize("loss", ["cross_entropy", "cross_entropy,label_smoothing=0.1"])
def test_that_the_accuracy_of_a_step_is_the_share_of_its_batch_that_is_answered_rightly(loss: str):
    config = TrainingConfig(loss=loss, epochs=1, batch_size=100, learning_rate=1e-12, seed=3)
    events = run(train, config)
    examples = load(config.dataset, events.append, Control())
    keras.utils.set_random_seed(config.seed)
    answers = build_model(config.model, (8, 8, 1), 10)(examples.train_inputs.numpy().astype(np.float32) / 16).numpy()
    right = answers.argmax(axis=1) == examples.train_labels.numpy()
    expected = [right[batch].mean() for batch in batch_indices(1437, config.batch_size, config.seed, 14)]
    assert column(events, "accuracy") == pytest.approx(expected, abs=1e-6)


def test_that_a_sweep_longer_than_the_data_goes_on_through_it():
    config = RangeTestConfig(batch_size=300, steps=30, end=0.1, seed=3)
    events = run(range_test, config)
    losses, model = by_hand(config, exponential_sweep(config.start, config.end, config.steps))
    assert column(events, "loss") == pytest.approx(losses, abs=1e-5)
    examples = load(config.dataset, events.append, Control())
    predictions = model(examples.validation_inputs.numpy().astype(np.float32) / 16).numpy().argmax(axis=1)
    accuracy = np.mean(predictions == examples.validation_labels.numpy())
    assert events[-1].evaluation["accuracy"] == pytest.approx(accuracy, abs=1e-6)


def test_that_a_sweep_ends_at_the_very_step_at_which_the_rule_fires():
    config = RangeTestConfig(batch_size=200, steps=200)
    losses = column(run(range_test, config), "loss")
    rule = StopRule(config.smoothing, config.stop_factor)
    assert [rule.fires(loss) for loss in losses] == [False] * (len(losses) - 1) + [True]
    assert 7 < len(losses) < 201


def chunked(config: Experiment, rates: np.ndarray, chunk_steps: int, steps: int) -> tuple[np.ndarray, keras.Model]:
    """Run the first steps of a table in chunks of this length, without ``fit``; return the losses and the model."""
    examples = load(config.dataset, lambda event: None, Control())
    prepared = prepare(config)
    prepared.reset(config.seed)
    prepared.model.stop_training = False
    plan = Plan(rates[:steps], 1437, config.batch_size, config.seed, chunk_steps, chunk_seconds=math.inf)
    loop, losses = TrainingLoop(prepared, examples, plan), []
    for _ in range(steps):
        loop(None)
        if loop.chunk is not None:
            losses.append(loop.chunk.losses)
    return np.concatenate(losses), prepared.model


TABLES = {
    "sweep": exponential_sweep(1e-2, 1.0, 11),
    "sgdr": schedules.rates(Sgdr(first_cycle=5, multiplier=1, floor=0.1), 1.0, 12, 44),
    "one_cycle": schedules.rates(OneCycle(end=0.01, warmup=2), 1.0, 12, 44),
}


@pytest.mark.parametrize(("table", "chunk_steps"), [("sweep", 1024), ("sgdr", 1024), ("sgdr", 1), ("one_cycle", 5)])
def test_that_the_rate_applied_is_the_tables_at_every_step_chunked_or_not(table: str, chunk_steps: int):
    """By what plain SGD did: the rate is (weights before - weights after) / gradient."""
    rates = TABLES[table]
    config = TrainingConfig(optimizer=Sgd(), batch_size=100)
    batches = batch_indices(1437, config.batch_size, config.seed, len(rates))
    examples = load(config.dataset, lambda event: None, Control())
    images, labels = examples.train_inputs.numpy(), examples.train_labels.numpy()
    loss_of, applied = keras.losses.SparseCategoricalCrossentropy(), []
    model = build_model(config.model, (8, 8, 1), 10)
    prepared = prepare(config)
    prepared.reset(config.seed)
    after = prepared.model.get_weights()
    for step, batch in enumerate(batches):
        before = after
        after = chunked(config, rates, chunk_steps, step + 1)[1].get_weights()
        model.set_weights(before)
        with tf.GradientTape() as tape:
            loss = loss_of(labels[batch], model(images[batch].astype(np.float32) / 16))
        gradients = [part.numpy() for part in tape.gradient(loss, model.trainable_variables)]
        largest = max(range(len(gradients)), key=lambda index: np.abs(gradients[index]).max())
        place = np.unravel_index(np.abs(gradients[largest]).argmax(), gradients[largest].shape)
        applied.append((before[largest][place] - after[largest][place]) / gradients[largest][place])
    assert applied == pytest.approx(rates, rel=2e-3)


@pytest.mark.parametrize("choice", OPTIMIZERS, ids=[str(choice.title) for choice in OPTIMIZERS])
def test_that_every_optimizer_is_given_the_table_chunked_or_not(choice: type[OptimizerChoice]):
    """By a loop of plain Keras whose rate is set before every step: the losses are the same."""
    rate = {"adadelta": 1.0, "sgd": 0.1, "adagrad": 0.05, "ftrl": 0.1}.get(choice().name, 5e-3)
    config = TrainingConfig(
        model="mlp,width=8,activation=tanh", optimizer=choice(), learning_rate=rate, epochs=1, batch_size=100,
        schedule="triangular2,cycle=6 steps,warmup=2", seed=3,
    )  # fmt: skip
    rates = schedules.rates(config.schedule, rate, 14, 14)
    losses, _ = by_hand(config, rates)
    for pace in (None, 1e6):
        control = Control()
        control.pace = pace
        events = run(train, config, control)
        assert column(events, "learning_rate") == pytest.approx(rates, rel=1e-6)
        assert column(events, "loss") == pytest.approx(losses, rel=1e-4)


def test_that_chunks_of_any_length_give_the_same_losses_bit_for_bit():
    config, rates = TrainingConfig(model="cnn,filters=4,units=16", batch_size=32), np.full(100, 1e-2)
    whole, _ = chunked(config, rates, 1024, 100)
    for chunk_steps in (1, 7, 44):
        assert np.array_equal(chunked(config, rates, chunk_steps, 100)[0], whole)


def test_that_the_same_seed_gives_the_same_run_and_another_seed_another():
    config = TrainingConfig(model="cnn,filters=4,units=16", epochs=2)
    first, second = column(run(train, config), "loss"), column(run(train, config), "loss")
    other = column(run(train, config.model_copy(update={"seed": 1})), "loss")
    assert np.array_equal(first, second)
    assert not np.array_equal(first, other)


def test_that_the_rate_reported_is_the_tables_as_a_person_would_write_it():
    rates = column(run(train, TrainingConfig(epochs=1, learning_rate=3e-4)), "learning_rate")
    assert set(rates.tolist()) == {3e-4}
