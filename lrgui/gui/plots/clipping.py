"""Lines cut off at a rectangle: a walker that is flung away leaves it in the right direction."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPolygonF

from lrgui.gui.plots.mapping import Floats
from lrgui.gui.plots.polylines import finite_slices, polygon


def lines_within(x: Floats, y: Floats, room: QRectF) -> list[QPolygonF]:
    """Return a line through points as the parts of it that lie in a rectangle, without points on the same pixel.

    Parameters
    ----------
    x, y : numpy.ndarray, shape (n,)
        Finite.
    room : QRectF
        In the same units; its edges belong to it.
    """
    x, y = _thinned(x, y)
    if len(x) < 2:
        return []
    inside = (x >= room.left()) & (x <= room.right()) & (y >= room.top()) & (y <= room.bottom())
    if inside.all():
        return [polygon(x, y)]
    begin, end = _shares_within(x, y, room)
    kept = begin < end
    whole = kept & (begin == 0) & (end == 1)
    parts = [polygon(x[run.start : run.stop + 1], y[run.start : run.stop + 1]) for run in finite_slices(whole)]
    for index in np.flatnonzero(kept & ~whole):
        shares = np.array([begin[index], end[index]])
        parts.append(
            polygon(x[index] + shares * (x[index + 1] - x[index]), y[index] + shares * (y[index + 1] - y[index]))
        )
    return parts


def _thinned(x: Floats, y: Floats) -> tuple[Floats, Floats]:
    """Leave out points that lie on the pixel of the one before: thousands of steps at a minimum are one place."""
    if len(x) < 3:
        return x, y
    moved: NDArray[np.bool_] = (np.diff(np.round(2 * x)) != 0) | (np.diff(np.round(2 * y)) != 0)
    kept = np.concatenate([[True], moved])
    return x[kept], y[kept]


def _shares_within(x: Floats, y: Floats, room: QRectF) -> tuple[Floats, Floats]:
    """Return between which shares of its length each segment is inside (Liang and Barsky, 1984)."""
    begin, end = np.zeros(len(x) - 1), np.ones(len(x) - 1)
    for values, low, high in ((x, room.left(), room.right()), (y, room.top(), room.bottom())):
        start, way = values[:-1], np.diff(values)
        level = way == 0
        with np.errstate(divide="ignore", invalid="ignore"):
            first, last = np.sort([(low - start) / way, (high - start) / way], axis=0)
        outside = level & ((start < low) | (start > high))
        begin = np.maximum(begin, np.where(level, 0.0, first))
        end = np.where(outside, -1.0, np.minimum(end, np.where(level, 1.0, last)))
    return begin, end
