"""A user's own model goes through a sweep, and nobody can tell afterwards."""

import random

import keras
import numpy as np
import pytest
import tensorflow as tf

from lrgui.core.batches import epoch_indices
from lrgui.core.config.range_test import SweepConfig
from lrgui.core.control import Control
from lrgui.core.events import Diverged, Planned, StepsEnded
from lrgui.training.own.batches import batches_of
from lrgui.training.own.snapshot import fingerprint, snapshot
from lrgui.training.own.sweep import sweep_model
from tests.training.own.models import CLASSES, MODELS, NUMBERS, ROWS, from_seed, plain_sgd

SHORT = SweepConfig(start=1e-4, end=1.0, steps=11)
STILL = SweepConfig(start=1e-12, end=1e-11, steps=5)


def swept(model, x, y=None, config=SHORT, emit=None, **data):
    """Sweep, and return how it ended and the columns of all steps."""
    events = []
    data = {"batch_size": 16, "most_steps": (config.steps + 1) * config.batches_per_rate} | data
    end = sweep_model(model, batches_of(x, y, **data), config, emit or events.append, Control())
    parts = [event.columns for event in events if isinstance(event, StepsEnded)]
    return end, {name: np.concatenate([part[name] for part in parts]) for name in parts[0]} if parts else {}


def train_on(model, x, y):
    model.fit(x, y, batch_size=16, epochs=1, shuffle=False, verbose=0)


@pytest.mark.parametrize("make", MODELS, ids=lambda make: make.__name__)
def test_that_a_model_that_was_swept_trains_on_as_one_that_was_not(make):
    model, x, y = from_seed(make)
    train_on(model, x, y)
    before, fingerprint_before = snapshot(model), fingerprint(model)
    train_on(model, x, y)
    never_swept = values(model)
    before.restore()

    end, columns = swept(model, x, y)
    assert end.before == end.after == fingerprint(model) == fingerprint_before
    assert len(columns["loss"]) == SHORT.steps + 1 and np.isfinite(columns["loss"]).all()
    after = snapshot(model)
    assert after.attributes == before.attributes and after.rate is before.rate
    train_on(model, x, y)
    assert values(model) == never_swept


def values(model):
    """Return all bits of weights, statistics, seeds and optimizer."""
    return [np.asarray(variable).tobytes() for variable in (*model.variables, *model.optimizer.variables)]


def test_that_python_and_numpy_draw_on_as_before():
    model, x, y = from_seed(plain_sgd)
    states = random.getstate(), np.random.get_state()[1].tolist()  # noqa: NPY002
    swept(model, x, y)
    assert (random.getstate(), np.random.get_state()[1].tolist()) == states  # noqa: NPY002


def test_that_the_losses_are_those_of_each_batch_alone_with_the_rates_of_the_table():
    model, x, y = from_seed(plain_sgd)
    _, columns = swept(model, x, y, config=STILL)
    indices = np.concatenate([epoch_indices(48, 16, 0, epoch) for epoch in range(2)])
    true = [float(np.mean((model(x[batch]).numpy() - y[batch]) ** 2)) for batch in indices]
    assert columns["loss"] == pytest.approx(true, rel=1e-6)
    assert columns["learning_rate"] == pytest.approx(np.geomspace(1e-12, 1e-11, 6), rel=1e-6)
    assert np.isnan(columns["accuracy"]).all()


def test_that_the_applied_rate_is_the_one_that_is_reported():
    model, x, y = from_seed(plain_sgd)
    model.compile(
        keras.optimizers.SGD(keras.optimizers.schedules.ExponentialDecay(0.1, 5, 0.5)), "mse", run_eagerly=True
    )
    weights = []
    apply = model.optimizer.apply

    def apply_and_look(gradients, variables):
        before = variables[0].numpy()
        apply(gradients, variables)
        weights.append(((before - variables[0].numpy()) / gradients[0].numpy()).mean())

    model.optimizer.apply = apply_and_look
    _, columns = swept(model, x, y, config=SweepConfig(start=0.01, end=0.1, steps=5))
    assert weights[-6:] == pytest.approx(columns["learning_rate"].tolist(), rel=1e-3)


@pytest.mark.parametrize(
    ("given", "factor"),
    [
        ({"sample_weight": np.full(48, 3.0)}, 3.0),
        ({"class_weight": {0: 2.0, 1: 2.0, 2: 2.0}}, 2.0),
        ({"class_weight": {7: 5.0}}, 1.0),
    ],
    ids=["examples", "classes", "no such class"],
)
def test_that_weights_count_as_in_fit(given, factor):
    model = keras.Sequential([keras.Input((6,)), keras.layers.Dense(3, "softmax")])
    model.compile(keras.optimizers.SGD(0.1), "sparse_categorical_crossentropy")
    _, plain = swept(model, ROWS, CLASSES, config=STILL)
    _, weighed = swept(model, ROWS, CLASSES, config=STILL, **given)
    assert weighed["loss"] == pytest.approx(factor * plain["loss"], rel=1e-5)
    assert (weighed["accuracy"] == plain["accuracy"]).all() and np.isfinite(plain["accuracy"]).all()


