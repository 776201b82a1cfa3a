"""Peak memory of the whole workflow on 60,000 images, against plain Keras on float64 arrays as the article has it."""

import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from tests.benchmarks.data import write_keras_home
from tests.benchmarks.measure import Result, Sample, compare

_BATCH_SIZE = 512
"""Of both sides: the peak lies in the data, and larger batches make the runs short."""


def memory() -> Result:
    """Peak memory of 60,000 images loaded, swept and trained on, against plain Keras on float64."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        write_keras_home(home, training_examples=60_000, validation_examples=10_000)
        ours, reference = _peak_of("workflow", home), _peak_of("plain_keras", home)
        return compare("memory", ours, reference, limit=0.45, unit="MB", blocks=3, warm_up=0)


def _peak_of(function: str, home: Path) -> Sample:
    code = f"from tests.benchmarks import memory; memory.{function}(); memory.print_peak()"
    return lambda: run_alone(code, {"KERAS_HOME": str(home)})


def run_alone(code: str, environment: Mapping[str, str]) -> float:
    """Run code in a process of its own, and return the number that it prints last."""
    done = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    return float(done.stdout.split()[-1])


def print_peak() -> None:
    """Write this process's peak of resident memory, in MB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(peak / (1e6 if sys.platform == "darwin" else 1e3))


def workflow() -> None:
    """Do what the program does: a sweep, then a training, with all their events."""
    from lrgui.core.config import RangeTestConfig, TrainingConfig
    from lrgui.core.control import Control
    from lrgui.core.events import Event, Failed
    from lrgui.training.trainer import range_test, train

    events: list[Event] = []
    sweep = RangeTestConfig(dataset="fashion_mnist", model="cnn", batch_size=_BATCH_SIZE)
    range_test(sweep, events.append, Control())
    train(TrainingConfig.of(sweep, learning_rate=1e-3, epochs=1), events.append, Control())
    if failed := [event for event in events if isinstance(event, Failed)]:
        raise RuntimeError(failed[0].details)


def plain_keras() -> None:
    """Do what the article does: float64 arrays into ``fit``, a sweep by a callback, then a fresh model trained."""
    import keras

    from lrgui.core.config.model import Cnn
    from lrgui.training.models import build_model

    (train_images, train_labels), (test_images, test_labels) = keras.datasets.fashion_mnist.load_data()
    train_images, test_images = train_images[..., None] / 255.0, test_images[..., None] / 255.0

    def fresh_model() -> keras.Model:
        model = build_model(Cnn(), (28, 28, 1), 10)
        model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
        return model

    model = fresh_model()

    def next_rate(batch: int, logs: object = None) -> None:
        model.optimizer.learning_rate = 1e-7 * 1e8 ** (batch / 100)
        model.stop_training = batch == 100

    finder = keras.callbacks.LambdaCallback(on_train_batch_begin=next_rate)
    model.fit(train_images, train_labels, batch_size=_BATCH_SIZE, verbose=0, callbacks=[finder])
    validation_data = (test_images, test_labels)
    fresh_model().fit(train_images, train_labels, batch_size=_BATCH_SIZE, verbose=0, validation_data=validation_data)
