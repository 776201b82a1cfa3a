"""The history: what it costs a run to be kept, and how soon ten thousand runs are there."""

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from lrgui.core.config import TrainingConfig
from lrgui.core.control import Control
from lrgui.core.events import Ended, Event, Planned
from lrgui.core.runs import Run, RunStatus, fresh_id
from lrgui.core.store import FILE_NAME, Filter, Sort, Store
from tests.benchmarks.measure import Result, Sample, compare

_OPEN_MS = 300.0
_RUNS = 10_000


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
    """A file of 10,000 runs opened, counted and its first page read, in a fresh store each time, against 300 ms."""
    with tempfile.TemporaryDirectory() as folder:
        path = filled(Path(folder))
        return compare(
            "history_open", lambda: 1000 * _seconds(lambda: _open(path)), lambda: _OPEN_MS, limit=1, unit="ms"
        )


def filled(folder: Path) -> Path:
    """Write a history of 10,000 runs into a folder, and return its path."""
    from tests.core.store.runs import fill

    fill(folder / FILE_NAME, _RUNS)
    return folder / FILE_NAME


def _open(path: Path) -> None:
    store = Store(path, told=_refuse)
    assert store.count(Filter()) == _RUNS
    assert len(store.page(Filter(), Sort(), 0, 50)) == 50
    store.close()


def _seconds(act: Callable[[], None]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began
