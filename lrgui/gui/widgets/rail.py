"""The slim rail on the left: the pages, one under the other, and what concerns the whole window at its foot."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QActionGroup, QResizeEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QToolButton, QVBoxLayout

from lrgui.gui.sizes import px, sized
from lrgui.gui.theme import themes
from lrgui.gui.widgets.action_button import ActionTool

_APART, _CLOSE = 4, 2
_LOW = 566
"""Pixels: so much the buttons take with room around each."""

_MOST = 1.15
"""Of the screen's height: with less room around them the buttons may take that, and no more."""


class Rail(QFrame):
    """Buttons of icon and word; the action of the page that is shown is the checked one."""

    def __init__(self, pages: Sequence[QAction], foot: Sequence[QAction]) -> None:
        super().__init__()
        self.setObjectName("rail")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        group = QActionGroup(self)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(6, 8, 6, 8)
        column.setSpacing(_APART)
        for action in pages:
            action.setCheckable(True)
            group.addAction(action)
            column.addWidget(_button(action))
        column.addStretch(1)
        for action in foot:
            column.addWidget(_button(action))
        themes.changed.connect(self._take_scale)

    def _take_scale(self) -> None:
        """Leave the words out where everything is so large that they have no room on this screen."""
        tight = px(_LOW) > self.screen().availableGeometry().height() * _MOST
        style = Qt.ToolButtonStyle.ToolButtonIconOnly if tight else Qt.ToolButtonStyle.ToolButtonTextUnderIcon
        for button in self.findChildren(QToolButton):
            button.setToolButtonStyle(style)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Move the buttons closer together where there is little height (Qt's hook)."""
        super().resizeEvent(event)
        low = self.height() < px(_LOW)
        if bool(self.property("low")) != low:
            self.setProperty("low", low)
            self._column.setSpacing(_CLOSE if low else _APART)
            for button in self.findChildren(QToolButton):
                button.style().unpolish(button)
                button.style().polish(button)


def _button(action: QAction) -> QToolButton:
    button = ActionTool(action)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
    sized(button.setIconSize, QSize(22, 22))
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
