"""A card: a framed group of widgets with a title; its content can be folded away."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from lrgui.core.messages import Message, Text, say
from lrgui.gui.theme import themes
from lrgui.gui.widgets.eliding_label import ElidingLabel
from lrgui.gui.words import show, words

GAP = 8
"""Pixels between rows; the grid of the house."""

_FOLDED = "\u203a"  # a small angle, as links have it that lead on
_ANY_HEIGHT = 16_777_215  # Qt's own "no limit"


def label(text: Text, level: str = "") -> QLabel:
    """Return a label of one of the text levels of the style sheet: title, card, dim, error, verdict, or plain."""
    made = QLabel()
    made.setTextFormat(Qt.TextFormat.PlainText)  # a name, or the text of a lesson, may look like HTML
    show(made.setText, text)
    made.setProperty("level", level)
    return made


class Card(QFrame):
    """A frame with ``head`` (title and tools) over ``body``; both are box layouts to fill."""

    def __init__(self, title: Text = "") -> None:
        super().__init__()
        self.setObjectName("card")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(14, 8, 14, 10)
        whole.setSpacing(GAP)
        self.head = QHBoxLayout()
        self.head.setSpacing(GAP)
        if title:
            self._named = ElidingLabel()
            self.rename(title)
            self._named.setProperty("level", "title")
            self.head.addWidget(self._named)
            self.head.addStretch(1)
            whole.addLayout(self.head)
        self.body = QVBoxLayout()
        self.body.setSpacing(GAP)
        whole.addLayout(self.body, 1)

    def rename(self, title: Text) -> None:
        """Give a card that has a title another one."""
        show(self._named.setText, title)
        show(self._named.setToolTip, title)


class FoldingCard(QFrame):
    """A card whose title is a button that folds the content away, for small screens.

    ``head`` is the line of the title, ``body`` what is folded; both are box layouts to fill.
    """

    folded = Signal(bool)

    def __init__(self, title: Text) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._whole = whole = QVBoxLayout(self)
        whole.setContentsMargins(14, 6, 14, 6)
        whole.setSpacing(4)
        self._title, self._grows = title, False
        self._heading = QPushButton()
        self._heading.setCheckable(True)
        self._heading.setChecked(True)
        self._heading.setProperty("heading", True)
        self._show_title(True)
        self._heading.setCursor(Qt.CursorShape.PointingHandCursor)
        show(self._heading.setAccessibleName, say("Fold or unfold: {title}", title=title))
        show(self._heading.setToolTip, say("Fold or unfold"))
        self._heading.toggled.connect(self._show_content)
        self.head = QHBoxLayout()
        self.head.setSpacing(GAP)
        self.head.addWidget(self._heading, 1)
        whole.addLayout(self.head)
        self._content = QWidget()
        self.body = QVBoxLayout(self._content)
        self.body.setContentsMargins(0, 0, 0, 2)
        self.body.setSpacing(GAP)
        whole.addWidget(self._content)

    def set_open(self, is_open: bool) -> None:
        """Fold or unfold."""
        self._heading.setChecked(is_open)

    def fold(self) -> int:
        """Fold, and return the height that this gives back, in pixels."""
        gained = self._content.sizeHint().height() if self._heading.isChecked() else 0
        self.set_open(False)
        return gained

    def full_height(self) -> int:
        """Return how high it is when it is not folded, in pixels."""
        if self._heading.isChecked():
            return self.height()
        return self.height() + self._content.sizeHint().height() + self._whole.spacing()

    def let_grow(self) -> None:
        """Let the content take all the height there is, as a plot does; folded, only the title keeps its own."""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self._grows = True
        self.folded.connect(self._take_height)
        for changed in (themes.changed, words.changed):
            changed.connect(self._take_height_soon)

    def showEvent(self, event: QShowEvent) -> None:
        """Have the right height when shown: nothing hidden takes its new size (Qt's hook)."""
        super().showEvent(event)
        if self._grows:
            self._take_height_soon()

    def _take_height_soon(self) -> None:
        """Take it when the title has its new size: that comes after what tells of it."""
        QTimer.singleShot(0, self, self._take_height)

    def _take_height(self) -> None:
        is_open = self._heading.isChecked()
        self.setMaximumHeight(_ANY_HEIGHT if is_open else self.minimumSizeHint().height())

    def _show_title(self, is_open: bool) -> None:
        """Show behind the title of a folded card that there is something in it."""
        text = "{title:upper}" if is_open else "{title:upper}  {sign}"
        show(self._heading.setText, Message(text, {"title": self._title, "sign": _FOLDED}))

    def _show_content(self, shown: bool) -> None:
        self._show_title(shown)
        self._content.setVisible(shown)
        self._whole.activate()  # the title has another length: it is not to be painted in the room of the former
        self.folded.emit(not shown)
