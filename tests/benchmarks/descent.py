"""Walking down a function: eight walkers, 10,000 steps each, as when a slider moves."""

import time

from lrgui.core.descent import DescentConfig, paths_of
from tests.benchmarks.measure import Result, compare

STEPS = 10_000
MOST_MS = 300.0
CONFIG = DescentConfig(
    function="rosenbrock",
    steps=STEPS,
    walkers=(
        "sgd,learning_rate=0.001,schedule=shrink",
        "momentum,learning_rate=0.0005",
        "nesterov,learning_rate=0.0005",
        "adagrad",
        "rmsprop,learning_rate=0.001",
        "adam,schedule=cosine",
        "amsgrad",
        "lion,learning_rate=0.001,noise=0.1",
    ),
)
"""Eight walkers, which are followed to the end."""


def descent_path() -> Result:
    """Compute eight paths of 10,000 steps on Rosenbrock's function, in ms of one core against 300."""
    return compare("descent_path", _walk, lambda: MOST_MS, limit=1.0, unit="ms", blocks=9)


def _walk() -> float:
    begin = time.process_time()
    for path in paths_of(CONFIG):
        path.extend_to(STEPS)
        assert path.known == STEPS + 1
    return 1000 * (time.process_time() - begin)
