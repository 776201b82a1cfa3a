"""The fields of a walker: its optimizer, rate, schedule and noise, made from the config's own declarations."""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from lrgui.core.config import Choice
from lrgui.core.config.descent import WALKERS, WalkerChoice
from lrgui.core.config.fields import FieldSpec, Path, choice_name, field_specs, problems
from lrgui.core.messages import Message, say
from lrgui.gui.sizes import sized
from lrgui.gui.widgets.form_row import Row
from lrgui.gui.words import show, worded

_COMMON = ("learning_rate", "schedule", "noise")
"""What every walker has: it stays when another optimizer is chosen."""

_CHOICE_WIDTH, _NARROW = 166, 148

_CLASSES: Mapping[str, type[WalkerChoice]] = {choice_name(walker): walker for walker in WALKERS}
_OPTIMIZER = FieldSpec(
    "optimizer", "choice", None, say("Optimizer"), say("How a step follows from the gradient."), "", "",
    "linear", False, False,
    options=WALKERS,
)  # fmt: skip


class WalkerForm(QWidget):
    """Rows for one walker. ``edited`` carries it whenever all of them are right; a wrong one says what it takes."""

    edited = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._rows: dict[Path, Row] = {}
        self._filling = False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(5)
        self._places: dict[str, QVBoxLayout] = {}
        for place in ("head", "own", "schedule", "foot"):
            self._places[place] = QVBoxLayout()
            self._places[place].setSpacing(5)
            self._column.addLayout(self._places[place])
        self.more = worded(QPushButton(), say("More"))
        self.more.setCheckable(True)
        self.more.setProperty("link", True)
        show(self.more.setAccessibleName, say("More fields of the walker"))
        self.more.toggled.connect(lambda shown: show(self.more.setText, say("Less") if shown else say("More")))
        self.more.toggled.connect(self._show_rows)
        self._column.addWidget(self.more)
        specs = {spec.name: spec for spec in field_specs(WalkerChoice)}
        self._add(_OPTIMIZER, ("optimizer",), "head")
        for name, place in (("learning_rate", "head"), ("schedule", "schedule"), ("noise", "foot")):
            self._add(specs[name], (name,), place)

    def show_walker(self, walker: WalkerChoice) -> None:
        """Show a walker."""
        self._filling = True
        self._show(("optimizer",), choice_name(type(walker)))
        self._show(("learning_rate",), walker.learning_rate)
        self._show(("noise",), walker.noise)
        self._show(("schedule",), choice_name(type(walker.schedule)))
        self._make_rows()
        self._show_fields(("optimizer", choice_name(type(walker))), walker)
        self._show_fields(("schedule", choice_name(type(walker.schedule))), walker.schedule)
        self._filling = False
        self._complain({})
        self._show_rows()

    def show_rate(self, learning_rate: float) -> None:
        """Show another rate."""
        self._filling = True
        self._show(("learning_rate",), learning_rate)
        self._filling = False

    def _show_fields(self, path: Path, choice: Choice) -> None:
        for name, value in choice:
            if (*path, name) in self._rows:
                self._show((*path, name), value)

    def _show(self, path: Path, value: Any) -> None:
        if self._rows[path].input.raw() != value:
            self._rows[path].input.show_value(value)

    def _add(self, spec: FieldSpec, path: Path, place: str) -> None:
        row = self._rows[path] = Row(spec, path)
        self._places[place].addWidget(row)
        row.input.setObjectName("walker." + ".".join(path))
        if spec.kind == "choice":  # equally wide, and wide enough for the longest name
            sized(row.input.setMinimumWidth, _NARROW)
            sized(row.input.setMaximumWidth, _CHOICE_WIDTH)
            row.set_spacing(2)
        row.input.changed.connect(self._check)

    def _make_rows(self) -> None:
        """Make the rows of what is chosen, when it is chosen for the first time."""
        for path, place in ((("optimizer",), "own"), (("schedule",), "schedule")):
            name = self._rows[path].input.raw()
            option = next(option for option in self._rows[path].spec.options if choice_name(option) == name)
            for spec in field_specs(option):
                inner = (*path, name, spec.name)
                if inner not in self._rows and spec.name not in _COMMON:
                    self._add(spec, inner, place)
                    self._rows[inner].input.show_value(spec.default)

    def _check(self) -> None:
        if self._filling:
            return
        self._filling = True
        self._make_rows()
        self._filling = False
        self._show_rows()
        chosen = _CLASSES[self._rows["optimizer",].input.raw()]
        try:
            walker = chosen.model_validate(self._raw())
        except ValidationError as error:
            self._complain(problems(chosen, error))
            return
        self._complain({})
        self.edited.emit(walker)

    def _raw(self) -> dict[str, Any]:
        raw: dict[str, Any] = {}
        for path, row in self._rows.items():
            if len(path) == 1 and path[0] in _COMMON:
                raw[path[0]] = {"name": row.input.raw()} if row.spec.kind == "choice" else row.input.raw()
        for path, row in self._rows.items():
            if len(path) == 3 and self._is_chosen(path):
                owner = raw if path[0] == "optimizer" else raw["schedule"]
                owner[path[2]] = row.input.raw()
        return raw

    def _is_chosen(self, path: Path) -> bool:
        return len(path) == 1 or self._rows[path[:1]].input.raw() == path[1]

    def _complain(self, found: Mapping[Path, Message]) -> None:
        """Put each complaint at its row; what concerns none of them stands at the schedule."""
        told: dict[Path, Message] = {}
        for path, message in found.items():
            own = ("optimizer", self._rows["optimizer",].input.raw(), *path)
            told[next((known for known in (path, own) if known in self._rows), ("schedule",))] = message
        for path, row in self._rows.items():
            row.complain(told.get(path))
            if path in told and row.spec.advanced:
                self.more.setChecked(True)

    def _show_rows(self) -> None:
        advanced = False
        for path, row in self._rows.items():
            chosen = self._is_chosen(path)
            advanced |= chosen and row.spec.advanced
            row.setVisible(chosen and (not row.spec.advanced or self.more.isChecked()))
        self.more.setVisible(advanced)
