"""How soon the window answers a hand while TensorFlow is loaded, or trains, beside it."""

import os
import subprocess
import sys
import tempfile
from itertools import cycle
from typing import Any, get_args

import numpy as np

from tests.benchmarks.bench import opened_window
from tests.benchmarks.display import use_a_display
from tests.benchmarks.measure import Result, compare

_FRAME_MS = 1000 / 60
_WORST_MS, _WORST_LOADING_MS = 100.0, 500.0


def latency() -> Result:
    """99th percentile of the event loop's delay during such a run, against a frame of 16.7 ms."""
    with opened_window(training_examples=3000) as bench:
        from tests.benchmarks.lateness import Lateness

        def delay_ms() -> float:
            lateness = Lateness()
            bench.train(shown=True, watched=lateness)
            return float(np.percentile(lateness.delays_ms, 99))

        return compare("latency", delay_ms, lambda: _FRAME_MS, limit=1.0, unit="ms", blocks=15)


def latency_worst() -> Result:
    """The event loop's longest delay from F5 to the end of a sweep, and in a training, of a new model, against 100 ms.

    Each block has a model that this process has not had yet, so that the building and the tracing are in it.
    """
    with opened_window(training_examples=3000) as bench:
        from lrgui.core.config.model import Activation
        from tests.benchmarks.lateness import Lateness

        models = cycle({"name": "cnn", "activation": activation} for activation in get_args(Activation))

        def worst_ms() -> float:
            lateness = Lateness()
            bench.take_model(next(models))
            bench.sweep(watched=lateness)
            bench.train(shown=True, watched=lateness)
            return max(lateness.delays_ms)

        return compare("latency_worst", worst_ms, lambda: _WORST_MS, limit=1.0, unit="ms", blocks=15)


def latency_import() -> Result:
    """The event loop's longest delay from the complete window to TensorFlow loaded behind it, against 500 ms."""
    use_a_display()
    return compare("latency_import", _worst_while_loading, lambda: _WORST_LOADING_MS, limit=1.0, unit="ms", blocks=9)


def _worst_while_loading() -> float:
    code = "from tests.benchmarks import latency; latency.print_worst_while_loading()"
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "HOME": home, "XDG_DATA_HOME": home}
        done = subprocess.run(
            [sys.executable, "-c", code], env=environment, capture_output=True, text=True, timeout=300
        )
    if done.returncode:
        raise RuntimeError(done.stderr)
    return float(done.stdout)


def print_worst_while_loading() -> None:
    """Start the program as ``main.py`` does, print the longest delay until TensorFlow is loaded, and end."""
    import lrgui.app
    from lrgui.__main__ import main

    # The entry builds the window from this name; nothing else is changed.
    lrgui.app.MainWindow = _watched(lrgui.app.MainWindow)  # type: ignore[misc]
    sys.exit(main([]))


def _watched(window_class: Any) -> Any:
    """Return the window's class with one thing more: it tells how late its loop was, and ends the process."""
    from tests.benchmarks.lateness import Lateness

    class Watched(window_class):  # type: ignore[misc]
        def complete(self, first_page: str) -> None:
            super().complete(first_page)
            self.lateness = Lateness()
            self.lateness.__enter__()
            self.runner.prepared.connect(self.tell)

        def tell(self, failure: object) -> None:
            if failure is not None:
                raise RuntimeError(str(failure))
            self.lateness.__exit__()
            print(max(self.lateness.delays_ms), flush=True)
            os._exit(0)

    return Watched
