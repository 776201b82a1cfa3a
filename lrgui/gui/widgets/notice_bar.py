"""A calm bar over the pages: something that a person should know, until it is put away."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QToolButton

from lrgui.core.messages import Text, say
from lrgui.gui.sizes import px
from lrgui.gui.theme import themes
from lrgui.gui.widgets.card import GAP, label
from lrgui.gui.words import show

_SYMBOL = 18


class NoticeBar(QFrame):
    """A sentence and a button that puts it away; another sentence takes its place."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("notice_bar")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._symbol, self._told = label(""), label("")
        self._told.setWordWrap(True)
        self._close = QToolButton()
        show(self._close.setAccessibleName, say("Put the notice away"))
        show(self._close.setToolTip, say("Put the notice away"))
        self._close.clicked.connect(self.hide)
        line = QHBoxLayout(self)
        line.setContentsMargins(14, 6, 8, 6)
        line.setSpacing(GAP)
        line.addWidget(self._symbol)
        line.addWidget(self._told, 1)
        line.addWidget(self._close)
        themes.changed.connect(self._take_colors)
        self._take_colors()
        self.hide()

    @property
    def text(self) -> str:
        """What it says."""
        return self._told.text()

    def tell(self, text: Text) -> None:
        """Show a sentence until it is put away."""
        show(self._told.setText, text)
        self.show()

    def _take_colors(self) -> None:
        self._symbol.setPixmap(
            themes.current.icon("alert-circle-outline", "validation").pixmap(px(_SYMBOL), px(_SYMBOL))
        )
        self._close.setIcon(themes.current.icon("close"))
