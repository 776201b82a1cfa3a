"""The arms of a comparison as a table: what they measured over the seeds, how they stand, and what can be done."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QPointF, Qt, Signal
from PySide6.QtGui import QIcon, QPainter, QPixmap, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QHeaderView, QTableView, QToolButton, QWidget

from lrgui.core.messages import Message, Text, say
from lrgui.gui.sizes import px, sized
from lrgui.gui.theme import themes
from lrgui.gui.widgets.badge import draw_badge
from lrgui.gui.words import show, words

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
State = Literal["waiting", "training", "paused", "finished", "stopped", "removed", "diverged"]
_WORDS: dict[State, Message] = {
    "waiting": say("waiting"),
    "training": say("training now"),
    "paused": say("paused"),
    "finished": say("finished"),
    "stopped": say("stopped"),
    "removed": say("removed"),
    "diverged": say("diverged"),
}
_MEANINGS = {"diverged": "error", "removed": "dim", "stopped": "dim", "finished": "good", "paused": "validation"}
_BADGE = 18
_VERBS_WIDTH = 92
_NAME_WIDTH, _MOST_NAME_WIDTH = 130, 200


@dataclass(frozen=True, slots=True)
class ArmRow:
    """One line: the arm's number, the cells behind its name, and how it stands."""

    arm: int
    cells: tuple[Text, ...]
    state: State


