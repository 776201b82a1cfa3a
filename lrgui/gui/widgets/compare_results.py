"""What came of a comparison, on tabs in one place: its arms, their differences, and what papers report."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QStackedWidget, QTabBar, QWidget

from lrgui.core.comparison import Pair, Verdict
from lrgui.core.messages import Text, say
from lrgui.gui.sizes import px
from lrgui.gui.widgets.card import GAP, label
from lrgui.gui.widgets.compare_papers import ComparePapers
from lrgui.gui.widgets.compare_table import CompareTable
from lrgui.gui.widgets.eliding_label import ElidingLabel
from lrgui.gui.words import add_tab, show

_TABS = (
    (say("Arms"), say("What each arm came to")),
    (say("Differences"), say("Each arm against each other, over the seeds that both have")),
    (say("From papers"), say("What papers report of static and dynamic rates")),
)
_ARMS, _DIFFERENCES, _PAPERS = range(3)
_NO_PAIRS = say("Here stands by how much the arms differ, and how sure that is, when a comparison has ended.")
_TITLES = (say("higher"), say("than"), say("by"), say("spread of the differences"), "p", "")


class CompareResults(QStackedWidget):
    """Three views; ``tabs`` switches between them. The tables of the papers are made when they are first seen."""

    def __init__(self, table: CompareTable) -> None:
        super().__init__()
        self._pairs = QScrollArea()
        self._pairs.setFrameShape(QFrame.Shape.NoFrame)
        self._pairs.setWidgetResizable(True)
        show(self._pairs.setAccessibleName, say("Differences between the arms"))
        self.papers: ComparePapers | None = None
        self.addWidget(table)
        self.addWidget(self._pairs)
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(False)
        self.tabs.setElideMode(Qt.TextElideMode.ElideNone)
        show(self.tabs.setAccessibleName, say("What to show of the comparison"))
        for title, tip in _TABS:
            add_tab(self.tabs, title, tip)
        self.tabs.currentChanged.connect(self._show)
        self.show_verdict(None)

    def minimumSizeHint(self) -> QSize:
        """Ask for three arms, whichever tab is shown: it is not to move the plots (Qt's hook)."""
        return QSize(px(200), px(116))

    def sizeHint(self) -> QSize:
        """Ask for the same whatever is shown (Qt's hook)."""
        return QSize(px(600), px(140))

    def _show(self, tab: int) -> None:
        if tab == _PAPERS and self.papers is None:
            self.papers = ComparePapers()
            self.addWidget(self.papers)
        self.setCurrentIndex(tab)

    def show_verdict(self, verdict: Verdict | None) -> None:
        """Show the differences that a verdict rests on, or that there are none yet."""
        if verdict is None or not verdict.pairs:
            empty = label(_NO_PAIRS, "dim")
            empty.setAlignment(Qt.AlignmentFlag.AlignTop)
            empty.setWordWrap(True)
            self._pairs.setWidget(empty)
        else:
            self._pairs.setWidget(_grid_of(verdict.pairs))


def _grid_of(pairs: Sequence[Pair]) -> QWidget:
    made = QWidget()
    grid = QGridLayout(made)
    grid.setContentsMargins(0, 0, GAP, 0)
    grid.setHorizontalSpacing(2 * GAP)
    grid.setVerticalSpacing(6)
    for row, cells in enumerate([_TITLES, *map(_cells, pairs)]):
        for column, text in enumerate(cells):
            cell = label(text, "" if row else "dim") if column > 1 or not row else _name(text)
            side = Qt.AlignmentFlag.AlignRight if 2 <= column <= 4 else Qt.AlignmentFlag.AlignLeft
            cell.setAlignment(side | Qt.AlignmentFlag.AlignVCenter)
            if column == 5 and row:
                cell.setProperty("meaning", "good" if pairs[row - 1].shown else "dim")
            grid.addWidget(cell, row, column)
    grid.setColumnStretch(5, 1)
    grid.setRowStretch(len(pairs) + 1, 1)
    return made


def _name(text: Text) -> ElidingLabel:
    """Return the name of an arm, which may be longer than there is room for."""
    made = ElidingLabel()
    show(made.setText, text)
    show(made.setToolTip, text)
    return made


def _cells(pair: Pair) -> tuple[Text, ...]:
    return (
        pair.one.name,
        pair.other.name,
        say("{points:.1f} points", points=100 * pair.difference),
        f"{100 * pair.spread:.1f}",
        f"{pair.p:.2g}",
        say("shown") if pair.shown else say("not shown"),
    )