def test_that_class_weights_act_on_data_sets_too_and_on_one_hot_classes():
    model = keras.Sequential([keras.Input((6,)), keras.layers.Dense(3, "softmax")])
    model.compile(keras.optimizers.SGD(0.1), "categorical_crossentropy")
    batches = tf.data.Dataset.from_tensor_slices((ROWS, np.eye(3, dtype=np.float32)[CLASSES])).batch(16)
    _, plain = swept(model, batches, config=STILL)
    _, weighed = swept(model, batches, config=STILL, class_weight={0: 2.0, 1: 2.0, 2: 2.0})
    assert weighed["loss"] == pytest.approx(2 * plain["loss"], rel=1e-5)
    assert np.isfinite(plain["accuracy"]).all()


class Pages(keras.utils.PyDataset):
    """Three batches; what is read is counted, and the fifth reading may break."""

    def __init__(self, breaks_with=None):
        super().__init__()
        self.read, self.epochs, self.breaks_with = 0, 0, breaks_with

    def __len__(self):
        return 3

    def __getitem__(self, index):
        self.read += 1
        if self.breaks_with is not None and self.read == 5:
            raise self.breaks_with
        part = slice(16 * index, 16 * index + 16)
        return ROWS[part].astype(np.float64), NUMBERS[part]

    def on_epoch_end(self):
        self.epochs += 1


def endless():
    while True:
        yield ROWS[:16], NUMBERS[:16]


def sources():
    finite = tf.data.Dataset.from_tensor_slices((ROWS, NUMBERS)).batch(20)
    return {
        "finite data set": finite,
        "endless data set": finite.repeat(),
        "data set of unknown length": finite.filter(lambda x, y: True),
        "PyDataset": Pages(),
        "generator": endless(),
    }


@pytest.mark.parametrize("kind", sources())
def test_that_streams_are_swept_to_the_end_of_the_table(kind):
    model, _, _ = from_seed(plain_sgd)
    source = sources()[kind]
    end, columns = swept(model, source)
    assert len(columns["loss"]) == 12 and end.before == end.after
    assert getattr(source, "epochs", 0) == 0


def test_that_data_that_end_early_end_the_sweep_in_words_and_keep_what_was_measured():
    model, _, _ = from_seed(plain_sgd)
    end, columns = swept(model, iter([(ROWS[:16], NUMBERS[:16])] * 5))
    assert len(columns["loss"]) == 5 and end.before == end.after
    assert str(end.ended.message) == "The data ended after 5 of 12 steps; what was measured stays."


@pytest.mark.parametrize("error", [OSError("the disk is gone"), KeyboardInterrupt()], ids=["error", "Ctrl+C"])
def test_that_the_model_is_as_before_when_a_sweep_breaks_off(error):
    model, _, _ = from_seed(plain_sgd)
    train_on(model, ROWS, NUMBERS)
    before, function, history = fingerprint(model), model.train_function, model.history
    with pytest.raises(type(error)):
        swept(model, Pages(error))
    assert fingerprint(model) == before
    assert model.train_function is function and model.history is history and not model.stop_training


def test_that_the_model_is_as_before_when_the_loss_became_nan():
    model, x, y = from_seed(plain_sgd)
    y = np.where(np.arange(48)[:, None] == 40, np.nan, y)
    before = fingerprint_of_built(model)
    end, columns = swept(model, x, y)
    assert isinstance(end.ended, Diverged) and not np.isfinite(columns["loss"][-1])
    assert fingerprint(model) == before == end.after and np.isfinite(model.get_weights()[0]).all()


def fingerprint_of_built(model):
    model.optimizer.build(model.trainable_variables)
    return fingerprint(model)


def test_that_repeats_begin_with_the_same_weights_and_other_batches():
    model, x, y = from_seed(plain_sgd)
    _, columns = swept(model, x, y, config=STILL.model_copy(update={"repeats": 2}))
    assert columns["repeat"].tolist() == [0] * 6 + [1] * 6
    first, second = columns["loss"][:6], columns["loss"][6:]
    assert not (first == second).any()
    assert first[:3].sum() == pytest.approx(second[:3].sum(), rel=1e-5)


def test_that_only_the_examples_that_are_needed_are_held():
    batches = batches_of(np.broadcast_to(np.float32(1), (1_000_000, 4)), batch_size=4, most_steps=6)
    assert batches.examples == 24
    assert [part.shape.as_list() for part in batches.first()] == [[4, 4]]


def test_that_a_stop_ends_the_sweep_and_puts_the_model_back():
    model, x, y = from_seed(plain_sgd)
    control, events = Control(), []

    def emit(event):
        events.append(event)
        control.stop()

    end = sweep_model(model, batches_of(x, y, batch_size=16), SweepConfig(steps=5000), emit, control)
    assert end.before == end.after
    assert isinstance(events[0], Planned) and sum(len(event.columns["loss"]) for event in events[1:]) < 5000
