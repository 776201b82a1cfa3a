"""Models as people have them: one of each kind of state that a sweep could leave changed."""

from collections.abc import Callable
from typing import Any

import keras
import numpy as np
import tensorflow as tf

Made = tuple[keras.Model, Any, Any]

EXAMPLES = 48
RANDOM = np.random.default_rng(0)
ROWS = RANDOM.normal(size=(EXAMPLES, 6)).astype(np.float32)
SERIES = RANDOM.normal(size=(EXAMPLES, 5, 3)).astype(np.float32)
CLASSES = RANDOM.integers(0, 3, EXAMPLES)
NUMBERS = RANDOM.normal(size=(EXAMPLES, 1)).astype(np.float32)


def dense_with_everything() -> Made:
    model = keras.Sequential(
        [
            keras.layers.Dense(8, "relu"),
            keras.layers.BatchNormalization(),
            keras.layers.Dropout(0.3),
            keras.layers.GaussianNoise(0.1, seed=3),
            keras.layers.Dense(3, "softmax"),
        ]
    )
    optimizer = keras.optimizers.Adam(keras.optimizers.schedules.ExponentialDecay(1e-2, 10, 0.9), use_ema=True)
    model.compile(optimizer, "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model, ROWS, CLASSES


def plain_sgd() -> Made:
    model = keras.Sequential([keras.Input((6,)), keras.layers.Dense(1)])
    model.compile(keras.optimizers.SGD(0.05), "mse")
    return model, ROWS, NUMBERS


def rate_from_a_function() -> Made:
    model = keras.Sequential([keras.Input((6,)), keras.layers.Dense(1, kernel_regularizer="l2")])
    model.compile(keras.optimizers.SGD(lambda: 0.01, momentum=0.9, nesterov=True), "mae")
    return model, ROWS, NUMBERS


def stateful_recurrent() -> Made:
    inputs = keras.Input((5, 3), batch_size=16)
    model = keras.Model(inputs, keras.layers.Dense(1)(keras.layers.LSTM(4, stateful=True, dropout=0.2)(inputs)))
    model.compile(keras.optimizers.RMSprop(1e-2, centered=True), "huber")
    return model, SERIES, NUMBERS


def two_inputs_two_outputs() -> Made:
    rows, series = keras.Input((6,), name="rows"), keras.Input((5, 3), name="series")
    joined = keras.layers.Concatenate()([keras.layers.Dense(4)(rows), keras.layers.Flatten()(series)])
    outputs = {
        "kind": keras.layers.Dense(3, "softmax", name="kind")(joined),
        "number": keras.layers.Dense(1, name="number")(joined),
    }
    model = keras.Model({"rows": rows, "series": series}, outputs)
    losses = {"kind": "sparse_categorical_crossentropy", "number": "mse"}
    model.compile(keras.optimizers.AdamW(1e-2), losses, loss_weights={"kind": 1.0, "number": 0.3})
    return model, {"rows": ROWS, "series": SERIES}, {"kind": CLASSES, "number": NUMBERS}


class Own(keras.Model):
    """Its own step, its own seeds, and a counter that Keras does not know of."""

    def __init__(self) -> None:
        super().__init__()
        self.inner = keras.layers.Dense(3)
        self.seeds = keras.random.SeedGenerator(5)
        self.steps = tf.Variable(0, trainable=False)

    def call(self, inputs: Any, training: bool = False) -> Any:
        noise = keras.random.normal(tf.shape(inputs), stddev=0.1, seed=self.seeds) if training else 0.0
        return self.inner(inputs + noise)

    def train_step(self, data: Any) -> Any:
        x, y = data
        self.steps.assign_add(1)
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(keras.losses.sparse_categorical_crossentropy(y, self(x, training=True), True))
        self.optimizer.apply(tape.gradient(loss, self.trainable_variables), self.trainable_variables)
        return {"loss": loss}


def subclass_with_its_own_step() -> Made:
    model = Own()
    model.compile(keras.optimizers.Lion(1e-3))
    return model, ROWS, CLASSES


def mixed_precision() -> Made:
    policy = keras.DTypePolicy("mixed_float16")
    layers = [keras.layers.Dense(8, "relu", dtype=policy), keras.layers.Dense(3, "softmax", dtype="float32")]
    model = keras.Sequential([keras.Input((6,)), *layers])
    optimizer = keras.optimizers.LossScaleOptimizer(
        keras.optimizers.Adam(keras.optimizers.schedules.CosineDecay(1e-2, 50)), initial_scale=64.0
    )
    model.compile(optimizer, "sparse_categorical_crossentropy")
    return model, ROWS, CLASSES


def own_loss(y: Any, outputs: Any) -> Any:
    return keras.ops.mean(keras.ops.log1p(keras.ops.abs(y - outputs)), axis=-1)


def eager_with_its_own_loss() -> Made:
    model = keras.Sequential([keras.Input((6,)), keras.layers.SpectralNormalization(keras.layers.Dense(1))])
    model.compile(keras.optimizers.Adam(1e-2, gradient_accumulation_steps=2), own_loss, run_eagerly=True)
    return model, ROWS, NUMBERS


def compiled_by_xla() -> Made:
    model = keras.Sequential([keras.Input((6,)), keras.layers.Dense(4, "tanh"), keras.layers.Dense(1)])
    model.compile(keras.optimizers.SGD(0.01, momentum=0.9), "mse", jit_compile=True, steps_per_execution=2)
    return model, ROWS, NUMBERS


MODELS: list[Callable[[], Made]] = [
    dense_with_everything,
    plain_sgd,
    rate_from_a_function,
    stateful_recurrent,
    two_inputs_two_outputs,
    subclass_with_its_own_step,
    mixed_precision,
    eager_with_its_own_loss,
    compiled_by_xla,
]


def from_seed(make: Callable[[], Made], seed: int = 7) -> Made:
    """Make a model with the same first weights each time."""
    keras.utils.set_random_seed(seed)
    return make()
