"""Lines in pixels as Qt wants them: in parts between their gaps, and never far outside the area."""

from collections.abc import Iterator

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtGui import QPolygonF

from lrgui.gui.plots.mapping import Floats


def finite_slices(finite: NDArray[np.bool_]) -> list[slice]:
    """Return the runs of True, as slices."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], finite, [False]]).astype(np.int8)))
    return [slice(int(first), int(last)) for first, last in zip(edges[0::2], edges[1::2], strict=True)]


def smooth_line(x: Floats, y: Floats) -> tuple[Floats, Floats]:
    """Return one point for every two pixel columns where a decimated line has no noise to show.

    With its lowest and highest point in each column a smooth line would look like stairs, and its dashes take long.
    """
    if len(x) % 2 or not len(x):
        return x, y
    low, high = y[0::2], y[1::2]
    if np.nanmax(np.abs(high - low), initial=0.0) > 2:
        return x, y
    middle = (x[0::2] + x[1::2]) / 2, (low + high) / 2
    keep = np.arange(len(middle[0])) % 2 == 0
    keep[-1] = True
    thinned = tuple(part[keep] for part in middle)
    thinned[0][[0, -1]] = x[[0, -1]]
    return thinned[0], thinned[1]


def line_parts(x: Floats, y: Floats, height: float) -> Iterator[tuple[Floats, Floats]]:
    """Yield the parts of a line between its gaps, cut off one height above and below the area.

    A loss of 1e30 is beyond what a painter can draw, and dashes out of sight take as long as those in sight. A single
    point becomes a short dash. What leaves the area comes back on the same side: its way out of sight is straight, so
    that a noisy line that is seen from near by stays in one part.
    """
    top, bottom = -height, 2 * height
    for run in finite_slices(np.isfinite(x) & np.isfinite(y)):
        part = x[run], y[run]
        if run.stop - run.start == 1:
            part = np.array([part[0][0] - 1, part[0][0] + 1]), np.repeat(part[1], 2)
        if (part[1].min() < top) | (part[1].max() > bottom):
            part = _cut(*part, top, bottom)
        if len(part[0]):
            yield part


def _cut(x: Floats, y: Floats, top: float, bottom: float) -> tuple[Floats, Floats]:
    # Further away, the places where a line crosses the edges would drown in rounding.
    y = np.clip(y, 1e4 * top, 1e4 * bottom)
    outside = (y < top) | (y > bottom)
    rise = y[1:] - y[:-1]
    with np.errstate(invalid="ignore", divide="ignore"):
        at_edges = (top - y[:-1]) / rise, (bottom - y[:-1]) / rise
    level = rise == 0
    begin = np.where(level, 0.0, np.clip(np.minimum(*at_edges), 0, 1))
    end = np.where(level, np.where(outside[:-1], -1.0, 1.0), np.clip(np.maximum(*at_edges), 0, 1))
    # Of each segment that is seen its end, and its begin unless it goes on from the one before.
    seen = begin < end
    keep = np.column_stack([seen, seen])
    keep[1:, 0] &= ~((begin[1:] == 0) & seen[:-1] & (end[:-1] == 1))
    shares = np.column_stack([begin, end])
    xs = x[:-1, None] + shares * (x[1:] - x[:-1])[:, None]
    ys = y[:-1, None] + shares * rise[:, None]
    return xs[keep], ys[keep]


def polygon(x: Floats, y: Floats) -> QPolygonF:
    """Return the points as Qt wants them."""
    if not len(x):  # pyqtgraph's conversion writes into memory that an empty polygon does not have
        return QPolygonF()
    points: QPolygonF = pg.functions.arrayToQPolygonF(x, y)
    return points
