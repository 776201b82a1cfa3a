"""A long history in the plots of the training page: how fast a hand moves it, and what a step of it weighs."""

import gc
import tempfile
import time
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from tests.benchmarks.display import use_a_display
from tests.benchmarks.measure import Result, compare

_FRAME_MS = 1000 / 60
_STEPS = 1_000_000
_CHUNK = 500
_BYTES = 32.0


def plots() -> Result:
    """95th percentile of a frame while a million steps are zoomed and panned by hand, against a frame of 16.7 ms."""
    use_a_display()
    with _opened_page() as page:
        page.show_run(_long_run())
        page.loss_plot.fit()
        _paint()
        return compare("plots", lambda: _frame_ms(page.loss_plot), lambda: _FRAME_MS, limit=1.0, unit="ms", blocks=15)


def plots_memory() -> Result:
    """Bytes that a step takes in the history of a run and in the plots that show it, against 32."""
    use_a_display()
    with _opened_page() as page:
        tracemalloc.start()

        def bytes_a_step() -> float:
            gc.collect()
            before = tracemalloc.get_traced_memory()[0]
            run = _long_run()
            page.show_run(run)
            page.loss_plot.fit()
            _paint()
            gc.collect()
            weighed = tracemalloc.get_traced_memory()[0] - before
            page.show_run(type(run)("", "training", run.config))
            _paint()
            return weighed / _STEPS

        return compare("plots_memory", bytes_a_step, lambda: _BYTES, limit=1.0, unit="bytes/step", blocks=3)


def _long_run() -> Any:
    """Return a run of a million steps, gathered in chunks as a run's events bring them."""
    from lrgui.core.config import TrainingConfig
    from lrgui.core.runs import Run

    run, random = Run("long", "training", TrainingConfig()), np.random.default_rng(0)
    for first in range(0, _STEPS, _CHUNK):
        steps = np.arange(first, first + _CHUNK)
        loss = np.exp(-steps / 3e5) + random.normal(0, 0.1, _CHUNK)
        accuracy = random.random(_CHUNK)
        columns = {"step": steps, "learning_rate": np.full(_CHUNK, 1e-3), "loss": loss, "accuracy": accuracy}
        run.steps.append(columns)
    return run


def _frame_ms(plot: Any) -> float:
    """Turn the wheel in and out again over some place, and drag; return the slow frames' time."""
    from PySide6.QtWidgets import QApplication

    middle, times = plot.area.rect().center(), []
    for notches in (*[1] * 20, *[0] * 20, *[-1] * 20):
        began = time.perf_counter()
        if notches:
            _turn_wheel(plot, middle, notches)
        else:
            plot.area.translateBy(x=0.01 * (plot.mapping.x[1] - plot.mapping.x[0]))
        QApplication.processEvents()  # paints what was asked for, and ends when there is nothing left
        times.append(1000 * (time.perf_counter() - began))
    plot.reset_view()
    _paint()
    return float(np.percentile(times, 95))


def _turn_wheel(plot: Any, pixel: Any, notches: int) -> None:
    from PySide6.QtCore import QPoint, QPointF, Qt
    from PySide6.QtGui import QWheelEvent
    from PySide6.QtWidgets import QApplication

    viewport = plot.findChild(type(plot.focusProxy())).viewport()
    where = QPointF(plot.focusProxy().mapFromScene(plot.area.mapToScene(pixel)))
    turned, none = QPoint(0, 120 * notches), Qt.KeyboardModifier.NoModifier
    button, phase = Qt.MouseButton.NoButton, Qt.ScrollPhase.NoScrollPhase
    event = QWheelEvent(where, QPointF(viewport.mapToGlobal(where)), QPoint(), turned, button, none, phase, False)
    QApplication.sendEvent(viewport, event)


def _paint() -> None:
    from PySide6.QtTest import QTest

    QTest.qWait(200)


@contextmanager
def _opened_page() -> Iterator[Any]:
    """Open the real window on its training page; TensorFlow is never asked for."""
    from lrgui.app import create_application, create_window
    from lrgui.core.config import TrainingConfig

    create_application()
    with tempfile.TemporaryDirectory() as profile:
        window: Any = create_window(Path(profile))
        window.runner.prepare = lambda *_: None
        window.resize(1280, 800)
        window.show()
        window.pages.show_page("train")
        window.train_page.form.set_value(TrainingConfig())
        _paint()
        yield window.train_page
        window.close()
