"""The card with the picture of the descent."""

from lrgui.gui.plots.descent_plot import DescentPlot
from lrgui.gui.widgets.card import Card


class DescentPictures(Card):
    """The paths on their function."""

    def __init__(self) -> None:
        super().__init__()
        self.plot = DescentPlot()
        self.body.addWidget(self.plot)
