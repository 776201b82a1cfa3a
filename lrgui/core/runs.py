"""A run: what was asked, what has been measured so far, and how it ended."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import uuid4

import numpy as np
from numpy.typing import NDArray

from lrgui.core.config.base import Config
from lrgui.core.events import (
    ArmEnded,
    Columns,
    Diverged,
    Ended,
    EpochEnded,
    Event,
    Examined,
    FactorMoved,
    Failed,
    Finished,
    Planned,
    Progressed,
    Spread,
    StepsEnded,
    Stopped,
)
from lrgui.core.messages import Message, say
from lrgui.core.stopwatch import Stopwatch


class RunStatus(StrEnum):
    """Where a run stands."""

    WAITING = "waiting"
    RUNNING = "running"
    FINISHED = "finished"
    STOPPED = "stopped"
    DIVERGED = "diverged"
    FAILED = "failed"
    INTERRUPTED = "interrupted"
    """The program was gone before the run ended; only runs that were read back are so."""


STATES = {
    RunStatus.WAITING: say("waiting"),
    RunStatus.RUNNING: say("running"),
    RunStatus.FINISHED: say("finished"),
    RunStatus.STOPPED: say("stopped"),
    RunStatus.DIVERGED: say("diverged"),
    RunStatus.FAILED: say("failed"),
    RunStatus.INTERRUPTED: say("interrupted"),
}
"""What a person reads of a status."""

_STATUS_OF_END = {
    Finished: RunStatus.FINISHED,
    Stopped: RunStatus.STOPPED,
    Diverged: RunStatus.DIVERGED,
    Failed: RunStatus.FAILED,
}


def fresh_id() -> str:
    """Return an id that no other run has, on this computer or another: 32 hexadecimal digits."""
    return uuid4().hex


_last_start = 0.0


def fresh_start() -> float:
    """Return the time of now; a run never begins before the last one, though the clock may have been set back.

    Returns
    -------
    float
        As ``time.time`` tells it.
    """
    global _last_start
    # Times as they are shown and kept have no need of less than a millisecond.
    _last_start = max(time.time(), _last_start + 1e-3)
    return _last_start


class History:
    """Named columns of equal length that grow at their end.

    Reading a column gives a view of shape (n,), valid for the n rows of that moment; appended rows never move what a
    view shows. Whole numbers are held in 4 bytes as long as they fit: there may be a million steps.
    """

    def __init__(self) -> None:
        self._buffers: dict[str, NDArray[np.generic]] = {}
        self._length = 0

    def append(self, columns: Columns) -> None:
        """Add rows: equal-length arrays by name. The first call decides which names there are.

        Raises
        ------
        ValueError
            The names differ from those of the first call, or the lengths differ.
        """
        if not self._buffers:
            self._buffers = {name: np.empty(0, _narrow(np.asarray(column))) for name, column in columns.items()}
        if columns.keys() != self._buffers.keys():
            raise ValueError(f"columns {sorted(columns)} do not match {sorted(self._buffers)}")
        if len({len(column) for column in columns.values()}) > 1:
            raise ValueError("columns of different length")
        added = len(next(iter(columns.values())))
        for name, column in columns.items():
            buffer = self._room_for(name, np.asarray(column))
            buffer[self._length : self._length + added] = column
        self._length += added

    def _room_for(self, name: str, column: NDArray[np.generic]) -> NDArray[np.generic]:
        buffer, needed = self._buffers[name], self._length + len(column)
        too_narrow = buffer.dtype == np.int32 and _narrow(column) == np.int64
        kind = np.dtype(np.int64) if too_narrow else buffer.dtype
        if needed > len(buffer) or kind != buffer.dtype:
            grown = np.empty(max(2 * len(buffer), needed, 64), kind)
            grown[: self._length] = buffer[: self._length]
            self._buffers[name] = buffer = grown
        return buffer

    def __getitem__(self, name: str) -> NDArray[np.float64]:
        if not self._buffers:
            return np.empty(0)
        return self._buffers[name][: self._length]  # type: ignore[return-value]

    def __contains__(self, name: object) -> bool:
        return name in self._buffers

    def __iter__(self) -> Iterator[str]:
        return iter(self._buffers)

    def __len__(self) -> int:
        return self._length


def _narrow(column: NDArray[np.generic]) -> np.dtype[np.generic]:
    """Return in what numbers a column is held: 4 bytes for whole numbers of 8 that fit."""
    if column.dtype != np.int64:
        return column.dtype
    room = np.iinfo(np.int32)
    fits = not len(column) or (column.min() >= room.min and column.max() <= room.max)
    return np.dtype(np.int32 if fits else np.int64)


@dataclass(eq=False)
class Run:
    """One run, gathered from its events.

    ``steps`` has one row a step (the columns of ``StepsEnded``), ``epochs`` one row an epoch (``epoch, step`` and the
    values of ``EpochEnded``). ``slowed`` tells that it was held or paced at any time, or was not carried out here: its
    seconds then say nothing of the computer. ``spread`` tells how far the workers have come, if any are at work.
    ``arm_ends`` tells how the arms of a comparison ended. ``repeat_of`` is the id of the run that this one repeats, if
    it is to be the same.
    """

    id: str
    kind: str
    config: Config
    name: str = ""
    status: RunStatus = RunStatus.WAITING
    started: float = field(default_factory=fresh_start)
    seconds: float = 0.0
    progress: Progressed | None = None
    planned: Planned | None = None
    steps: History = field(default_factory=History)
    epochs: History = field(default_factory=History)
    factor_moves: list[FactorMoved] = field(default_factory=list)
    arm_ends: list[ArmEnded] = field(default_factory=list)
    examined: Examined | None = None
    spread: Spread | None = None
    message: Message | None = None
    details: str = ""
    evaluation: dict[str, float] = field(default_factory=dict)
    stopwatch: Stopwatch = field(default_factory=Stopwatch)
    slowed: bool = False
    repeat_of: str | None = None
    _began: float = field(default_factory=time.perf_counter, repr=False)

    @property
    def ended(self) -> bool:
        """Whether nothing more will come."""
        return self.status not in (RunStatus.WAITING, RunStatus.RUNNING)

    @property
    def place(self) -> tuple[int, int]:
        """Which sweep of a range test it is at, from 0, and how many steps of that are done; (0, steps) in others."""
        if "repeat" not in self.steps:
            return 0, len(self.steps)
        repeats = self.steps["repeat"]
        return int(repeats[-1]), len(repeats) - int(np.searchsorted(repeats, repeats[-1]))

    @property
    def done(self) -> int:
        """How many steps of the plan are behind it; those that an earlier sweep did not get to count as done."""
        repeat, steps = self.place
        planned = self.planned
        return steps + (repeat * (len(planned.learning_rates) // planned.repeats) if planned else 0)

    def apply(self, event: Event) -> None:
        """Take in one event. Events after the end change nothing."""
        if self.ended:
            return
        if self.status is RunStatus.WAITING:
            self.status = RunStatus.RUNNING
        self.stopwatch.take(event)
        match event:
            case Progressed():
                self.progress = event
            case Planned():
                self.planned, self._began = event, time.perf_counter()
            case StepsEnded():
                self.steps.append(event.columns)
            case EpochEnded():
                row = {"epoch": event.epoch, "step": event.step, **event.values}
                self.epochs.append({name: np.array([value]) for name, value in row.items()})
            case ArmEnded():
                self.arm_ends.append(event)
            case FactorMoved():
                self.factor_moves.append(event)
            case Examined():
                self.examined = event
            case Spread():
                self.spread, self.slowed = event, True
            case Ended():
                self._end(event)
        self.seconds = time.perf_counter() - self._began

    def _end(self, event: Ended) -> None:
        self.status = _STATUS_OF_END[type(event)]
        self.message, self.evaluation = event.message, dict(event.evaluation)
        self.details = event.details if isinstance(event, Failed) else ""
