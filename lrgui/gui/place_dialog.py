"""The dialog in which one chooses where runs are carried out that do not need each other."""

from collections.abc import Callable
from typing import Any

from pydantic import ValidationError
from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from lrgui.core.config.fields import choice_name, field_specs, problems
from lrgui.core.config.place import PLACES, Here, PlaceChoice, Placement, Processes
from lrgui.core.messages import Message, Text, say
from lrgui.gui.sizes import px, sized
from lrgui.gui.widgets.card import GAP, label
from lrgui.gui.widgets.form_row import Row
from lrgui.gui.words import show, worded

_WIDTH = 460
_INDENT = 24
_ADDRESS_WIDTH = 300
_SENT = say(
    "What a run needs is sent there: its settings, and your own data or model if it uses them. The curves come back "
    "while the runs go on."
)


class PlaceDialog(QDialog):
    """Shows the place in force; ``chosen(Placement)`` carries the one that was taken.

    Parameters
    ----------
    parent : QWidget
        The window.
    placement : Placement
        What was chosen before.
    missing_for : callable
        Says what has to be installed before a place can be used, or nothing.
    """

    chosen = Signal(object)

    def __init__(
        self, parent: QWidget, placement: Placement, missing_for: Callable[[PlaceChoice], Message | None]
    ) -> None:
        super().__init__(parent)
        self.setObjectName("places")
        show(self.setWindowTitle, say("Where runs go"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._missing_for = missing_for
        self.radios: dict[str, QRadioButton] = {}
        self.rows: dict[tuple[str, str], Row] = {}
        self._mores: dict[str, QPushButton] = {}
        self._fields: dict[str, QWidget] = {}
        self.note = label("", "dim")
        self.note.setWordWrap(True)
        self.note.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        for button in self.buttons.buttons():
            button.setIcon(QIcon())
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setProperty("primary", True)
        self._lay_out()
        self._show_place(placement.on)
        self._check()

    def placement(self) -> Placement | None:
        """Return what is chosen, or None while something is wrong with it."""
        return self._checked()[0]

    def _lay_out(self) -> None:
        sized(self.setMinimumWidth, _WIDTH)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(GAP)
        asked = label(say("Where comparisons and repeated sweeps go"), "title")
        asked.setWordWrap(True)
        column.addWidget(asked)
        either = QButtonGroup(self)
        for place in PLACES:
            self._add_place(place, either, column)
        column.addWidget(self.note)
        column.addStretch(1)
        column.addWidget(self.buttons)
        either.buttonToggled.connect(self._check)
        self.buttons.accepted.connect(self._take)
        self.buttons.rejected.connect(self.reject)

    def _add_place(self, place: type[PlaceChoice], either: QButtonGroup, column: QVBoxLayout) -> None:
        """Put the button of a place into a column, and below it the place's own fields."""
        name = choice_name(place)
        radio = self.radios[name] = worded(QRadioButton(), place.summary)
        either.addButton(radio)
        column.addWidget(radio)
        fields = self._fields[name] = QWidget()
        rows = QVBoxLayout(fields)
        rows.setContentsMargins(px(_INDENT), 0, 0, 4)
        rows.setSpacing(4)
        for spec in field_specs(place):
            row = self.rows[name, spec.name] = Row(spec, ("on", name, spec.name))
            row.input.changed.connect(self._check)
            if spec.kind == "name":
                sized(row.input.setMaximumWidth, _ADDRESS_WIDTH)
            rows.addWidget(row)
            if spec.optional:  # what none means is not to be guessed
                rows.addWidget(_explained(spec.description))
        if any(spec.advanced for spec in field_specs(place)):
            self._mores[name] = self._more_button()
            rows.addWidget(self._mores[name], 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(fields)

    def _more_button(self) -> QPushButton:
        more = worded(QPushButton(), say("More"))
        more.setCheckable(True)
        more.setProperty("link", True)
        more.setCursor(Qt.CursorShape.PointingHandCursor)
        more.toggled.connect(lambda shown: show(more.setText, say("Less") if shown else say("More")))
        more.toggled.connect(self._check)
        return more

    def _show_place(self, place: PlaceChoice) -> None:
        """Show a place, and of the others what they are at first."""
        self.radios[choice_name(type(place))].setChecked(True)
        for (name, field), row in self.rows.items():
            row.input.show_value(getattr(place, field) if name == choice_name(type(place)) else row.spec.default)

    @property
    def _name(self) -> str:
        return next(name for name, radio in self.radios.items() if radio.isChecked())

    def _checked(self) -> tuple[Placement | None, dict[tuple[str, ...], Message]]:
        """Return what is chosen, and what is wrong with it by the path of the field."""
        raw: dict[str, Any] = {"name": self._name}
        raw |= {field: row.input.raw() for (name, field), row in self.rows.items() if name == self._name}
        try:
            return Placement(on=raw), {}
        except ValidationError as error:
            return None, dict(problems(Placement, error))

    def _check(self) -> None:
        """Show the fields of what is chosen, each with what is wrong with it, and whether it can be taken."""
        chosen, wrong = self._checked()
        for name, fields in self._fields.items():
            fields.setVisible(name == self._name and any(name == owner for owner, _ in self.rows))
        for (name, _), row in self.rows.items():
            row.complain(wrong.get(row.path))
            more = self._mores.get(name)
            row.setVisible(not row.spec.advanced or (more is not None and more.isChecked()) or row.path in wrong)
        missing = self._missing_for(Processes() if chosen is None else chosen.on) if self._name != "here" else None
        note: Text = "" if self._name == choice_name(Here) else missing or _SENT
        show(self.note.setText, note)
        self.note.setVisible(bool(note))
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(chosen is not None and missing is None)

    def event(self, event: QEvent) -> bool:
        """Be as high as the sentences need, which break into lines, whenever they have changed (Qt's hook)."""
        taken = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest and (layout := self.layout()) is not None:
            height = layout.totalHeightForWidth(self.width())
            if height != self.height():
                self.setFixedHeight(height)
        return taken

    def _take(self) -> None:
        if (chosen := self.placement()) is not None:
            self.chosen.emit(chosen)
        self.accept()


def _explained(what: Message) -> QLabel:
    told = label(what, "note")
    told.setWordWrap(True)
    return told
