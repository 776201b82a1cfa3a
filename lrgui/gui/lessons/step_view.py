"""One step of a lesson: what it explains, what to do, the question, the button that does it, and what was seen."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from lrgui.core.lessons.texts import filled, in_language
from lrgui.core.messages import say
from lrgui.gui.lessons.question_box import QuestionBox
from lrgui.gui.lessons.session import Session
from lrgui.gui.sizes import px
from lrgui.gui.theme import themes
from lrgui.gui.widgets.card import GAP, label
from lrgui.gui.words import show, worded, words

_SYMBOL = 18


class StepView(QScrollArea):
    """Shows the step that a session is at. ``asked_to_do`` tells that somebody wants to have it done."""

    asked_to_do = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._asked: object = None
        self.title, self.text, self.task = label("", "verdict"), label(""), label("")
        self.symbol, self.seen = QLabel(), label("")
        self.seen_title, self.refusal = label(say("What was seen"), "card"), label("", "error")
        self.question = QuestionBox()
        self.do_button = worded(QPushButton(), say("Do it for me"))
        show(self.do_button.setToolTip, say("Uses the real controls, one after the other, so that one can follow"))
        self.do_button.clicked.connect(self.asked_to_do)
        self.question.guessed.connect(session.guess)
        self.question.typed.connect(session.draft)
        session.dragged.connect(self.question.show_value)
        self._lay_out()
        themes.changed.connect(self.show_step)

    def _lay_out(self) -> None:
        self._column = QWidget()
        rows = QVBoxLayout(self._column)
        rows.setContentsMargins(0, 0, GAP, 0)
        rows.setSpacing(10)
        task = QHBoxLayout()
        task.setSpacing(GAP)
        self.symbol.setAlignment(Qt.AlignmentFlag.AlignTop)
        task.addWidget(self.symbol)
        task.addWidget(self.task, 1)
        for part in (self.title, self.text, self.question):
            rows.addWidget(part)
        rows.addWidget(_line())
        rows.addLayout(task)
        rows.addWidget(self.do_button, 0, Qt.AlignmentFlag.AlignLeft)
        for part in (self.refusal, self.seen_title, self.seen):
            rows.addWidget(part)
        rows.addStretch(1)
        for text in (self.title, self.text, self.task, self.seen, self.refusal):
            text.setWordWrap(True)
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            text.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.setWidget(self._column)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_step(self) -> None:
        """Show the step of now, in the language of now."""
        session = self._session
        if session.lesson is None:
            return
        step, record, language = session.step, session.record, words.language
        for place, text in ((self.title, step.title), (self.text, step.text), (self.task, step.task)):
            show(place.setText, in_language(text, language))
        glyph, meaning = ("check-circle", "good") if record.done else ("checkbox-blank-circle-outline", "dim")
        self.symbol.setPixmap(themes.current.icon(glyph, meaning).pixmap(px(_SYMBOL), px(_SYMBOL)))
        show(self.symbol.setAccessibleName, say("Done") if record.done else say("Not done yet"))
        self._show_question()
        self.do_button.setVisible(bool(step.do))
        self.do_button.setEnabled(not session.hand.busy)
        show(self.refusal.setText, session.refusal or "")
        self.refusal.setVisible(session.refusal is not None)
        show(self.seen.setText, filled(in_language(step.seen, language), record.values) if record.done else "")
        for part in (self.seen, self.seen_title):
            part.setVisible(record.done)

    def _show_question(self) -> None:
        session = self._session
        question = session.step.question
        self.question.setVisible(question is not None)
        if question is None:
            self._asked = None
            return
        if self._asked is not question:
            self._asked = question
            self.question.ask(question)
        self.question.show_record(question, session.record)

    def reveal(self) -> None:
        """Bring what was seen into sight."""
        self._column.adjustSize()
        self.ensureWidgetVisible(self.seen)


def _line() -> QFrame:
    line = QFrame()
    line.setObjectName("divider")
    line.setFixedHeight(1)
    return line
