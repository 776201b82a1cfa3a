"""The table of runs: a model over the runs of this session, and the view with rename, hide and delete."""

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from lrgui.core.config import Experiment, TrainingConfig
from lrgui.core.messages import Message, Text, format_duration, format_learning_rate, say
from lrgui.core.runs import STATES, Run, RunStatus
from lrgui.core.scores import best_score, final_score, score_of
from lrgui.gui.sizes import px, sized
from lrgui.gui.widgets.cell_editor import edit_cell
from lrgui.gui.widgets.curve_table import ROOT, CurveTableModel, Index, dot
from lrgui.gui.words import show

_DASH = "–"  # noqa: RUF001 (the typographic dash of an empty cell)


@dataclass(eq=False)
class Line:
    """A run in the table: the series whose colour it has, and whether its curves are drawn."""

    run: Run
    series: str
    shown: bool = True


def _told(run: Run, value: float | None) -> Text:
    return _DASH if value is None or np.isnan(value) else score_of(run).told(value)


def _rate(run: Run) -> str:
    return (
        format_learning_rate(run.config.learning_rate, 3)
        if isinstance(run.config, TrainingConfig)
        else str(say("sweep"))
    )


def _experiment(run: Run) -> Experiment:
    assert isinstance(run.config, Experiment)
    return run.config


_COLUMNS: tuple[tuple[Message, Callable[[Run], Text]], ...] = (
    (say("Run"), lambda run: run.name),
    (say("Data"), lambda run: _experiment(run).dataset.label),
    (say("Model"), lambda run: _experiment(run).model.title),
    (say("Optimizer"), lambda run: _experiment(run).optimizer.title),
    (say("Rate"), _rate),
    (say("Accuracy"), lambda run: _told(run, final_score(run))),
    (say("Best"), lambda run: _told(run, best_score(run))),
    (say("Time"), lambda run: format_duration(run.seconds) if run.ended else STATES[run.status]),
)
_DATA, _BEST = 1, 6
_ROOMY_WIDTH = 700
_NUMBERS = range(4, len(_COLUMNS))


