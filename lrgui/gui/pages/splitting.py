"""The splitter between the pictures of a page."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QWidget

from lrgui.gui.widgets.card import GAP


def split(orientation: Qt.Orientation, *parts: tuple[QWidget, int], sizes: Sequence[int]) -> QSplitter:
    """Return widgets side by side, or one under the other, with handles between them; none can be pushed away.

    Parameters
    ----------
    orientation : Qt.Orientation
        In which they follow each other.
    parts : tuple of QWidget and int
        Each with its share of the room that comes or goes with the window.
    sizes : sequence of int
        How large each is at first, in pixels; scaled to the room that there is.
    """
    made = QSplitter(orientation)
    made.setHandleWidth(GAP)
    made.setChildrenCollapsible(False)
    for place, (part, stretch) in enumerate(parts):
        made.addWidget(part)
        made.setStretchFactor(place, stretch)
    made.setSizes(sizes)
    return made
