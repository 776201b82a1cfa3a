"""What every page is: a column on the left, the pictures in the middle; most have a form with one button there."""

from collections.abc import Mapping
from typing import Generic, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QSplitter, QVBoxLayout, QWidget

from lrgui.core.config import Config
from lrgui.core.events import Event
from lrgui.core.messages import say
from lrgui.core.runs import Run
from lrgui.gui.actions import Actions
from lrgui.gui.pages.column import FORM_WIDTH, STRIP_WIDTH, Column
from lrgui.gui.plots.plot import Plot
from lrgui.gui.sizes import px, sized
from lrgui.gui.widgets.action_button import ActionButton, ActionTool
from lrgui.gui.widgets.card import GAP, label
from lrgui.gui.widgets.form import Form
from lrgui.gui.widgets.run_controls import RunControls
from lrgui.gui.words import show

IDLE = say("Nothing is running.")

PAGE_OF = {"range_test": "find", "training": "train", "comparison": "compare"}
"""The page that a kind of run is shown in."""

AnyConfig = TypeVar("AnyConfig", bound=Config)


class Page(QSplitter):
    """A splitter between the column on the left and the column of pictures, ``pictures``, to be filled.

    ``folding`` holds what stands on the left, ``plots`` are the page's plots; ``splitter``, if it sets
    one, is the one between its pictures.
    """

    plots: tuple[Plot, ...] = ()
    splitter: QSplitter | None = None

    def __init__(self, left: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setObjectName("page")
        self.setHandleWidth(GAP)
        self.setChildrenCollapsible(False)
        right = QWidget()
        self.pictures = QVBoxLayout(right)
        self.pictures.setContentsMargins(0, 0, 0, 0)
        self.pictures.setSpacing(GAP)
        self.folding = Column(left)
        self.folding.unfolded_by_hand.connect(lambda: self.fold(False))
        self.addWidget(self.folding)
        self.addWidget(right)
        self.setStretchFactor(0, 0)
        self.setStretchFactor(1, 1)
        self.setSizes([FORM_WIDTH, 1000])

    def splitters(self) -> Mapping[str, QSplitter]:
        """Return the splitters whose sizes are to be remembered, by what is added to the page's name."""
        return {"": self} if self.splitter is None else {"": self, "_pictures": self.splitter}

    def fold(self, folded: bool) -> None:
        """Fold what stands on the left to a strip, so that the pictures get its room, or show it again."""
        if folded == self.folding.folded:
            return
        whole = sum(self.sizes())
        self.folding.fold(folded)
        wanted = px(STRIP_WIDTH) if folded else self.folding.wanted
        self.setSizes([wanted, max(whole - wanted, 1)])

    def config(self) -> Config | None:
        """Return what is to be remembered of the page, if anything."""
        return None

    def start_over(self) -> None:
        """Be as empty as at the first start; what the history keeps stays there."""
        self.reset_view()

    def reset_view(self) -> None:
        """Show all of every plot again."""
        for plot in self.plots:
            plot.reset_view()


class FormPage(Page, Generic[AnyConfig]):
    """A page with a form on the left, and under it the button of what the page is for."""

    def __init__(self, form: Form[AnyConfig], button: ActionButton) -> None:
        left = QWidget()
        super().__init__(left)
        self.form, self.button = form, button
        sized(self.button.setMinimumHeight, 36)
        self.button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._column = QVBoxLayout(left)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GAP)
        self._column.addWidget(form, 1)
        self._foot = QHBoxLayout()
        self._foot.setContentsMargins(0, 0, GAP, 0)  # as wide as the cards above, which leave room for a scroll bar
        self._foot.addWidget(button)
        self.folding.add_tool(button)
        self._column.addLayout(self._foot)

    def config(self) -> Config | None:
        """Return what the form says, if it is right."""
        return self.form.value()

    def add_hint(self, hint: QWidget) -> None:
        """Put what is told of the form under it."""
        self._column.insertWidget(self._column.indexOf(self.form) + 1, hint)

    def add_tool(self, action: QAction) -> None:
        """Put a small button for an action beside the one that starts a run."""
        tool = ActionTool(action)
        tool.setProperty("framed", True)
        sized(tool.setFixedSize, 36, 36)
        self._foot.insertWidget(0, tool)


class RunPage(FormPage[AnyConfig]):
    """A page whose button starts a run.

    ``controls`` is the bar of the run, above the pictures; ``estimate`` says how long it will take, above the button;
    ``verdict`` is what came of the last run.
    """

    verdict: QLabel

    def __init__(self, form: Form[AnyConfig], button: ActionButton, actions: Actions) -> None:
        super().__init__(form, button)
        self.controls = RunControls(actions)
        self.controls.rest(IDLE)
        self.pictures.addWidget(self.controls)
        self.estimate = label("", "dim")
        self.estimate.setAlignment(Qt.AlignmentFlag.AlignCenter)
        show(self.estimate.setAccessibleName, say("How long it will take"))
        self.estimate.setMinimumHeight(self.estimate.fontMetrics().lineSpacing())
        self._column.insertWidget(1, self.estimate)

    def show_config(self, config: Config) -> None:
        """Show in the form what a run was asked."""
        self.form.set_value(config)

    def open_run(self, run: Run) -> None:
        """Show a run of the history as if it had just ended, its settings in the form."""
        self.show_config(run.config)

    def begin(self, run: Run) -> None:
        """Show a run that has just been asked for."""
        self.controls.show_run(run, paused=False)

    def follow(self, run: Run, event: Event, *, paused: bool) -> None:
        """Show what an event has brought; ``paused`` tells that the run is held."""
        if not run.ended:
            self.controls.show_run(run, paused=paused)

    def drop(self, run: Run) -> None:
        """Forget a run that was cancelled."""
        self.controls.rest(IDLE)
