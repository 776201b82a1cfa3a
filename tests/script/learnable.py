"""A small task on which a sweep has something to find."""

import keras
import numpy as np

_RANDOM = np.random.default_rng(0)
LABELS = _RANDOM.integers(0, 3, 192)
EXAMPLES = (np.eye(3)[LABELS] @ _RANDOM.normal(size=(3, 8)) + 0.3 * _RANDOM.normal(size=(192, 8))).astype(np.float32)


def classifier(optimizer: keras.optimizers.Optimizer | None = None, **kinds: object) -> keras.Model:
    """Return a compiled model, the same each time."""
    keras.utils.set_random_seed(1)
    layers = [keras.layers.Dense(16, "relu"), keras.layers.Dropout(0.1), keras.layers.Dense(3, "softmax")]
    model = keras.Sequential([keras.Input((8,)), *layers])
    model.compile(
        optimizer or keras.optimizers.SGD(0.1), "sparse_categorical_crossentropy", metrics=["accuracy"], **kinds
    )
    return model
