"""Keeps what a comparison needs to go on, now and then, while it goes."""

import contextlib
import time
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from lrgui.core.comparison.unfinished import Columns, Unfinished, forget, keep
from lrgui.core.events import Emit, EpochEnded, StepsEnded
from lrgui.core.runs import History, Run
from lrgui.training.lane import Lane
from lrgui.training.states import packed, unpacked

LEAST_SECONDS = 2.0
"""So much may be lost when the program is gone, and an epoch."""

_SHARE = 20
"""Writing takes one part in so many of the time, at most."""


class Keeper:
    """Writes the file of a comparison after epochs, not too often.

    Parameters
    ----------
    path : Path or None
        Where; None keeps nothing.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._next = time.perf_counter() + LEAST_SECONDS

    def look(self, run: Run, lanes: Iterable[Lane], *, now: bool = False) -> None:
        """Write, if it is time to, or ``now``: a disk that takes nothing must not end the comparison."""
        if self._path is None or (time.perf_counter() < self._next and not now):
            return
        start = time.perf_counter()
        with contextlib.suppress(OSError):
            keep(self._path, _as_it_stands(run, list(lanes)))
        end = time.perf_counter()
        self._next = end + max(LEAST_SECONDS, _SHARE * (end - start))

    def forget(self) -> None:
        """Remove the file: there is nothing to go on with."""
        if self._path is not None:
            forget(self._path)


def _as_it_stands(run: Run, lanes: list[Lane]) -> Unfinished:
    """Return what there is up to the last whole epoch of each lane; what ended before its end stands as it is."""
    borders = {(lane.arm, lane.seed): lane.done for lane in lanes if lane.how is None}
    steps = _columns(run.steps)
    if steps:
        beyond = np.zeros(len(run.steps), bool)
        for (arm, seed), done in borders.items():
            beyond |= (steps["arm"] == arm) & (steps["seed"] == seed) & (steps["step"] >= done)
        steps = {name: column[~beyond] for name, column in steps.items()}
    states = {(lane.arm, lane.seed): packed(lane.border) for lane in lanes if lane.border is not None}
    return Unfinished(steps, _columns(run.epochs), list(run.arm_ends), states)


def _columns(history: History) -> Columns:
    return {name: np.asarray(history[name]) for name in history}


def take_up(lanes: Iterable[Lane], before: Unfinished, emit: Emit) -> None:
    """Bring lanes to where they were, and emit what they had measured by then."""
    ends = {(end.arm, end.seed): end for end in before.ends}
    for lane in lanes:
        key = (lane.arm, lane.seed)
        steps, epochs = (_own(columns, key) for columns in (before.steps, before.epochs))
        if key not in ends and key not in before.states:
            continue
        if steps:
            emit(StepsEnded(steps))
        rows = [{name: float(column[row]) for name, column in epochs.items()} for row in range(_rows(epochs))]
        for row in rows:
            values = {name: value for name, value in row.items() if name not in ("epoch", "step")}
            emit(EpochEnded(int(row["epoch"]), int(row["step"]), values))
        if key in ends:
            lane.how = ends[key].how
            emit(ends[key])
        else:
            lane.restore(unpacked(lane.prepared, before.states[key]), rows, rows[-1]["seconds"])


def _own(columns: Columns, key: tuple[int, int]) -> Columns:
    if not columns:
        return {}
    own = (columns["arm"] == key[0]) & (columns["seed"] == key[1])
    return {name: column[own] for name, column in columns.items()} if own.any() else {}


def _rows(columns: Columns) -> int:
    return len(columns["epoch"]) if columns else 0
