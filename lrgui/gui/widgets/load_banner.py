"""A calm bar over the pages while TensorFlow could not be loaded: why, what can be done, and what works without."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout

from lrgui.core.messages import Message, say
from lrgui.gui.widgets.alert_symbol import AlertSymbol
from lrgui.gui.widgets.card import GAP, label
from lrgui.gui.words import show, worded


class LoadBanner(QFrame):
    """The sentence, *Details* and *Try again*.

    ``try_asked`` and ``details_asked`` tell what a person wants.
    """

    try_asked = Signal()
    details_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("notice_bar")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._told, self._rest = label(""), label("", "dim")
        self._told.setWordWrap(True)
        self._told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)  # it may name a command
        self._rest.setWordWrap(True)
        self.details = worded(QPushButton(), say("Details"))
        show(self.details.setToolTip, say("See what this computer has, and what TensorFlow said"))
        self.details.clicked.connect(self.details_asked)
        self.again = worded(QPushButton(), say("Try again"))
        show(self.again.setToolTip, say("Load TensorFlow in a process of its own first: a crash there does no harm"))
        self.again.clicked.connect(self.try_asked)
        self._lay_out()

    def _lay_out(self) -> None:
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(self._told)
        texts.addWidget(self._rest)
        line = QHBoxLayout(self)
        line.setContentsMargins(14, 8, 10, 8)
        line.setSpacing(GAP)
        line.addWidget(AlertSymbol())
        line.addLayout(texts, 1)
        line.addWidget(self.details)
        line.addWidget(self.again)

    @property
    def text(self) -> str:
        """Why TensorFlow is not there, as it is shown."""
        return self._told.text()

    def tell(self, why: Message) -> None:
        """Show why it could not be loaded."""
        show(self._told.setText, why)
        show(
            self._rest.setText,
            say("Descent, schedules, the history and its exports need no TensorFlow, and work."),
        )
        self.again.setEnabled(True)
        self.show()

    def expect(self) -> None:
        """Show that it is tried again."""
        self.again.setEnabled(False)
        show(self._rest.setText, say("Trying to load TensorFlow in a process of its own ..."))
