"""A lesson that plays by itself: it guesses, does what is to be done, lets one read, and takes pictures on the way."""

import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from lrgui.core.lessons import Lesson
from lrgui.core.lessons.progress import Progress
from lrgui.core.lessons.question import Question
from lrgui.core.messages import Message, Refused, say
from lrgui.gui.lesson_desk import LessonDesk
from lrgui.gui.lessons.hand import PACE_MS

_READ_MS_A_LETTER, _LEAST_MS, _SETTLE_MS = 25, 1200, 400
_LOOK_MS = 30
_PATIENCE_SECONDS, _IDLE_SECONDS = 600.0, 3.0
"""A first run waits for TensorFlow, and a download takes its time."""

Pause = int | Callable[[], bool]
"""Milliseconds to wait, or what is to become so first."""


class Demonstration(QObject):
    """Plays lessons one after the other in the window of a desk.

    ``finished(bool)`` tells the end, and whether all steps were done; ``told(Message)`` what went wrong, or where a
    picture was written.

    Parameters
    ----------
    desk : LessonDesk
        Whose lessons they are; its panel is shown.
    lessons : sequence of Lesson
        What to play.
    pace : float
        How many times as fast as for a class, above 0.
    pictures : pathlib.Path, optional
        The folder for a picture of the window after every step; it has to be there.
    replace : bool
        Whether to take only those pictures that are there already.
    """

    finished = Signal(bool)
    told = Signal(object)

    def __init__(
        self,
        desk: LessonDesk,
        lessons: Sequence[Lesson],
        pace: float,
        pictures: Path | None = None,
        *,
        replace: bool = False,
    ) -> None:
        super().__init__(desk)
        self._desk, self._lessons, self._pace = desk, lessons, pace
        self._pictures, self._replace = pictures, replace
        desk.session.hand.pace_ms = round(PACE_MS / pace)
        desk.session.stage.speed = pace
        self._script: Iterator[Pause] = iter(())
        self._pause: Pause = 0
        self._since = self._idle_since = 0.0
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._go_on)

    def start(self) -> None:
        """Begin to play."""
        self._script, self._pause = self._play(), 0
        self._timer.start(0)

    def _go_on(self) -> None:
        if not isinstance(self._pause, int) and not self._pause():
            if time.monotonic() - self._since > _PATIENCE_SECONDS:
                self._end(say("Nothing more happens: the lesson is given up."))
            else:
                self._timer.start(_LOOK_MS)
            return
        try:
            self._pause, self._since = next(self._script), time.monotonic()
        except StopIteration:
            self._end(None)
        except Refused as refused:
            self._end(refused.message)
        else:
            self._timer.start(self._pause if isinstance(self._pause, int) else _LOOK_MS)

    def _end(self, trouble: Message | None) -> None:
        if trouble is not None:
            self.told.emit(trouble)
        self.finished.emit(trouble is None)

    def _play(self) -> Iterator[Pause]:
        for lesson in self._lessons:
            self._desk.open_at(lesson, Progress())
            for place in range(len(lesson.step)):
                self._desk.session.go_to(place)
                yield from self._play_step(lesson, place)

    def _play_step(self, lesson: Lesson, place: int) -> Iterator[Pause]:
        session, step = self._desk.session, lesson.step[place]
        yield self._reading(len(next(iter(step.text.values()))))
        if step.question is not None:
            if step.question.kind == "point":
                yield _SETTLE_MS  # the plot comes to the front
            session.guess(_example(step.question))
            yield self._reading(len(next(iter(step.question.text.values()))))
        if not session.record.done:
            session.do_it()
            self._idle_since = time.monotonic()
            yield lambda: session.record.done or session.refusal is not None or self._stuck()
            if not session.record.done and session.refusal is None:
                raise Refused(say("Step {number} did not come to its end.", number=place + 1))
        if session.refusal is not None:
            raise Refused(session.refusal)
        yield _SETTLE_MS
        if self._pictures is not None:
            self._take(self._pictures / f"{lesson.name}-{place + 1}.png")
        yield self._reading(len(next(iter(step.seen.values()))))

    def _stuck(self) -> bool:
        """Return whether nothing has been going on for a while: a run has failed, say."""
        session, now = self._desk.session, time.monotonic()
        if session.hand.busy or session.stage.runner.busy:
            self._idle_since = now
        return now - self._idle_since > _IDLE_SECONDS

    def _reading(self, letters: int) -> int:
        return round(max(_LEAST_MS, letters * _READ_MS_A_LETTER) / self._pace)

    def _take(self, file: Path) -> None:
        if self._replace and not file.exists():
            return
        if not self._desk.window.grab().save(str(file)):
            raise Refused(say("{file} could not be written.", file=str(file)))
        self.told.emit(say("Written: {file}", file=str(file)))


def _example(question: Question) -> float:
    """Return what is guessed here: the question's example, else something in the middle."""
    if question.kind == "choice":
        return 0.0 if question.example is None else question.example - 1
    if question.example is not None:
        return question.example
    return question.at if question.axis == "x" else 0.5
