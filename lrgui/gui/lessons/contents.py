"""The list of lessons: what each is about, how far one has come, and what is wrong with files that cannot be read."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QVBoxLayout, QWidget

from lrgui.core.lessons import Lesson, Shelf
from lrgui.core.lessons.progress import Progress
from lrgui.core.lessons.texts import in_language
from lrgui.core.messages import Message, say
from lrgui.gui.widgets.card import GAP, Card, label
from lrgui.gui.words import show, worded, words


class Contents(QScrollArea):
    """A card for each lesson. ``chosen(str)`` carries the name of the one that is wanted."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.buttons: dict[str, QPushButton] = {}
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_shelf(self, shelf: Shelf, progress: Mapping[str, Progress]) -> None:
        """Show all lessons, in the language of now."""
        column = QWidget()
        rows = QVBoxLayout(column)
        rows.setContentsMargins(0, 0, GAP, 0)
        rows.setSpacing(12)
        self.buttons = {}
        for lesson in shelf.lessons:
            rows.addWidget(self._card(lesson, progress.get(lesson.name, Progress())))
        for problem in shelf.problems:
            told = label(problem, "error")
            told.setWordWrap(True)
            rows.addWidget(told)
        rows.addStretch(1)
        self.setWidget(column)

    def _card(self, lesson: Lesson, progress: Progress) -> Card:
        card = Card()
        for text, level in ((lesson.title, "verdict"), (lesson.summary, "dim")):
            told = label(in_language(text, words.language), level)
            told.setWordWrap(True)
            card.body.addWidget(told)
        steps = len(lesson.step)
        card.body.addWidget(label(_progress(progress, steps), "note"))
        button = worded(QPushButton(), _verb(progress, steps))
        title = in_language(lesson.title, words.language)
        show(button.setAccessibleName, say("{verb}: {title}", verb=_verb(progress, steps), title=title))
        button.clicked.connect(lambda: self.chosen.emit(lesson.name))
        self.buttons[lesson.name] = button
        card.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        return card


def _progress(progress: Progress, steps: int) -> Message:
    return say("{done} of {steps} steps done", done=min(progress.done, steps), steps=steps)


def _verb(progress: Progress, steps: int) -> Message:
    if progress.done >= steps:
        return say("Again")
    return say("Go on") if progress.done or progress.place else say("Begin")
