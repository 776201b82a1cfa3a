"""What is on a plot in words, for those who cannot see it."""

from collections.abc import Sequence

import numpy as np

from lrgui.core.messages import Message, Text, joined, say
from lrgui.gui.plots.decimation import Numbers

_MOST = 8
_NOTHING = say("Nothing is drawn yet.")


def line_in_words(name: Text, y: Numbers) -> list[Message]:
    """Return where a line begins, where it ends, and between what it lies; nothing of one without numbers.

    Parameters
    ----------
    name : Message or str
        What it is called.
    y : numpy.ndarray, shape (n,)
        Its heights, in user units; NaN for a gap.
    """
    finite = y[np.isfinite(y)]
    if not len(finite):
        return []
    first, last, low, high = float(finite[0]), float(finite[-1]), float(finite.min()), float(finite.max())
    values = {"name": name, "first": first, "last": last, "low": low, "high": high}
    if low < min(first, last) or high > max(first, last):
        return [say("{name} from {first:.3g} to {last:.3g}, between {low:.3g} and {high:.3g}", **values)]
    return [say("{name} from {first:.3g} to {last:.3g}", **values)]


def all_in_words(told: Sequence[Message]) -> Message:
    """Return what all layers say, or that there is nothing; of very many, how many more there are."""
    if not told:
        return _NOTHING
    if len(told) <= _MOST:
        return joined(told, "; ")
    more = say("and {count} more", count=len(told) - _MOST)
    return joined((*told[:_MOST], more), "; ")
