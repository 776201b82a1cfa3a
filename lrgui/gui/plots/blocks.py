"""The lowest and the highest of every so many values: what a long curve is drawn from while all of it is in sight."""

import numpy as np

from lrgui.gui.plots.decimation import Floats, Numbers

BLOCK = 64
"""So many values are one: small enough for any pixel column of a curve that is longer than its plot is wide."""


class Blocks:
    """Extremes of an array whose end may grow. Costs a quarter of a byte for each value.

    NaN is passed over unless a block holds nothing else; what is not above 0 is, too, on a log axis.

    Parameters
    ----------
    log : bool
        Whether the values go on a log axis.
    """

    def __init__(self, *, log: bool) -> None:
        self._log = log
        self._values: Numbers = np.empty(0)
        self.lowest: Floats = np.empty(0)
        self.highest: Floats = np.empty(0)

    def read(self, values: Numbers) -> None:
        """Take values, shape (n,); of an array that has grown at its end, only what is new is looked at."""
        known = len(self.lowest) if self._is_continued_by(values) else 0
        self._values = values
        whole = len(values) // BLOCK
        new = np.asarray(values[known * BLOCK : whole * BLOCK], np.float64).reshape(-1, BLOCK)
        if self._log:
            new = np.where(new > 0, new, np.nan)
        self.lowest = np.concatenate([self.lowest[:known], np.fmin.reduce(new, axis=1)])
        self.highest = np.concatenate([self.highest[:known], np.fmax.reduce(new, axis=1)])

    def _is_continued_by(self, values: Numbers) -> bool:
        """Return whether values begin with those that are known, in the same memory: that is never written to."""
        before = self._values
        same_place = before.ctypes.data == values.ctypes.data and before.strides == values.strides
        return len(values) >= len(before) > 0 and before.dtype == values.dtype and same_place


def outlined(x: Numbers, blocks: Blocks, part: slice) -> tuple[Floats, Floats]:
    """Return points through the extremes of the blocks in a part of a curve, and its first and last place.

    Parameters
    ----------
    x : numpy.ndarray, shape (n,)
        Ascending.
    blocks : Blocks
        Those of y.
    part : slice
        Of which at least two whole blocks are part.

    Returns
    -------
    x, y : numpy.ndarray, shape (2 m,)
        Two points a block, at the place of its first value: less than a pixel from where they are.
    """
    first, last = -(-part.start // BLOCK), part.stop // BLOCK
    places = np.repeat(np.asarray(x[first * BLOCK : last * BLOCK : BLOCK], np.float64), 2)
    places[0], places[-1] = x[part.start], x[part.stop - 1]
    heights = np.column_stack([blocks.lowest[first:last], blocks.highest[first:last]]).ravel()
    return places, heights
