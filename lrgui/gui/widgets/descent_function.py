"""What is walked on: a ready function or a formula of one's own, its derivative, the start, and for how long."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit

from lrgui.core.config.fields import FieldSpec, Path, field_specs
from lrgui.core.descent import DescentConfig
from lrgui.core.descent.lab import Ground
from lrgui.core.functions import FUNCTIONS, Function, LeastSquares
from lrgui.core.messages import Message, Text, joined, say
from lrgui.gui.widgets.card import FoldingCard, label
from lrgui.gui.widgets.eliding_label import ElidingLabel
from lrgui.gui.widgets.fields import WordField
from lrgui.gui.widgets.form_row import Row
from lrgui.gui.words import show

OWN = "own"
_WALK = ("start", "steps", "seed")
_CONDITION = FieldSpec(
    "condition", "number", 10.0, say("Condition number"),
    say("How much steeper it is across than along: 1 is a round bowl."), "", "", "log", False, False,
    minimum=1, maximum=1e6,
)  # fmt: skip

_HINT = say("Type a formula of your own, such as x**2/2 + sin(3*x), or exp(-x**2) + y**2")


class FunctionCard(FoldingCard):
    """Function, derivative, start, steps and seed.

    ``function_picked(str)`` carries a ready function, ``formula_typed(str)`` the text of another one, ``walk_edited``
    that start, steps or seed were typed; ``walk()`` returns them as they stand there.
    """

    function_picked = Signal(str)
    formula_typed = Signal(str)
    walk_edited = Signal()

    def __init__(self) -> None:
        super().__init__(say("Function"))
        self._filling = False
        self._shown: Function | None = None
        titles: dict[str, Text] = {name: function.title for name, function in FUNCTIONS.items()}
        self.choice = WordField({**titles, OWN: say("Own formula")})
        show(self.choice.setAccessibleName, say("Function"))
        show(
            self.choice.setToolTip,
            say("What is walked on. The rates of plain descent and momentum are set to suit another one"),
        )
        one = sum(len(function.variables) == 1 for function in FUNCTIONS.values())
        self.choice.insertSeparator(one)
        self.choice.insertSeparator(len(FUNCTIONS) + 1)
        self.formula = QLineEdit()
        show(self.formula.setAccessibleName, say("Formula in x, or in x and y"))
        self.complaint = label("", "error")
        self.complaint.setWordWrap(True)
        self.complaint.hide()
        self.derivatives = [ElidingLabel(), ElidingLabel()]
        specs = {spec.name: spec for spec in field_specs(Ground)}
        self.condition = Row(_CONDITION, ("condition",))
        self.rows = {name: Row(specs[name], (name,)) for name in _WALK}
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.body.setSpacing(5)
        for part in (self.choice, self.formula, self.complaint):
            self.body.addWidget(part)
        for derivative in self.derivatives:
            derivative.setProperty("level", "note")
            derivative.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
            self.body.addWidget(derivative)
        self.body.addWidget(self.condition)
        for row in self.rows.values():
            row.input.setObjectName(f"walk.{row.spec.name}")
            self.body.addWidget(row)

    def _connect(self) -> None:
        self.choice.changed.connect(self._chosen)
        self.formula.textEdited.connect(self.formula_typed)
        self.condition.input.changed.connect(self._condition_typed)
        for row in self.rows.values():
            row.input.changed.connect(lambda: None if self._filling else self.walk_edited.emit())

    def show_walk(self, function: Function, config: DescentConfig) -> None:
        """Show a function, and the walk on it; the field that a hand is in keeps what was typed."""
        self._filling = True
        if function is not self._shown:
            self._show_function(function, config.function)
        values = {"start": config.start or function.start, "steps": config.steps, "seed": config.seed}
        for name, value in values.items():
            if not self.rows[name].input.hasFocus():
                self.rows[name].input.show_value(value)
        self._filling = False

    def _show_function(self, function: Function, text: str) -> None:
        self._shown = function
        name = function.name if function.name in FUNCTIONS else OWN
        self.choice.show_value(name)
        # What a hand is typing stands for the same function, and its cursor is where it was.
        if self.formula.text().strip() not in (text, function.formula):
            self.formula.setText(function.formula)
            self.formula.setCursorPosition(0)
        show(self.formula.setToolTip, joined((function.formula, _HINT), "\n"))
        self.formula.setReadOnly(isinstance(function, LeastSquares))
        self.condition.setVisible(name == "bowl")
        if name == "bowl" and not self.condition.input.hasFocus():
            self.condition.input.show_value(float(function.hessian_at((0.0, 0.0))[1, 1]))
        for line, variable, written in zip(self.derivatives, ("x", "y"), (*function.derivatives, ""), strict=False):
            told = f"∂f/∂{variable} = {written}" if len(function.variables) == 2 else f"f'(x) = {written}"
            line.setText(told if written else "")
            line.setToolTip(told if written else "")
        self.derivatives[1].setVisible(len(function.variables) == 2)
        self.complain({})

    def walk(self) -> dict[str, Any]:
        """Return start, steps and seed as they stand there, not yet checked."""
        return {name: row.input.raw() for name, row in self.rows.items()}

    def complain(self, found: Mapping[Path, Message]) -> None:
        """Say at each field what is wrong with it, or nothing."""
        told = found.get(("function",))
        show(self.complaint.setText, told or "")
        self.complaint.setVisible(told is not None)
        self.formula.setProperty("wrong", told is not None)
        self.formula.style().unpolish(self.formula)
        self.formula.style().polish(self.formula)
        for name, row in self.rows.items():
            row.complain(found.get((name,)))

    def _chosen(self) -> None:
        if self._filling:
            return
        if self.choice.raw() == OWN:
            self.formula.setFocus()
            self.formula.selectAll()
        else:
            self.function_picked.emit(self.choice.raw())

    def _condition_typed(self) -> None:
        if not self._filling:
            self.formula_typed.emit(f"bowl,condition={self.condition.input.raw()}")
