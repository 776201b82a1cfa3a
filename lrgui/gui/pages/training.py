"""The page of training: loss, accuracy and learning rate live, and the runs side by side."""

import itertools

import numpy as np
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
from lrgui.gui.plots.plot import Curve, Plot
from lrgui.gui.widgets.action_button import ActionButton, ActionTool
from lrgui.gui.widgets.card import GAP, Card, label
from lrgui.gui.widgets.factor_slider import FactorSlider
from lrgui.gui.widgets.form import Form
from lrgui.gui.widgets.results import Results
from lrgui.gui.widgets.run_table import Line, RunTable, RunTableModel
from lrgui.gui.widgets.score_card import ScoreCard
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
        self._accuracy_curves: dict[Line, Curve] = {}
        self._make_plots()
        self.runs = RunTableModel()
        self.runs.setParent(self)  # goes with the page: what is connected to it would keep the whole window
        self.table = RunTable(self.runs)
        self.table.selected.connect(self.show_run)
        self.runs.edited.connect(self._runs_edited)
        self.pictures.addWidget(self._layout(actions), 1)

    def _make_plots(self) -> None:
        self.loss_plot = Plot(say("step"), say("loss"), whole_x=True)
        self._batch_loss = self.loss_plot.curve(say("this batch"), "raw")
        self._loss = self.loss_plot.curve(say("epoch"), "loss", width=2, symbol="o")
        self._val_loss = self.loss_plot.curve(
            say("validation"), "validation", width=2, style=Qt.PenStyle.DashLine, symbol="s"
        )
        self.accuracy_plot = Plot(say("epoch"), say("accuracy"), whole_x=True)
        self._accuracy = self.accuracy_plot.curve(say("training"), "loss", style=Qt.PenStyle.DotLine)
        self.rate_plot = Plot(say("step"), say("rate"), whole_x=True)
        self._rate_band = self.rate_plot.band("", "learning_rate")
        self._plan = self.rate_plot.curve("", "learning_rate", style=Qt.PenStyle.DashLine)
        self._rate = self.rate_plot.curve("", "learning_rate", width=2)
        self._epoch_rate = self.rate_plot.curve("", "learning_rate", line=False, symbol="o")
        # It is low: beside its axis there would be no room for the word.
        self.momentum_plot = Plot(say("momentum"), "", whole_x=True)
        self.momentum_plot.call(say("momentum / step"))
        self._momentum = self.momentum_plot.curve("", "callback", width=2)
        self.momentum_plot.hide()
        self.plots = (self.loss_plot, self.accuracy_plot, self.rate_plot, self.momentum_plot)

    def _layout(self, actions: Actions) -> QSplitter:
        top = QWidget()
        pair = QHBoxLayout(top)
        pair.setContentsMargins(0, 0, 0, 0)
        pair.setSpacing(GAP)
        losses, self._scores = Card(say("Loss")), ScoreCard(self.accuracy_plot)
        losses.body.addWidget(self.loss_plot, 1)
        pair.addWidget(losses, 1)
        pair.addWidget(self._scores, 1)
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
        line = self.runs.add(run)
        self._accuracy_curves[line] = self.accuracy_plot.curve(run.name, line.series, width=2)

    def add_run(self, run: Run) -> Run:
        """Put a run of the history beside the others, and return it as it stands in the table."""
        known = next((line.run for line in self.runs.lines if line.run.id == run.id), None)
        if known is None:
            self._add_line(run)
            self._show_accuracies(run)
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
        for plot in self.plots:
            plot.fit()

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
                    self._show_steps(run)
                case EpochEnded():
                    self._show_epochs(run)
        if isinstance(event, FactorMoved) and event.by == "hand" and run.repeat_of is not None:
            self.factor.show_factor(event.factor)
        if isinstance(event, EpochEnded):
            self._show_accuracies(run)
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
        for plot in self.plots:
            plot.fit()

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
        self._clear_plots()
        self.results.show_run(run)
        if isinstance(run.config, TrainingConfig):
            self._show_plan(run)
            self._show_steps(run)
            self._show_epochs(run)

    def _clear_plots(self) -> None:
        """Draw nothing of a run but its line among the accuracies."""
        for item in (self._plan, self._rate_band, self._batch_loss, self._rate, self._loss, self._val_loss):
            item.clear()
        self._accuracy.clear()
        self._epoch_rate.clear()
        self._momentum.clear()
        self.momentum_plot.hide()

    def _show_plan(self, run: Run) -> None:
        if run.planned is None:
            return
        rates = run.planned.learning_rates
        self._plan.set(np.arange(len(rates), dtype=np.int32), rates)
        for plot in (self.loss_plot, self.rate_plot, self.momentum_plot):
            plot.set_x_range(0, len(rates))
        self.accuracy_plot.set_x_range(1, max(2, max(self._epochs_shown(), default=2)))

    def _epochs_shown(self) -> list[int]:
        trainings = [line.run for line in self.runs.lines if line.shown and line.run.kind == "training"]
        return [run.planned.epochs for run in trainings if run.planned is not None]

    def _show_steps(self, run: Run) -> None:
        self._batch_loss.set(run.steps["step"], run.steps["loss"])
        self._rate.set(run.steps["step"], run.steps["learning_rate"])
        if "momentum" in run.steps:
            self._momentum.set(run.steps["step"], run.steps["momentum"])
            self.momentum_plot.show()

    def _show_epochs(self, run: Run) -> None:
        epochs = run.epochs
        ends = epochs["step"]
        self._loss.set(ends, epochs["loss"])
        self._val_loss.set(ends, epochs["val_loss"])
        score = score_of(run)
        self._scores.name(score)
        self._accuracy.set(epochs["epoch"] + 1, epochs[score.name] if score.name in epochs else epochs["loss"][:0])
        self._epoch_rate.set(ends, epochs["learning_rate"])
        # Each epoch's range over the whole of it: from the step at which the one before ended.
        edges = np.column_stack([np.concatenate([[0], ends[:-1]])[: len(ends)], ends]).ravel()
        low, high = (np.repeat(epochs[name], 2) for name in ("learning_rate_low", "learning_rate_high"))
        self._rate_band.set(edges, low, high)

    def _show_accuracies(self, run: Run) -> None:
        for line, curve in self._accuracy_curves.items():
            if line.run is run:
                column = score_of(run).of_validation
                curve.set(run.epochs["epoch"] + 1, run.epochs[column])

    def _runs_edited(self) -> None:
        """Draw what is shown, and forget the curves of runs that were deleted."""
        for line in list(self._accuracy_curves):
            if line not in self.runs.lines:
                self.accuracy_plot.remove(self._accuracy_curves.pop(line))
            else:
                self._accuracy_curves[line].visible = line.shown
                self._accuracy_curves[line].name = line.run.name
        self.accuracy_plot.data_changed()
        if (run := self.table.current_run()) is not None:
            self.show_run(run)
        else:
            self._clear_plots()
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
