"""The column on the left of the descent: the function above, the walkers below."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from lrgui.gui.actions import Actions
from lrgui.gui.widgets.card import GAP
from lrgui.gui.widgets.descent_function import FunctionCard
from lrgui.gui.widgets.descent_walkers import WalkersCard


class DescentColumn(QScrollArea):
    """``function`` and ``walkers``, scrolled up and down only: left and right are the page's."""

    def __init__(self, actions: Actions) -> None:
        super().__init__()
        self.function, self.walkers = FunctionCard(), WalkersCard(actions)
        column = QWidget()
        rows = QVBoxLayout(column)
        rows.setContentsMargins(0, 0, GAP, 0)
        rows.setSpacing(GAP)
        rows.addWidget(self.function)
        rows.addWidget(self.walkers)
        rows.addStretch(1)
        self.setWidget(column)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave left and right to the page (Qt's hook)."""
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            event.ignore()
        else:
            super().keyPressEvent(event)
