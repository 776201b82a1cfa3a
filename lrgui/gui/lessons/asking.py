"""A question on its plot: the guess that a hand drags there, and the outcome beside it."""

import weakref

from PySide6.QtCore import QObject, Signal

from lrgui.core.lessons.progress import StepRecord
from lrgui.core.lessons.question import Question
from lrgui.core.messages import say
from lrgui.gui.lessons.stage import Stage
from lrgui.gui.plots.guess_handle import GuessHandle
from lrgui.gui.plots.guess_layer import GuessLayer, Span
from lrgui.gui.plots.plot import Plot


class Asking(QObject):
    """Draws a question's guess and outcome. ``dragged(float)`` carries what a hand has dragged the guess to."""

    dragged = Signal(float)

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self._stage = stage
        self._drawn: weakref.WeakKeyDictionary[Plot, tuple[GuessLayer, GuessHandle]] = weakref.WeakKeyDictionary()

    def offer(self, question: Question) -> float | None:
        """Let a hand drag a guess on the question's plot; return where it stands at first."""
        if (plot := self._prepared(question)) is None:
            return None
        layer, handle = self._layer(plot)
        at, mapping = self._at(question, plot), plot.mapping
        first = question.at if question.axis == "x" else mapping.y_value(mapping.height / 2)
        layer.show(question.axis, at, (first, first), None, {"guess": say("drag me")})
        handle.offer(True)
        return first

    def move(self, question: Question, guess: float) -> None:
        """Put the guess on a number that is dragged or typed, as long as it is not given."""
        if (plot := self._stage.plot(question.plot)) is not None:
            layer, handle = self._layer(plot)
            words = {"guess": say("guess: {value}", value=question.told(guess))}
            layer.show(question.axis, self._at(question, plot), (guess, guess), None, words)
            handle.offer(True)

    def show(self, question: Question, record: StepRecord) -> None:
        """Draw a guess that was given, and the outcome once it is known."""
        if (plot := self._stage.plot(question.plot)) is None:
            return
        layer, handle = self._layer(plot)
        handle.offer(False)
        words = {"guess": say("your guess")}
        if question.kind != "choice" and record.guess is not None:
            words["guess"] = say("your guess: {value}", value=question.told(record.guess))
        if record.outcome is not None:
            words["outcome"] = say("seen: {value}", value=question.told(record.outcome))
        layer.show(question.axis, self._at(question, plot), _span(question, record), record.outcome, words)

    def clear(self) -> None:
        """Take everything off all plots."""
        for layer, handle in self._drawn.values():
            handle.offer(False)
            layer.clear()

    def _prepared(self, question: Question) -> Plot | None:
        """Return the question's plot, in front and with axes on it."""
        if not question.plot:
            return None
        page = self._stage.page_of(question.plot)
        if self._stage.pages.current != page:
            self._stage.actions[f"show_{page}"].trigger()
        plot = self._stage.plot(question.plot)
        if question.plot == "sweep" and not self._stage.find.plot.sweeps:
            config = self._stage.form("find").value()
            if config is not None:
                self._stage.find.plot.show_plan(config.start, config.end)
        if plot is not None:
            plot.prepare()
        return plot

    def _layer(self, plot: Plot) -> tuple[GuessLayer, GuessHandle]:
        if plot not in self._drawn:
            layer = plot.add(GuessLayer(plot))
            handle = GuessHandle(plot, layer)
            handle.dragged.connect(self.dragged)
            self._drawn[plot] = layer, handle
        return self._drawn[plot]

    @staticmethod
    def _at(question: Question, plot: Plot) -> float:
        if question.axis == "y" and question.at < 0:
            extent = plot.x_extent()
            return extent[1] if extent is not None else 0.0
        return question.at


def _span(question: Question, record: StepRecord) -> Span | None:
    """Return from where to where a guess goes: an option covers a part of the axis."""
    if record.guess is None:
        return None
    if question.kind != "choice":
        return record.guess, record.guess
    option = question.option[int(record.guess)]
    return option.least, option.below