class CompareTableModel(QAbstractTableModel):
    """A row an arm; titles and cells are given as they are to be read."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[ArmRow] = []
        self._titles: tuple[Text, ...] = ()
        themes.changed.connect(self._looks_changed)

    def show(self, titles: tuple[Text, ...], rows: list[ArmRow]) -> None:
        """Show these rows; where there are as many as before, the view keeps its place."""
        if titles != self._titles or len(rows) != len(self.rows):
            self.beginResetModel()
            self._titles, self.rows = titles, rows
            self.endResetModel()
        elif rows != self.rows:
            self.rows = rows
            self._looks_changed()

    def _looks_changed(self) -> None:
        if self.rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, self.columnCount() - 1))

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return how many arms there are."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Return the number of columns: those of the cells, the state, and the verbs."""
        return 0 if parent.isValid() or not self._titles else len(self._titles) + 2

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a column's title, aligned as its cells are."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return str((*self._titles, say("state"), "")[section]).capitalize()
        return self._alignment(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what one cell shows."""
        row, column = self.rows[index.row()], index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return str((*row.cells, _WORDS[row.state], "")[column])
            case Qt.ItemDataRole.DecorationRole if column == 0:
                return _badge(row.arm)
            case Qt.ItemDataRole.TextAlignmentRole:
                return self._alignment(column)
            case Qt.ItemDataRole.ForegroundRole if column == len(self._titles):
                return themes.current.color(_MEANINGS.get(row.state, "text"))
            case Qt.ItemDataRole.ToolTipRole if column <= len(self._titles):
                return f"{row.cells[0]}: {_WORDS[row.state]}"
        return None

    def _alignment(self, column: int) -> Qt.AlignmentFlag:
        side = Qt.AlignmentFlag.AlignRight if 0 < column < len(self._titles) else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter


def _badge(arm: int) -> QIcon:
    """Return the disc of an arm, the same in a selected row."""
    ratio = 2
    pixmap = QPixmap(px(_BADGE) * ratio, px(_BADGE) * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    draw_badge(painter, QPointF(px(_BADGE) / 2, px(_BADGE) / 2), arm, px(_BADGE) / 2)
    painter.end()
    icon = QIcon()
    for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected):
        icon.addPixmap(pixmap, mode)
    return icon


class ArmVerbs(QWidget):
    """Small buttons for one arm of a running comparison.

    ``asked`` carries ``pause``, ``resume``, ``stop`` or ``remove``.
    """

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        self._held = False
        self.hold = self._tool(lambda: self.asked.emit("resume" if self._held else "pause"))
        self.stop = self._tool(lambda: self.asked.emit("stop"))
        self.remove = self._tool(lambda: self.asked.emit("remove"))
        for tool in (self.hold, self.stop, self.remove):
            line.addWidget(tool)
        line.addStretch(1)

    def _tool(self, slot: Callable[[], None]) -> QToolButton:
        tool = QToolButton()
        tool.clicked.connect(lambda: slot())
        sized(tool.setFixedHeight, 24)
        return tool

    def show_state(self, name: Text, state: State, *, going: bool) -> None:
        """Offer what can be done with an arm; ``going`` tells that the run is."""
        self._held = state == "paused"
        open_ = going and state in ("waiting", "training", "paused")
        looks = (
            (self.hold, "play" if self._held else "pause", say("Let it go on") if self._held else say("Hold this arm")),
            (self.stop, "stop", say("End this arm and keep what it has")),
            (self.remove, "close", say("Take this arm out: it counts no more")),
        )
        for tool, glyph, tip in looks:
            tool.setIcon(themes.current.icon(glyph))
            show(tool.setToolTip, tip)
            show(tool.setAccessibleName, Message("{name}: {tip:lower}", {"name": name, "tip": tip}))
        self.hold.setVisible(open_)
        self.stop.setVisible(open_)
        self.remove.setVisible(going and state != "removed")


class CompareTable(QTableView):
    """The view. ``arm_asked(int, str)`` carries a verb for one arm, ``picked(int)`` the arm of a row, or -1."""

    arm_asked = Signal(int, str)
    picked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.model_ = CompareTableModel()
        self._verbs: list[ArmVerbs] = []
        self._widths: dict[int, int] = {}
        """What each column needed when it was last seen, but for the first and the last one."""
        self._measured_in = ("", "")
        self._going = False
        self.setModel(self.model_)
        show(self.setAccessibleName, say("Arms of the comparison"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        sized(self.verticalHeader().setDefaultSectionSize, 28)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.selectionModel().currentRowChanged.connect(lambda index, _: self._tell(index.row()))
        self.model_.modelReset.connect(self._forget)
        themes.changed.connect(self._show_verbs)

    def show_rows(self, titles: tuple[Text, ...], rows: list[ArmRow], *, going: bool) -> None:
        """Show the arms; ``going`` tells that the run goes on, so that something can be done with them."""
        self._going = going
        self.model_.show(titles, rows)
        if not rows:
            return
        if len(self._verbs) != len(rows):
            self._make_verbs()
        self.horizontalHeader().resizeSection(self.model_.columnCount() - 1, self._verbs_width)
        self._show_verbs()
        self._fit_columns()
        self.updateEditorGeometries()  # at once: else the buttons would lie where the columns were, and miss a hand

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave room for the names of the arms: where there is little, some columns go (Qt's hook)."""
        super().resizeEvent(event)
        self._fit_columns()

    def _fit_columns(self) -> None:
        """Hide what says least until the names have room."""
        count = self.model_.columnCount()
        if not count:
            return
        if self._measured_in != (look := (words.language, self.font().key())):
            self._widths, self._measured_in = {}, look
        for column in range(1, count - 1):
            if column not in self._widths:
                self.setColumnHidden(column, False)
            if not self.isColumnHidden(column):  # a hidden one does not know what it needs
                self._widths[column] = self._needed(column)
        left = self.viewport().width() - self._verbs_width - sum(self._widths.values())
        wanted = min(max(px(_NAME_WIDTH), self.sizeHintForColumn(0) + 8), px(_MOST_NAME_WIDTH))
        for column in (count - 4, 2, count - 3):  # the seconds, the best accuracy, the seeds
            hidden = left < wanted
            if hidden:
                left += self._widths[column]
            if hidden != self.isColumnHidden(column):  # else buttons would move, under the hand, at every refresh
                self.setColumnHidden(column, hidden)

    @property
    def _verbs_width(self) -> int:
        return px(_VERBS_WIDTH) if self._going else 1

    def _needed(self, column: int) -> int:
        return max(self.horizontalHeader().sectionSizeHint(column), self.sizeHintForColumn(column))

    def _forget(self) -> None:
        self._verbs, self._widths = [], {}  # the view has thrown them away

    def _make_verbs(self) -> None:
        last = self.model_.columnCount() - 1
        header = self.horizontalHeader()
        for column in range(last + 1):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(last, QHeaderView.ResizeMode.Fixed)
        header.setMinimumSectionSize(1)
        for row in range(self.model_.rowCount()):
            verbs = ArmVerbs()
            verbs.asked.connect(lambda verb, row=row: self.arm_asked.emit(self.model_.rows[row].arm, verb))
            self.setIndexWidget(self.model_.index(row, last), verbs)
            self._verbs.append(verbs)

    def _show_verbs(self) -> None:
        for verbs, row in zip(self._verbs, self.model_.rows, strict=False):
            verbs.show_state(row.cells[0], row.state, going=self._going)

    def verbs_of(self, arm: int) -> ArmVerbs:
        """Return the buttons of an arm."""
        return next(verbs for verbs, row in zip(self._verbs, self.model_.rows, strict=True) if row.arm == arm)

    def _tell(self, row: int) -> None:
        self.picked.emit(self.model_.rows[row].arm if 0 <= row < len(self.model_.rows) else -1)
