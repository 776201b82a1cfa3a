"""What stands in the middle of a page that has nothing to show yet: a sentence, and the button that changes that."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy

from lrgui.core.messages import Text
from lrgui.gui.sizes import sized
from lrgui.gui.widgets.card import GAP, Card, label

_WIDTH = 420


class Invitation(Card):
    """A heading over a sentence over, maybe, a button."""

    def __init__(self, heading: Text, told: Text, button: QAbstractButton | None = None) -> None:
        super().__init__()
        self.heading, self.told = label(heading, "verdict"), label(told, "dim")
        self.told.setWordWrap(True)
        sized(self.told.setFixedWidth, _WIDTH)
        self.body.addStretch(2)
        for text in (self.heading, self.told):
            text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            # Between stretches: an aligned label would get the height of one line, however many it has.
            line = QHBoxLayout()
            line.addStretch(1)
            line.addWidget(text)
            line.addStretch(1)
            self.body.addLayout(line)
        if button is not None:
            button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
            self.body.addSpacing(GAP)
            self.body.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        self.body.addStretch(3)
