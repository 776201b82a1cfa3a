"""What a run tells while it goes: its rows in their order, not too often and not too many at once."""

import time
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from lrgui.cluster.orders import Epoch, Ground
from lrgui.cluster.wire import Array, Packed, packed
from lrgui.core.events import EpochEnded, Event, Examined, StepsEnded

EVERY_SECONDS = 0.5
"""At most one message of a run in this time."""

MOST_ROWS = 2048
"""So many rows a message, at most: about 16 kB. What is left comes with the next, or with the result."""

Send = Callable[[Mapping[str, Any]], None]


class Post:
    """Takes in the events of a run, and sends on what is new.

    Parameters
    ----------
    send : callable
        Takes plain data and bytes.
    every : float
        Seconds between two messages.
    at_once : bool
        Whether it is told at once that the run has begun; else with the first rows.
    """

    def __init__(self, send: Send, every: float = EVERY_SECONDS, *, at_once: bool = True) -> None:
        self._send, self._every, self._at_once = send, every, at_once
        self._untold: dict[str, Any] = {}
        self._parts: list[Mapping[str, Array]] = []
        self._ready = self._sent = self._sent_epochs = 0
        self._epochs: list[Epoch] = []
        self._at = time.monotonic()
        self.ground: Ground | None = None
        self.examined: Examined | None = None

    def began(self, ground: Ground) -> None:
        """Tell that the run has begun, and on what ground."""
        self.ground, self._at = ground, time.monotonic()
        names = ("steps_per_epoch", "steps", "epochs", "parameters", "model_content", "data_content")
        self._untold = {"began": [getattr(ground, name) for name in names]}
        if self._at_once:
            self._send(self._untold)
            self._untold = {}

    def take(self, event: Event) -> None:
        """Take in an event, and send what is new if it is time to."""
        match event:
            case StepsEnded(columns):
                self._parts.append({name: np.asarray(column) for name, column in columns.items()})
                self._ready += len(columns["step"])
            case EpochEnded(epoch, step, values):
                self._epochs.append((epoch, step, dict(values)))
            case Examined():
                self.examined = event
            case _:
                return
        if time.monotonic() - self._at >= self._every:
            self._tell()

    def _tell(self) -> None:
        """Send the oldest rows that were not sent, and the epochs."""
        self._at = time.monotonic()
        message, self._untold = self._untold, {}
        columns = self._columns()
        rows = {name: column[self._sent : self._sent + MOST_ROWS] for name, column in columns.items()}
        if rows and len(rows["step"]):
            message |= {"first": self._sent, "rows": packed(rows)}
            self._sent += len(rows["step"])
        if len(self._epochs) > self._sent_epochs:
            message |= {
                "first_epoch": self._sent_epochs,
                "epochs": [list(row) for row in self._epochs[self._sent_epochs :]],
            }
            self._sent_epochs = len(self._epochs)
        if message:
            self._send(message)

    def _columns(self) -> Mapping[str, Array]:
        if len(self._parts) > 1:
            names = self._parts[0]
            self._parts = [{name: np.concatenate([part[name] for part in self._parts]) for name in names}]
        return self._parts[0] if self._parts else {}

    def steps(self) -> Packed:
        """Return all rows so far."""
        return packed(self._columns())

    def epochs(self) -> tuple[Epoch, ...]:
        """Return all epochs so far."""
        return tuple(self._epochs)
