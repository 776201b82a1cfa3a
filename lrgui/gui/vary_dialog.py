"""The dialog in which one picks a field and a few values for it: a run for each."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from lrgui.core.config import Config
from lrgui.core.config.fields import FieldSpec, Path, choice_name
from lrgui.core.messages import Message, Refused, Text, say
from lrgui.core.vary import Variation, fields_to_vary, proposed_values, typed_values, value_at, variations
from lrgui.gui.sizes import sized
from lrgui.gui.widgets.card import GAP, label
from lrgui.gui.widgets.fields import WordField
from lrgui.gui.words import show, worded

_FIRST: Path = ("learning_rate",)
_WIDTH = 420

Tasks = list[Variation[Any]]


class VaryDialog(QDialog):
    """Field, values, and what will be run. ``chosen(list of Variation)`` is emitted when the runs are asked for.

    Parameters
    ----------
    parent : QWidget
        The window.
    config : Config
        What all the runs are otherwise.
    tell : callable
        From the configs of the runs to a sentence on how long they will take.
    """

    chosen = Signal(list)
    asked = say("Train once with each value of one field; all else stays as the form says.")

    def __init__(self, parent: QWidget, config: Config, tell: Callable[[Sequence[Any]], Message]) -> None:
        super().__init__(parent)
        self.setObjectName("vary")
        show(self.setWindowTitle, say("Vary one field"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        sized(self.setMinimumWidth, _WIDTH)
        self._config, self._tell = config, tell
        self._tasks: Tasks = []
        self._fields = fields_to_vary(config)
        self.field = WordField({".".join(path): _title(path, spec, config) for path, spec in self._fields.items()})
        show(self.field.setAccessibleName, say("Field to vary"))
        self.values = QLineEdit()
        show(self.values.setAccessibleName, say("Values, with commas between them"))
        self._caption = label("", "dim")
        self._boxes = QWidget()
        self._told = label("", "dim")
        self._told.setWordWrap(True)
        self._told.setMinimumHeight(2 * self.fontMetrics().lineSpacing() + 4)
        self._told.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.go = QPushButton()
        self.go.setProperty("primary", True)
        self._buttons.addButton(self.go, QDialogButtonBox.ButtonRole.AcceptRole)
        self._buttons.button(QDialogButtonBox.StandardButton.Cancel).setIcon(QIcon())
        self._lay_out()
        self.field.changed.connect(self._show_field)
        self.values.textChanged.connect(self._check)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        self.field.show_value(".".join(_FIRST))
        self._show_field()

    def _lay_out(self) -> None:
        self._stack = QStackedWidget()
        line = QWidget()
        rows = QVBoxLayout(line)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self.values)
        rows.addStretch(1)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setWidget(self._boxes)
        self._stack.addWidget(line)
        self._stack.addWidget(self._area)
        sized(self._stack.setMinimumHeight, 158)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(GAP)
        column.addWidget(label(self.asked, "dim"))
        column.addWidget(self.field)
        column.addWidget(self._caption)
        column.addWidget(self._stack, 1)
        column.addWidget(self._told)
        column.addWidget(self._buttons)

    @property
    def path(self) -> Path:
        """Which field is varied."""
        return tuple(self.field.raw().split("."))

    def tasks(self) -> Tasks:
        """Return what will be run; empty while something is wrong."""
        return self._tasks

    def accept(self) -> None:
        """Hand out the runs."""
        if self._tasks:
            tasks = self._tasks
            super().accept()
            self.chosen.emit(tasks)

    def _show_field(self) -> None:
        spec = self._fields[self.path]
        typed = spec.kind not in ("flag", "word", "choice")
        self._stack.setCurrentIndex(0 if typed else 1)
        show(self._caption.setText, say("Values, with commas between them:") if typed else say("Values:"))
        show(
            self.values.setToolTip,
            say("{description}\n{allowed:capital}.", description=spec.description, allowed=spec.allowed()),
        )
        self.values.blockSignals(True)
        self.values.setText(", ".join(proposed_values(self._config, self.path)) if typed else "")
        self.values.blockSignals(False)
        self._fill_boxes({} if typed else self._words(spec))
        self._check()

    def _words(self, spec: FieldSpec) -> dict[Any, Text]:
        match spec.kind:
            case "flag":
                return {False: say("off"), True: say("on")}
            case "choice":
                return {choice_name(option): option.title for option in spec.options}
        return {word: say(str(word)) for word in spec.options}

    def _fill_boxes(self, words: dict[Any, Text]) -> None:
        self._boxes = QWidget()
        grid = QGridLayout(self._boxes)
        grid.setContentsMargins(0, 0, 0, 0)
        current = value_at(self._config, self.path)
        for number, (word, title) in enumerate(words.items()):
            box = worded(QCheckBox(), title)
            box.setProperty("value", word)
            box.setChecked(word == current)
            if (reason := self._why_not(word)) is not None:
                box.setEnabled(False)
                show(box.setToolTip, reason)
            box.toggled.connect(self._check)
            grid.addWidget(box, number // 2, number % 2)
        grid.setRowStretch(grid.rowCount(), 1)
        self._area.setWidget(self._boxes)

    def _why_not(self, word: Any) -> Message | None:
        current = value_at(self._config, self.path)
        if word == current:
            return None
        try:
            variations(self._config, self.path, [current, word])
        except Refused as refused:
            return refused.message
        return None

    def _given(self) -> list[Any]:
        if self._stack.currentIndex() == 0:
            return typed_values(self.values.text())
        return [box.property("value") for box in self._boxes.findChildren(QCheckBox) if box.isChecked()]

    def _check(self) -> None:
        try:
            self._tasks, problem = variations(self._config, self.path, self._given()), None
        except Refused as refused:
            self._tasks, problem = [], refused.message
        show(self._told.setText, problem or self._foretold())
        self._told.setProperty("level", "error" if problem else "dim")
        self.values.setProperty("wrong", problem is not None)
        for widget in (self._told, self.values):
            widget.style().unpolish(widget)
            widget.style().polish(widget)
        show(self.go.setText, self.verb(len(self._tasks)) if self._tasks else say("Train"))
        self.go.setEnabled(bool(self._tasks))

    def _foretold(self) -> Message:
        time = self._tell([task.config for task in self._tasks])
        return say("{count} runs, one after the other: {time}.", count=len(self._tasks), time=time)

    def verb(self, count: int) -> Message:
        """Say what the button does with so many values."""
        return say("Train {count} runs", count=count)


def _title(path: Path, spec: FieldSpec, config: Config) -> Message:
    if len(path) == 1:
        return spec.title
    return Message("{choice}: {field}", {"choice": getattr(config, path[0]).title, "field": spec.title})
