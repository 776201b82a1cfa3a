"""Seconds a step: a training run with all its events, against plain ``model.fit`` with no callback."""

import time
from typing import Any

import numpy as np

from lrgui.core.config import TrainingConfig
from lrgui.core.control import Control
from lrgui.core.events import Ended, Event, Finished, Planned
from tests.benchmarks.data import fashion_shaped, use_fashion_home
from tests.benchmarks.measure import Result, Sample, compare


def step_digits() -> Result:
    """Seconds a step of a training with all its events and validations, against plain `fit` without: digits, mlp."""
    from sklearn.datasets import load_digits

    images, labels = load_digits(return_X_y=True)
    images = (images[:1437].reshape(-1, 8, 8, 1) / 16).astype(np.float32)
    config = TrainingConfig(epochs=10)
    return _compare("step_digits", config, images, labels[:1437], limit=0.22)


def step_cnn() -> Result:
    """The same with the article's network on images of 28 x 28; all of it with Adam in batches of 32."""
    use_fashion_home(training_examples=3000, validation_examples=500)
    images, labels = fashion_shaped(3000, seed=1)
    config = TrainingConfig(dataset="fashion_mnist", model="cnn", epochs=1)
    return _compare("step_cnn", config, (images[..., np.newaxis] / 255).astype(np.float32), labels, limit=0.85)


def _compare(name: str, config: TrainingConfig, images: Any, labels: Any, limit: float) -> Result:
    """Ours is charged with its events, its reset and its validations; the reference does no validation."""
    ours, reference = seconds_of(config), _plain_fit(config, images, labels.astype(np.int32))
    return compare(name, ours, reference, limit=limit, unit="s/step")


def seconds_of(config: TrainingConfig) -> Sample:
    """Return what runs a whole training, and tells its seconds a step from the plan to the end."""
    from lrgui.training.trainer import train

    def seconds_per_step() -> float:
        events: list[Event] = []
        ended_at: list[float] = []

        def emit(event: Event) -> None:
            events.append(event)
            if isinstance(event, Planned | Ended):
                ended_at.append(time.perf_counter())

        train(config, emit, Control())
        assert isinstance(events[-1], Finished), events[-1]
        planned = next(event for event in events if isinstance(event, Planned))
        return (ended_at[1] - ended_at[0]) / len(planned.learning_rates)

    return seconds_per_step


def _plain_fit(config: TrainingConfig, images: Any, labels: Any) -> Sample:
    import keras

    from lrgui.training.models import build_model
    from lrgui.training.optimizers import build_optimizer

    keras.utils.set_random_seed(config.seed)
    model = build_model(config.model, images.shape[1:], 10)
    optimizer = build_optimizer(config.optimizer, config.learning_rate)
    model.compile(optimizer, "sparse_categorical_crossentropy", metrics=["accuracy"])
    steps = config.epochs * -(-len(images) // config.batch_size)

    def seconds_per_step() -> float:
        start = time.perf_counter()
        model.fit(images, labels, batch_size=config.batch_size, epochs=config.epochs, verbose=0)
        return (time.perf_counter() - start) / steps

    return seconds_per_step
