"""Two arms over five seeds on the digits, against as many plain ``fit`` calls in one process."""

import time
from typing import Any

import numpy as np

from lrgui.core.config import Arm, ComparisonConfig
from lrgui.core.control import Control
from lrgui.core.events import Event, Finished
from lrgui.core.schedules import rates
from tests.benchmarks import measure

_CONFIG = ComparisonConfig(
    epochs=4, seeds=5, arms=(Arm(learning_rate=3e-3), Arm(schedule="cosine", learning_rate=1e-2))
)


def compare() -> measure.Result:
    """Seconds of a comparison, against a plain loop that trains the same arms.

    Both are charged with all that a person waits for: models, validations, and ours with its events and verdict.
    """
    data = _digits()
    return measure.compare("compare", _ours, lambda: _plain(data), limit=0.6, unit="s", blocks=4)


def _ours() -> float:
    from lrgui.training.comparison import compare
    from lrgui.training.prepared import forget_all

    # As in a process that has just begun: nothing is traced yet.
    forget_all()
    events: list[Event] = []
    start = time.perf_counter()
    compare(_CONFIG, events.append, Control())
    seconds = time.perf_counter() - start
    assert isinstance(events[-1], Finished), events[-1]
    return seconds


def _plain(data: Any) -> float:
    start = time.perf_counter()
    for seed in _CONFIG.seeds_used:
        for arm in range(len(_CONFIG.arms)):
            _fit(arm, seed, *data)
    return time.perf_counter() - start


def _fit(arm: int, seed: int, images: Any, labels: Any, validation: Any) -> None:
    """Train as a plain script does: a fresh model, a rate for each epoch set by a callback."""
    import keras

    from lrgui.training.models import build_model
    from lrgui.training.optimizers import build_optimizer

    config = _CONFIG.training(arm, seed)
    keras.utils.set_random_seed(seed)
    model = build_model(config.model, images.shape[1:], 10)
    model.compile(
        build_optimizer(config.optimizer, config.learning_rate), "sparse_categorical_crossentropy", metrics=["accuracy"]
    )
    steps = config.steps_per_epoch
    table = rates(config.schedule, config.learning_rate, steps * config.epochs, steps)
    schedule = keras.callbacks.LearningRateScheduler(lambda epoch: float(table[epoch * steps]))
    model.fit(
        images, labels, batch_size=config.batch_size, epochs=config.epochs, validation_data=validation,
        callbacks=[schedule], verbose=0,
    )  # fmt: skip


def _digits() -> tuple[Any, Any, Any]:
    from sklearn.datasets import load_digits

    images, labels = load_digits(return_X_y=True)
    images, labels = (images.reshape(-1, 8, 8, 1) / 16).astype(np.float32), labels.astype(np.int32)
    return images[:1437], labels[:1437], (images[1437:], labels[1437:])
