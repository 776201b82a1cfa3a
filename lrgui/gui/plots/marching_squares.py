"""Lines of equal height through a grid of values, for all its cells at once."""

import numpy as np
from numpy.typing import NDArray

from lrgui.gui.plots.mapping import Floats

# A cell's corners in order: low left, low right, high right, high left. Its edges: bottom, right, top, left, each
# from one corner to the next. For each pattern of corners above the level: the pairs of edges that a line joins.
_EDGES = ((0, 1), (1, 2), (2, 3), (3, 0))
_JOINED: dict[int, tuple[tuple[int, int], ...]] = {
    1: ((3, 0),),
    2: ((0, 1),),
    3: ((3, 1),),
    4: ((1, 2),),
    5: ((3, 0), (1, 2)),
    6: ((0, 2),),
    7: ((3, 2),),
    8: ((2, 3),),
    9: ((2, 0),),
    10: ((0, 1), (2, 3)),
    11: ((2, 1),),
    12: ((1, 3),),
    13: ((1, 0),),
    14: ((0, 3),),
}


def contour_segments(x: Floats, y: Floats, values: Floats, level: float) -> Floats:
    """Return the line of one level as segments, by marching squares (Lorensen and Cline's cubes, in the plane).

    Parameters
    ----------
    x, y : numpy.ndarray, shape (columns,) and (rows,)
        Where the values lie, in any units.
    values : numpy.ndarray, shape (rows, columns)
        A cell with a corner that is not finite has no line.
    level : float
        The height.

    Returns
    -------
    numpy.ndarray, shape (2 * segments, 2)
        Beginning and end of each segment in turn, in the units of x and y.
    """
    corners = np.stack([values[:-1, :-1], values[:-1, 1:], values[1:, 1:], values[1:, :-1]])
    pattern: NDArray[np.intp] = ((corners > level) * np.array([1, 2, 4, 8])[:, None, None]).sum(axis=0)
    rows, columns = np.nonzero((pattern % 15 != 0) & np.isfinite(corners).all(axis=0))
    if not len(rows):
        return np.empty((0, 2))
    heights, pattern = corners[:, rows, columns], pattern[rows, columns]
    left, right, low, high = x[columns], x[columns + 1], y[rows], y[rows + 1]
    places = np.stack([[left, low], [right, low], [right, high], [left, high]])
    parts = []
    for kind in np.unique(pattern):
        here = pattern == kind
        for edges in _JOINED[int(kind)]:
            ends = [_crossing(places[:, :, here], heights[:, here], *_EDGES[edge], level) for edge in edges]
            parts.append(np.stack(ends, axis=1).reshape(-1, 2))
    return np.concatenate(parts)


def _crossing(places: Floats, heights: Floats, one: int, other: int, level: float) -> Floats:
    """Return where the edges between two corners cross the level, shape (cells, 2)."""
    share = (level - heights[one]) / (heights[other] - heights[one])
    crossing: Floats = (places[one] + share * (places[other] - places[one])).T
    return crossing
