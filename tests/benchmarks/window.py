"""The window: how soon it is there, what it costs a run to be looked at, and how soon a hand is obeyed."""

import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from tests.benchmarks.data import use_fashion_home
from tests.benchmarks.display import use_a_display
from tests.benchmarks.measure import Result, Sample, compare

_FRAME_MS = 1000 / 60
_STOP_MS = 200.0


def startup() -> Result:
    """Process start to first painted window, against a window with an empty plot."""
    use_a_display()
    ours, reference = _seconds_to_paint("program"), _seconds_to_paint("bare")
    return compare("startup", ours, reference, limit=1.15, unit="s", blocks=15)


def usable() -> Result:
    """Process start to the first page complete, its button painted and acting, against a window with an empty plot."""
    use_a_display()
    ours, reference = _seconds_to_paint("usable"), _seconds_to_paint("bare")
    # As long as the window took while its page was painted first: an empty frame must not be bought with waiting.
    return compare("usable", ours, reference, limit=2.03, unit="s", blocks=15)


def _seconds_to_paint(function: str) -> Sample:
    code = f"from tests.benchmarks import first_paint; first_paint.{function}()"

    def seconds() -> float:
        with tempfile.TemporaryDirectory() as home:
            environment = {**os.environ, "HOME": home, "XDG_DATA_HOME": home}
            command = [sys.executable, "-c", code]
            began = time.perf_counter()  # the same clock for all processes
            done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120)
        if done.returncode:
            raise RuntimeError(done.stderr)
        return float(done.stdout) - began

    return seconds


def live_cost() -> Result:
    """Seconds a step of the article's network with the window shown and every plot of the page live, and hidden."""
    with _opened_window(training_examples=3000) as bench:
        shown, hidden = (lambda: bench.train(shown=True)), (lambda: bench.train(shown=False))
        return compare("live_cost", shown, hidden, limit=1.05, unit="s/step", blocks=15)


def latency() -> Result:
    """99th percentile of the event loop's delay during such a run, against a frame of 16.7 ms."""
    with _opened_window(training_examples=3000) as bench:

        def delay_ms() -> float:
            bench.train(shown=True)
            return float(np.percentile(bench.delays_ms, 99))

        return compare("latency", delay_ms, lambda: _FRAME_MS, limit=1.0, unit="ms", blocks=15)


def stop() -> Result:
    """A click on Stop to the run's end, at any moment of a training on 60,000 images."""
    with _opened_window(training_examples=60_000) as bench:
        return compare("stop", bench.stop_ms, lambda: _STOP_MS, limit=1.0, unit="ms", blocks=15)


class _Bench:
    """The real window on its training page, and a run in it."""

    def __init__(self, window: Any) -> None:
        from lrgui.core.config import TrainingConfig

        self.window = window
        self.delays_ms: list[float] = []
        self._times: list[float] = []
        self._config = TrainingConfig(dataset="fashion_mnist", model="cnn", epochs=4)
        self._moments = random.Random(0)
        window.desk.jobs = replace(window.desk.jobs, train=self._timed(window.desk.jobs.train))
        window.pages.show_page("train")
        window.train_page.form.set_value(self._config)

    def _timed(self, train: Any) -> Any:
        from lrgui.core.events import EpochEnded, Planned

        def job(config: Any, emit: Any, control: Any) -> None:
            def noting(event: Any) -> None:
                if isinstance(event, Planned | EpochEnded):
                    self._times.append(time.perf_counter())
                emit(event)

            train(config, noting, control)

        return job

    def train(self, *, shown: bool) -> float:
        """Train to the end, and return the seconds a step."""
        self.window.setVisible(shown)
        self._times, self.delays_ms = [], []
        self._forget_runs()
        with self._watched():
            run = self._run_until_ended(self._begin)
        return (self._times[-1] - self._times[0]) / len(run.steps)

    def stop_ms(self) -> float:
        """Start a training, click on Stop at some moment, and return how long it takes to end."""
        from PySide6.QtCore import Qt, QTimer
        from PySide6.QtTest import QTest

        button = next(b for b in self._buttons() if b.accessibleName() == "Stop and keep" and b.isVisible())
        clicked = []

        def click() -> None:
            clicked.append(time.perf_counter())
            QTest.mouseClick(button, Qt.MouseButton.LeftButton)

        def begin() -> None:
            self._begin()
            self._when_it_steps(lambda: QTimer.singleShot(self._moments.randint(0, 1000), click))

        self._forget_runs()
        self._run_until_ended(begin)
        return 1000 * (time.perf_counter() - clicked[0])

    def _begin(self) -> None:
        from PySide6.QtGui import QAction

        self.window.findChild(QAction, "train").trigger()

    def _buttons(self) -> list[Any]:
        from PySide6.QtWidgets import QPushButton

        return list(self.window.findChildren(QPushButton))

    def _when_it_steps(self, then: Any) -> None:
        def stepped(run: Any, event: object) -> None:
            if len(run.steps):
                self.window.runner.run_changed.disconnect(stepped)
                then()

        self.window.runner.run_changed.connect(stepped)

    def _run_until_ended(self, begin: Any) -> Any:
        from PySide6.QtCore import QEventLoop

        loop, ended = QEventLoop(), []

        def end(run: Any) -> None:
            ended.append(run)
            loop.quit()

        self.window.runner.run_ended.connect(end)
        begin()
        loop.exec()
        self.window.runner.run_ended.disconnect(end)
        if ended[0].details:
            raise RuntimeError(ended[0].details)
        return ended[0]

    def _forget_runs(self) -> None:
        """Start each run in a window that has as much to draw as the one before."""
        for line in list(self.window.train_page.runs.lines):
            self.window.train_page.runs.remove(line.run)

    @contextmanager
    def _watched(self) -> Iterator[None]:
        """Note by how much a tick due every 5 ms comes late."""
        from PySide6.QtCore import Qt, QTimer

        last = time.perf_counter()

        def tick() -> None:
            nonlocal last
            now = time.perf_counter()
            self.delays_ms.append(max(0.0, 1000 * (now - last) - timer.interval()))
            last = now

        timer = QTimer(interval=5, timerType=Qt.TimerType.PreciseTimer)
        timer.timeout.connect(tick)
        timer.start()
        yield
        timer.stop()


@contextmanager
def _opened_window(training_examples: int) -> Iterator[_Bench]:
    """Open the real window on images of the article's shape, with TensorFlow loaded."""
    use_a_display()
    use_fashion_home(training_examples=training_examples, validation_examples=training_examples // 6)
    from PySide6.QtCore import QEventLoop

    from lrgui.app import create_application, create_window

    create_application()
    with tempfile.TemporaryDirectory() as profile:
        window = create_window(Path(profile))
        window.resize(1280, 800)
        loop = QEventLoop()
        window.runner.prepared.connect(lambda _: loop.quit())
        window.show()
        loop.exec()
        yield _Bench(window)
        window.close()
