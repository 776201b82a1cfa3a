"""How fine a layer has to be that is kept as a picture."""

from PySide6.QtGui import QPaintEngine, QPainter

from lrgui.gui.theme import themes

_FINE = 3.0
"""For print, where nobody knows how large it will be."""


def dots_per_unit(painter: QPainter) -> float:
    """Return how many dots a unit has where a painter draws; many in an SVG file, which can be made larger."""
    if painter.paintEngine().type() == QPaintEngine.Type.SVG:
        return _FINE
    return float(painter.device().devicePixelRatio()) * themes.current.scale
