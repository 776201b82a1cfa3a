"""The page of training: loss, accuracy and learning rate live, and the runs side by side."""

import itertools

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QWidget

from lrgui.core.config import Experiment, TrainingConfig
from lrgui.core.config.schedule import Constant
from lrgui.core.events import EpochEnded, Event, FactorMoved, Planned, StepsEnded
from lrgui.core.messages import Message, Text, say
from lrgui.core.runs import Run
from lrgui.core.scores import final_score, score_of
from lrgui.gui.actions import Actions
from lrgui.gui.pages.page import IDLE, RunPage
from lrgui.gui.pages.splitting import split
from lrgui.gui.widgets.action_button import ActionButton, ActionTool
from lrgui.gui.widgets.card import GAP, Card, label
from lrgui.gui.widgets.factor_slider import FactorSlider
from lrgui.gui.widgets.form import Form
from lrgui.gui.widgets.results import Results
from lrgui.gui.widgets.run_table import RunTable, RunTableModel
from lrgui.gui.widgets.training_plots import TrainingPlots
from lrgui.gui.words import show

_INVITATION = say("No run yet: press Train to learn from fresh weights at this rate.")


class TrainingPage(RunPage[TrainingConfig]):
    """Form, controls, three plots, verdict, table of runs. ``factor_moved`` carries the live slider's factor."""

    factor_moved = Signal(float)

    def __init__(self, actions: Actions, config: TrainingConfig) -> None:
        super().__init__(Form(config), ActionButton(actions["train"], "play", primary=True), actions)
        self.run: Run | None = None
        self._sweep: Run | None = None
        self._numbers = itertools.count(1)
        self.factor = FactorSlider()
        self.factor.setEnabled(False)
        self.factor.moved.connect(self.factor_moved)
        self.drawn = TrainingPlots()
        self.plots = self.drawn.plots
        self.loss_plot, self.accuracy_plot, self.rate_plot, self.momentum_plot = self.plots
        self.runs = RunTableModel()
        self.runs.setParent(self)  # goes with the page: what is connected to it would keep the whole window
        self.table = RunTable(self.runs)
        self.table.selected.connect(self.show_run)
        self.runs.edited.connect(self._runs_edited)
        self.pictures.addWidget(self._layout(actions), 1)

    def _layout(self, actions: Actions) -> QSplitter:
        top = QWidget()
        pair = QHBoxLayout(top)
        pair.setContentsMargins(0, 0, 0, 0)
        pair.setSpacing(GAP)
        losses = Card(say("Loss"))
        losses.body.addWidget(self.loss_plot, 1)
        pair.addWidget(losses, 1)
        pair.addWidget(self.drawn.scores, 1)
        rates = Card(say("Learning rate  ·  dashed: planned, solid: reported"))
        rates.head.addWidget(self.factor)
        line = QHBoxLayout()
        line.setSpacing(GAP)
        line.addWidget(self.rate_plot, 3)
        line.addWidget(self.momentum_plot, 1)
        rates.body.addLayout(line, 1)
        self._plot_parts = (top, rates)
        parts = (top, 3), (rates, 2), (self._table_card(actions), 2)
        self.splitter = split(Qt.Orientation.Vertical, *parts, sizes=(250, 170, 200))
        return self.splitter

    def _table_card(self, actions: Actions) -> Card:
        card = Card()
        self.verdict = label(_INVITATION, "verdict")
        self.verdict.setWordWrap(True)
        self.results = Results(self.table)
        line = QHBoxLayout()
        line.addWidget(self.verdict, 1)
        line.addWidget(self.results.tabs)
        for name in ("rename_run", "delete_run", "enlarge"):
            button = ActionTool(actions[name])
            line.addWidget(button)
        card.body.addLayout(line)
        card.body.addWidget(self.results, 1)
        self.table.addActions([actions[name] for name in ("export", "save_model", "rename_run", "delete_run")])
        actions["enlarge"].toggled.connect(self._enlarge)
        return card

    def _enlarge(self, enlarged: bool) -> None:
        """Give the runs and their results the place of the plots, or put these back."""
        for part in self._plot_parts:
            part.setVisible(not enlarged)

    def begin(self, run: Run) -> None:
        """Add a run to the table and show it."""
        self.run = run
        run.name = run.name or str(say("Run {number}", number=next(self._numbers)))
        self._add_line(run)
        show(self.verdict.setText, say("Training ..."))
        self.table.select(run)
        self.show_run(run)
        super().begin(run)
        self.factor.reset()
        self.factor.setEnabled(True)

    def _add_line(self, run: Run) -> None:
        self.drawn.add_line(self.runs.add(run))

    def add_run(self, run: Run) -> Run:
        """Put a run of the history beside the others, and return it as it stands in the table."""
        known = next((line.run for line in self.runs.lines if line.run.id == run.id), None)
        if known is None:
            self._add_line(run)
            self.drawn.show_accuracies(run)
            self.table.select(run)
            if self.run is None and run.message is not None:
                show(self.verdict.setText, self._verdict(run))
        return known or run

    def open_run(self, run: Run) -> None:
        """Show a run of the history as if it had just ended, its settings in the form."""
        super().open_run(run)
        run = self.add_run(run)
        self.table.select(run)
        self.show_run(run)
        if run.message is not None:
            self._rest(run.message)
            show(self.verdict.setText, self._verdict(run))
        self.drawn.fit()

    def add_sweep(self, run: Run) -> None:
        """Put the model that only went through a sweep beside the trained ones, as the article does."""
        if run.evaluation:
            run.name = str(say("Sweep only"))
            self._sweep = run
            self.runs.add(run)

    def follow(self, run: Run, event: Event, *, paused: bool) -> None:
        """Show what an event has brought."""
        if run is self.table.current_run():
            match event:
                case Planned():
                    self._show_plan(run)
                case StepsEnded():
                    self.drawn.show_steps(run)
                case EpochEnded():
                    self.drawn.show_epochs(run)
        if isinstance(event, FactorMoved) and event.by == "hand" and run.repeat_of is not None:
            self.factor.show_factor(event.factor)
        if isinstance(event, EpochEnded):
            self.drawn.show_accuracies(run)
        if isinstance(event, EpochEnded | Planned) or run.ended:
            self.runs.refresh(run)
        if run.ended:
            self._end(run)
        super().follow(run, event, paused=paused)

    def _end(self, run: Run) -> None:
        self._rest(run.message or "")
        if run is self.table.current_run():
            self.results.show_run(run)
        show(self.verdict.setText, self._verdict(run))
        self.drawn.fit()

    def _verdict(self, run: Run) -> Message:
        assert run.message is not None and isinstance(run.config, TrainingConfig)
        reached, rates, score = final_score(run), _told_rates(run.config, run), score_of(run)
        if reached is None:
            return run.message
        values = {"what": say("Validation accuracy") if score.share else say("Validation"), "rates": rates}
        values |= {"reached": score.told(reached)}
        if self._sweep is None or not _same_experiment(self._sweep, run) or score.name not in self._sweep.evaluation:
            return say("{what} {reached} at {rates}.", **values)
        swept = score.told(self._sweep.evaluation[score.name])
        return say("{what} {reached} at {rates}; after the sweep only, {swept}.", swept=swept, **values)

    def drop(self, run: Run) -> None:
        """Forget a run that was cancelled."""
        self._rest(IDLE)
        self.runs.remove(run)
        show(self.verdict.setText, say("The run was cancelled."))

    def start_over(self) -> None:
        """Show no runs, and the settings of the first start."""
        self._sweep = None
        self._numbers = itertools.count(1)
        self.runs.clear()
        self.form.set_value(TrainingConfig())
        self._rest(IDLE)
        show(self.verdict.setText, _INVITATION)
        super().start_over()

    def _rest(self, told: Text) -> None:
        self.run = None
        self.controls.rest(told)
        self.factor.reset()
        self.factor.setEnabled(False)

    def show_run(self, run: Run) -> None:
        """Draw a run's losses and rates."""
        self.drawn.clear()
        self.results.show_run(run)
        if isinstance(run.config, TrainingConfig):
            self._show_plan(run)
            self.drawn.show_steps(run)
            self.drawn.show_epochs(run)

    def _show_plan(self, run: Run) -> None:
        self.drawn.show_plan(run, self._epochs_shown())

    def _epochs_shown(self) -> list[int]:
        trainings = [line.run for line in self.runs.lines if line.shown and line.run.kind == "training"]
        return [run.planned.epochs for run in trainings if run.planned is not None]

    def _runs_edited(self) -> None:
        """Draw what is shown, and forget the curves of runs that were deleted."""
        self.drawn.show_lines(self.runs.lines)
        if (run := self.table.current_run()) is not None:
            self.show_run(run)
        else:
            self.drawn.clear()
            self.results.show_run(None)


def _told_rates(config: TrainingConfig, run: Run) -> Message:
    """Say by which rates a run was trained: the highest, how they changed, and how far a rule brought them down."""
    rates = say("{rate:rate}", rate=config.learning_rate)
    if config.schedule != Constant():
        rates = say("{rate:rate} ({schedule})", rate=config.learning_rate, schedule=config.schedule.title)
    lowered = [move.factor for move in run.factor_moves if move.by == "rule"]
    if not lowered:
        return rates
    return say("{rates}, reduced to {share:percent}", rates=rates, share=lowered[-1])


def _same_experiment(one: Run, other: Run) -> bool:
    return all(getattr(one.config, name) == getattr(other.config, name) for name in Experiment.model_fields)
