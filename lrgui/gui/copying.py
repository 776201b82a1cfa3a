"""Tables to the clipboard: Ctrl+C gives the selected rows with their titles, as spreadsheets take them."""

from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QTableView


def let_copy(table: QTableView) -> None:
    """Let Ctrl+C copy a table while the keys go to it."""
    shortcut = QShortcut(QKeySequence(QKeySequence.StandardKey.Copy), table)
    shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
    shortcut.activated.connect(lambda: QGuiApplication.clipboard().setText(table_text(table)))


def table_text(table: QTableView) -> str:
    """Return a table with tabs between the cells, as they are shown; columns that are hidden are left out.

    These are the selected rows; all, where none is or only one can be.
    """
    model, header = table.model(), table.horizontalHeader()
    places = [header.logicalIndex(place) for place in range(model.columnCount())]
    columns = [column for column in places if not table.isColumnHidden(column)]
    titles = [_cell(model.headerData(column, Qt.Orientation.Horizontal)) for column in columns]
    kept = [place for place, column in enumerate(columns) if titles[place] or _says_anything(model, column)]
    lines = [[titles[place] for place in kept]]
    lines += [[_cell(model.index(row, columns[place]).data()) for place in kept] for row in _rows(table)]
    return "\n".join("\t".join(line) for line in lines)


def _rows(table: QTableView) -> list[int]:
    selected = sorted(index.row() for index in table.selectionModel().selectedRows())
    if not selected or table.selectionMode() is QAbstractItemView.SelectionMode.SingleSelection:
        return list(range(table.model().rowCount()))
    return selected


def _says_anything(model: QAbstractItemModel, column: int) -> bool:
    """Return whether a column without a title has words: a star or a dot has none."""
    return any(_cell(model.index(row, column).data()) for row in range(min(model.rowCount(), 20)))


def _cell(value: object) -> str:
    return "" if value is None else " ".join(str(value).split())
