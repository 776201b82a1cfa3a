"""Runs in processes of their own: what that costs, and what a second one gives."""

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


def cluster_overhead() -> measure.Result:
    """200 short runs by one worker process against as many here, in turn: models are traced before, and kept."""
    ours, here = _seconds(_SHORT, Processes(workers=1)), _seconds(_SHORT, Here())
    return measure.compare("cluster_overhead", ours, here, limit=1.3, unit="s", blocks=5)


def cluster_scale() -> measure.Result:
    """Two workers against one: on two cores that nobody else needs, half of the time and a little."""
    two, one = _seconds(_LONG, Processes(workers=2)), _seconds(_LONG, Processes(workers=1))
    return measure.compare("cluster_scale", two, one, limit=0.6, unit="s", blocks=5)


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
