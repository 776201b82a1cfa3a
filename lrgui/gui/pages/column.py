"""The column on the left of a page: a form, or folded to a strip where the pictures need the room."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QSizePolicy, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from lrgui.core.messages import say
from lrgui.gui.sizes import px, sized, unsized
from lrgui.gui.theme import themes
from lrgui.gui.widgets.action_button import ActionButton, ActionTwin
from lrgui.gui.words import show

FORM_WIDTH = 276
STRIP_WIDTH = 44

_ICON = QSize(22, 22)

_ANY_WIDTH = 16_777_215  # Qt's own "no limit"


class Column(QStackedWidget):
    """Holds what stands on the left, ``wanted`` pixels wide before it was folded.

    ``unfolded_by_hand`` tells that somebody wants to see it.

    Parameters
    ----------
    content : QWidget
        What is folded away.
    """

    unfolded_by_hand = Signal()

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self._content, self._strip = content, QFrame()
        self.wanted = FORM_WIDTH
        self._rows = QVBoxLayout(self._strip)
        self.unfold_button = QToolButton()
        sized(self.unfold_button.setIconSize, _ICON)
        sized(self.unfold_button.setFixedSize, 36, 36)
        self.unfold_button.setProperty("framed", True)
        show(self.unfold_button.setToolTip, say("Show the form"))
        show(self.unfold_button.setAccessibleName, say("Show the form"))
        self.unfold_button.clicked.connect(self.unfolded_by_hand)
        self._rows.setContentsMargins(0, 0, 8, 0)
        self._rows.addWidget(self.unfold_button)
        self._rows.addStretch(1)
        self.addWidget(content)
        self.addWidget(self._strip)
        sized(self.setMinimumWidth, FORM_WIDTH)
        themes.changed.connect(self._take_colors)
        self._take_colors()

    def _take_colors(self) -> None:
        self.unfold_button.setIcon(themes.current.icon("tune-variant"))

    def add_tool(self, button: ActionButton) -> None:
        """Keep a small one for a button in sight while the form is folded."""
        tool = ActionTwin(button)
        sized(tool.setIconSize, _ICON)
        tool.setProperty("framed", True)
        sized(tool.setFixedSize, 36, 36)
        tool.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        tool.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._rows.addWidget(tool)

    @property
    def folded(self) -> bool:
        """Whether only the strip is shown."""
        return self.currentWidget() is self._strip

    def fold(self, folded: bool) -> None:
        """Fold the form to a strip, or show it again as wide as it was."""
        if folded == self.folded:
            return
        if folded:
            self.wanted = max(self.width(), px(FORM_WIDTH))
            self.setCurrentWidget(self._strip)
            unsized(self.setMinimumWidth)
            sized(self.setFixedWidth, STRIP_WIDTH)
        else:
            self.setCurrentWidget(self._content)
            unsized(self.setFixedWidth)
            self.setMaximumWidth(_ANY_WIDTH)
            sized(self.setMinimumWidth, FORM_WIDTH)
