"""The window of a sweep that a script makes: its curve as it grows, and at the end what it says."""

import numpy as np
from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from lrgui.core.advice import advise
from lrgui.core.events import Planned, StepsEnded
from lrgui.core.live import SweepEnded
from lrgui.core.messages import say
from lrgui.core.runs import History
from lrgui.core.sweeps import sweeps_of
from lrgui.gui.widgets.card import Card, label
from lrgui.gui.widgets.sweep_card import SweepCard
from lrgui.gui.words import show

_ACCURACY = 1
"""The tab of a picture that there is only where accuracies are measured."""


class LiveWindow(QWidget):
    """The card of a range test, with the verdict under it. Nothing here reaches the script."""

    def __init__(self) -> None:
        super().__init__()
        show(self.setWindowTitle, say("Learning-Rate Lab: a sweep"))
        self.resize(900, 620)
        self._history = History()
        self.card = SweepCard()
        self.verdict, self.reason = label(say("Sweeping ..."), "verdict"), label("", "dim")
        for told in (self.verdict, self.reason):
            told.setWordWrap(True)
        under = Card()
        under.setMinimumHeight(84)  # a verdict and two lines, so that nothing moves when they come
        under.body.addWidget(self.verdict)
        under.body.addWidget(self.reason)
        under.body.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(12, 12, 12, 12)
        whole.setSpacing(12)
        whole.addWidget(self.card, 1)
        whole.addWidget(under)
        self.card.chips.picked.connect(self.card.plot.set_learning_rate)

    @Slot(object)
    def take(self, event: object) -> None:
        """Show what an event has brought."""
        plot = self.card.plot
        match event:
            case Planned():
                rates = event.learning_rates
                plot.show_plan(float(rates[0]), float(rates[-1]))
                plot.steps_per_epoch = event.steps_per_epoch
                told = say("From {start:rate} to {end:rate}.", start=float(rates[0]), end=float(rates[-1]))
                show(self.reason.setText, told)
            case StepsEnded():
                self._history.append(event.columns)
                self.card.views.setTabVisible(_ACCURACY, bool(np.isfinite(self._history["accuracy"]).any()))
                plot.show_sweeps(sweeps_of(self._history), self.card.smoothing.value() / 100)
            case SweepEnded():
                self._end(event)

    def _end(self, event: SweepEnded) -> None:
        show(self.verdict.setText, event.message)
        if not (sweeps := sweeps_of(self._history)):
            show(self.reason.setText, say("Nothing was measured."))
            return
        advice = advise(sweeps, event.optimizer)
        plot, recommended = self.card.plot, advice.recommended
        plot.show_suggestions(advice.suggestions, recommended)
        self.card.chips.show_suggestions(recommended, advice.suggestions)
        show(self.reason.setText, recommended.reason)
        plot.fit()
        if recommended.learning_rate is not None:
            plot.set_learning_rate(recommended.learning_rate)
            self.card.chips.mark(recommended.learning_rate)
            show(
                self.verdict.setText,
                say(
                    "Recommended: {rate:rate}; from {low:rate} to {high:rate} should do about as well. {ended}",
                    rate=recommended.learning_rate,
                    low=recommended.low,
                    high=recommended.high,
                    ended=event.message,
                ),
            )
