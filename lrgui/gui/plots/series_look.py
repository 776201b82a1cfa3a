"""How lines that stand side by side are told apart without their colours: by their dashes, and by their points."""

from lrgui.gui.plots.layers import Symbol
from lrgui.gui.theme import Dashes

_DASHES: tuple[Dashes, ...] = (
    (),
    (5.0, 2.5),
    (1.0, 2.0),
    (6.0, 2.0, 1.0, 2.0),
    (10.0, 3.0),
    (6.0, 2.0, 1.0, 2.0, 1.0, 2.0),
    (2.5, 2.5),
    (10.0, 2.5, 2.5, 2.5),
)
"""Dash and gap in turn, in widths of the line; none for a line without gaps."""

_SYMBOLS: tuple[Symbol, ...] = ("o", "s", "d")


def dashes_of(number: int) -> Dashes:
    """Return the dashes of a series, from 0 on: eight are all different."""
    return _DASHES[number % len(_DASHES)]


def symbol_of(number: int) -> Symbol:
    """Return the symbol of a series: those that share their dashes differ in it."""
    return _SYMBOLS[number % len(_SYMBOLS)]
