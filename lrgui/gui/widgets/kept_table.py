"""The table of the schedules that were kept: shown or hidden, renamed, opened again."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from lrgui.core.messages import Message, Text, format_learning_rate, say
from lrgui.core.schedule_shelf import KeptSchedule, free_name
from lrgui.gui.sizes import sized
from lrgui.gui.widgets.cell_editor import edit_cell
from lrgui.gui.widgets.curve_table import ROOT, CurveTableModel, Index, dot
from lrgui.gui.words import show

_COLORS = (0, 1, 3, 4, 5, 6, 7)
"""Those of the theme's series that are not the green of the draft."""

_COLUMNS: tuple[tuple[Message, Callable[[KeptSchedule], Text]], ...] = (
    (say("Kept schedule"), lambda kept: kept.name),
    (say("Schedule"), lambda kept: kept.schedule.title),
    (say("Rate"), lambda kept: format_learning_rate(kept.learning_rate, 3)),
)
_RATE = 2


class KeptTableModel(CurveTableModel):
    """The schedules that were kept. ``edited`` tells that one came, went, or looks different."""

    def __init__(self, kept: tuple[KeptSchedule, ...] = ()) -> None:
        super().__init__([title for title, _ in _COLUMNS], (_RATE,))
        self.kept = list(kept)

    def add(self, kept: KeptSchedule) -> None:
        """Put one behind the others, in a colour that is not taken, with a number if its name is."""
        names, taken = [other.name for other in self.kept], [other.series for other in self.kept]
        series = min(_COLORS, key=taken.count)
        self.beginInsertRows(ROOT, len(self.kept), len(self.kept))
        self.kept.append(kept.model_copy(update={"name": free_name(kept.name, names), "series": series}))
        self.endInsertRows()
        self.edited.emit()

    def remove(self, row: int) -> None:
        """Forget one."""
        self.beginRemoveRows(ROOT, row, row)
        del self.kept[row]
        self.endRemoveRows()
        self.edited.emit()

    def rowCount(self, parent: Index = ROOT) -> int:
        """Return how many there are."""
        return 0 if parent.isValid() else len(self.kept)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what one cell shows."""
        kept, column = self.kept[index.row()], index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return str(_COLUMNS[column][1](kept))
            case Qt.ItemDataRole.EditRole if column == 0:
                return kept.name
            case Qt.ItemDataRole.CheckStateRole if column == 0:
                return Qt.CheckState.Checked if kept.shown else Qt.CheckState.Unchecked
            case Qt.ItemDataRole.DecorationRole if column == 0:
                return dot(f"series{kept.series}")
            case Qt.ItemDataRole.TextAlignmentRole:
                return self.alignment(column)
            case Qt.ItemDataRole.ToolTipRole:
                return f"{kept.name}\n{kept.schedule.summary}"
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Rename one, or show and hide its curve."""
        kept = self.kept[index.row()]
        if role == Qt.ItemDataRole.EditRole and (name := str(value).strip()):
            others = [other.name for other in self.kept if other is not kept]
            changed: dict[str, Any] = {"name": free_name(name, others)}
        elif role == Qt.ItemDataRole.CheckStateRole:
            changed = {"shown": Qt.CheckState(value) is Qt.CheckState.Checked}
        else:
            return False
        self.kept[index.row()] = kept.model_copy(update=changed)
        self.dataChanged.emit(index, index)
        self.edited.emit()
        return True


class KeptTable(QTableView):
    """The view of what was kept: F2 renames, Delete removes, Enter opens. ``opened`` carries what is to be opened."""

    opened = Signal(object)
    selected = Signal()

    def __init__(self, model: KeptTableModel) -> None:
        super().__init__()
        self._model = model
        self.setModel(model)
        show(self.setAccessibleName, say("Kept schedules"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        sized(self.verticalHeader().setDefaultSectionSize, 26)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.doubleClicked.connect(lambda index: self._open(index.row()))
        self.selectionModel().currentRowChanged.connect(lambda *_: self.selected.emit())

    def current(self) -> int | None:
        """Return the selected row."""
        row = self.currentIndex().row()
        return row if 0 <= row < len(self._model.kept) else None

    def _open(self, row: int) -> None:
        self.opened.emit(self._model.kept[row])

    def open_current(self) -> None:
        """Put the selected schedule into the form."""
        if (row := self.current()) is not None:
            self._open(row)

    def rename_current(self) -> None:
        """Open the editor on the selected name."""
        if (row := self.current()) is not None:
            edit_cell(self, self._model.index(row, 0))

    def duplicate_current(self) -> None:
        """Keep the selected schedule once more, under a name of its own, and select that."""
        if (row := self.current()) is not None:
            self._model.add(self._model.kept[row])
            self.selectRow(len(self._model.kept) - 1)

    def delete_current(self) -> None:
        """Forget the selected schedule."""
        if (row := self.current()) is not None:
            self._model.remove(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open, or remove (Qt's hook)."""
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if self.state() is not QTableView.State.EditingState:
                self.open_current()
            case Qt.Key.Key_Delete:
                self.delete_current()
            case _:
                super().keyPressEvent(event)
