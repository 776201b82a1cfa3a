"""An arm's curve: median and range over its seeds, step by step."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lrgui.core.runs import History

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """At each ``step``, of shape (n,), the ``median``, the ``low``est and the ``high``est of the seeds."""

    step: NDArray[np.int64]
    median: Floats
    low: Floats
    high: Floats


def curve(history: History, arm: int, column: str, most_points: int = 200) -> Curve:
    """Return the curve of an arm in the steps or the epochs of a run, which may be going on.

    Where there are more steps than points, each point is the mean of neighbouring steps. Every seed counts as far as
    it has come.

    Parameters
    ----------
    history : History
        ``steps`` or ``epochs`` of a comparison.
    arm : int
        The number of the arm.
    column : str
        What is drawn.
    most_points : int
        At least 1.
    """
    length = len(history)
    if not length or column not in history:
        return _NOTHING
    own = history["arm"][:length] == arm
    seeds, step, values = (history[name][:length][own] for name in ("seed", "step", column))
    found = [(step[seeds == seed], values[seeds == seed]) for seed in np.unique(seeds)]
    if not found:
        return _NOTHING
    longest = max((steps for steps, _ in found), key=len)
    width = -(-len(longest) // most_points)
    table = np.full((len(found), -(-len(longest) // width)), np.nan)
    for row, (_, line) in zip(table, found, strict=True):
        means = _means(np.asarray(line, np.float64), width)
        row[: len(means)] = means
    return _pooled(np.asarray(longest[width // 2 :: width], np.int64), table)


def _means(values: Floats, width: int) -> Floats:
    """Return the means of so many neighbours each; of the last ones, of as many as there are."""
    firsts = np.arange(0, len(values), width)
    return values if width == 1 else np.add.reduceat(values, firsts) / np.diff(firsts, append=len(values))


def _pooled(step: NDArray[np.int64], table: Floats) -> Curve:
    """Return what there is at each step; a value that is no number is none."""
    table = np.where(np.isfinite(table), table, np.nan)[:, : len(step)]
    known = np.asarray(~np.isnan(table).all(axis=0))
    # By hand, as a window asks for it while a run computes: numpy's median of so few takes ten times as long.
    ordered = np.sort(table[:, known], axis=0)  # NaN stands last
    count, columns = np.count_nonzero(~np.isnan(ordered), axis=0), np.arange(ordered.shape[1])
    median = 0.5 * ordered[(count - 1) // 2, columns] + 0.5 * ordered[count // 2, columns]
    return Curve(step[: len(known)][known], median, ordered[0], ordered[count - 1, columns])


_NOTHING = Curve(np.empty(0, np.int64), np.empty(0), np.empty(0), np.empty(0))
