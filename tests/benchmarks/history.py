"""The history: what it costs a run to be kept, and how soon ten thousand runs are there."""

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from lrgui.core.config import TrainingConfig
from lrgui.core.control import Control
from lrgui.core.events import Ended, Event, Planned
from lrgui.core.runs import Run, RunStatus, fresh_id
from lrgui.core.store import FILE_NAME, Store
from tests.benchmarks.display import use_a_display
from tests.benchmarks.measure import Result, Sample, compare

_OPEN_MS = 300.0
_RUNS = 10_000
_SCROLLED = 138


def journal() -> Result:
    """Seconds a step of a training on digits, its events taken by a run, with the store on and off."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / FILE_NAME, told=_refuse)
        store.open()
        kept = _training(store)
        result = compare("journal", kept, _training(None), limit=1.05, unit="s/step", blocks=25)
        assert store.flush()
        assert store.count() == 26, "some of the runs were not kept"
        store.close()
    return result


def _refuse(message: object) -> None:
    raise AssertionError(str(message))


def _training(store: Store | None) -> Sample:
    from lrgui.training.trainer import train

    config = TrainingConfig(epochs=40)

    def seconds_per_step() -> float:
        run, times = Run(fresh_id(), "training", config), []
        if store is not None:
            store.begin(run)

        def emit(event: Event) -> None:
            run.apply(event)
            if store is not None:
                store.take(run, event)
            if isinstance(event, Planned | Ended):
                times.append(time.perf_counter())

        train(config, emit, Control())
        # What the store still has to write of its end must not be charged to the next run.
        if store is not None:
            store.flush()
        assert run.status is RunStatus.FINISHED, run.message
        return (times[1] - times[0]) / len(run.steps)

    return seconds_per_step


def history_open() -> Result:
    """The page of the history shown first, with 10,000 runs, to its painted list, in a new window each time.

    Against 300 ms. A second figure goes to stderr: the milliseconds that a frame takes while the list is scrolled from
    its begin to its end, rows of which are read meanwhile: median and 99th percentile.
    """
    use_a_display()
    from lrgui.app import create_application

    create_application()
    with tempfile.TemporaryDirectory() as folder:
        filled(Path(folder))
        frames: list[float] = []
        result = compare("history_open", lambda: _opened(Path(folder), frames), lambda: _OPEN_MS, limit=1, unit="ms")
    median, slow = np.percentile(frames, [50, 99])
    print(f"a frame of the scrolled list: {median:.1f} ms, 99th percentile {slow:.1f} ms", file=sys.stderr)
    return result


def _opened(profile: Path, frames: list[float]) -> float:
    """Return the milliseconds to the painted list, and note those of each frame when it is scrolled."""
    from lrgui.app import create_window

    window = create_window(profile)
    window.runner.prepare = lambda load: None  # type: ignore[method-assign]  # TensorFlow has no part in it
    window.show()
    _turn(lambda: window.history.store.readable and "train" in window.pages)
    began = time.perf_counter()
    window.pages.show_page("history")
    page = window.history_desk.page
    _turn(lambda: page.model.entry(0) is not None)
    page.table.viewport().repaint()
    milliseconds = 1000 * (time.perf_counter() - began)
    assert page.model.rowCount() == _RUNS
    frames += _scroll(page.table)
    window.close()
    window.deleteLater()
    return milliseconds


def _scroll(table: Any) -> list[float]:
    """Scroll by three rows a frame, then in great leaps, and return the milliseconds of each frame."""
    bar, frames = table.verticalScrollBar(), list[float]()
    slow = range(0, 40 * _SCROLLED, _SCROLLED)
    for value in (*slow, *range(slow[-1], bar.maximum(), bar.maximum() // 40)):
        began = time.perf_counter()
        bar.setValue(value)
        table.viewport().repaint()
        frames.append(1000 * (time.perf_counter() - began))
        _turn(lambda: True)
    return frames


def _turn(ready: Callable[[], bool]) -> None:
    """Let the window's loop turn until something is ready, at least for a moment."""
    from PySide6.QtCore import QEventLoop, QTimer

    loop, ticks = QEventLoop(), QTimer(interval=1)
    ticks.timeout.connect(lambda: loop.quit() if ready() else None)
    ticks.start()
    loop.exec()


def filled(folder: Path) -> Path:
    """Write a history of 10,000 runs into a folder, and return its path."""
    from tests.core.store.runs import fill

    fill(folder / FILE_NAME, _RUNS)
    return folder / FILE_NAME
