"""Runs in processes of their own: what that costs, what a second one gives, and what a thousand leave in the window."""

import threading
import time

from lrgui.cluster import connection
from lrgui.core.config import Arm, ComparisonConfig
from lrgui.core.config.place import Here, PlaceChoice, Processes
from lrgui.core.control import Control
from lrgui.core.runs import Run
from lrgui.jobs import compare
from tests.benchmarks import measure

_RATES = (1e-3, 3e-3, 1e-2, 3e-2)
_SHORT = ComparisonConfig(batch_size=64, epochs=1, seeds=50, arms=tuple(Arm(learning_rate=rate) for rate in _RATES))
"""200 runs of 22 steps."""

_LONG = _SHORT.model_copy(update={"batch_size": 32, "epochs": 8, "seeds": 6})
_MANY = ComparisonConfig(
    epochs=2, seeds=50, arms=tuple(Arm(learning_rate=10 ** (place / 10 - 3)) for place in range(10))
)
_MEGABYTES = 200.0


def cluster_overhead() -> measure.Result:
    """200 short runs by one worker process against as many here, in turn: models are traced before, and kept."""
    ours, here = _seconds(_SHORT, Processes(workers=1)), _seconds(_SHORT, Here())
    return measure.compare("cluster_overhead", ours, here, limit=1.3, unit="s", blocks=5)


def cluster_scale() -> measure.Result:
    """Two workers against one: on two cores that nobody else needs, half of the time and a little."""
    two, one = _seconds(_LONG, Processes(workers=2)), _seconds(_LONG, Processes(workers=1))
    return measure.compare("cluster_scale", two, one, limit=0.6, unit="s", blocks=5)


def cluster_memory() -> measure.Result:
    """What 1,000 runs of 88 steps add to the process that hears of them, at the most."""
    place = Processes(workers=2)
    _open(place)
    runs = [_done(_SHORT.model_copy(update={"seeds": 1}), place)]
    with _Peak() as peak:
        runs += [_done(_MANY.model_copy(update={"seed": seed}), place) for seed in (0, 50)]
    above = peak.most - peak.idle
    connection.leave_clusters()
    ratio = above / _MEGABYTES
    return measure.Result("cluster_memory", above, _MEGABYTES, ratio, ratio, ratio, 1.0, "MB", 1)


def _seconds(config: ComparisonConfig, place: PlaceChoice) -> measure.Sample:
    def sample() -> float:
        start = time.perf_counter()
        _done(config, place)
        return time.perf_counter() - start

    _open(place)
    return sample


_kept: dict[PlaceChoice, connection.Cluster] = {}


def _open(place: PlaceChoice) -> None:
    """Open a cluster beside those that are open: the program has one at a time."""
    if not isinstance(place, Here):
        _kept[place] = connection.Cluster(place)


def _done(config: ComparisonConfig, place: PlaceChoice) -> Run:
    connection._open.clear()
    connection._open.update(_kept)
    run = Run("", "comparison", config)
    compare(config, run.apply, Control(), on=place)
    if run.status != "finished":
        raise RuntimeError(str(run.message))
    return run


class _Peak:
    """Looks at the memory of this process as long as it is entered, in MB."""

    def __enter__(self) -> "_Peak":
        import psutil

        self._process, self._over = psutil.Process(), threading.Event()
        self.idle = self.most = self._now()
        self._thread = threading.Thread(target=self._look)
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._over.wait(0.05):
            self.most = max(self.most, self._now())

    def _now(self) -> float:
        return float(self._process.memory_info().rss / 1e6)
