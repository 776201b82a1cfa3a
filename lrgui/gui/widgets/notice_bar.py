"""A calm bar over the pages: something that a person should know, until it is put away, and what can be done then."""

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QToolButton

from lrgui.core.messages import Message, Text, say
from lrgui.gui.theme import themes
from lrgui.gui.widgets.alert_symbol import AlertSymbol
from lrgui.gui.widgets.card import GAP, label
from lrgui.gui.words import show, worded

Way = tuple[Message, Callable[[], object]]
"""What a button says, and what it does."""


class NoticeBar(QFrame):
    """A sentence and a button that puts it away; another sentence takes its place.

    Attributes
    ----------
    ways : list of QPushButton
        What can be done about what it says, the foremost first.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("notice_bar")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.ways: list[QPushButton] = []
        self._told = label("")
        self._told.setWordWrap(True)
        self._close = QToolButton()
        show(self._close.setAccessibleName, say("Put the notice away"))
        show(self._close.setToolTip, say("Put the notice away"))
        self._close.clicked.connect(self.hide)
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(14, 6, 8, 6)
        self._line.setSpacing(GAP)
        self._line.addWidget(AlertSymbol())
        self._line.addWidget(self._told, 1)
        self._line.addWidget(self._close)
        themes.changed.connect(self._take_colors)
        self._take_colors()
        self.hide()

    @property
    def text(self) -> str:
        """What it says."""
        return self._told.text()

    def tell(self, text: Text, *ways: Way) -> None:
        """Show a sentence until it is put away, and a button for each thing that can be done about it."""
        show(self._told.setText, text)
        for button in self.ways:
            self._line.removeWidget(button)
            button.deleteLater()
        self.ways = [self._button(*way) for way in ways]
        for place, button in enumerate(self.ways):
            self._line.insertWidget(2 + place, button)
        self.show()

    def _button(self, told: Message, then: Callable[[], object]) -> QPushButton:
        button = worded(QPushButton(), told)
        button.clicked.connect(self.hide)
        button.clicked.connect(lambda: then())
        return button

    def _take_colors(self) -> None:
        self._close.setIcon(themes.current.icon("close"))
