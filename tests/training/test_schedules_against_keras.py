"""Where Keras has a schedule of its own, our table holds the same rates."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from lrgui.core.config.schedule import (
    Cosine,
    Exponential,
    HoldThenDecay,
    InverseTime,
    Linear,
    Piecewise,
    Polynomial,
    Sgdr,
)
from lrgui.core.schedules import rates

RATE, STEPS, PER_EPOCH = 0.05, 400, 20
schedules = keras.optimizers.schedules

PAIRS = {
    "exponential by the step": (
        Exponential(factor=0.99, every=1),
        schedules.ExponentialDecay(RATE, 1, 0.99),
    ),
    "exponential by the epoch": (
        Exponential(factor=0.7, every="2ep"),
        schedules.ExponentialDecay(RATE, 2 * PER_EPOCH, 0.7),
    ),
    "exponential in stairs": (
        Exponential(factor=0.7, every="1ep", staircase=True),
        schedules.ExponentialDecay(RATE, PER_EPOCH, 0.7, staircase=True),
    ),
    "piecewise": (
        Piecewise(boundaries="50 10ep 300", shares="0.5 1 0.1 0.01"),
        # There, a boundary is the last step of a level; here it is the first of the next.
        schedules.PiecewiseConstantDecay([49, 199, 299], [0.5 * RATE, RATE, 0.1 * RATE, 0.01 * RATE]),
    ),
    "linear": (
        Linear(length=300, floor=0.1),
        schedules.PolynomialDecay(RATE, 300, end_learning_rate=0.1 * RATE, power=1.0),
    ),
    "polynomial": (
        Polynomial(length="15ep", floor=0.02, power=2.5),
        schedules.PolynomialDecay(RATE, 15 * PER_EPOCH, end_learning_rate=0.02 * RATE, power=2.5),
    ),
    "inverse time": (
        InverseTime(decay=0.5, every="1ep"),
        schedules.InverseTimeDecay(RATE, PER_EPOCH, 0.5),
    ),
    "inverse time in stairs": (
        InverseTime(decay=0.5, every=30, staircase=True),
        schedules.InverseTimeDecay(RATE, 30, 0.5, staircase=True),
    ),
    "cosine": (
        Cosine(length=250, floor=0.05),
        schedules.CosineDecay(RATE, 250, alpha=0.05),
    ),
    "cosine over the run": (
        Cosine(),
        schedules.CosineDecay(RATE, STEPS),
    ),
    "cosine behind a warm-up": (
        Cosine(warmup="2ep", warmup_start=0.1, length=300, floor=0.01),
        schedules.CosineDecay(0.1 * RATE, 300, alpha=0.01, warmup_target=RATE, warmup_steps=2 * PER_EPOCH),
    ),
    "restarts of one length": (
        Sgdr(first_cycle="2ep", multiplier=1),
        schedules.CosineDecayRestarts(RATE, 2 * PER_EPOCH, t_mul=1.0),
    ),
    "restarts, each longer and lower": (
        Sgdr(first_cycle=20, multiplier=2, amplitude=0.8, floor=0.1),
        schedules.CosineDecayRestarts(RATE, 20, t_mul=2.0, m_mul=0.8, alpha=0.1),
    ),
    "restarts between two steps": (
        Sgdr(first_cycle=21, multiplier=1.5),
        schedules.CosineDecayRestarts(RATE, 21, t_mul=1.5),
    ),
}


@pytest.mark.parametrize("name", PAIRS)
def test_that_a_table_equals_the_schedule_of_keras_at_every_step(name):
    ours, theirs = PAIRS[name]
    table = rates(ours, RATE, STEPS, PER_EPOCH)
    # In the graph, as it is called in training; one call a step would take minutes.
    graph = tf.function(lambda: tf.map_fn(theirs, tf.range(STEPS), fn_output_signature=tf.float32))
    assert table == pytest.approx(np.asarray(graph(), np.float64), rel=2e-5, abs=1e-6 * RATE)


# How Keras reads its own variable there.
@pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")
def test_that_holding_and_decaying_is_the_callback_of_keras_with_the_function_of_its_documentation():
    def schedule(epoch, learning_rate):
        return learning_rate if epoch < 10 else learning_rate * float(np.exp(-0.1))

    model = keras.Sequential([keras.layers.Input((1,)), keras.layers.Dense(1)])
    model.compile(keras.optimizers.Adam(1e-3), "mse")
    data = tf.data.Dataset.from_tensors((np.ones((2, 1)), np.ones((2, 1))))
    options = tf.data.Options()
    options.autotune.enabled = False
    callback = keras.callbacks.LearningRateScheduler(schedule)
    history = model.fit(data.with_options(options), epochs=15, callbacks=[callback], verbose=0, shuffle=False)
    table = rates(HoldThenDecay(), 1e-3, 15 * PER_EPOCH, PER_EPOCH)
    assert table[::PER_EPOCH] == pytest.approx(history.history["learning_rate"], abs=1e-9)
