"""How far a batch has come: what has come to its end, what broke and why, and how long the rest takes."""

import time
from collections.abc import Mapping
from typing import Any

from lrgui.core.events import Spread
from lrgui.core.messages import Message

TOLD_SECONDS = 0.5
"""At most one telling in this time."""


class Tally:
    """Counts the runs of a batch.

    Parameters
    ----------
    runs : int
        How many there are.

    Attributes
    ----------
    done, failed : int
        How many have come to their end, and how many broke.
    reason : Message or None
        Why the first of these did.
    details : str
        Its traceback.
    """

    def __init__(self, runs: int) -> None:
        self._runs = runs
        self._began: float | None = None
        self._told = 0.0
        self.done = self.failed = 0
        self.reason: Message | None = None
        self.details = ""

    def begin(self) -> None:
        """Count the time from the first run that begins."""
        self._began = time.monotonic() if self._began is None else self._began

    def fail(self, reason: Message | None, details: str = "") -> None:
        """Count a run that broke; the reason of the first is kept."""
        self.failed += 1
        if self.reason is None:
            self.reason, self.details = reason, details

    def due(self) -> bool:
        """Return whether it is time to tell how far all have come; it is taken as told then."""
        due = time.monotonic() - self._told >= TOLD_SECONDS
        if due:
            self._told = time.monotonic()
        return due

    def spread(self, workers: Mapping[str, Any], begun: int, dashboard: str) -> Spread:
        """Return how far all have come, where so many are with a worker that has begun them."""
        left = self._runs - self.done - self.failed
        running = min(begun, len(workers))
        return Spread(
            len(workers), running, left - running, self.done, self.failed, self._seconds_left(left), dashboard
        )

    def _seconds_left(self, left: int) -> float | None:
        """Return how long the rest takes, if it goes on as it went."""
        ended = self.done + self.failed
        if self._began is None or not ended:
            return None
        return (time.monotonic() - self._began) / ended * left
