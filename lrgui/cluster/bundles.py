"""Which runs go to a worker together: a task of Dask costs the same, however short it is.

That is 5 ms of this process and 3 ms of the worker's; a run of 20 steps of a small network takes 25 ms.
"""

from collections import deque
from dataclasses import dataclass
from statistics import median
from typing import Any

from lrgui.cluster.orders import Outcome
from lrgui.cluster.wire import rows_in

TOGETHER_SECONDS = 0.5
"""How long the runs of a task may take together: what has ended is heard of no later than what goes on."""

SECONDS_A_WORKER = 0.02
"""The same for each worker where there are many: four times as long as a task keeps the scheduler busy."""

MOST_TOGETHER = 64
"""Runs in a task, however short they are."""

_LOOK_BACK = 8
"""So many ends are looked at: of these the middle one counts, not the first of all, which loads TensorFlow."""


@dataclass(eq=False, slots=True)
class Task:
    """Runs that a worker has been given together.

    Attributes
    ----------
    future : Any
        Dask's hold on it.
    begun : bool
        Whether a worker has begun one of them.
    """

    future: Any
    begun: bool = False


class Bundles:
    """Finds out how many runs go together, from what those before them took."""

    def __init__(self) -> None:
        self._seconds: deque[float] = deque(maxlen=_LOOK_BACK)
        self._alone: set[int] = set()

    def learn(self, outcome: Outcome) -> None:
        """Take in how long a run has taken its worker, or would have if it had gone on to its last step."""
        if outcome.ground is not None:
            done = rows_in(outcome.steps)
            self._seconds.append(outcome.seconds * outcome.ground.steps / max(1, done))

    def part(self, number: int) -> None:
        """Let a run go alone from now on: something was wrong with those that it went with, or with it."""
        self._alone.add(number)

    def first_of(self, numbers: list[int], waiting: int, workers: int) -> list[int]:
        """Return which go next of the first ``numbers``, at least one, of all that wait.

        Half of what waits is divided among all workers: towards the end the parts become smaller, so that all come to
        it at about the same time.
        """
        if numbers[0] in self._alone:
            return numbers[:1]
        together = numbers[: max(1, min(self._in_time(workers), waiting // (2 * workers)))]
        parted = (place for place, number in enumerate(together) if number in self._alone)
        return together[: next(parted, len(together))]

    def _in_time(self, workers: int) -> int:
        if not self._seconds:
            return 1
        seconds = max(TOGETHER_SECONDS, SECONDS_A_WORKER * workers)
        return min(MOST_TOGETHER, int(seconds / max(median(self._seconds), 1e-6)))
