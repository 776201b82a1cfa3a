"""A table of what has a curve: the first cell of a row names it, has its colour, and shows or hides it."""

from collections.abc import Container, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QIcon

from lrgui.core.messages import Message
from lrgui.gui.sizes import px
from lrgui.gui.theme import themes

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()

_DOT = 12


class CurveTableModel(QAbstractTableModel):
    """Columns, their titles and how they are aligned; the rows are an heir's.

    ``edited`` tells that a row came, went, or looks different.

    Parameters
    ----------
    titles : sequence of Message
        Of the columns.
    numbers : container of int
        The columns that are aligned on the right.
    """

    edited = Signal()

    def __init__(self, titles: Sequence[Message], numbers: Container[int]) -> None:
        super().__init__()
        self._titles, self._numbers = titles, numbers
        themes.changed.connect(self.show_anew)

    def show_anew(self) -> None:
        """Have every cell asked for again."""
        if count := self.rowCount():
            self.dataChanged.emit(self.index(0, 0), self.index(count - 1, len(self._titles) - 1))

    def columnCount(self, parent: Index = ROOT) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self._titles)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a column's title, aligned as its cells are."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return str(self._titles[section])
        return self.alignment(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let the first column be checked and edited."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if index.column() == 0:
            flags |= Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsEditable
        return flags

    def alignment(self, column: int) -> Qt.AlignmentFlag:
        """Return how the cells of a column are aligned."""
        side = Qt.AlignmentFlag.AlignRight if column in self._numbers else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter


def dot(series: str) -> QIcon:
    """Return a dot in the colour of a series, the same in a selected row."""
    icon, pixmap = QIcon(), themes.current.icon("circle", series).pixmap(px(_DOT), px(_DOT))
    for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected):
        icon.addPixmap(pixmap, mode)
    return icon
