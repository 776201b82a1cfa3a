"""The real window under a benchmark: a run is begun by its action, and followed to its end."""

import random
import tempfile
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any

from tests.benchmarks.data import use_fashion_home
from tests.benchmarks.display import use_a_display

_PAINTED_MS = 300
_DONE_MS = 300
"""So long after its end a run has nothing more to show."""

_UNWATCHED: AbstractContextManager[object] = nullcontext()


class Bench:
    """The real window on its training page, and a run in it."""

    def __init__(self, window: Any) -> None:
        self.window = window
        self._times: list[float] = []
        self._moments = random.Random(0)
        window.desk.jobs = replace(window.desk.jobs, train=self._timed(window.desk.jobs.train))
        self.take_model("cnn")

    def take_model(self, model: object) -> None:
        """Let the next runs be of a model on Fashion-MNIST; the training page is in front."""
        from lrgui.core.config import RangeTestConfig, TrainingConfig

        data = {"dataset": "fashion_mnist", "model": model}
        self.window.find_page.form.set_value(RangeTestConfig.model_validate(data))
        self.window.pages.show_page("train")
        self.window.train_page.form.set_value(TrainingConfig.model_validate({**data, "epochs": 4}))

    def _timed(self, train: Any) -> Any:
        from lrgui.core.events import EpochEnded, Planned

        def job(config: Any, emit: Any, control: Any) -> None:
            def noting(event: Any) -> None:
                if isinstance(event, Planned | EpochEnded):
                    self._times.append(time.perf_counter())
                emit(event)

            train(config, noting, control)

        return job

    def train(self, *, shown: bool, watched: AbstractContextManager[object] = _UNWATCHED) -> float:
        """Train to the end, and return the seconds a step; ``watched`` is entered meanwhile."""
        self.window.setVisible(shown)
        self._times = []
        run = self._run("train", watched)
        return (self._times[-1] - self._times[0]) / len(run.steps)

    def sweep(self, *, watched: AbstractContextManager[object] = _UNWATCHED) -> None:
        """Sweep to the end; ``watched`` is entered meanwhile."""
        self._run("find", watched)

    def _run(self, name: str, watched: AbstractContextManager[object]) -> Any:
        from PySide6.QtTest import QTest

        self.window.pages.show_page(name)
        self._forget_runs()
        QTest.qWait(_PAINTED_MS)
        with watched:
            run = self._run_until_ended(lambda: self._begin(name))
            QTest.qWait(_DONE_MS)
        return run

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
            self._begin("train")
            self._when_it_steps(lambda: QTimer.singleShot(self._moments.randint(0, 1000), click))

        self._forget_runs()
        self._run_until_ended(begin)
        return 1000 * (time.perf_counter() - clicked[0])

    def _begin(self, name: str) -> None:
        from PySide6.QtGui import QAction

        self.window.findChild(QAction, name).trigger()

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
def opened_window(training_examples: int) -> Iterator[Bench]:
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
        yield Bench(window)
        window.close()
