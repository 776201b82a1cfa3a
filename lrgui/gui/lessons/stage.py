"""The window as a lesson sees it: its pages and plots, and the runs that have ended since the lesson looks."""

from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QWidget

from lrgui.core.advice import advice_of
from lrgui.core.lessons.question import PlotName
from lrgui.core.runs import Run, RunStatus
from lrgui.core.suggestions import Recommendation
from lrgui.gui.pages.page import Page
from lrgui.gui.plots.plot import Plot
from lrgui.gui.widgets.action_button import ActionButton

if TYPE_CHECKING:
    from lrgui.gui.main_window import MainWindow
    from lrgui.gui.pages.descent import DescentPage
    from lrgui.gui.pages.range_test import RangeTestPage
    from lrgui.gui.pages.schedules import SchedulesPage
    from lrgui.gui.pages.training import TrainingPage

_PAGE_OF_PLOT: dict[PlotName, str] = {
    "descent": "descent",
    "loss": "descent",
    "descent_rate": "descent",
    "schedule": "schedules",
    "sweep": "find",
    "training_loss": "train",
    "accuracy": "train",
    "rate": "train",
}
_NOT_ONES_OWN = (RunStatus.FAILED, RunStatus.INTERRUPTED)


class Stage(QObject):
    """Finds pages, plots and controls by name, and remembers what was run. ``ended(Run)`` tells that a run is over.

    ``speed`` is how fast walkers are played at least, in units of the player's own.

    Parameters
    ----------
    window : MainWindow
        In which the lesson takes place.
    """

    ended = Signal(object)

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self.window, self.pages, self.actions = window, window.pages, window.actions_
        self.runner, self.jobs = window.runner, window.jobs
        self.runs: list[Run] = []
        self.speed = 1.0
        self._unfolded: list[Page] = []
        self.runner.run_ended.connect(self._run_ended)

    @Slot(object)
    def _run_ended(self, run: Run) -> None:
        if run.status not in _NOT_ONES_OWN:
            self.runs.append(run)
            self.ended.emit(run)

    # Pages and plots

    @property
    def descent(self) -> "DescentPage":
        """The page of gradient descent."""
        return cast("DescentPage", self.pages["descent"])

    @property
    def schedules(self) -> "SchedulesPage":
        """The page of schedules."""
        return cast("SchedulesPage", self.pages["schedules"])

    @property
    def find(self) -> "RangeTestPage":
        """The page of the range test."""
        return self.window.find_page

    @property
    def train(self) -> "TrainingPage":
        """The page of training."""
        return self.window.train_page

    def form(self, page: str) -> Any:
        """Return the form of a page."""
        return cast(Any, self.pages[page]).form

    def field(self, page: str, name: str) -> Any:
        """Return what a field of a page's form says; None where the form is wrong, or has no such field."""
        if page not in self.pages:
            return None
        return getattr(self.form(page).value(), name, None)

    def plot(self, name: PlotName) -> Plot | None:
        """Return the plot of a name, once its page is built."""
        if not name or _PAGE_OF_PLOT[name] not in self.pages:
            return None
        match name:
            case "descent":
                return self.descent.plot
            case "loss":
                return self.descent.side.loss
            case "descent_rate":
                return self.descent.side.rate
            case "schedule":
                return self.schedules.plot
            case "sweep":
                return self.find.plot
            case "training_loss":
                return self.train.loss_plot
            case "accuracy":
                return self.train.accuracy_plot
        return self.train.rate_plot

    def page_of(self, name: PlotName) -> str:
        """Return the page of a plot."""
        return _PAGE_OF_PLOT.get(name, "")

    # Controls

    def unfold(self) -> None:
        """Show the form of the page in front, if it is folded, until ``fold_again``."""
        page = self.pages[self.pages.current]
        if page.folding.folded:
            page.fold(False)
            self._unfolded.append(page)

    def fold_again(self) -> None:
        """Fold what was unfolded for a hand."""
        while self._unfolded:
            self._unfolded.pop().fold(True)

    def face(self, action: QAction) -> QWidget | None:
        """Return the largest button in sight that is the face of an action; None if there is none."""
        buttons = [
            button
            for button in self.window.findChildren(QAbstractButton)
            if button.isVisible() and _is_face(button, action)
        ]
        return max(buttons, key=lambda button: button.width() * button.height(), default=None)

    # Runs

    @property
    def sweep(self) -> Run | None:
        """The last sweep."""
        return next((run for run in reversed(self.runs) if run.kind == "range_test"), None)

    @property
    def recommended(self) -> Recommendation | None:
        """What the last sweep recommends."""
        return None if self.sweep is None else _recommended(self.sweep)

    def training(self, back: int = 0) -> Run | None:
        """Return the last training, or one that ended so many before it."""
        trainings = [run for run in self.runs if run.kind == "training"]
        return trainings[-1 - back] if back < len(trainings) else None


def _is_face(button: QAbstractButton, action: QAction) -> bool:
    if isinstance(button, ActionButton):
        return button.shows(action)
    default = getattr(button, "defaultAction", None)
    return default is not None and default() is action


@lru_cache(maxsize=4)
def _recommended(run: Run) -> Recommendation | None:
    return advice_of(run).recommended if len(run.steps) else None
