"""The runs of the history as Qt's model: only those near what is looked at are in memory."""

from bisect import bisect_left
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from lrgui.core.messages import Text, say
from lrgui.core.store import Entry, Filter, Sort, Store
from lrgui.gui.history_reader import HistoryReader
from lrgui.gui.widgets import history_words as words

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()

BLOCK = 64
"""So many runs are fetched at once."""

_AHEAD = 32
"""Rows that are fetched above and below what is seen."""

_ARROWS = {True: "↓", False: "↑"}
"""Beside the title of what the runs are sorted by; Qt's own arrow lies over titles that stand on the right."""

_MOST_KEPT, _KEPT_AROUND = 2048, 512


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its title, by what it sorts, and its text."""

    title: Text
    sort: str
    text: Callable[[Entry], Text]
    right: bool = False


COLUMNS = (
    Column("", "starred", lambda entry: say("starred") if entry.starred else ""),
    Column(say("Curve"), "kind", lambda entry: words.KINDS.get(entry.kind, entry.kind)),
    Column(say("Run"), "name", words.name_of),
    Column(say("Rate"), "learning_rate", words.rate_of, right=True),
    Column(say("Accuracy"), "final_accuracy", words.accuracy_of, right=True),
    Column(say("Began"), "started", lambda entry: words.when(entry.started)),
    Column(say("Time"), "seconds", words.duration_of, right=True),
    Column(say("State"), "status", lambda entry: words.look_of(entry).word),
)
STAR, CURVE, RUN, RATE, ACCURACY, BEGAN, TIME, STATE = range(len(COLUMNS))


@dataclass(frozen=True, slots=True)
class _Seen:
    """What one question has brought: of which list, how many runs it has, and some of them by row."""

    version: int
    count: int
    rows: dict[int, Entry]


class HistoryModel(QAbstractTableModel):
    """Runs by row. A row that has not come yet has no entry, and is asked for when it is looked at.

    ``counted(int)`` tells how many runs are listed whenever that was asked; ``edited(str, dict)`` that a hand has
    changed fields of a run.
    """

    counted = Signal(int)
    edited = Signal(str, dict)

    def __init__(self, reader: HistoryReader) -> None:
        super().__init__()
        self._reader = reader
        self._filter, self._sort = Filter(), Sort()
        self._version, self._fresh = 0, True
        self._count, self._rows = 0, dict[int, Entry]()
        self._sight = (0, BLOCK - 1)

    # What is listed

    @property
    def filter(self) -> Filter:
        """Which runs are listed."""
        return self._filter

    def set_filter(self, wanted: Filter) -> None:
        """List other runs."""
        self._filter = wanted
        self._start_over()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """List the runs in another order (Qt's hook)."""
        wanted = Sort(COLUMNS[column].sort, order is Qt.SortOrder.DescendingOrder)
        if wanted != self._sort:
            self._sort = wanted
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(COLUMNS) - 1)
            self._start_over()

    def _start_over(self) -> None:
        self._version += 1
        self._fresh, self._sight = True, (0, BLOCK - 1)
        self.refresh()

    def refresh(self) -> None:
        """Ask again for what is looked at."""
        first, last = self._span()
        self._ask(range(first, last + 1))

    def look_at(self, first: int, last: int) -> None:
        """Have the rows from ``first`` to ``last`` here, and some around them."""
        self._sight = first, last
        missing = [row for row in self._wanted_rows() if row not in self._rows]
        if missing:
            low = missing[0] // BLOCK * BLOCK
            self._ask(range(low, (missing[-1] // BLOCK + 1) * BLOCK))

    def _span(self) -> tuple[int, int]:
        first, last = self._sight
        return max(0, first - _AHEAD), last + _AHEAD

    def _wanted_rows(self) -> range:
        first, last = self._span()
        return range(first, min(last + 1, self._count))

    def _ask(self, rows: range) -> None:
        version, wanted, sort = self._version, self._filter, self._sort

        def question(store: Store) -> _Seen:
            entries = store.page(wanted, sort, rows.start, len(rows))
            return _Seen(version, store.count(wanted), dict(zip(rows, entries, strict=False)))

        self._reader.ask("rows", question, self._take)

    def _take(self, seen: _Seen) -> None:
        """Show what has come; another list of runs takes the place of this one whole."""
        if seen.version != self._version:
            return
        if self._fresh or seen.count != self._count or self._moved(seen.rows):
            self._fresh = False
            self.beginResetModel()
            self._count, self._rows = seen.count, dict(seen.rows)
            self.endResetModel()
        else:
            changed = [row for row, entry in seen.rows.items() if not _same(entry, self._rows.get(row))]
            self._rows.update(seen.rows)
            self._forget_far()
            if changed:
                self.dataChanged.emit(self.index(min(changed), 0), self.index(max(changed), len(COLUMNS) - 1))
        self.counted.emit(seen.count)

    def _moved(self, rows: dict[int, Entry]) -> bool:
        return any(row in self._rows and self._rows[row].id != entry.id for row, entry in rows.items())

    def _forget_far(self) -> None:
        if len(self._rows) > _MOST_KEPT:
            low, high = self._sight[0] - _KEPT_AROUND, self._sight[1] + _KEPT_AROUND
            self._rows = {row: entry for row, entry in self._rows.items() if low <= row <= high}

    # What is known of the rows

    @property
    def loaded(self) -> int:
        """How many rows are in memory."""
        return len(self._rows)

    def entry(self, row: int) -> Entry | None:
        """Return the run of a row, if it has come."""
        return self._rows.get(row)

    def row_of(self, run_id: str) -> int | None:
        """Return the row of a run, if it is among those that are here."""
        return next((row for row, entry in self._rows.items() if entry.id == run_id), None)

    def ask_ids(self, rows: Sequence[int], then: Callable[[list[str]], None]) -> None:
        """Have ``then`` called with the ids of rows; at once where all of them are here."""
        if all(row in self._rows for row in rows):
            then([self._rows[row].id for row in rows])
            return
        wanted, sort, first, count = self._filter, self._sort, min(rows), max(rows) - min(rows) + 1

        def question(store: Store) -> list[str]:
            entries = store.page(wanted, sort, first, count)
            return [entries[row - first].id for row in rows if row - first < len(entries)]

        self._reader.ask("ids", question, then)

    def change(self, run_id: str, **fields: Any) -> None:
        """Show a change that the store is just being told of."""
        row = self.row_of(run_id)
        if row is not None:
            self._rows[row] = replace(self._rows[row], **fields)
            self.dataChanged.emit(self.index(row, 0), self.index(row, len(COLUMNS) - 1))

    def take_out(self, run_ids: Collection[str]) -> None:
        """Take runs out that are just being deleted."""
        gone = sorted(row for row, entry in self._rows.items() if entry.id in run_ids)
        if not gone:
            return
        if gone[-1] - gone[0] + 1 == len(gone):
            self.beginRemoveRows(_ROOT, gone[0], gone[-1])
            self._leave_out(gone)
            self.endRemoveRows()
        else:
            self.beginResetModel()
            self._leave_out(gone)
            self.endResetModel()
        self.counted.emit(self._count)

    def _leave_out(self, gone: Sequence[int]) -> None:
        out = set(gone)
        left = {row: entry for row, entry in self._rows.items() if row not in out}
        self._rows = {row - bisect_left(gone, row): entry for row, entry in left.items()}
        self._count -= len(gone)

    # Qt's hooks

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return the number of runs."""
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a column's title, aligned as its cells are."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        column = COLUMNS[section]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return (
                    f"{column.title} {_ARROWS[self._sort.descending]}"
                    if column.sort == self._sort.column
                    else str(column.title)
                )
            case Qt.ItemDataRole.TextAlignmentRole:
                side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
                return side | Qt.AlignmentFlag.AlignVCenter
            case Qt.ItemDataRole.ToolTipRole:
                return str(say("Sort by {column:lower}", column=column.title or say("star")))
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let the names be edited."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() == RUN else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the text of a cell; the delegate paints it from the entry itself."""
        entry = self._rows.get(index.row())
        if entry is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return str(COLUMNS[index.column()].text(entry))
        if role == Qt.ItemDataRole.EditRole:
            return entry.name
        if role == Qt.ItemDataRole.ToolTipRole:
            return _tip(entry)
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Rename a run (Qt's hook)."""
        entry = self._rows.get(index.row())
        if entry is None or role != Qt.ItemDataRole.EditRole or str(value).strip() == entry.name:
            return False
        self.edited.emit(entry.id, {"name": str(value).strip()})
        return True


def _same(one: Entry, other: Entry | None) -> bool:
    names = [name for name in Entry.__slots__ if name != "thumbnail"]
    return (
        other is not None
        and all(getattr(one, name) == getattr(other, name) for name in names)
        and one.thumbnail.packed() == other.thumbnail.packed()
    )


def _tip(entry: Entry) -> str:
    came_of_it = f"{words.look_of(entry).word}, {words.duration_of(entry)}"
    tags = " ".join(f"#{tag}" for tag in entry.tags)
    lines = [str(words.name_of(entry)), str(words.what_of(entry)), came_of_it, tags, entry.note]
    return "\n".join(line for line in lines if line)
