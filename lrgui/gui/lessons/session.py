"""A lesson under way: which step one is at, whether it is done, what was guessed and what was seen."""

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from lrgui.core.lessons.lesson import Lesson, Step
from lrgui.core.lessons.progress import Progress, StepRecord
from lrgui.core.messages import Message
from lrgui.core.runs import Run
from lrgui.gui.lessons.asking import Asking
from lrgui.gui.lessons.conditions import holds
from lrgui.gui.lessons.hand import Hand
from lrgui.gui.lessons.measures import measured
from lrgui.gui.lessons.stage import Stage

_LOOK_MS = 120
_SETTLE_MS = 80
"""A page that has just come to the front lays its plots out first."""


class Session(QObject):
    """Follows what is done in the window, by whomever, and ticks the steps.

    ``changed`` tells that something is to be shown anew, ``ticked`` that a step is done, ``dragged(float)`` that a hand
    drags a guess.
    """

    changed = Signal()
    ticked = Signal()
    dragged = Signal(float)

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self.stage, self.hand, self._asking = stage, Hand(stage), Asking(stage)
        self.lesson: Lesson | None = None
        self.progress = Progress()
        self.refusal: Message | None = None
        self._runs: list[Run] = []
        self._held_before = False
        self._look_timer = QTimer(self, interval=_LOOK_MS)
        self._look_timer.timeout.connect(self.look)
        self._offer_timer = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._offer_timer.timeout.connect(self._offer)
        stage.ended.connect(self._run_ended)
        self.hand.finished.connect(self._hand_finished)
        self.hand.refused.connect(self._hand_refused)
        self._asking.dragged.connect(self._dragged)

    # Where one is

    @property
    def step(self) -> Step:
        """The step that one is at."""
        assert self.lesson is not None
        return self.lesson.step[self.progress.place]

    @property
    def record(self) -> StepRecord:
        """What became of it so far."""
        return self.progress.records[self.progress.place]

    @property
    def asks(self) -> bool:
        """Whether a guess is still wanted."""
        return self.step.question is not None and self.record.guess is None and not self.record.done

    def open(self, lesson: Lesson, progress: Progress) -> None:
        """Begin a lesson, or go on with it where one was."""
        self.lesson, self.progress = lesson, progress.fitted(len(lesson.step))
        self.go_to(self.progress.place)

    def close(self) -> None:
        """Leave the lesson; its place is kept in ``progress``."""
        self.rest()
        self.lesson = None
        self.changed.emit()

    def rest(self) -> None:
        """Look at nothing for now: nobody sees the lesson."""
        self.hand.stop()
        self._asking.clear()
        self._look_timer.stop()
        self._offer_timer.stop()

    def go_to(self, place: int) -> None:
        """Turn to a step."""
        assert self.lesson is not None
        self.rest()
        self.progress.place = min(max(place, 0), len(self.lesson.step) - 1)
        self.refusal = None
        self._runs.clear()
        self._held_before = self._all_hold()
        if not self.record.done:
            self._look_timer.start()
            question = self.step.question
            if self.asks and question is not None and question.kind == "point":
                self._offer_timer.start()
        self.changed.emit()

    # What is done

    def do_it(self) -> None:
        """Have the step done by the hand."""
        self.refusal = None
        self.hand.carry_out(self.step.do)
        self.changed.emit()

    def guess(self, value: float) -> None:
        """Take a guess: a number, or in a choice the number of an option from 0."""
        question = self.step.question
        assert question is not None
        self._offer_timer.stop()
        self.record.guess = value
        self._asking.show(question, self.record)
        if self._all_hold():
            self._tick()  # what was asked about is there already
        self.changed.emit()

    def draft(self, value: float) -> None:
        """Show a guess that is being typed where it lies on the plot."""
        if self.step.question is not None and self.step.question.kind == "point":
            self._asking.move(self.step.question, value)

    def next(self) -> None:
        """Turn to the next step; what is done by reading alone is done now."""
        assert self.lesson is not None
        if not self.record.done and self._all_hold() and not self.asks:
            self._tick()
        self.go_to(self.progress.place + 1)

    def look(self) -> None:
        """Tick the step if all that it wants has come to be so."""
        if self.lesson is None or self.record.done or self.hand.busy:
            return
        held = self._all_hold()
        if held and not self._held_before and self.step.done:
            self._tick()
        self._held_before = held

    def _all_hold(self) -> bool:
        return all(holds(condition, self.stage, self._runs) for condition in self.step.done)

    def _tick(self) -> None:
        step, record = self.step, self.record
        record.values = {name: measured(measure, self.stage) for name, measure in step.values.items()}
        record.done = True
        self._look_timer.stop()
        if step.question is not None:
            record.outcome = measured(step.question.outcome, self.stage)
            self._asking.show(step.question, record)
        self.ticked.emit()
        self.changed.emit()

    # What comes in

    @Slot(object)
    def _run_ended(self, run: Run) -> None:
        self._runs.append(run)

    @Slot()
    def _hand_finished(self) -> None:
        self._held_before = False
        self.look()
        if self.lesson is not None and not self.step.done and not self.asks and not self.record.done:
            self._tick()
        self.changed.emit()

    @Slot(object)
    def _hand_refused(self, told: Message) -> None:
        self.refusal = told
        self.changed.emit()

    @Slot()
    def _offer(self) -> None:
        if self.lesson is not None and self.asks and self.step.question is not None:
            first = self._asking.offer(self.step.question)
            if first is not None:
                self.dragged.emit(first)

    @Slot(float)
    def _dragged(self, value: float) -> None:
        if self.lesson is not None and self.asks and self.step.question is not None:
            self._asking.move(self.step.question, value)
            self.dragged.emit(value)
