"""The window: pages, menus, status bar, and who hears what of a run."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QByteArray, QTimer, Slot
from PySide6.QtGui import QCloseEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QMessageBox, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from lrgui import __version__
from lrgui.core.config import Experiment, RangeTestConfig, TrainingConfig
from lrgui.core.control import STEPPING
from lrgui.core.events import Event
from lrgui.core.messages import Refused, format_learning_rate, say
from lrgui.core.runs import Run, RunStatus
from lrgui.core.timing import Timings
from lrgui.gui.actions import Actions
from lrgui.gui.cores_dialog import CoresDialog
from lrgui.gui.data_adder import DataAdder
from lrgui.gui.errors import show_error
from lrgui.gui.pages.page import Page
from lrgui.gui.pages.range_test import RangeTestPage
from lrgui.gui.pages.training import TrainingPage
from lrgui.gui.previews import Previews
from lrgui.gui.run_queue import RunQueue, Task
from lrgui.gui.settings import Settings
from lrgui.gui.theme import ThemeName, themes
from lrgui.gui.vary_dialog import VaryDialog
from lrgui.gui.widgets.card import label
from lrgui.gui.widgets.rail import Rail
from lrgui.lanes import Job
from lrgui.worker import Jobs, Runner

_TITLE = "Learning-Rate Lab"
# The window paints first; then the import may take the processor.
_LOAD_AFTER_MS = 100
# Longer than TensorFlow's import takes, which cannot be interrupted.
_CLOSE_TIMEOUT_MS = 30_000


class MainWindow(QMainWindow):
    """The window of the program.

    Parameters
    ----------
    settings : Settings
        What it remembers.
    runner : Runner
        Where runs are started; the window shuts it down when it closes.
    jobs : Jobs
        What can be run.
    """

    def __init__(self, settings: Settings, runner: Runner, jobs: Jobs) -> None:
        super().__init__()
        self.settings, self.runner, self.jobs = settings, runner, jobs
        self._load_asked = False
        self.actions_ = Actions(self)
        self.find_page = RangeTestPage(self.actions_, settings.config(RangeTestConfig()))
        self.train_page = TrainingPage(self.actions_, settings.config(TrainingConfig()))
        self.series = RunQueue(runner, self._start_next, self)
        self.timings = Timings(settings.profile / "timings.json", settings.threads or 0)
        self.adder = DataAdder(self, jobs.add_data)
        self.previews = Previews(self, runner, jobs, self.actions_["preview"])
        self._pages: dict[str, Page[Any]] = {"show_find": self.find_page, "show_train": self.train_page}
        self.setWindowTitle(_TITLE)
        self.setMinimumSize(1024, 576)
        self._lay_out()
        self._make_menus()
        self._connect_actions()
        self._connect_pages()
        self._connect_runner()
        self.actions_["add_data"].setEnabled(False)  # until what it imports is there
        self._restore_layout()
        self._update_actions()

    def _lay_out(self) -> None:
        self.stack = QStackedWidget()
        self.stack.setObjectName("stack")
        for page in self._pages.values():
            self.stack.addWidget(page)
        rail = Rail([self.actions_[name] for name in self._pages], [self.actions_["theme"], self.actions_["present"]])
        whole = QWidget()
        line = QHBoxLayout(whole)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        line.addWidget(rail)
        margin = QVBoxLayout()
        margin.setContentsMargins(12, 10, 12, 8)
        margin.addWidget(self.stack)
        line.addLayout(margin, 1)
        self.setCentralWidget(whole)
        self.note = label("")
        self.statusBar().setContentsMargins(12, 0, 12, 0)
        self.statusBar().addWidget(self.note, 1)
        self.statusBar().addPermanentWidget(label(f"lrgui {__version__}"))
        self.statusBar().setSizeGripEnabled(False)

    def _make_menus(self) -> None:
        menus = {
            "&Run": (
                *("find", "train", "vary", None, "pause", "step", "stop", "cancel", None),
                *("rename_run", "delete_run", None, "add_data", "cores", None, "quit"),
            ),
            "&View": ("show_find", "show_train", None, "preview", "enlarge", None, "reset_view", "theme", "present"),
        }
        for title, names in menus.items():
            menu = self.menuBar().addMenu(title)
            menu.setToolTipsVisible(True)
            for name in names:
                if name is None:
                    menu.addSeparator()
                else:
                    menu.addAction(self.actions_[name])
        about = self.menuBar().addMenu("&Help").addAction("About Learning-Rate Lab")
        about.triggered.connect(self._about)

    def _connect_actions(self) -> None:
        slots = {
            "find": self.start_sweep,
            "train": self.start_training,
            "vary": self.vary,
            "pause": self._pause,
            "step": self.runner.step_once,
            "stop": self._stop,
            "cancel": self.runner.cancel,
            "cores": self._choose_cores,
            "add_data": self.adder.ask,
            "reset_view": self._reset_view,
            "rename_run": self.train_page.table.rename_current,
            "delete_run": self.train_page.table.delete_current,
            "present": self._present,
            "theme": self._switch_theme,
            "quit": self.close,
        }
        for name, slot in slots.items():
            self.actions_[name].triggered.connect(slot)
        for name, page in self._pages.items():
            self.actions_[name].triggered.connect(lambda _=False, page=page: self.show_page(page))
        self.actions_["show_find"].setChecked(True)

    def _connect_pages(self) -> None:
        for page, other in ((self.find_page, self.train_page), (self.train_page, self.find_page)):
            page.form.changed.connect(lambda page=page, other=other: self._share(page, other))
            page.controls.pace.chosen.connect(self.set_pace)
            page.add_tool(self.actions_["preview"])
            page.form.set_note("Model", "")
            self.previews.parameters_told.connect(lambda told, page=page: page.form.set_note("Model", told))
        self.previews.follow(self.find_page.form.value())
        self.find_page.form.applied.connect(self.actions_["find"].trigger)
        self.train_page.form.applied.connect(self.actions_["train"].trigger)
        self.find_page.rate_field.applied.connect(self.actions_["train"].trigger)
        self.find_page.picked.connect(self._update_actions)
        self.train_page.factor_moved.connect(self.runner.set_factor)
        self.train_page.table.selected.connect(lambda _: self._update_actions())
        self.train_page.runs.edited.connect(self._update_actions)

    def _connect_runner(self) -> None:
        self.runner.run_started.connect(self._run_started)
        self.runner.run_changed.connect(self._run_changed)
        self.runner.run_dropped.connect(self._run_dropped)
        self.runner.idle.connect(self._update_actions)
        self.series.changed.connect(self._show_series)
        self.series.failed.connect(self._say_that_one_failed)
        self.series.done.connect(lambda told: self.train_page.verdict.setText(str(told)))
        self.runner.prepared.connect(self._prepared)

    def show_page(self, page: QWidget) -> None:
        """Bring a page to the front."""
        self.stack.setCurrentWidget(page)
        for name, each in self._pages.items():
            self.actions_[name].setChecked(each is page)
        self._update_actions()

    @Slot()
    def start_sweep(self) -> None:
        """Start the sweep that the form describes."""
        self.show_page(self.find_page)
        if (config := self.find_page.form.value()) is not None:
            self._start("range_test", self.jobs.find, config)

    @Slot()
    def start_training(self) -> None:
        """Train: on the page of the range test at the marker's rate, else as the form says."""
        config = self._config_to_train()
        if config is not None:
            self.train_page.form.set_value(config)
            self.show_page(self.train_page)
            self._start("training", self.jobs.train, config)

    def _config_to_train(self) -> TrainingConfig | None:
        form_value = self.train_page.form.value()
        if self.stack.currentWidget() is self.find_page:
            return self.find_page.training_config(form_value or TrainingConfig())
        return form_value

    def _start(self, kind: str, job: Job, config: Experiment, name: str = "") -> bool:
        if not name:
            self.settings.remember_config(config)
        try:
            self.runner.start(kind, job, config, name)
        except Refused as refusal:
            self.statusBar().showMessage(str(refusal), 8000)
            return False
        return True

    @Slot()
    def vary(self) -> None:
        """Ask for a field and its values, and train with each of them."""
        if (config := self._config_to_train()) is not None:
            dialog = VaryDialog(self, config, lambda configs: self.timings.tell("training", configs, self.runner.pace))
            dialog.chosen.connect(self.series.begin)
            dialog.open()

    def _start_next(self, task: Task) -> bool:
        self.show_page(self.train_page)
        started = self._start("training", self.jobs.train, task.config, task.name)
        if started:
            told = say("Training {place}: {name} ...", place=self.series.place, name=task.name)
            self.train_page.verdict.setText(str(told))
        return started

    @Slot()
    def _show_series(self) -> None:
        self.train_page.controls.series = str(self.series.place or "")

    @Slot(object)
    def _say_that_one_failed(self, run: Run) -> None:
        told = say("{name} failed, the others go on: {reason}", name=run.name, reason=run.message)
        self.statusBar().showMessage(str(told), 20_000)

    @Slot(object)
    def _run_started(self, run: Run) -> None:
        (self.find_page if run.kind == "range_test" else self.train_page).begin(run)
        self._update_actions()

    @Slot(object, object)
    def _run_changed(self, run: Run, event: Event) -> None:
        page = self.find_page if run.kind == "range_test" else self.train_page
        page.follow(run, event, paused=self.runner.paused)
        if not run.ended:
            return
        if run.kind == "range_test":
            self.train_page.add_sweep(run)
        self.timings.remember(run)
        if run.status is RunStatus.FAILED and run.message is not None and not self.series.active:
            show_error(self, run.message, run.details)
        self._update_actions()

    @Slot(object)
    def _run_dropped(self, run: Run) -> None:
        if run.kind == "range_test":
            self.find_page.drop()
        else:
            self.train_page.drop(run)
        self._update_actions()

    def showEvent(self, event: QShowEvent) -> None:
        """Start the slow import once the window is up."""
        super().showEvent(event)
        self.find_page.button.setFocus()
        if not self._load_asked:
            self._load_asked = True
            QTimer.singleShot(_LOAD_AFTER_MS, self, self._load_training)

    @Slot()
    def _load_training(self) -> None:
        """Let the worker import TensorFlow, with a quiet note while it does."""
        self.note.setText("Loading TensorFlow in the background; a run asked for now starts when it is there.")
        self.runner.prepare(self.jobs.load)

    @Slot(str)
    def _prepared(self, failure: str) -> None:
        self.actions_["add_data"].setEnabled(not failure)
        self.note.setText("TensorFlow could not be loaded." if failure else "Ready.")

    def _pause(self, held: bool) -> None:
        if held:
            self.runner.pause()
        else:
            self.runner.resume()
        self._show_progress()
        self._update_actions()

    def _show_progress(self) -> None:
        if (run := self.runner.run) is not None:
            page = self.find_page if run.kind == "range_test" else self.train_page
            page.controls.show_run(run, paused=self.runner.paused)

    @Slot(object)
    def set_pace(self, pace: float | None) -> None:
        """Let the run and all later ones of this session go at a pace: see ``Control.pace``."""
        self.runner.set_pace(pace)
        for page in (self.find_page, self.train_page):
            page.controls.show_pace(pace)
        self._show_progress()
        self._update_actions()

    @Slot()
    def _choose_cores(self) -> None:
        dialog = CoresDialog(self, self.settings.threads, loaded=self._load_asked)
        dialog.accepted.connect(lambda: setattr(self.settings, "threads", dialog.threads()))
        dialog.open()

    @Slot()
    def _stop(self) -> None:
        self.runner.stop()

    def _share(self, page: Page[Any], other: Page[Any]) -> None:
        """Show the same experiment on both pages."""
        self.previews.follow(page.form.value())
        if (config := page.form.value()) is not None:
            theirs = other.form.value()
            shared = Experiment.model_fields
            if theirs is None or any(getattr(config, name) != getattr(theirs, name) for name in shared):
                other.form.set_value(config, shared)
        self._update_actions()

    def _update_actions(self) -> None:
        """Offer what can be done now, and only that."""
        running, busy = self.runner.run is not None, self.runner.busy
        actions = self.actions_
        actions["find"].setEnabled(not busy and self.find_page.form.value() is not None)
        for name in ("train", "vary"):
            actions[name].setEnabled(not busy and self._config_to_train() is not None)
        for name in ("pause", "stop", "cancel"):
            actions[name].setEnabled(running)
        paused = self.runner.paused
        actions["step"].setEnabled(running and not paused and self.runner.pace == STEPPING)
        actions["pause"].setChecked(paused)
        actions["pause"].setText("Resume" if paused else "Pause")
        on_the_table = self.stack.currentWidget() is self.train_page
        selected = self.train_page.table.current_run() if on_the_table else None
        actions["rename_run"].setEnabled(selected is not None)
        actions["delete_run"].setEnabled(selected is not None and selected.ended)
        rate = self.find_page.learning_rate
        at_marker = self.stack.currentWidget() is self.find_page and rate is not None
        actions["train"].setText(f"Train at {format_learning_rate(rate)}" if at_marker and rate else "Train")
        self._foretell()

    def _foretell(self) -> None:
        """Say on both pages how long the run that the form describes will take."""
        for page, kind in ((self.find_page, "range_test"), (self.train_page, "training")):
            config = page.form.value()
            told = "" if config is None else str(self.timings.tell(kind, [config], self.runner.pace))
            page.estimate.setText(told)

    def _reset_view(self) -> None:
        for page in (self.find_page, self.train_page):
            page.reset_view()

    def _present(self, full: bool) -> None:
        if full:
            self.showFullScreen()
        else:
            self.showNormal()

    def _switch_theme(self) -> None:
        wanted: ThemeName = "light" if themes.current.dark else "dark"
        themes.use(wanted)
        self.settings.theme = wanted

    def _about(self) -> None:
        box = QMessageBox(self)
        box.setWindowTitle(f"About {_TITLE}")
        box.setText(f"{_TITLE} {__version__}\n\nSee what the learning rate does, find a good one, and train with it.")
        box.open()

    def _restore_layout(self) -> None:
        self.resize(1280, 800)
        self.restoreGeometry(self.settings.layout("window"))
        for name, splitter in self._splitters().items():
            state: QByteArray = self.settings.layout(name)
            if not state.isEmpty():
                splitter.restoreState(state)

    def _splitters(self) -> Mapping[str, QSplitter]:
        pages: dict[str, Page[Any]] = {"find": self.find_page, "train": self.train_page}
        inner = {f"{name}_pictures": page.splitter for name, page in pages.items()}
        return {**pages, **inner}

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember sizes and configs, end the run, then the thread; a run that does not end in time says so."""
        self.series.clear()
        self.adder.end()
        self.settings.remember_layout("window", self.saveGeometry())
        for name, splitter in self._splitters().items():
            self.settings.remember_layout(name, splitter.saveState())
        for page in self._pages.values():
            if (config := page.form.value()) is not None:
                self.settings.remember_config(config)
        self.settings.save()
        self.hide()
        if self.runner.shutdown(_CLOSE_TIMEOUT_MS):
            event.accept()
            return
        self.show()
        self.statusBar().showMessage("The run has not ended yet: close again in a moment.")
        event.ignore()
