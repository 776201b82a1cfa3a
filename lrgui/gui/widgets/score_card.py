"""A card with the plot of what runs come to: its words say whether that is the accuracy or R2."""

from lrgui.core.messages import Text, say
from lrgui.core.scores import ACCURACY, Score
from lrgui.gui.plots.plot import Plot
from lrgui.gui.widgets.card import Card

_TITLES = {True: say("Validation accuracy"), False: say("Validation R2")}


class ScoreCard(Card):
    """A plot of scores under its title.

    Parameters
    ----------
    plot : Plot
        Whose vertical axis shows the score.
    what : Text
        What else the title says.
    """

    def __init__(self, plot: Plot, what: Text = "") -> None:
        super().__init__(_TITLES[ACCURACY.share])
        self._plot, self._what, self._score = plot, what, ACCURACY
        self.name(ACCURACY)
        self.body.addWidget(plot, 1)

    def name(self, score: Score) -> None:
        """Say which score it is."""
        title = _TITLES[score.share]
        self.rename(say("{title}  ·  {what}", title=title, what=self._what) if self._what else title)
        if score is not self._score:
            self._score = score
            self._plot.set_title_y(score.title)
