"""What is seen of the first page before it is there: its cards, empty, where they will be."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QLayout, QSizePolicy, QSplitter, QVBoxLayout, QWidget

from lrgui.gui.pages.column import FORM_WIDTH
from lrgui.gui.pages.splitting import split
from lrgui.gui.widgets.card import GAP

ROOMY_HEIGHT = 600
"""Pixels: on a page that is lower, the smaller plot is folded away at first."""

RATES_HEIGHT = 160
_FOLDED = 40
# As they are at the first start, with the type that the window asks for.
_CONTROLS, _VERDICT = 52, 94
_LEAST_CARD, _LEAST_RATES = 261, 110
_FORM = (140, 206, 74, 173)
_FOOT = 60
"""Pixels: the button under the form and the line over it."""


class PageFrame(QSplitter):
    """The empty cards of the page of the range test.

    Parameters
    ----------
    heights : sequence of int
        How high the cards of the form were the last time, in pixels; empty for the first time.
    beside, between : QByteArray
        Where somebody has put the splitter beside the form and the one between the plots; empty if nobody has.
    """

    def __init__(self, heights: Sequence[int], beside: QByteArray, between: QByteArray) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setObjectName("page")
        self.setHandleWidth(GAP)
        self.setChildrenCollapsible(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # and none of the rail's buttons
        self._form = [_card(height) for height in heights or _FORM]
        form = _column(self._form)
        form.setMinimumSize(FORM_WIDTH, 0)
        self._rates = _card()
        self._rates.setMinimumHeight(_LEAST_RATES)
        self._plots = self._between(between)
        pictures = _column([_card(_CONTROLS), self._plots, _card(_VERDICT)])
        _layout(form).addStretch(1)
        _layout(form).setContentsMargins(0, 0, GAP, _FOOT)
        _layout(form).setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)  # what is too much is cut off
        for part in (form, pictures):
            self.addWidget(part)
        self.setStretchFactor(0, 0)
        self.setStretchFactor(1, 1)
        self.setSizes([FORM_WIDTH, 1000])
        self.restoreState(beside)

    def _between(self, state: QByteArray) -> QSplitter:
        curve = _card()
        curve.setMinimumHeight(_LEAST_CARD)
        plots = split(Qt.Orientation.Vertical, (curve, 1), (self._rates, 0), sizes=(10_000, RATES_HEIGHT))
        plots.restoreState(state)
        return plots

    def showEvent(self, event: QShowEvent) -> None:
        """Fold what the page will fold where there is little room (Qt's hook)."""
        super().showEvent(event)
        missing = sum(card.height() + GAP for card in self._form) - GAP - (self.height() - _FOOT)
        for card in self._form[:-1]:
            if missing > 0:
                missing -= card.height() - _FOLDED
                card.setFixedHeight(_FOLDED)
        if self.height() < ROOMY_HEIGHT:
            self._rates.setFixedHeight(_FOLDED)
            self._plots.setSizes([10_000, 0])


def _card(height: int = 0) -> QFrame:
    """Return an empty card, of a height if one is given."""
    card = QFrame()
    card.setObjectName("card")
    if height:
        card.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        card.setFixedHeight(height)
    else:
        card.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
    return card


def _column(parts: Iterable[QWidget]) -> QWidget:
    column = QWidget()
    rows = QVBoxLayout(column)
    rows.setContentsMargins(0, 0, 0, 0)
    rows.setSpacing(GAP)
    for part in parts:
        rows.addWidget(part)
    return column


def _layout(column: QWidget) -> QVBoxLayout:
    rows = column.layout()
    assert isinstance(rows, QVBoxLayout)
    return rows
