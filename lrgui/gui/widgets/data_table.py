"""Columns of plain values as a table to read: rows of a data set, statistics of its columns, layers of a model."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QBrush
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from lrgui.core.messages import Message, Text, format_learning_rate
from lrgui.gui.sizes import sized
from lrgui.gui.theme import themes
from lrgui.gui.words import show

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


@dataclass(frozen=True, slots=True)
class Column:
    """A title over values: numbers, which stand on the right, or words. ``marks`` colours a word by meaning."""

    title: Text
    values: Sequence[Any] | NDArray[Any]
    marks: Sequence[str] = ()

    @property
    def numeric(self) -> bool:
        """Whether it holds numbers."""
        return len(self.values) > 0 and not isinstance(self.values[0], str | Message)


def write_value(value: Any) -> str:
    """Write a cell: words as they are, whole numbers in full, others with four digits, what is missing as a dash."""
    if isinstance(value, str | Message):
        return str(value)
    if np.isnan(value):
        return "–"  # noqa: RUF001 (the typographic dash of an empty cell)
    if float(value).is_integer() and abs(value) < 1e9:
        return f"{int(value):,}"
    return format_learning_rate(float(value), 4)


class _Model(QAbstractTableModel):
    def __init__(self, columns: Sequence[Column]) -> None:
        super().__init__()
        self.columns = columns

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() or not self.columns else len(self.columns[0].values)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return str(self.columns[section].title)
        return self._alignment(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        column = self.columns[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return write_value(column.values[index.row()])
            case Qt.ItemDataRole.TextAlignmentRole:
                return self._alignment(index.column())
            case Qt.ItemDataRole.ForegroundRole if column.marks and column.marks[index.row()]:
                return QBrush(themes.current.color(column.marks[index.row()]))
        return None

    def _alignment(self, section: int) -> Qt.AlignmentFlag:
        side = Qt.AlignmentFlag.AlignRight if self.columns[section].numeric else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter


class DataTable(QTableView):
    """A table that is only read; many columns scroll sideways."""

    def __init__(self, name: Text, stretched: int | None = None) -> None:
        super().__init__()
        self._stretched = stretched
        show(self.setAccessibleName, name)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setShowGrid(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        sized(self.verticalHeader().setDefaultSectionSize, 24)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setMinimumSectionSize(44)
        self._shown = _Model(())
        self.setModel(self._shown)
        themes.changed.connect(self._repaint)

    def show_columns(self, columns: Sequence[Column]) -> None:
        """Show columns of the same length, one beside the other.

        Raises
        ------
        ValueError
            They differ in length.
        """
        if len({len(column.values) for column in columns}) > 1:
            raise ValueError("columns of different length")
        self._shown.beginResetModel()
        self._shown.columns = columns
        self._shown.endResetModel()
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        if self._stretched is not None and self._stretched < len(columns):
            header.setSectionResizeMode(self._stretched, QHeaderView.ResizeMode.Stretch)
        self.scrollToTop()

    def _repaint(self) -> None:
        self.viewport().update()
