"""The question of a step: a field or some options, the button that gives the guess, and how it came out."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLineEdit, QPushButton, QRadioButton, QVBoxLayout, QWidget

from lrgui.core.lessons.progress import StepRecord
from lrgui.core.lessons.question import Question
from lrgui.core.lessons.texts import in_language
from lrgui.core.messages import Message, say
from lrgui.gui.lessons.option_row import OptionRow
from lrgui.gui.widgets.card import label
from lrgui.gui.words import show, words

_PERCENT = 100.0


class QuestionBox(QWidget):
    """Asks, and takes one guess. ``guessed(float)`` carries it, ``typed(float)`` what is being typed."""

    guessed = Signal(float)
    typed = Signal(float)

    def __init__(self) -> None:
        super().__init__()
        self._question: Question | None = None
        self.text, self.told = label(""), label("", "dim")
        self.field, self.button = QLineEdit(), QPushButton()
        self.unit = label("%", "dim")
        show(self.field.setAccessibleName, say("Your guess"))
        show(self.button.setText, say("Guess"))
        self._options = QButtonGroup(self)
        self._option_rows: list[OptionRow] = []
        self._rows = QVBoxLayout()
        self._line = QHBoxLayout()
        self._lay_out()
        self.button.clicked.connect(self._give)
        self.field.returnPressed.connect(self._give)
        self.field.textEdited.connect(self._typed)
        self._options.idClicked.connect(lambda _: self.button.setEnabled(True))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for text in (self.text, self.told):
            text.setWordWrap(True)
        column.addWidget(self.text)
        self._rows.setSpacing(4)
        column.addLayout(self._rows)
        self._line.setSpacing(6)
        self._line.addWidget(self.field, 1)
        self._line.addWidget(self.unit)
        self._line.addWidget(self.button)
        column.addLayout(self._line)
        column.addWidget(self.told)

    @property
    def options(self) -> list[QRadioButton]:
        """The options that one can choose, in their order."""
        return [row.button for row in self._option_rows]

    def ask(self, question: Question) -> None:
        """Show another question, not answered yet."""
        self._question = question
        self.field.clear()
        self._mark(wrong=False)
        while self._option_rows:
            row = self._option_rows.pop()
            self._options.removeButton(row.button)
            self._rows.removeWidget(row)
            row.deleteLater()
        for number, _ in enumerate(question.option):
            row = OptionRow()
            self._options.addButton(row.button, number)
            self._rows.addWidget(row)
            self._option_rows.append(row)
        by_number = question.kind != "choice"
        self.field.setVisible(by_number)
        self.unit.setVisible(by_number and question.format == "percent")
        self.button.setEnabled(by_number)

    def show_record(self, question: Question, record: StepRecord) -> None:
        """Show the question in the language of now, and what became of it."""
        show(self.text.setText, in_language(question.text, words.language))
        open_ = record.guess is None and not record.done
        self.field.setEnabled(open_)
        self.button.setVisible(open_)
        for row, option in zip(self._option_rows, question.option, strict=True):
            row.show_option(in_language(option.text, words.language), enabled=open_)
        if record.guess is not None:
            self._show_guess(question, record.guess)
        told = _told(question, record)
        show(self.told.setText, told or "")
        self.told.setVisible(told is not None)

    def show_value(self, value: float) -> None:
        """Write a number that is dragged on the plot."""
        question = self._question
        if question is None or question.kind == "choice":
            return
        text = f"{_PERCENT * value:.1f}" if question.format == "percent" else str(question.told(value))
        self.field.setText(text)
        self._mark(wrong=False)

    def _show_guess(self, question: Question, guess: float) -> None:
        if question.kind == "choice":
            self.options[int(guess)].setChecked(True)
        else:
            self.show_value(guess)

    def value(self) -> float | None:
        """Return what is guessed by now, or None where it is nothing that can be."""
        if self._question is not None and self._question.kind == "choice":
            return float(self._options.checkedId()) if self._options.checkedId() >= 0 else None
        try:
            number = float(self.field.text().replace("%", "").replace(",", ""))
        except ValueError:
            return None
        if self._question is not None and self._question.format == "percent":
            number /= _PERCENT
        return number if abs(number) < 1e300 else None

    def _typed(self) -> None:
        value = self.value()
        self._mark(wrong=False)
        if value is not None:
            self.typed.emit(value)

    def _give(self) -> None:
        if (value := self.value()) is None:
            self._mark(wrong=True)
            self.field.setFocus()
        else:
            self.guessed.emit(value)

    def _mark(self, *, wrong: bool) -> None:
        if bool(self.field.property("wrong")) != wrong:
            self.field.setProperty("wrong", wrong)
            self.field.style().unpolish(self.field)
            self.field.style().polish(self.field)
        show(self.field.setToolTip, say("Type a number, 0.5 or 3e-4") if wrong else "")


def _told(question: Question, record: StepRecord) -> Message | None:
    """Say what became of a guess; nothing while there is none to speak of."""
    if not record.done:
        return None if record.guess is None else say("Your guess stands. Now see how it comes out.")
    if question.kind == "choice":
        right = question.option_at(record.outcome)
        if right is None:
            return None
        text = in_language(question.option[right].text, words.language)
        if record.guess is None:
            return say("It came out: {option}.", option=text.rstrip(". "))
        if int(record.guess) == right:
            return say("You guessed right.")
        return say("It came out otherwise: {option}.", option=text.rstrip(". "))
    outcome = question.told(record.outcome)
    if record.guess is None:
        return say("Measured: {outcome}.", outcome=outcome)
    return say("You guessed {guess}; measured: {outcome}.", guess=question.told(record.guess), outcome=outcome)
