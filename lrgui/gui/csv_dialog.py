"""The dialog that asks what the columns of a table are, with its first rows in sight."""

from pathlib import Path
from typing import Any

from pydantic import ValidationError
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from lrgui.core.config.dataset import CsvTable
from lrgui.core.config.fields import field_specs
from lrgui.core.csv_text import distinct, first_rows, names_columns
from lrgui.core.messages import Refused, Text, say
from lrgui.gui.sizes import sized
from lrgui.gui.widgets.card import GAP, Card, label
from lrgui.gui.widgets.data_table import Column, DataTable
from lrgui.gui.widgets.fields import WordField
from lrgui.gui.widgets.form_row import Row
from lrgui.gui.words import show, worded

_ROWS = 30
_FIELDS = ("task", "missing", "header", "separator", "decimal")


class CsvDialog(QDialog):
    """Target, features, and how the text is to be read. ``chosen(CsvTable)`` is emitted when it is taken.

    Parameters
    ----------
    parent : QWidget
        The window.
    path : Path
        Of the table.

    Raises
    ------
    Refused, OSError, csv.Error
        It cannot be read as text.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget, path: Path) -> None:
        rows = first_rows(path, _ROWS)
        super().__init__(parent)
        self.setObjectName("csv_dialog")
        show(self.setWindowTitle, say("Open {file}", file=path.name))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(940, 520)
        self._path = path
        specs = {spec.name: spec for spec in field_specs(CsvTable)}
        self.rows = {name: Row(specs[name], ("dataset", "csv", name)) for name in _FIELDS}
        for name, row in self.rows.items():
            row.input.show_value(specs[name].default)
        self.target = WordField({})
        show(self.target.setAccessibleName, say("Target"))
        self.features = QListWidget()
        show(self.features.setAccessibleName, say("Features"))
        self.table = DataTable(say("First rows"))
        self._told = label("", "error")
        self._told.setWordWrap(True)
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.go = worded(QPushButton(), say("Use this table"))
        self._lay_out()
        self._show_rows(rows)
        for name in ("header", "separator", "decimal"):
            self.rows[name].input.changed.connect(self._read_again)
        self.target.changed.connect(self._leave_out_the_target)
        self._buttons.accepted.connect(self._take)
        self._buttons.rejected.connect(self.reject)

    def _lay_out(self) -> None:
        side = Card(say("Columns"))
        sized(side.setFixedWidth, 300)
        side.body.addWidget(label(say("Target: the column to predict"), "dim"))
        side.body.addWidget(self.target)
        side.body.addWidget(label(say("Features: the columns to learn from"), "dim"))
        side.body.addWidget(self.features, 1)
        for row in self.rows.values():
            side.body.addWidget(row)
        seen = Card(say("First rows"))
        seen.body.addWidget(self.table, 1)
        seen.body.addWidget(self._told)
        cards = QHBoxLayout()
        cards.setSpacing(12)
        cards.addWidget(side)
        cards.addWidget(seen, 1)
        self.go.setProperty("primary", True)
        self._buttons.addButton(self.go, QDialogButtonBox.ButtonRole.AcceptRole)
        self._buttons.button(QDialogButtonBox.StandardButton.Cancel).setIcon(QIcon())
        whole = QVBoxLayout(self)
        whole.setContentsMargins(12, 12, 12, 10)
        whole.setSpacing(GAP)
        whole.addLayout(cards, 1)
        whole.addWidget(self._buttons)

    @Slot()
    def _read_again(self) -> None:
        try:
            self._show_rows(first_rows(self._path, _ROWS, self.rows["separator"].input.raw()))
        except (Refused, OSError, ValueError) as error:
            show(self._told.setText, error.message if isinstance(error, Refused) else str(error))

    def _show_rows(self, rows: list[list[str]]) -> None:
        header, decimal = self.rows["header"].input.raw(), self.rows["decimal"].input.raw()
        rows = [row for row in rows if any(cell.strip() for cell in row)]
        headed = header == "yes" or (header == "automatic" and names_columns(rows[0], decimal))
        names = distinct(rows[0]) if headed else [str(number + 1) for number in range(len(rows[0]))]
        body = [row for row in rows[headed:] if len(row) == len(names)]
        self.table.show_columns([Column(name, [row[i] for row in body]) for i, name in enumerate(names)])
        told: Text = ""
        if len(names) < 2:
            told = say("There is one column only: choose another separator.")
        elif len(rows) == headed:
            told = say("There are names of columns only: choose a table with rows below them.")
        show(self._told.setText, told)
        self.go.setEnabled(told == "")
        self._offer(names)

    def _offer(self, names: list[str]) -> None:
        if [self.target.itemText(place) for place in range(self.target.count())] == names:
            return
        self.target.blockSignals(True)
        self.target.clear()
        for number, name in enumerate(names, 1):
            self.target.addItem(name, str(number))
        self.target.setCurrentIndex(len(names) - 1)
        self.target.blockSignals(False)
        self.features.clear()
        for number, name in enumerate(names, 1):
            item = QListWidgetItem(name, self.features)
            item.setData(Qt.ItemDataRole.UserRole, str(number))
            item.setCheckState(Qt.CheckState.Checked)
        self._leave_out_the_target()

    @Slot()
    def _leave_out_the_target(self) -> None:
        """Let the target be no feature."""
        for place in range(self.features.count()):
            self.features.item(place).setHidden(place == self.target.currentIndex())

    def value(self) -> CsvTable:
        """Return what was chosen; columns by their numbers, all features as none.

        Raises
        ------
        pydantic.ValidationError
            A field is wrong.
        """
        items = [self.features.item(place) for place in range(self.features.count())]
        open_to = [item for item in items if not item.isHidden()]
        taken = [item for item in open_to if item.checkState() is Qt.CheckState.Checked]
        # By their names, which say more in the history, but where a name would be read as something else.
        named = {str(item.data(Qt.ItemDataRole.UserRole)): item.text() for item in items}
        features = "" if len(taken) == len(open_to) else ";".join(_said(named, item) for item in taken)
        fields: dict[str, Any] = {name: row.input.raw() for name, row in self.rows.items()}
        number = self.target.raw()
        target = named[number] if ";" not in named[number] and "," not in named[number] else number
        return CsvTable(path=str(self._path), target=target, features=features, **fields)

    @Slot()
    def _take(self) -> None:
        try:
            table = self.value()
        except ValidationError as error:
            show(self._told.setText, str(error.errors()[0]["msg"]))
            return
        self.chosen.emit(table)
        self.accept()


def _said(named: dict[str, str], item: QListWidgetItem) -> str:
    number = str(item.data(Qt.ItemDataRole.UserRole))
    return number if set(named[number]) & set(';,"') else named[number]