class RunTableModel(CurveTableModel):
    """The runs of this session.

    ``edited`` tells that a run was shown, hidden, renamed or deleted, ``renamed(Run)`` which one has another name.
    """

    renamed = Signal(object)

    def __init__(self) -> None:
        super().__init__([title for title, _ in _COLUMNS], _NUMBERS)
        self.lines: list[Line] = []
        self._series = itertools.count()
        self._best: Run | None = None
        self._best_known = False

    def add(self, run: Run) -> Line:
        """Append a run, with the next colour."""
        line = Line(run, f"series{next(self._series)}")
        self.beginInsertRows(ROOT, len(self.lines), len(self.lines))
        self.lines.append(line)
        self._best_known = False
        self.endInsertRows()
        self.show_anew()  # another one may be the best now; and columns take their widths from changes only
        return line

    def remove(self, run: Run) -> None:
        """Take a run out, if it is there."""
        for row, line in enumerate(self.lines):
            if line.run is run:
                self.beginRemoveRows(ROOT, row, row)
                del self.lines[row]
                self._best_known = False
                self.endRemoveRows()
                self.edited.emit()
                return

    def clear(self) -> None:
        """Take all runs out, and begin with the first colour again."""
        self.beginResetModel()
        self.lines.clear()
        self._best_known = False
        self._series = itertools.count()
        self.endResetModel()
        self.edited.emit()

    def rename(self, run_id: str, name: str) -> None:
        """Call a run otherwise that was renamed elsewhere, if it is there."""
        for line in self.lines:
            if line.run.id == run_id and name:
                line.run.name = name
                self.refresh(line.run)
                self.edited.emit()

    def refresh(self, run: Run) -> None:
        """Show what a run has measured since."""
        self._best_known = False
        for row, line in enumerate(self.lines):
            if line.run is run:
                self.dataChanged.emit(self.index(row, 0), self.index(row, len(_COLUMNS) - 1))

    def best(self) -> Run | None:
        """Return the run with the best score on the validation data, once there are two of the same score."""
        if not self._best_known:  # asked for by every cell, again and again
            self._best, self._best_known = self._find_best(), True
        return self._best

    def _find_best(self) -> Run | None:
        reached = [(best, line.run) for line in self.lines if (best := best_score(line.run)) is not None]
        comparable = len({score_of(run).name for _, run in reached}) == 1
        return max(reached, key=lambda pair: pair[0])[1] if comparable and len(reached) > 1 else None

    def rowCount(self, parent: Index = ROOT) -> int:
        """Return the number of runs."""
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what one cell shows."""
        line, column = self.lines[index.row()], index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._text(line.run, column)
            case Qt.ItemDataRole.EditRole:
                return line.run.name if column == 0 else None
            case Qt.ItemDataRole.CheckStateRole if column == 0:
                return Qt.CheckState.Checked if line.shown else Qt.CheckState.Unchecked
            case Qt.ItemDataRole.DecorationRole if column == 0:
                return dot(line.series)
            case Qt.ItemDataRole.TextAlignmentRole:
                return self.alignment(column)
            case Qt.ItemDataRole.FontRole if line.run is self.best():
                font = QFont()
                font.setBold(True)
                return font
            case Qt.ItemDataRole.ToolTipRole:
                return f"{line.run.name}\n{line.run.message}" if line.run.message else line.run.name
        return None

    def _text(self, run: Run, column: int) -> str:
        text = str(_COLUMNS[column][1](run))
        if column == _BEST and run is self.best():
            return f"★ {text}"
        return text

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Rename a run, or show and hide its curves."""
        line = self.lines[index.row()]
        if role == Qt.ItemDataRole.EditRole and str(value).strip():
            line.run.name = str(value).strip()
            self.renamed.emit(line.run)
        elif role == Qt.ItemDataRole.CheckStateRole:
            line.shown = Qt.CheckState(value) is Qt.CheckState.Checked
        else:
            return False
        self.dataChanged.emit(index, index)
        self.edited.emit()
        return True


class RunTable(QTableView):
    """The view of the runs; ``selected`` carries the run that was clicked or moved to."""

    selected = Signal(object)

    def __init__(self, model: RunTableModel) -> None:
        super().__init__()
        self._model = model
        self.setModel(model)
        show(self.setAccessibleName, say("Runs"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.setShowGrid(False)
        # Runs of a series differ at the end of their names.
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        sized(self.verticalHeader().setDefaultSectionSize, 26)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setMinimumSectionSize(50)
        self.selectionModel().currentRowChanged.connect(lambda index, _: self._tell(index))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave room for the names of the runs: where there is little, the data go without saying."""
        super().resizeEvent(event)
        self.setColumnHidden(_DATA, event.size().width() < px(_ROOMY_WIDTH))

    def current_run(self) -> Run | None:
        """Return the selected run."""
        row = self.currentIndex().row()
        return self._model.lines[row].run if 0 <= row < len(self._model.lines) else None

    def select(self, run: Run) -> None:
        """Select a run and scroll to it."""
        for row, line in enumerate(self._model.lines):
            if line.run is run:
                self.selectRow(row)
                self.scrollToBottom()

    def rename_current(self) -> None:
        """Open the editor on the selected run's name."""
        if self.current_run() is not None:
            edit_cell(self, self._model.index(self.currentIndex().row(), 0))

    def delete_current(self) -> None:
        """Take the selected run out, unless it is still going."""
        run = self.current_run()
        if run is not None and run.status not in (RunStatus.WAITING, RunStatus.RUNNING):
            self._model.remove(run)

    def _tell(self, index: QModelIndex) -> None:
        if index.isValid():
            self.selected.emit(self._model.lines[index.row()].run)
