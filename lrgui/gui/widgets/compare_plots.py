"""What the arms of a comparison measure, live: validation accuracy, training loss and rate, step by step."""

import time
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QSplitter

from lrgui.core.comparison import curve
from lrgui.core.config import ComparisonConfig
from lrgui.core.messages import Text, say
from lrgui.core.runs import History, Run
from lrgui.core.scores import score_in
from lrgui.gui.plots.plot import Band, Curve, Plot
from lrgui.gui.plots.series_look import dashes_of, symbol_of
from lrgui.gui.widgets.card import GAP, Card
from lrgui.gui.widgets.score_card import ScoreCard

_SCORE = "score"
"""Stands for the accuracy, or R2 where a number is predicted."""

_LEAST_MS = 60
_SHARE = 10
"""At most one part in so many of the time goes into the curves."""

_MOST_SECONDS = 0.02
"""Of drawing at a stretch: arms that are left over wait for the next turn, and the hand does not."""

_FEW_ARMS, _ALPHA = 3, 0.2
"""The bands of more arms are paler, so that what lies under all of them can be seen."""


@dataclass(frozen=True, slots=True, eq=False)
class _ArmCurves:
    """An arm's line and band in one plot."""

    column: str
    band: Band
    line: Curve

    def draw(self, history: History, arm: int) -> None:
        found = curve(history, arm, score_in(history).of_validation if self.column == _SCORE else self.column)
        self.band.set(found.step, found.low, found.high)
        self.line.set(found.step, found.median)

    def show(self, shown: bool) -> None:
        self.band.visible = self.line.visible = shown


class ComparePlots(QSplitter):
    """Three plots of one run: for each arm the median over the seeds, and their range as a band."""

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setHandleWidth(GAP)
        self.setChildrenCollapsible(False)
        self.accuracy_plot = Plot(say("step"), say("accuracy"), whole_x=True)
        self.loss_plot = Plot(say("step"), say("loss"), whole_x=True)
        self.rate_plot = Plot(say("step"), say("rate"), whole_x=True)
        self.plots = (self.accuracy_plot, self.loss_plot, self.rate_plot)
        self._run: Run | None = None
        self._arms: list[tuple[_ArmCurves, ...]] = []
        self._plans: list[Curve] = []
        self._changed: set[int] = set()
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._draw)
        self._lay_out()

    def _lay_out(self) -> None:
        right = QSplitter(Qt.Orientation.Vertical)
        right.setHandleWidth(GAP)
        right.setChildrenCollapsible(False)
        self.right = right
        self._scores = ScoreCard(self.accuracy_plot, say("median and range"))
        self.addWidget(self._scores)
        for title, plot in ((say("Training loss"), self.loss_plot), (say("Learning rate"), self.rate_plot)):
            card = Card(title)
            card.body.addWidget(plot, 1)
            right.addWidget(card)
        self.addWidget(right)
        self.setStretchFactor(0, 3)
        self.setStretchFactor(1, 2)
        self.setSizes([540, 360])

    def begin(self, run: Run) -> None:
        """Show another run, of which some may be measured already."""
        self._run, config = run, run.config
        assert isinstance(config, ComparisonConfig)
        self._timer.stop()
        self._changed = set()  # arms of the run before, which may have had more
        for plot in self.plots:
            plot.clear()
        self._threshold = self.accuracy_plot.curve("", "dim", style=Qt.PenStyle.DotLine)
        self._plans = [
            self.rate_plot.curve("", f"series{arm}", style=dashes_of(arm), alpha=0.5) for arm in range(len(config.arms))
        ]
        self._arms = [self._curves_of(arm, name, len(config.arms)) for arm, name in enumerate(config.names)]
        self.show_plan()
        self.draw(range(len(config.arms)))

    def _curves_of(self, arm: int, name: Text, arms: int) -> tuple[_ArmCurves, ...]:
        made = []
        for plot, column in zip(self.plots, (_SCORE, "loss", "learning_rate"), strict=True):
            of_epochs = column == _SCORE
            band = plot.band("", f"series{arm}")
            band.alpha = _ALPHA if arms <= _FEW_ARMS else _ALPHA / 2
            line = plot.curve(
                name if of_epochs else "",
                f"series{arm}",
                width=2,
                style=dashes_of(arm),
                symbol=symbol_of(arm) if of_epochs else None,
            )
            made.append(_ArmCurves(column, band, line))
        return tuple(made)

    def show_plan(self) -> None:
        """Draw what is planned, as soon as that is known."""
        run = self._run
        if run is None or run.planned is None:
            return
        assert isinstance(run.config, ComparisonConfig)
        rates, arms = run.planned.learning_rates, len(run.config.arms)
        steps = len(rates) // (arms * run.config.seeds)
        for arm, plan in enumerate(self._plans):
            plan.set(np.arange(steps), rates[arm * steps : (arm + 1) * steps])
        if run.config.threshold is not None:
            self._threshold.set(np.array([0, steps]), np.full(2, run.config.threshold))
        for plot in self.plots:
            plot.set_x_range(0, steps)

    def arm_changed(self, arm: int) -> None:
        """Note that an arm has measured more; its curves follow soon."""
        self._changed.add(arm)
        if not self._timer.isActive():
            self._timer.start(_LEAST_MS)

    def _draw(self) -> None:
        """Draw what has changed, a few arms at a time, and rest long after what took long."""
        began = time.perf_counter()
        while self._changed:
            self._draw_arm(self._changed.pop())
            if time.perf_counter() - began > _MOST_SECONDS:
                break
        self._fit_scores()
        took_ms = 1000 * (time.perf_counter() - began)
        self._timer.setInterval(max(_LEAST_MS, round(_SHARE * took_ms)))
        if self._changed:
            self._timer.start()

    def draw(self, arms: "range | set[int]") -> None:
        """Draw the curves of these arms now."""
        for arm in arms:
            self._draw_arm(arm)
        self._fit_scores()

    def _draw_arm(self, arm: int) -> None:
        if self._run is None:
            return
        for curves in self._arms[arm]:
            of_epochs = curves.column == _SCORE
            curves.draw(self._run.epochs if of_epochs else self._run.steps, arm)

    def _fit_scores(self) -> None:
        """Fit the scores tightly each time: an accuracy grows to no more than 1, and changes only once an epoch."""
        if self._run is not None:
            self._scores.name(score_in(self._run.epochs))
            self.accuracy_plot.fit()

    def show_arm(self, arm: int, shown: bool) -> None:
        """Show an arm's curves, or hide them."""
        for curves in self._arms[arm]:
            curves.show(shown)
        self._plans[arm].visible = shown

    def emphasise(self, arm: int | None) -> None:
        """Draw one arm thicker than the others, or none."""
        for number, all_curves in enumerate(self._arms):
            for curves in all_curves:
                curves.line.emphasised = number == arm

    def finish(self) -> None:
        """Draw all that was measured, in ranges that fit it."""
        self._timer.stop()
        self.draw(range(len(self._arms)))
        for plot in self.plots:
            plot.fit()
