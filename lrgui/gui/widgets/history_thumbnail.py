"""The curve of a run, as small as a word."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPolygonF

from lrgui.core.store.thumbnails import Points, Thumbnail

_ROOM = 1.08


def loss_lines(thumbnail: Thumbnail, box: QRectF) -> list[QPolygonF]:
    """Return the losses as lines in a box, in parts between what is not finite.

    The range is that from the best loss to the highest before it: what runs away later leaves the box at its top.
    """
    x, y = thumbnail.curve.astype(np.float64)
    finite = np.isfinite(x) & np.isfinite(y)
    if not finite.any():
        return []
    best = int(np.argmin(np.where(finite, y, np.inf)))
    before = y[: best + 1][finite[: best + 1]]
    low, high = float(y[best]), float(before.max())
    if high <= low:
        high = low + (abs(low) or 1.0)
    return _lines(x, y, finite, (low, low + _ROOM * (high - low)), box)


def accuracy_lines(thumbnail: Thumbnail, box: QRectF) -> list[QPolygonF]:
    """Return the accuracies of the epochs as lines in a box, over the steps of the losses; from 0 at its foot to 1."""
    x, y = thumbnail.second.astype(np.float64)
    finite = np.isfinite(x) & np.isfinite(y)
    span = thumbnail.curve[0]
    if not finite.any() or not len(span):
        return []
    return _lines(x, y, finite, (0.0, 1.0), box, (float(span[0]), float(max(span[-1], x.max()))))


def _lines(
    x: Points | NDArray[np.float64],
    y: NDArray[np.float64],
    finite: NDArray[np.bool_],
    y_range: tuple[float, float],
    box: QRectF,
    x_range: tuple[float, float] | None = None,
) -> list[QPolygonF]:
    left, right = x_range or (float(x[finite][0]), float(x[finite][-1]))
    low, high = y_range
    across = box.left() + box.width() * (x - left) / ((right - left) or 1.0)
    down = box.bottom() - box.height() * np.clip((y - low) / (high - low), -0.5, 1.5)
    lines, points = list[QPolygonF](), list[QPointF]()
    for ok, px, py in zip(finite.tolist(), across.tolist(), down.tolist(), strict=True):
        if ok:
            points.append(QPointF(px, py))
        elif points:
            lines.append(QPolygonF(points))
            points = []
    return [*lines, QPolygonF(points)] if points else lines
