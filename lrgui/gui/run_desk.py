"""What is run from the window: the pages' runs are started here, followed, and offered only when they can be."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from lrgui.core.config import Experiment, TrainingConfig
from lrgui.core.config.model import OwnModel
from lrgui.core.control import STEPPING
from lrgui.core.events import Event
from lrgui.core.messages import Refused, say
from lrgui.core.runs import Run, RunStatus
from lrgui.core.timing import Timings
from lrgui.gui.actions import Actions
from lrgui.gui.errors import show_error
from lrgui.gui.pages.page import PAGE_OF, FormPage, Page, RunPage
from lrgui.gui.pages.range_test import RangeTestPage
from lrgui.gui.pages.stack import PageStack
from lrgui.gui.peak_hints import PeakHints
from lrgui.gui.plots.repaint import shared_repainter
from lrgui.gui.previews import Previews
from lrgui.gui.run_queue import RunQueue, Task
from lrgui.gui.settings import Settings
from lrgui.gui.words import show
from lrgui.lanes import Job
from lrgui.worker import Jobs, Runner

if TYPE_CHECKING:
    from lrgui.gui.pages.training import TrainingPage

RUN_PAGES = tuple(PAGE_OF.values())
"""The pages whose runs the worker does, and whose forms describe the same experiment."""


class RunDesk(QObject):
    """Stands between the pages, the actions and the runner.

    ``told(Message, int)`` carries a sentence for the status bar and how many milliseconds it is to stand there,
    ``updated`` that what can be done may have changed.

    Parameters
    ----------
    window : QWidget
        Over which dialogs stand.
    settings, runner, jobs, actions
        What is remembered, where runs go, what can be run, and what a person can ask for.
    pages : PageStack
        Where the pages are; none of them needs to be built yet.
    """

    told = Signal(object, int)
    updated = Signal()

    def __init__(
        self,
        window: QWidget,
        settings: Settings,
        runner: Runner,
        jobs: Jobs,
        actions: Actions,
        pages: PageStack,
    ) -> None:
        super().__init__(window)
        self._window, self.settings, self.runner, self.jobs = window, settings, runner, jobs
        self.actions, self.pages = actions, pages
        self.series = RunQueue(runner, self._start_next, self)
        self.timings = Timings(settings.profile / "timings.json", settings.threads or 0)
        self.previews = Previews(window, runner, jobs, actions["preview"])
        self._connect_actions()
        self._connect_runner()
        pages.built.connect(self._join)
        pages.shown.connect(self.update_actions)

    @property
    def find_page(self) -> RangeTestPage:
        """The page of the range test."""
        return cast(RangeTestPage, self.pages["find"])

    @property
    def train_page(self) -> "TrainingPage":
        """The page of training."""
        return cast("TrainingPage", self.pages["train"])

    def _connect_actions(self) -> None:
        slots = {"find": self.start_sweep, "train": self.start_training, "vary": self.vary, "pause": self._pause}
        slots |= {"step": self.runner.step_once, "stop": self._stop, "cancel": self.runner.cancel}
        for name, slot in slots.items():
            self.actions[name].triggered.connect(slot)

    @Slot(str, object)
    def _join(self, name: str, page: Page) -> None:
        """Take a page in that was just built."""
        if name not in RUN_PAGES:
            return
        assert isinstance(page, RunPage)
        page.form.set_note("Model", "")
        page.add_tool(self.actions["preview"])
        page.controls.pace.chosen.connect(self.set_pace)
        page.controls.show_pace(self.runner.pace)
        self.previews.parameters_told.connect(lambda told: page.form.set_note("Model", told))
        page.form.changed.connect(lambda: self._share(page))
        if name == "find":
            self._join_find_page()
            return
        if name == "train":
            self._join_train_page()
        self._share(self.find_page)

    def _join_find_page(self) -> None:
        page = self.find_page
        self.previews.follow(page.form.value())
        page.form.applied.connect(self.actions["find"].trigger)
        page.rate_field.applied.connect(self.actions["train"].trigger)
        page.picked.connect(self.update_actions)

    def _join_train_page(self) -> None:
        page = self.train_page
        page.form.applied.connect(self.actions["train"].trigger)
        page.factor_moved.connect(self.runner.set_factor)
        page.table.selected.connect(lambda _: self.update_actions())
        page.runs.edited.connect(self.update_actions)
        PeakHints(page, self.find_page)
        self.actions["rename_run"].triggered.connect(self.pages.when_shown("train", page.table.rename_current))
        self.actions["delete_run"].triggered.connect(self.pages.when_shown("train", page.table.delete_current))

    def _run_pages(self) -> list[RunPage[Any]]:
        """Return those that are built."""
        return [cast(RunPage[Any], self.pages[name]) for name in RUN_PAGES if name in self.pages]

    def _page_of(self, run: Run) -> RunPage[Any]:
        return cast(RunPage[Any], self.pages[PAGE_OF[run.kind]])

    def _connect_runner(self) -> None:
        self.runner.run_started.connect(self._run_started)
        self.runner.run_changed.connect(self._run_changed)
        self.runner.run_dropped.connect(self._run_dropped)
        self.runner.idle.connect(self._run_over)
        self.series.changed.connect(self._show_series)
        self.series.failed.connect(self._say_that_one_failed)
        self.series.done.connect(lambda told: show(self.train_page.verdict.setText, told))

    @Slot()
    def start_sweep(self) -> None:
        """Start the sweep that the form describes."""
        self.pages.show_page("find")
        if (config := self.find_page.form.value()) is not None:
            self.start("range_test", self.jobs.find, config)

    @Slot()
    def start_training(self) -> None:
        """Train: on the page of the range test at the marker's rate, else as the form of the page in front says."""
        config = self._config_to_train()
        if config is not None:
            self.train_page.form.set_value(config)
            self.pages.show_page("train")
            self.start("training", self.jobs.train, config)

    def _config_to_train(self) -> TrainingConfig | None:
        if self.pages.current != "find":
            page = self.pages["schedules" if self.pages.current == "schedules" else "train"]
            return cast(FormPage[TrainingConfig], page).form.value()
        known = self.train_page.form.value() if "train" in self.pages else None
        return self.find_page.training_config(known or self.settings.config(TrainingConfig()))

    def start(self, kind: str, job: Job, config: Experiment, name: str = "") -> bool:
        """Start a run, and return whether it was; why not is told. The config of one without a name is remembered."""
        if isinstance(config.model, OwnModel) and self._asked_first(
            config, partial(self.start, kind, job, config, name)
        ):
            return False
        if not name:
            self.settings.remember_config(config)
        try:
            self.runner.start(kind, job, config, name)
        except Refused as refusal:
            self.told.emit(refusal.message, 8000)
            return False
        return True

    def _asked_first(self, config: Experiment, then: Callable[[], object]) -> bool:
        """Ask, if a program is to be run that nobody has allowed yet; return whether the answer is to be waited for."""
        from lrgui.core.own_files import not_allowed
        from lrgui.gui.trust_question import ask_to_run

        for path in not_allowed(config)[:1]:
            ask_to_run(self._window, path, then)
            return True
        return False

    @Slot()
    def vary(self) -> None:
        """Ask for a field and its values, and train with each of them."""
        if (config := self._config_to_train()) is not None:
            from lrgui.gui.vary_dialog import VaryDialog

            dialog = VaryDialog(
                self._window, config, lambda configs: self.timings.tell("training", configs, self.runner.pace)
            )
            dialog.chosen.connect(self.series.begin)
            dialog.open()

    def _start_next(self, task: Task) -> bool:
        self.pages.show_page("train")
        started = self.start("training", self.jobs.train, task.config, task.name)
        if started:
            told = say("Training {place}: {name} ...", place=self.series.place, name=task.name)
            show(self.train_page.verdict.setText, told)
        return started

    @Slot()
    def _show_series(self) -> None:
        self.train_page.controls.series = self.series.place or ""

    @Slot(object)
    def _say_that_one_failed(self, run: Run) -> None:
        told = say("{name} failed, the others go on: {reason}", name=run.name, reason=run.message)
        self.told.emit(told, 20_000)

    @Slot()
    def _run_over(self) -> None:
        shared_repainter().sparing = False
        self.update_actions()

    @Slot(object)
    def _run_started(self, run: Run) -> None:
        shared_repainter().sparing = True
        self._page_of(run).begin(run)
        self.update_actions()

    @Slot(object, object)
    def _run_changed(self, run: Run, event: Event) -> None:
        self._page_of(run).follow(run, event, paused=self.runner.paused)
        if not run.ended:
            return
        if run.kind == "range_test":
            self.train_page.add_sweep(run)
        self.timings.remember(run)
        if run.status is RunStatus.FAILED and run.message is not None and not self.series.active:
            show_error(self._window, run.message, run.details)
        self.update_actions()

    @Slot(object)
    def _run_dropped(self, run: Run) -> None:
        self._page_of(run).drop(run)
        self.update_actions()

    def _pause(self, held: bool) -> None:
        if held:
            self.runner.pause()
        else:
            self.runner.resume()
        self._show_progress()
        self.update_actions()

    def _show_progress(self) -> None:
        if (run := self.runner.run) is not None:
            self._page_of(run).controls.show_run(run, paused=self.runner.paused)

    @Slot(object)
    def set_pace(self, pace: float | None) -> None:
        """Let the run and all later ones of this session go at a pace: see ``Control.pace``."""
        self.runner.set_pace(pace)
        for page in self._run_pages():
            page.controls.show_pace(pace)
        self._show_progress()
        self.update_actions()

    @Slot()
    def _stop(self) -> None:
        self.runner.stop()

    def _share(self, page: RunPage[Any]) -> None:
        """Show the same experiment on the other pages."""
        config = page.form.value()
        self.previews.follow(config)
        if config is not None:
            for other in self._run_pages():
                if other is not page:
                    _take_over(other, config)
        self.update_actions()

    def update_actions(self) -> None:
        """Offer what can be done now, and only that."""
        running, busy = self.runner.run is not None, self.runner.busy
        actions = self.actions
        actions["find"].setEnabled(not busy and self.find_page.form.value() is not None)
        for name in ("train", "vary"):
            actions[name].setEnabled(not busy and self._config_to_train() is not None)
        for name in ("pause", "stop", "cancel"):
            actions[name].setEnabled(running)
        paused = self.runner.paused
        actions["step"].setEnabled(running and not paused and self.runner.pace == STEPPING)
        actions["pause"].setChecked(paused)
        show(actions["pause"].setText, say("Resume") if paused else say("Pause"))
        if self.pages.current != "history":  # which has runs and a desk of its own
            selected = self.train_page.table.current_run() if self.pages.current == "train" else None
            actions["rename_run"].setEnabled(selected is not None)
            actions["delete_run"].setEnabled(selected is not None and selected.ended)
        rate = self.find_page.learning_rate
        at_marker = self.pages.current == "find" and rate is not None
        told = say("Train with this schedule") if self.pages.current == "schedules" else say("Train")
        show(
            actions["train"].setText,
            say("Train at {rate:rate}", rate=rate) if at_marker and rate else told,
        )
        self._foretell()
        self.updated.emit()

    def _foretell(self) -> None:
        """Say on each page how long the run that it describes will take."""
        for kind in (kind for kind, name in PAGE_OF.items() if name in self.pages):
            page = cast(RunPage[Any], self.pages[PAGE_OF[kind]])
            config = cast(Experiment | None, page.config())
            show(page.estimate.setText, "" if config is None else self.timings.tell(kind, [config], self.runner.pace))


def _take_over(page: RunPage[Any], config: Experiment) -> None:
    """Show a config's experiment in the form of a page, unless it does already."""
    theirs, shared = page.form.value(), Experiment.model_fields
    if theirs is None or any(getattr(config, name) != getattr(theirs, name) for name in shared):
        page.form.set_value(config, shared)
