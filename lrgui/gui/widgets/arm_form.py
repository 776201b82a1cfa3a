"""The fields of an arm: name, rate, schedule, optimizer and plateau rule, made from the config's declarations."""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from lrgui.core.config import Arm, Choice
from lrgui.core.config.fields import Path, choice_name, field_specs, problems
from lrgui.core.messages import Message, Text, say
from lrgui.gui.sizes import sized
from lrgui.gui.widgets.card import label
from lrgui.gui.widgets.fields import NumberField, TextField
from lrgui.gui.widgets.form_row import Row
from lrgui.gui.words import show, worded

_GAP = 5
_NAME_WIDTH = 158
_NAME_TIP = say("What the arm is called; left empty, by what makes it different from the others.")
_SPECS = {spec.name: spec for spec in field_specs(Arm)}


class ArmForm(QWidget):
    """Rows for one arm.

    ``edited`` carries it whenever each field by itself is right, and None while one is wrong, which then says what it
    takes. ``applied`` tells of Enter in a field.
    """

    edited = Signal(object)
    applied = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._rows: dict[Path, Row] = {}
        self._inner: dict[str, QVBoxLayout] = {}
        self._filling = False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 2, 0, 6)
        self._column.setSpacing(_GAP)
        self._add_name()
        for name in _SPECS:
            self._add((name,), self._column)
        self._more = worded(QPushButton(), say("More"))
        self._more.setCheckable(True)
        self._more.setProperty("link", True)
        show(self._more.setAccessibleName, say("More fields of the arm"))
        self._more.toggled.connect(lambda shown: show(self._more.setText, say("Less") if shown else say("More")))
        self._more.toggled.connect(self._show_rows)
        self._column.addWidget(self._more)
        self._show_rows()

    def _add_name(self) -> None:
        self.name = QLineEdit()
        show(self.name.setAccessibleName, say("Name of the arm"))
        self.name.setObjectName("arm.name")
        show(self.name.setToolTip, _NAME_TIP)
        self.name.setMaxLength(60)
        sized(self.name.setMinimumWidth, 80)
        sized(self.name.setMaximumWidth, _NAME_WIDTH)
        self.name.textChanged.connect(self._check)
        self.name.returnPressed.connect(self.applied)
        line = QHBoxLayout()
        line.setSpacing(4)
        line.addWidget(label(say("Name")))
        line.addStretch(1)
        line.addWidget(self.name, 1000)
        self._column.addLayout(line)

    def _add(self, path: Path, place: QVBoxLayout) -> None:
        spec = _SPECS[path[0]]
        if len(path) > 1:
            options = {choice_name(option): option for option in spec.options}
            spec = next(inner for inner in field_specs(options[path[1]]) if inner.name == path[2])
        row = self._rows[path] = Row(spec, path)
        row.input.setObjectName("arm." + ".".join(path))
        row.input.changed.connect(self._check)
        if isinstance(row.input, NumberField | TextField):
            row.input.applied.connect(self.applied)
        place.addWidget(row)
        if spec.kind == "choice":
            self._inner[path[0]] = QVBoxLayout()
            self._inner[path[0]].setSpacing(_GAP)
            place.addLayout(self._inner[path[0]])

    def show_arm(self, arm: Arm, called: Text) -> None:
        """Show an arm; ``called`` is its name where it has none of its own."""
        self._filling = True
        show(self.name.setPlaceholderText, called)
        if self.name.text() != arm.name:
            self.name.setText(arm.name)
        for name in _SPECS:
            self._show((name,), getattr(arm, name))
        self._filling = False
        self.complain({})
        self._show_rows()

    def call(self, called: Text) -> None:
        """Show another name that it has where it has none of its own."""
        show(self.name.setPlaceholderText, called)

    def _show(self, path: Path, value: Any) -> None:
        if not isinstance(value, Choice):
            if self._rows[path].input.raw() != value:
                self._rows[path].input.show_value(value)
            return
        name = choice_name(type(value))
        self._rows[path].input.show_value(name)
        self._make_rows(path[0], name)
        for spec in field_specs(type(value)):
            self._show((*path, name, spec.name), getattr(value, spec.name))

    def _make_rows(self, field: str, name: str) -> None:
        """Make the rows of a choice's own fields when it is first chosen."""
        option = next(option for option in _SPECS[field].options if choice_name(option) == name)
        for spec in field_specs(option):
            if (path := (field, name, spec.name)) not in self._rows:
                self._add(path, self._inner[field])
                self._rows[path].input.show_value(spec.default)

    def _check(self) -> None:
        if self._filling:
            return
        self._filling = True
        for field in self._inner:
            self._make_rows(field, self._rows[field,].input.raw())
        self._filling = False
        self._show_rows()
        try:
            arm = Arm(**self._raw())
        except ValidationError as error:
            self.complain(problems(Arm, error))
            self.edited.emit(None)
            return
        self.complain({})
        self.edited.emit(arm)

    def _raw(self) -> dict[str, Any]:
        raw: dict[str, Any] = {"name": self.name.text().strip()}
        for path, row in self._rows.items():
            if len(path) == 1:
                raw[path[0]] = {"name": row.input.raw()} if row.spec.kind == "choice" else row.input.raw()
            elif self._is_chosen(path):
                raw[path[0]][path[2]] = row.input.raw()
        return raw

    def _is_chosen(self, path: Path) -> bool:
        return len(path) == 1 or self._rows[path[:1]].input.raw() == path[1]

    def complain(self, found: Mapping[Path, Message]) -> None:
        """Put each complaint at its row; what concerns none of them stands at the rate."""
        told: dict[Path, Message] = {}
        for path, message in found.items():
            told[next((known for known in (path, path[:1]) if known in self._rows), ("learning_rate",))] = message
        for path, row in self._rows.items():
            row.complain(told.get(path))
            if path in told and row.spec.advanced:
                self._more.setChecked(True)

    def convert(self, arm: Arm, steps_per_epoch: int) -> None:
        """Say of each length what it is in the other unit."""
        for path, row in self._rows.items():
            if len(path) == 3 and self._is_chosen(path):
                row.convert(getattr(getattr(arm, path[0]), path[2], None), steps_per_epoch)

    def _show_rows(self) -> None:
        """Show the rows of what is chosen; the advanced ones, and the plateau rule, only under an open "More"."""
        for path, row in self._rows.items():
            advanced = row.spec.advanced or (path == ("plateau",) and row.input.raw() == "none")
            row.setVisible(self._is_chosen(path) and (not advanced or self._more.isChecked()))
