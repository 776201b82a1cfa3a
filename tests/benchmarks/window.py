"""The window: how soon it is there, what it costs a run to be looked at, and how soon one stops."""

import os
import subprocess
import sys
import tempfile
import time

from tests.benchmarks.bench import opened_window
from tests.benchmarks.display import use_a_display
from tests.benchmarks.measure import Result, Sample, compare

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
    with opened_window(training_examples=3000) as bench:
        shown, hidden = (lambda: bench.train(shown=True)), (lambda: bench.train(shown=False))
        return compare("live_cost", shown, hidden, limit=1.05, unit="s/step", blocks=15)


def stop() -> Result:
    """A click on Stop to the run's end, at any moment of a training on 60,000 images."""
    with opened_window(training_examples=60_000) as bench:
        return compare("stop", bench.stop_ms, lambda: _STOP_MS, limit=1.0, unit="ms", blocks=15)
