"""The plots of the page of training, and what of a run is drawn in which of them."""

from collections.abc import Iterable, Sequence

import numpy as np
from PySide6.QtCore import Qt

from lrgui.core.messages import say
from lrgui.core.runs import Run
from lrgui.core.scores import score_of
from lrgui.gui.plots.plot import Curve, Plot
from lrgui.gui.widgets.run_table import Line
from lrgui.gui.widgets.score_card import ScoreCard


class TrainingPlots:
    """Losses and rates of one run over its steps, and the accuracies of all over their epochs.

    Attributes
    ----------
    loss_plot, accuracy_plot, rate_plot, momentum_plot : Plot
        The last is hidden while no momentum is reported.
    scores : ScoreCard
        The card with the accuracies.
    accuracies : dict of Line to Curve
        Those on the validation data, by the line of the run in the table.
    """

    def __init__(self) -> None:
        self.loss_plot = Plot(say("step"), say("loss"), whole_x=True)
        self.batch_loss = self.loss_plot.curve(say("this batch"), "raw")
        self.loss = self.loss_plot.curve(say("epoch"), "loss", width=2, symbol="o")
        self.val_loss = self.loss_plot.curve(
            say("validation"), "validation", width=2, style=Qt.PenStyle.DashLine, symbol="s"
        )
        self.accuracy_plot = Plot(say("epoch"), say("accuracy"), whole_x=True)
        self.accuracy = self.accuracy_plot.curve(say("training"), "loss", style=Qt.PenStyle.DotLine)
        self.accuracies: dict[Line, Curve] = {}
        self.scores = ScoreCard(self.accuracy_plot)
        self.rate_plot = Plot(say("step"), say("rate"), whole_x=True)
        self.rate_band = self.rate_plot.band("", "learning_rate")
        self.plan = self.rate_plot.curve("", "learning_rate", style=Qt.PenStyle.DashLine)
        self.rate = self.rate_plot.curve("", "learning_rate", width=2)
        self.epoch_rate = self.rate_plot.curve("", "learning_rate", line=False, symbol="o")
        # It is low: beside its axis there would be no room for the word.
        self.momentum_plot = Plot(say("momentum"), "", whole_x=True)
        self.momentum_plot.call(say("momentum / step"))
        self.momentum = self.momentum_plot.curve("", "callback", width=2)
        self.momentum_plot.hide()
        self.plots = (self.loss_plot, self.accuracy_plot, self.rate_plot, self.momentum_plot)

    def fit(self) -> None:
        """Fit the ranges to what is drawn."""
        for plot in self.plots:
            plot.fit()

    def clear(self) -> None:
        """Draw nothing of a run but its line among the accuracies."""
        for item in (self.plan, self.rate_band, self.batch_loss, self.rate, self.loss, self.val_loss):
            item.clear()
        self.accuracy.clear()
        self.epoch_rate.clear()
        self.momentum.clear()
        self.momentum_plot.hide()

    def show_plan(self, run: Run, epochs: Iterable[int]) -> None:
        """Draw the rates that are planned; ``epochs`` has those of all runs that are shown."""
        if run.planned is None:
            return
        rates = run.planned.learning_rates
        self.plan.set(np.arange(len(rates), dtype=np.int32), rates)
        for plot in (self.loss_plot, self.rate_plot, self.momentum_plot):
            plot.set_x_range(0, len(rates))
        self.accuracy_plot.set_x_range(1, max(2, max(epochs, default=2)))

    def show_steps(self, run: Run) -> None:
        """Draw what was measured at each step so far."""
        self.batch_loss.set(run.steps["step"], run.steps["loss"])
        self.rate.set(run.steps["step"], run.steps["learning_rate"])
        if "momentum" in run.steps:
            self.momentum.set(run.steps["step"], run.steps["momentum"])
            self.momentum_plot.show()

    def show_epochs(self, run: Run) -> None:
        """Draw what was measured at the end of each epoch so far."""
        epochs = run.epochs
        ends = epochs["step"]
        self.loss.set(ends, epochs["loss"])
        self.val_loss.set(ends, epochs["val_loss"])
        score = score_of(run)
        self.scores.name(score)
        self.accuracy.set(epochs["epoch"] + 1, epochs[score.name] if score.name in epochs else epochs["loss"][:0])
        self.epoch_rate.set(ends, epochs["learning_rate"])
        # Each epoch's range over the whole of it: from the step at which the one before ended.
        edges = np.column_stack([np.concatenate([[0], ends[:-1]])[: len(ends)], ends]).ravel()
        low, high = (np.repeat(epochs[name], 2) for name in ("learning_rate_low", "learning_rate_high"))
        self.rate_band.set(edges, low, high)

    def add_line(self, line: Line) -> None:
        """Make room for the accuracies of another run."""
        self.accuracies[line] = self.accuracy_plot.curve(line.run.name, line.series, width=2)

    def show_accuracies(self, run: Run) -> None:
        """Draw the accuracies of a run on the validation data so far."""
        for line, curve in self.accuracies.items():
            if line.run is run:
                column = score_of(run).of_validation
                curve.set(run.epochs["epoch"] + 1, run.epochs[column])

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Draw the accuracies that are to be shown, and forget those of runs that are no longer among the lines."""
        for line in list(self.accuracies):
            if line not in lines:
                self.accuracy_plot.remove(self.accuracies.pop(line))
            else:
                self.accuracies[line].visible = line.shown
                self.accuracies[line].name = line.run.name
        self.accuracy_plot.data_changed()
