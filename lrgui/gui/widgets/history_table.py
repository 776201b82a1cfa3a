"""The list of the history: rows of one height over a model that has only those near what is seen."""

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from lrgui.core.messages import say
from lrgui.core.store import Entry
from lrgui.gui.sizes import px, sized
from lrgui.gui.theme import themes
from lrgui.gui.widgets.cell_editor import edit_cell
from lrgui.gui.widgets.history_delegate import ROW_HEIGHT, HistoryDelegate
from lrgui.gui.widgets.history_model import (
    ACCURACY,
    BEGAN,
    COLUMNS,
    CURVE,
    RATE,
    RUN,
    STAR,
    STATE,
    TIME,
    HistoryModel,
)
from lrgui.gui.words import show

_WIDTHS = {STAR: 30, CURVE: 104, RATE: 72, ACCURACY: 84, BEGAN: 124, TIME: 84, STATE: 108}
_NARROW = {CURVE: 76, RATE: 66, ACCURACY: 78, STATE: 114}
_TIGHT = {**_NARROW, STATE: 52}
_ROOMY_WIDTH, _TIGHT_WIDTH = 760, 660


class HistoryTable(QTableView):
    """The view of the runs. ``picked`` tells that others are selected, ``opened`` that one is to be opened."""

    picked = Signal()
    opened = Signal()

    def __init__(self, model: HistoryModel) -> None:
        super().__init__()
        self._model = model
        self._kept: tuple[list[str], str | None, int] = ([], None, 0)
        self.setModel(model)
        self._delegate = HistoryDelegate(model, self)
        self.setItemDelegate(self._delegate)
        show(self.setAccessibleName, say("Runs that were kept"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self._set_headers()
        self.verticalScrollBar().valueChanged.connect(self._look)
        self.doubleClicked.connect(lambda index: self.opened.emit() if index.column() != STAR else None)
        self.selectionModel().selectionChanged.connect(self._selected)
        model.modelAboutToBeReset.connect(self._keep_place)
        model.modelReset.connect(self._take_place)
        model.rowsRemoved.connect(lambda *_: self._look())

    def _set_headers(self) -> None:
        rows, columns = self.verticalHeader(), self.horizontalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        sized(rows.setDefaultSectionSize, ROW_HEIGHT)
        columns.setHighlightSections(False)
        columns.setMinimumSectionSize(30)
        columns.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        columns.setSectionResizeMode(RUN, QHeaderView.ResizeMode.Stretch)
        columns.setSortIndicator(BEGAN, Qt.SortOrder.DescendingOrder)
        self.setSortingEnabled(True)
        columns.setSortIndicatorShown(False)
        self._set_widths(px(_ROOMY_WIDTH))
        themes.changed.connect(self._scale_changed)

    def _scale_changed(self) -> None:
        self._set_widths(self.viewport().width())

    def _set_widths(self, room: int) -> None:
        narrow = room < px(_ROOMY_WIDTH)
        less = _TIGHT if room < px(_TIGHT_WIDTH) else _NARROW if narrow else {}
        for column, width in _WIDTHS.items():
            self.setColumnWidth(column, px(less.get(column, width)))
        self.setColumnHidden(TIME, narrow)

    # What is looked at

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave room for the names; where there is little, how long it took stands below only (Qt's hook)."""
        super().resizeEvent(event)
        self._set_widths(event.size().width())
        self._look()

    def _look(self) -> None:
        top, height = self.verticalScrollBar().value(), self.viewport().height()
        self._model.look_at(top // px(ROW_HEIGHT), (top + height) // px(ROW_HEIGHT))

    # What is selected

    def selected_rows(self) -> list[int]:
        """Return the selected rows from the top down."""
        # Qt's own list of them asks for the flags of every cell: seconds for ten thousand runs.
        selection = self.selectionModel().selection()
        parts = [selection.at(number) for number in range(selection.count())]
        return sorted({row for part in parts for row in range(part.top(), part.bottom() + 1)})

    def selected_entries(self) -> list[Entry]:
        """Return the selected runs that are here, from the top down."""
        entries = (self._model.entry(row) for row in self.selected_rows())
        return [entry for entry in entries if entry is not None]

    def current_entry(self) -> Entry | None:
        """Return the run that the keys are at, if it is selected."""
        index = self.currentIndex()
        if index.isValid() and self.selectionModel().isRowSelected(index.row(), QModelIndex()):
            return self._model.entry(index.row())
        return next(iter(self.selected_entries()), None)

    def select_row(self, row: int) -> None:
        """Select one run alone, and bring it into sight."""
        index = self._model.index(row, RUN)
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().setCurrentIndex(index, flags)
        self.scrollTo(index)

    @property
    def editing(self) -> bool:
        """Whether a name is being typed."""
        return self.state() is QAbstractItemView.State.EditingState

    def rename_current(self) -> None:
        """Open the field on the name of the current run."""
        entry = self.current_entry()
        if entry is not None and (row := self._model.row_of(entry.id)) is not None:
            edit_cell(self, self._model.index(row, RUN))

    def _selected(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        self.picked.emit()

    def _keep_place(self) -> None:
        current = self.current_entry()
        ids = [entry.id for entry in self.selected_entries()]
        self._kept = ids, current.id if current else None, self.verticalScrollBar().value()

    def _take_place(self) -> None:
        """Select the same runs again, wherever they stand now."""
        ids, current, top = self._kept
        self.updateGeometries()
        self.verticalScrollBar().setValue(top)
        selection, places = QItemSelection(), {run_id: self._model.row_of(run_id) for run_id in ids}
        for row in places.values():
            if row is not None:
                selection.select(self._model.index(row, 0), self._model.index(row, len(COLUMNS) - 1))
        at = places.get(current) if current else None
        if at is not None:
            self.selectionModel().setCurrentIndex(
                self._model.index(at, RUN), QItemSelectionModel.SelectionFlag.NoUpdate
            )
        self.selectionModel().select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self._look()
        self.picked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open by Enter, but not by the one that ends the typing of a name and comes here as well (Qt's hook)."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            if not self.editing:
                self.opened.emit()
        else:
            super().keyPressEvent(event)
