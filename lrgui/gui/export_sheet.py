"""The sheet in which one exports: each kind of file is one click, and what is in the way is said in the sheet."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from lrgui.core.messages import Refused, say
from lrgui.gui.choosing import choose_folder
from lrgui.gui.export_choice import Choice, Size, Subject, Target
from lrgui.gui.export_lane import Outcome
from lrgui.gui.export_size import SizeFields
from lrgui.gui.theme import themes
from lrgui.gui.widgets.card import GAP, label
from lrgui.gui.widgets.eliding_label import ElidingLabel
from lrgui.gui.widgets.export_answer import ExportAnswer
from lrgui.gui.words import show, worded

_WIDTH, _ROOM, _LEAST_ROWS = 780, 12, 160
_BETWEEN_ROWS, _BETWEEN_ROWS_WHERE_LOW = 5, 2
_NAME_WIDTH = 168
_CLEAN = '\\/:*?"<>|'


class ExportSheet(QDialog):
    """Shows what a subject can become. ``ordered(Choice, Target)`` carries what is to be written.

    Parameters
    ----------
    parent : QWidget
        The window.
    subject : Subject
        What is exported.
    folder : Path
        Where the last file went.
    size : tuple of int
        Of the last picture.
    last : str
        The name of the kind that was written last; it is offered first.
    """

    ordered = Signal(object, object)
    stopped = Signal()
    copied = Signal(object)
    """Something is on the clipboard now; carries the sentence."""

    def __init__(self, parent: QWidget, subject: Subject, folder: Path, size: Size, last: str) -> None:
        super().__init__(parent)
        self.setObjectName("export")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._window, self.subject, self.folder = parent, subject, folder
        self.busy = False
        self._asked: tuple[Choice, Target] | None = None
        self.buttons: dict[str, QPushButton] = {}
        self.copies: dict[str, QToolButton] = {}
        self._summaries: dict[str, ElidingLabel] = {}
        self.name, self.size_fields = QLineEdit(subject.stem, self), SizeFields(size)
        self.place, self.change = ElidingLabel(), worded(QPushButton(), say("Change ..."))
        self.answer = ExportAnswer()
        show(self.setWindowTitle, say("Export"))
        self._lay_out()
        self._connect()
        self._show_folder()
        self._offer(self._first(last))
        self._fit()

    # What it looks like

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 12)
        column.setSpacing(GAP)
        title = ElidingLabel()
        title.setProperty("level", "title")
        show(title.setText, say("Export: {what}", what=self.subject.title))
        show(title.setToolTip, self.subject.title)
        column.addWidget(title)
        column.addLayout(self._place_rows())
        self._rows = QWidget()
        self._area = self._choices()
        column.addWidget(self._area, 1)
        column.addWidget(self.answer)

    def _first(self, last: str) -> Choice:
        """Return the kind that was written last, or else the first one that can be written now."""
        choices = [choice for choice in self.subject.choices if choice.hindrance() is None] or self.subject.choices
        return next((choice for choice in choices if choice.name == last), choices[0])

    def _offer(self, choice: Choice) -> None:
        """Make one of the buttons the next thing to do: the last one that was used, or Enter."""
        button = self.buttons[choice.name]
        button.setProperty("primary", True)
        button.style().unpolish(button)
        button.style().polish(button)
        button.setDefault(True)
        button.setFocus()

    def _fit(self) -> None:
        """Be as high as the rows, if the window is: else they move together, and beyond that they scroll."""
        room = max(self._window.height() - _ROOM, self.minimumSizeHint().height())
        if self._height() > room:
            self._grid.setVerticalSpacing(_BETWEEN_ROWS_WHERE_LOW)
        self.resize(_WIDTH, min(self._height(), room))

    def _height(self) -> int:
        """Return how high it is with all rows."""
        return self.sizeHint().height() - self._area.sizeHint().height() + self._rows.sizeHint().height() + 4

    def _place_rows(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(GAP)
        grid.setColumnMinimumWidth(0, 64)
        grid.setColumnStretch(1, 1)
        grid.addWidget(label(say("Folder"), "dim"), 0, 0)
        grid.addWidget(self.place, 0, 1)
        grid.addWidget(self.change, 0, 2)
        show(self.change.setAccessibleName, say("Change the folder"))
        for button in (self.change, self.size_fields.usual):
            button.setAutoDefault(False)
        show(self.name.setAccessibleName, say("Name of the file"))
        self.name.setVisible(not self.subject.several)
        if not self.subject.several:
            grid.addWidget(label(say("Name"), "dim"), 1, 0)
            grid.addWidget(self.name, 1, 1, 1, 2)
        if any(choice.is_picture for choice in self.subject.choices):
            grid.addWidget(label(say("Pictures"), "dim"), 2, 0)
            grid.addWidget(self.size_fields, 2, 1, 1, 2)
        return grid

    def _choices(self) -> QScrollArea:
        """Return the rows, which can be scrolled where the screen is low."""
        area = QScrollArea()
        grid = self._grid = QGridLayout(self._rows)
        grid.setContentsMargins(0, 4, 4, 4)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(_BETWEEN_ROWS)
        grid.setColumnStretch(1, 1)
        for row, choice in enumerate(self.subject.choices):
            self._add_row(grid, row, choice)
        grid.setRowStretch(len(self.subject.choices), 1)
        area.setWidget(self._rows)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setMinimumHeight(min(self._rows.sizeHint().height() + 4, _LEAST_ROWS))
        return area

    def _add_row(self, grid: QGridLayout, row: int, choice: Choice) -> None:
        button = worded(QPushButton(), choice.title)
        button.setMinimumWidth(_NAME_WIDTH)
        button.setAutoDefault(False)
        show(button.setAccessibleName, choice.title)
        button.clicked.connect(partial(self._take, choice))
        summary = ElidingLabel()
        summary.setProperty("level", "dim")
        grid.addWidget(button, row, 0)
        grid.addWidget(summary, row, 1)
        self.buttons[choice.name], self._summaries[choice.name] = button, summary
        if choice.text is not None:
            self.copies[choice.name] = copy = QToolButton()
            copy.setIcon(themes.current.icon("content-duplicate"))
            tip = say("Copy it to the clipboard: {title}", title=choice.title)
            show(copy.setToolTip, tip)
            show(copy.setAccessibleName, tip)
            copy.clicked.connect(partial(self._copy, choice))
            grid.addWidget(copy, row, 2)
        self._enable(choice)

    def refresh(self) -> None:
        """Offer what can be written now, which was perhaps not so a moment ago, and no more what cannot."""
        for choice in self.subject.choices:
            self._enable(choice)

    def _enable(self, choice: Choice) -> None:
        hindrance = choice.hindrance()
        able = hindrance is None and not self.busy
        summary = self._summaries[choice.name]
        for tell in (summary.setText, summary.setToolTip, self.buttons[choice.name].setToolTip):
            show(tell, hindrance or choice.summary)
        self.buttons[choice.name].setEnabled(able)
        if choice.name in self.copies:
            self.copies[choice.name].setEnabled(able)

    def _show_folder(self) -> None:
        show(self.place.setText, str(self.folder))
        show(self.place.setToolTip, str(self.folder))

    # What a hand does

    def _connect(self) -> None:
        self.change.clicked.connect(self._ask_folder)
        self.name.textEdited.connect(self.answer.clear)
        self.answer.replaced.connect(partial(self._again, overwrite=True))
        self.answer.kept_both.connect(partial(self._again, overwrite=False))
        self.answer.stopped.connect(self.stopped)
        self.answer.closed.connect(self.reject)

    def _ask_folder(self) -> None:
        choose_folder(
            self,
            "export_folder",
            say("Export to"),
            lambda chosen: self.set_folder(Path(chosen)),
            begin=str(self.folder),
            files_shown=False,
        )

    def set_folder(self, folder: Path) -> None:
        """Export to another folder."""
        self.folder = folder
        self._show_folder()
        self.answer.clear()

    def _take(self, choice: Choice) -> None:
        stem = self.name.text().strip() or self.subject.stem
        size = self.size_fields.size_or_none()
        if size is None and choice.is_picture:
            self.answer.refuse(self.size_fields.allowed())
            return
        if not self.subject.several and any(letter in _CLEAN for letter in stem):
            self.answer.refuse(say("A name has none of these: {letters}", letters=" ".join(_CLEAN)))
            return
        path = (
            self.folder if self.subject.several else self.folder / f"{stem.removesuffix(choice.suffix)}{choice.suffix}"
        )
        self._order(choice, Target(path, False, size or self.size_fields.standard))

    def _order(self, choice: Choice, target: Target) -> None:
        self._asked = choice, target
        self._set_busy(True)
        self.answer.wait(say("Writing ..."), can_stop=self.subject.several)
        self.ordered.emit(choice, target)

    def _again(self, *, overwrite: bool) -> None:
        """Write it after all: over the file that is there, or beside it under the next free name."""
        if self._asked is not None:
            choice, target = self._asked
            path = target.path if overwrite else _free(target.path)
            self._order(choice, Target(path, overwrite, target.size))

    def _copy(self, choice: Choice) -> None:
        assert choice.text is not None
        try:
            text = choice.text()
        except Refused as refusal:
            self.answer.refuse(refusal.message)
            return
        QGuiApplication.clipboard().setText(text)
        told = say("Copied: {title}, {count:,} characters.", title=choice.title, count=len(text))
        self.answer.tell(told)
        self.copied.emit(told)

    # How it ends

    def _set_busy(self, busy: bool) -> None:
        self.busy = busy
        self.refresh()
        for widget in (self.name, self.change, self.size_fields):
            widget.setEnabled(not busy)

    def show_progress(self, done: int, count: int) -> None:
        """Show how many of several files are written."""
        if self.busy:
            self.answer.show_progress(done, count)

    def take(self, outcome: Outcome) -> None:
        """Close when it is written; else say what is in the way."""
        self._set_busy(False)
        if outcome.written:
            self.accept()
        elif outcome.exists and not self.subject.several:
            self.answer.ask(say("{file} exists already.", file=outcome.order.target.path.name))
        else:
            self.answer.refuse(outcome.told)

    def done(self, result: int) -> None:
        """End what goes on with it, however it is closed (Qt's hook)."""
        if self.busy:
            self.stopped.emit()
        super().done(result)


def _free(path: Path) -> Path:
    """Return the path with the first number behind its name that nothing has yet."""
    number = 2
    while (tried := path.with_name(f"{path.stem}-{number}{path.suffix}")).exists():
        number += 1
    return tried
