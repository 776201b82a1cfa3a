"""A click on Find to the recommendation, in the real window, against the article's plain callback in the same process.

Both sweep digits with an mlp and Adam in batches of 32 over 101 rates from 1e-7 to 10. The callback finds its arrays
at hand and has its loss curve at the end; ours is charged with loading the data, the fresh weights, what the window
draws, the evaluation of the model and the rules that recommend a rate. TensorFlow is loaded, and has trained another,
tiny model once before either begins.
"""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path
from typing import Any

import numpy as np

from tests.benchmarks.display import use_a_display
from tests.benchmarks.measure import Result, Sample, compare, compare_pairs

_STEPS = 100
_START, _END = 1e-7, 10.0


def range_test() -> Result:
    """A click on Find to the recommendation, against the article's plain callback, both for the first time.

    Each block is a fresh process, and either side is first in every other.
    """
    sides = cycle(("ours", "reference"))
    return compare_pairs("range_test", lambda: _first_times(next(sides)), limit=1.0, unit="s", blocks=15)


def range_test_again() -> Result:
    """The same from the second sweep on: nothing is traced again, while each callback has a new model."""
    with _both() as (ours, reference):
        return compare("range_test_again", ours, reference, limit=0.3, unit="s", blocks=15, warm_up=2)


def _first_times(first: str) -> tuple[float, float]:
    code = f"from tests.benchmarks import range_test; range_test.print_first_times({first!r})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=300)
    if done.returncode:
        raise RuntimeError(done.stderr)
    ours, reference = json.loads(done.stdout.splitlines()[-1])
    return ours, reference


def print_first_times(first: str) -> None:
    """Measure each side once in this process, the one named first before the other, and print both."""
    with _both() as (ours, reference):
        if first == "ours":
            own, other = ours(), reference()
        else:
            other, own = reference(), ours()
    print(json.dumps([own, other]))


@contextmanager
def _both() -> Iterator[tuple[Sample, Sample]]:
    with _opened_window() as window:
        _train_something_else()
        yield _timed(_clicker(window)), _timed(_callback_sweep())


def _timed(work: Callable[[], object]) -> Sample:
    def seconds() -> float:
        began = time.perf_counter()
        work()
        return time.perf_counter() - began

    return seconds


@contextmanager
def _opened_window() -> Iterator[Any]:
    """Open the real window on the page of the range test, with TensorFlow loaded and the model described."""
    use_a_display()
    from PySide6.QtCore import QEventLoop

    from lrgui.app import create_application, create_window

    create_application()
    with tempfile.TemporaryDirectory() as profile:
        window = create_window(Path(profile))
        window.resize(1280, 800)
        loop = QEventLoop()
        window.runner.inspected.connect(loop.quit)
        window.show()
        window.pages.show_page("find")
        loop.exec()
        yield window
        window.close()


def _clicker(window: Any) -> Callable[[], None]:
    from PySide6.QtCore import QEventLoop, Qt
    from PySide6.QtTest import QTest

    page = window.find_page

    def click_and_wait() -> None:
        loop = QEventLoop()
        window.runner.run_ended.connect(loop.quit)
        QTest.mouseClick(page.button, Qt.MouseButton.LeftButton)
        loop.exec()
        window.runner.run_ended.disconnect(loop.quit)
        assert page.advice.recommended.learning_rate is not None, page.run.details

    return click_and_wait


def _callback_sweep() -> Callable[[], object]:
    from sklearn.datasets import load_digits

    images, labels = load_digits(return_X_y=True)
    images, labels = (images[:1437].reshape(-1, 8, 8, 1) / 16).astype(np.float32), labels[:1437].astype(np.int32)

    def sweep() -> list[float]:
        import keras

        from lrgui.core.config.model import Mlp
        from lrgui.training.models import build_model

        model = build_model(Mlp(), (8, 8, 1), 10)
        model.compile(keras.optimizers.Adam(_START), "sparse_categorical_crossentropy", metrics=["accuracy"])
        losses: list[float] = []

        def note(batch: int, logs: Any) -> None:
            losses.append(logs["loss"])
            model.optimizer.learning_rate = _START * (_END / _START) ** (len(losses) / _STEPS)
            model.stop_training = len(losses) > _STEPS

        finder = keras.callbacks.LambdaCallback(on_train_batch_end=note)
        model.fit(images, labels, batch_size=32, epochs=3, verbose=0, callbacks=[finder])
        assert len(losses) == _STEPS + 1
        return losses

    return sweep


def _train_something_else() -> None:
    import keras

    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
    model.compile("sgd", "mse")
    model.fit(np.zeros((2, 1), np.float32), np.zeros((2, 1), np.float32), verbose=0)
