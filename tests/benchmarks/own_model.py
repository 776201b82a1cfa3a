"""Seconds a step: a sweep of somebody's compiled model, which is put back after it, against plain ``fit``."""

import time
from typing import Any

import numpy as np

from tests.benchmarks.data import fashion_shaped
from tests.benchmarks.measure import Result, Sample, compare

_STEPS = 93
_BATCH_SIZE = 32


def own_model() -> Result:
    """Seconds of a sweep of a model from a script, against plain `fit` for as many steps: the article's network."""
    import keras

    images, labels = fashion_shaped(_STEPS * _BATCH_SIZE, seed=1)
    inputs, classes = (images[..., np.newaxis] / 255).astype(np.float32), labels.astype(np.int32)
    models = [_compiled(keras) for _ in range(2)]
    return compare(
        "own_model",
        _sweep(models[0], inputs, classes),
        _fit(models[1], inputs, classes),
        limit=0.95,
        unit="s/step",
    )


def _compiled(keras: Any) -> Any:
    from lrgui.core.config.model import Cnn
    from lrgui.training.models import build_model

    model = build_model(Cnn(), (28, 28, 1), 10, "softmax")
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


def _sweep(model: Any, inputs: Any, classes: Any) -> Sample:
    """Ours is charged with its events and with putting the model back; both are without their tracing."""
    from lrgui.core.config.range_test import SweepConfig
    from lrgui.core.control import Control
    from lrgui.core.events import Event, Planned
    from lrgui.training.own.batches import batches_of
    from lrgui.training.own.sweep import sweep_model

    config = SweepConfig(steps=_STEPS - 1, stop_factor=None, end=0.1)

    def seconds_per_step() -> float:
        began: list[float] = []

        def emit(event: Event) -> None:
            if isinstance(event, Planned):
                began.append(time.perf_counter())

        swept = sweep_model(model, batches_of(inputs, classes, most_steps=_STEPS), config, emit, Control())
        assert swept.before == swept.after
        return (time.perf_counter() - began[0]) / _STEPS

    return seconds_per_step


def _fit(model: Any, inputs: Any, classes: Any) -> Sample:
    def seconds_per_step() -> float:
        start = time.perf_counter()
        model.fit(inputs, classes, batch_size=_BATCH_SIZE, verbose=0)
        return (time.perf_counter() - start) / _STEPS

    return seconds_per_step
