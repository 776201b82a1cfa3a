"""The page of the range test: sweep the rate, see the loss, pick a rate."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QSplitter

from lrgui.core.advice import Advice, advice_of
from lrgui.core.config import Experiment, RangeTestConfig, TrainingConfig
from lrgui.core.events import Ended, Event, Planned, StepsEnded
from lrgui.core.messages import Message, say
from lrgui.core.runs import Run, RunStatus
from lrgui.core.scores import score_in
from lrgui.core.suggestions import Recommendation
from lrgui.core.sweeps import Sweep, sweeps_of
from lrgui.gui.actions import Actions
from lrgui.gui.pages.frame import RATES_HEIGHT, ROOMY_HEIGHT
from lrgui.gui.pages.page import IDLE, RunPage
from lrgui.gui.pages.splitting import split
from lrgui.gui.plots.plot import Plot
from lrgui.gui.sizes import px, sized
from lrgui.gui.theme import themes
from lrgui.gui.widgets.action_button import ActionButton
from lrgui.gui.widgets.card import FoldingCard
from lrgui.gui.widgets.form import Form
from lrgui.gui.widgets.sweep_card import SweepCard
from lrgui.gui.widgets.sweep_verdict import SweepVerdict
from lrgui.gui.words import show

if TYPE_CHECKING:
    from lrgui.core.predicted import Confirmed

_NO_SWEEP = say("No sweep yet.")
_INVITATION = say(
    "Press Find: the rate rises step by step, and the loss shows where learning begins and where it breaks."
)


class RangeTestPage(RunPage[RangeTestConfig]):
    """Form, loss against rate, rate against step, verdict. ``picked`` tells that the marker stands elsewhere."""

    picked = Signal()

    def __init__(self, actions: Actions, config: RangeTestConfig) -> None:
        super().__init__(
            Form(config), ActionButton(actions["find"], "image-filter-center-focus", primary=True), actions
        )
        self.run: Run | None = None
        self.advice: Advice | None = None
        self._seen = False
        self.card = SweepCard()
        self.plot, self.chips, self.views = self.card.plot, self.card.chips, self.card.views
        self.smoothing, self.callback_view = self.card.smoothing, self.card.callback_view
        self.rate_plot = Plot(say("step"), say("rate"), log_y=True, whole_x=True)
        self._rate_curve = self.rate_plot.curve("", "learning_rate", width=2)
        self._plan_curve = self.rate_plot.curve("", "learning_rate", style=Qt.PenStyle.DashLine, alpha=0.6)
        sized(self.rate_plot.setMinimumHeight, 64)
        self.plots = (self.plot, self.rate_plot)
        self.measured = self.card.measured
        self.verdict_card = card = SweepVerdict(actions, _NO_SWEEP, _INVITATION)
        self.verdict, self.reason, self.rate_field = card.verdict, card.reason, card.rate_field
        self.pictures.addWidget(self._plots(), 1)
        self.pictures.addWidget(self.verdict_card)
        self._connect()

    def _plots(self) -> QSplitter:
        self._rates = FoldingCard(say("Learning rate at each step"))
        self._rates.let_grow()
        self._rates.body.addWidget(self.rate_plot, 1)
        parts = (self.card, 1), (self._rates, 0)
        self.splitter = split(Qt.Orientation.Vertical, *parts, sizes=(10_000, RATES_HEIGHT))
        self._rates.folded.connect(lambda folded: self.splitter.setSizes([10_000, 0 if folded else RATES_HEIGHT]))
        return self.splitter

    def _connect(self) -> None:
        self.plot.learning_rate_picked.connect(self.pick)
        self.chips.picked.connect(self.pick)
        self.rate_field.changed.connect(self._take_typed)
        self.rate_field.editingFinished.connect(self._show_marker_rate)
        themes.changed.connect(self._fold_where_low)

    def showEvent(self, event: QShowEvent) -> None:
        """Fold the smaller plot away at first where the screen is small."""
        super().showEvent(event)
        if not self._seen:
            self._seen = True
            self._rates.set_open(self.height() >= ROOMY_HEIGHT)

    def _fold_where_low(self) -> None:
        """Leave the sweep the room of the smaller plot where everything is large."""
        if self._seen and themes.current.far and self.height() < px(ROOMY_HEIGHT):
            self._rates.set_open(False)

    @property
    def learning_rate(self) -> float | None:
        """The rate of the marker, or None before the first sweep and while the field beside it is wrong."""
        return self.plot.learning_rate if self.verdict_card.typed_rate() is not None else None

    def training_config(self, template: TrainingConfig) -> TrainingConfig | None:
        """Return the sweep's own experiment at the marker's rate, with the rest of a training's template.

        A schedule that does not go with the experiment is left out: the marker is for that one.
        """
        if self.run is None or (rate := self.learning_rate) is None:
            return None
        assert isinstance(self.run.config, RangeTestConfig)
        own = {name: getattr(template, name) for name in TrainingConfig.model_fields.keys() - Experiment.model_fields}
        try:
            return TrainingConfig.of(self.run.config, **{**own, "learning_rate": rate})
        except ValueError:
            return TrainingConfig.of(self.run.config, learning_rate=rate, epochs=template.epochs)

    def pick(self, learning_rate: float) -> None:
        """Put the marker, the field and the button on a rate."""
        self.rate_field.show_value(float(learning_rate))

    def _take_typed(self) -> None:
        rate = self.verdict_card.typed_rate()
        self.verdict_card.show_wrong(rate is None and self.run is not None)
        if rate is not None and self.run is not None:
            self.plot.set_learning_rate(rate)
            self.chips.mark(rate)
        self.picked.emit()

    def _show_marker_rate(self) -> None:
        """Show where the marker came to stand: a rate beyond the sweep is held at its end."""
        if self.learning_rate is not None:
            self.rate_field.show_value(self.learning_rate)

    def begin(self, run: Run) -> None:
        """Clear the page for a new sweep."""
        self.run, self.advice = run, None
        assert isinstance(run.config, RangeTestConfig)
        self.smoothing.setValue(round(100 * run.config.smoothing))
        self._clear()
        self.verdict_card.tell(say("Sweeping ..."), _plan_in_words(run.config))
        self.set_next_step(train=False)
        super().begin(run)

    def open_run(self, run: Run) -> None:
        """Show a sweep of the history as if it had just ended, its settings in the form."""
        assert isinstance(run.config, RangeTestConfig)
        super().open_run(run)
        self.begin(run)
        if run.planned is not None:
            self.follow(run, run.planned, paused=False)
        if len(run.steps):
            self._show_steps(run)
        self._end(run)

    def overlay(self, run: Run) -> None:
        """Lay another sweep over the plot."""
        self.card.overlay(run.id, run.name, sweeps_of(run.steps))

    def follow(self, run: Run, event: Event, *, paused: bool) -> None:
        """Show what an event has brought."""
        if run is not self.run:
            return
        match event:
            case Planned():
                rates = event.learning_rates
                self.plot.show_plan(float(rates[0]), float(rates[-1]))
                self.plot.steps_per_epoch = event.steps_per_epoch
                self.rate_plot.set_x_range(0, len(rates) - 1)
                self._plan_curve.set(range(len(rates)), rates)
            case StepsEnded():
                self._show_steps(run)
            case Ended():
                self._end(run)
        super().follow(run, event, paused=paused)

    def _show_steps(self, run: Run) -> None:
        self.card.offer_accuracy(score_in(run.steps).share)
        self.plot.show_sweeps(sweeps_of(run.steps), self.smoothing.value() / 100)
        self._rate_curve.set(run.steps["step"], run.steps["learning_rate"])
        self._show_rest_of_plan(run)

    def _show_rest_of_plan(self, run: Run) -> None:
        """Draw what is planned from the beginning of this sweep on: an earlier one may have ended before its plan."""
        if run.planned is None or run.planned.repeats == 1:
            return
        _, steps = run.place
        rest = run.planned.learning_rates[run.done - steps :]
        first = len(run.steps) - steps
        self._plan_curve.set(range(first, first + len(rest)), rest)

    def drop(self, run: Run) -> None:
        """Forget a sweep that was cancelled."""
        self.run = self.advice = None
        self._clear()
        self.verdict_card.tell(say("The sweep was cancelled."), _INVITATION)
        super().drop(run)
        self.picked.emit()

    def start_over(self) -> None:
        """Show no sweep, and the settings of the first start."""
        self.run = self.advice = None
        self.form.set_value(RangeTestConfig())
        self.card.uncover()
        self._clear()
        self.rate_field.setText("")
        self.verdict_card.tell(_NO_SWEEP, _INVITATION)
        self.set_next_step(train=False)
        self.controls.rest(IDLE)
        super().start_over()
        self.picked.emit()

    def _clear(self) -> None:
        """Draw nothing of a sweep."""
        self.plot.clear_sweep()
        self.measured.clear()
        self.chips.clear()
        self._rate_curve.clear()
        self._plan_curve.clear()

    def _end(self, run: Run) -> None:
        show(self.verdict.setText, run.message or "")
        self.controls.rest(say("{count} rates measured.", count=len(run.steps)))
        sweeps = sweeps_of(run.steps)
        if not sweeps:
            show(self.reason.setText, say("Nothing was measured.") if run.status is RunStatus.FAILED else _INVITATION)
            return
        self.advice = advice = advice_of(run)
        recommended, rates = advice.recommended, sweeps[0].learning_rates
        self.plot.show_suggestions(advice.suggestions, recommended, advice.peak)
        self.chips.show_suggestions(recommended, advice.suggestions, advice.peak)
        show(self.reason.setText, recommended.reason)
        self.controls.rest(_span(sweeps, recommended))
        self.plot.fit()
        if len(sweeps) > 1:
            self.rate_plot.set_x_range(0, len(run.steps) - 1)
        self.pick(recommended.learning_rate if recommended.learning_rate is not None else float(rates[len(rates) // 2]))
        self.set_next_step(train=recommended.learning_rate is not None)

    def begin_confirming(self, learning_rate: float) -> None:
        """Say that rates around one are being trained at."""
        self.measured.clear()
        show(self.reason.setText, say("Training at five rates around {rate:rate} ...", rate=learning_rate))

    def show_confirmed(self, confirmed: "Confirmed", *, ended: bool) -> None:
        """Draw what was measured so far back onto the curve; at the end, say how it compares to the prediction."""
        found = (confirmed.rates, confirmed.losses, confirmed.accuracies, confirmed.measured_best, confirmed.score)
        self.measured.show(*found)
        if ended:
            show(self.reason.setText, confirmed.message)
            self.controls.rest(IDLE)

    def drop_confirmed(self) -> None:
        """Forget what was measured: the run was cancelled."""
        self.measured.clear()
        show(self.reason.setText, say("Confirming was cancelled."))
        self.controls.rest(IDLE)

    def set_next_step(self, *, train: bool) -> None:
        """Paint the next thing to do in the accent colour: training once there is a rate, else the sweep."""
        self.verdict_card.train_button.set_primary(train)
        self.button.set_primary(not train)


def _plan_in_words(config: RangeTestConfig) -> Message:
    told = say("From {start:rate} to {end:rate}.", start=config.start, end=config.end)
    if config.repeats == 1:
        return told
    return say("{told} {repeats} sweeps, each from another seed.", told=told, repeats=config.repeats)


def _span(sweeps: Sequence[Sweep], recommended: Recommendation) -> Message:
    measured = say("{count} rates measured", count=len(sweeps[0].learning_rates))
    if len(sweeps) > 1:
        steps = sum(int(sweep.steps.sum()) for sweep in sweeps)
        measured = say("{count} sweeps, {steps:,} steps measured", count=len(sweeps), steps=steps)
    if recommended.learning_rate is None:
        return measured
    return say(
        "Likely good: {low:rate} to {high:rate}  ·  {measured}",
        measured=measured,
        low=recommended.low,
        high=recommended.high,
    )
