"""What an axis shows: robust at the top, growing in steps so that its numbers stay where they are."""

from collections.abc import Sequence

import numpy as np

from lrgui.gui.plots.mapping import Floats, Range

_LARGEST = 1e300
"""What lies further away is cut off: the width of the range would not be finite."""


def data_range(parts: Sequence[Floats]) -> Range | None:
    """Return the lowest and the highest of all values, passing over NaN; None when there is none."""
    parts = [part[np.isfinite(part)] for part in parts]
    parts = [part for part in parts if len(part)]
    if not parts:
        return None
    return _showable(min(float(part.min()) for part in parts), max(float(part.max()) for part in parts))


def robust_range(curves: Sequence[Floats]) -> Range | None:
    """Return a range for losses in which one that runs away does not flatten the rest.

    Each curve is shown up to its top, but no further above the higher of its start and its upper quartile than its
    low values (the 5 % quantile) are below. A curve that still ends ten times above the others (their lower median) is
    shown up to its start only.

    Parameters
    ----------
    curves : sequence of numpy.ndarray, shape (n,) each
        NaN is passed over.
    """
    curves = [curve[np.isfinite(curve)] for curve in curves]
    curves = [curve for curve in curves if len(curve)]
    if not curves:
        return None
    tops = np.array([_robust_top(curve) for curve in curves])
    usual = float(np.sort(tops)[(len(tops) - 1) // 2])
    starts = np.array([curve[0] for curve in curves])
    if usual > 0:
        tops = np.where(tops > 10 * usual, starts, tops)
    low = min(float(curve.min()) for curve in curves)
    return _showable(low, max(float(tops.max()), low))


def _robust_top(curve: Floats) -> float:
    ordered = np.sort(curve)
    low, upper = _quantile(ordered, 0.05), _quantile(ordered, 0.75)
    reference = max(upper, float(curve[0]))
    # A curve that is nearly flat still shows all of its noise.
    margin = max(reference - low, 0.05 * abs(reference))
    return min(float(ordered[-1]), reference + margin)


def _quantile(ordered: Floats, share: float) -> float:
    """Return what numpy's would, which takes ten times as long for so few values."""
    below, part = divmod(share * (len(ordered) - 1), 1)
    first, last = float(ordered[int(below)]), float(ordered[min(int(below) + 1, len(ordered) - 1)])
    return first * (1 - part) + last * part  # and not by their difference, which may be too large for a number


def _showable(low: float, high: float) -> Range:
    """Return the part of a range that has a finite width, also with room around it."""
    return max(min(low, _LARGEST), -_LARGEST), max(min(high, _LARGEST), -_LARGEST)


def padded(needed: Range, padding: float) -> Range:
    """Return the range with a fraction of its width added at both ends, and some width if it has none."""
    low, high = needed
    width = high - low
    # Single precision differs from the plan in the eighth digit: that is a level line, not a picture of rounding.
    if width <= 1e-5 * max(abs(low), abs(high)):
        width = abs(high) or 1.0
        return low - width / 2, high + width / 2
    return low - padding * width, high + padding * width


def grown(shown: Range | None, needed: Range, padding: float) -> Range:
    """Return what to show so that all that is needed is seen, changing as seldom as possible.

    The range doubles towards the side on which it is too small; it shrinks only when less than a quarter is needed.
    A range that would reach below 0 only for the doubling starts a little below 0.
    """
    low, high = needed
    if shown is None or high - low < (shown[1] - shown[0]) / 4 or not _overlap(shown, needed):
        return padded(needed, padding)
    first, last = shown
    while first > low:
        first -= last - first
    while last < high:
        last += last - first
    if low >= 0 > first and first < shown[0]:
        first = -padding * last
    return first, last


def _overlap(one: Range, other: Range) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]
