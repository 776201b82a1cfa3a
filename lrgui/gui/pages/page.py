"""What every page is: the form on the left with its one button, the pictures in the middle."""

from typing import Generic, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QSplitter, QToolButton, QVBoxLayout, QWidget

from lrgui.core.config import Config
from lrgui.gui.plots.plot import Plot
from lrgui.gui.widgets.action_button import ActionButton
from lrgui.gui.widgets.card import GAP, label
from lrgui.gui.widgets.form import Form

FORM_WIDTH = 276

AnyConfig = TypeVar("AnyConfig", bound=Config)


class Page(QSplitter, Generic[AnyConfig]):
    """A splitter between the form's column and the column of pictures, ``pictures``, to be filled.

    ``estimate`` is where it says how long a run will take, above the button that starts it.

    ``plots`` are the page's plots, ``splitter`` is the one between them; a page sets both.
    """

    plots: tuple[Plot, ...]
    splitter: QSplitter

    def __init__(self, form: Form[AnyConfig], button: ActionButton) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setObjectName("page")
        self.form, self.button = form, button
        self.button.setMinimumHeight(36)
        self.button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setHandleWidth(GAP)
        self.setChildrenCollapsible(False)
        left, right = QWidget(), QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(form, 1)
        self.estimate = label("", "dim")
        self.estimate.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.estimate.setAccessibleName("How long it will take")
        self.estimate.setMinimumHeight(self.estimate.fontMetrics().lineSpacing())
        column.addWidget(self.estimate)
        self._foot = QHBoxLayout()
        self._foot.setContentsMargins(0, 0, GAP, 0)  # as wide as the cards above, which leave room for a scroll bar
        self._foot.addWidget(button)
        column.addLayout(self._foot)
        left.setMinimumWidth(FORM_WIDTH)
        self.pictures = QVBoxLayout(right)
        self.pictures.setContentsMargins(0, 0, 0, 0)
        self.pictures.setSpacing(GAP)
        self.addWidget(left)
        self.addWidget(right)
        self.setStretchFactor(0, 0)
        self.setStretchFactor(1, 1)
        self.setSizes([FORM_WIDTH, 1000])

    def add_tool(self, action: QAction) -> None:
        """Put a small button for an action beside the one that starts a run."""
        tool = QToolButton()
        tool.setDefaultAction(action)
        tool.setAccessibleName(action.text())
        tool.setProperty("framed", True)
        tool.setFixedSize(36, 36)
        self._foot.insertWidget(0, tool)

    def reset_view(self) -> None:
        """Show all of every plot again."""
        for plot in self.plots:
            plot.reset_view()
