"""In the status bar of somebody who has not been taught yet: a quiet link to the lessons."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton

from lrgui.core.messages import say
from lrgui.gui.words import show


class LessonInvitation(QPushButton):
    """Gone as soon as the lessons were opened.

    Parameters
    ----------
    action : QAction
        Shows the lessons.
    """

    def __init__(self, action: QAction) -> None:
        super().__init__()
        show(self.setText, say("New here? Three short lessons (F1)"))
        self.setProperty("link", True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.clicked.connect(action.trigger)
        action.toggled.connect(lambda _: self.hide())
