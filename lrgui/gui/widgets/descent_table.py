"""The hand-check table: every step of a walker with its numbers, nothing scaled and nothing hidden."""

from pathlib import Path as FilePath
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from lrgui.core.descent import Path, rows
from lrgui.core.descent.formula import plain
from lrgui.core.messages import say
from lrgui.export.descent_csv import cells_of, columns_of, table_text
from lrgui.gui.sizes import px, sized
from lrgui.gui.widgets.card import GAP, label
from lrgui.gui.words import show

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_DIGITS = 6, 5, 4
"""Significant ones, where there is room."""

_STEPS_WIDTH, _PADDING = 56, 24

_TITLES = {"step": say("step"), "learning rate": say("rate"), "gradient": say("gradient")}
"""Of the columns that have words; the others are letters of the formulas."""


def _brief(number: float, digits: int) -> str:
    """Return a number in so many digits; a small one is written with an exponent where that is shorter."""
    usual = plain(number, digits)
    if not 0 < abs(number) < 1e-3:
        return usual
    mantissa, _, exponent = f"{number:.{digits - 1}e}".partition("e")
    return min(usual, f"{mantissa.rstrip('0').rstrip('.')}e{int(exponent)}", key=len)


class StepsModel(QAbstractTableModel):
    """The entries of a path; a cell is worked out when it is looked at."""

    def __init__(self) -> None:
        super().__init__()
        self.path: Path | None = None
        self.digits = _DIGITS[0]
        self._known = 0

    def show_path(self, path: Path) -> None:
        """Show a path as far as it is known."""
        if path is self.path and path.known >= self._known:
            self._grow(path.known)
            return
        self.beginResetModel()
        self.path, self._known = path, path.known
        self.endResetModel()

    def _grow(self, known: int) -> None:
        if known > self._known:
            self.beginInsertRows(_ROOT, self._known, known - 1)
            self._known = known
            self.endInsertRows()

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return how many entries are shown (Qt's hook)."""
        return 0 if parent.isValid() else self._known

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Return how many numbers an entry has (Qt's hook)."""
        return 0 if parent.isValid() or self.path is None else len(columns_of(self.path))

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the title of a column (Qt's hook)."""
        if orientation is not Qt.Orientation.Horizontal or self.path is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            title = columns_of(self.path)[section]
            return str(_TITLES.get(title, title))
        return self._alignment() if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell with as many digits as there is room for, and in full as its tip (Qt's hook)."""
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment()
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole) or self.path is None:
            return None
        cell = cells_of(rows(self.path, index.row(), index.row() + 1)[0])[index.column()]
        if cell is None:
            return ""
        if isinstance(cell, int):
            return f"{cell:,}"
        return _brief(cell, self.digits) if role == Qt.ItemDataRole.DisplayRole else repr(cell)

    @staticmethod
    def _alignment() -> Qt.AlignmentFlag:
        return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class StepsTable(QTableView):
    """The table itself. ``copied(Message)`` tells what was put on the clipboard."""

    copied = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.steps = StepsModel()
        self.setModel(self.steps)
        show(self.setAccessibleName, say("Hand check: every step of the selected walker"))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setShowGrid(False)
        self.verticalHeader().hide()
        sized(self.verticalHeader().setDefaultSectionSize, 24)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setMinimumSectionSize(56)
        self.steps.modelReset.connect(self._give_widths)

    def _give_widths(self) -> None:
        """Keep the column of the steps narrow, and let the others have room for a number each."""
        header, columns = self.horizontalHeader(), self.steps.columnCount()
        room = (self.viewport().width() - px(_STEPS_WIDTH)) // max(columns - 1, 1)
        digits = next((d for d in _DIGITS if self._width(d) <= room), None)
        self.steps.digits = digits or _DIGITS[0]
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch if digits else QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        for column in range(columns):
            header.resizeSection(column, self._width(self.steps.digits) if column else px(_STEPS_WIDTH))

    def _width(self, digits: int) -> int:
        """Return the width of a column whose numbers have so many digits, whatever their exponents."""
        return self.fontMetrics().horizontalAdvance(f"-8.{'8' * (digits - 1)}e-88") + px(_PADDING)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Spread the columns over another width (Qt's hook)."""
        super().resizeEvent(event)
        self._give_widths()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy the selected rows, or leave left and right to the player (Qt's hook)."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def copy(self) -> None:
        """Put the selected rows on the clipboard, or all of them if none or one is selected."""
        path = self.steps.path
        if path is None or not path.known:
            return
        selected = sorted(index.row() for index in self.selectionModel().selectedRows())
        chosen = selected if len(selected) > 1 else range(self.steps.rowCount())
        QGuiApplication.clipboard().setText(table_text(path, chosen))
        self.copied.emit(say("Copied {count:,} rows, with every digit.", count=len(chosen)))


class HandCheck(QWidget):
    """Table, what it shows, and the buttons that copy and save it.

    ``told(Message)`` carries a sentence for the status bar, ``save_asked(FilePath)`` where all walkers are to be saved.
    """

    told = Signal(object)
    save_asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.table = StepsTable()
        self.table.copied.connect(self.told)
        self.title = label("", "dim")
        self.copy_button, self.save_button = QPushButton(), QPushButton()
        show(
            self.copy_button.setToolTip,
            say("Copy the selected rows, or all of them, with every digit (Ctrl+C in the table)"),
        )
        show(self.save_button.setToolTip, say("Save the steps of all walkers, with every digit"))
        self.copy_button.clicked.connect(self.table.copy)
        self.save_button.clicked.connect(self._ask)
        line = QHBoxLayout()
        line.addWidget(self.title, 1)
        for button, words in ((self.copy_button, say("Copy")), (self.save_button, say("Save as CSV ..."))):
            show(button.setText, words)
            show(button.setAccessibleName, words)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            line.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self.table, 1)
        column.addLayout(line)

    def show_path(self, path: Path, number: int) -> None:
        """Show the steps of a walker."""
        show(self.title.setText, say("Walker {number}: {title}", number=number + 1, title=path.walker.title))
        self.table.steps.show_path(path)

    def show_step(self, step: int) -> None:
        """Mark the entry of now, if the table is looked at."""
        if self.isVisible() and self.table.currentIndex().row() != step < self.table.steps.rowCount():
            self.table.selectRow(step)

    def _ask(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self, str(say("Save the steps of all walkers")), "descent.csv", "CSV (*.csv)"
        )
        if name:
            self.save_asked.emit(FilePath(name) if FilePath(name).suffix else FilePath(name).with_suffix(".csv"))
