"""Which runs are listed: words to look for, and choices among what there is."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLineEdit, QPushButton, QSizePolicy

from lrgui.core.messages import Message, Text, say
from lrgui.core.runs import STATES, RunStatus
from lrgui.core.store import Filter
from lrgui.gui.sizes import sized
from lrgui.gui.widgets import history_words as words
from lrgui.gui.widgets.card import GAP, Card, label
from lrgui.gui.words import show, worded

CHOICES = {
    "kind": say("Kind"),
    "dataset": say("Data"),
    "model": say("Model"),
    "optimizer": say("Optimizer"),
    "schedule": say("Schedule"),
    "status": say("State"),
    "tags": say("Tag"),
}
"""What is chosen among, by the column of the store, and its title."""

_ANY = say("all")
_TYPING_MS = 150
_INPUT_WIDTH = 152


class HistoryFilters(Card):
    """A search field over one box for each choice. ``changed`` tells that others are wanted."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.search = QLineEdit()
        show(self.search.setPlaceholderText, say("Search names, notes, tags ..."))
        show(self.search.setAccessibleName, say("Search the runs"))
        show(
            self.search.setToolTip,
            say("Words that must all occur: in name, note, tags, data, model, optimizer or rate"),
        )
        self.search.setClearButtonEnabled(True)
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._typing.timeout.connect(self.changed)
        self.search.textChanged.connect(lambda _: self._typing.start())
        self.starred = worded(QCheckBox(), say("Only with a star"))
        show(self.starred.setAccessibleName, say("Only runs with a star"))
        self.starred.toggled.connect(lambda _: self.changed.emit())
        self.boxes = {column: self._box(column, title) for column, title in CHOICES.items()}
        self._clear = worded(QPushButton(), say("Clear the filters"))
        self._clear.setProperty("link", True)
        show(self._clear.setAccessibleName, say("Clear the filters"))
        self._clear.setCursor(Qt.CursorShape.PointingHandCursor)
        self._clear.clicked.connect(self.clear)
        self._lay_out()
        self.changed.connect(self._show_whether_any)
        self._show_whether_any()

    def _box(self, column: str, title: Message) -> QComboBox:
        box = QComboBox()
        show(box.setAccessibleName, title)
        sized(box.setFixedWidth, _INPUT_WIDTH)
        _add(box, _ANY, None)
        box.activated.connect(lambda _: self.changed.emit())
        return box

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setColumnStretch(0, 1)
        grid.setVerticalSpacing(5)
        for row, (column, title) in enumerate(CHOICES.items()):
            named = label(title)
            named.setBuddy(self.boxes[column])
            grid.addWidget(named, row, 0)
            grid.addWidget(self.boxes[column], row, 1)
        self.body.addWidget(self.search)
        self.body.addLayout(grid)
        foot = QGridLayout()
        foot.setColumnStretch(0, 1)
        foot.addWidget(self.starred, 0, 0)
        foot.addWidget(self._clear, 0, 1)
        # The place of the link is kept: the card is not to grow when it comes.
        policy = self._clear.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._clear.setSizePolicy(policy)
        self.body.addSpacing(GAP // 2)
        self.body.addLayout(foot)

    def value(self) -> Filter:
        """Return what is wanted."""
        chosen = {column: box.currentData() for column, box in self.boxes.items()}
        tag, status = chosen.pop("tags"), chosen.pop("status")
        return Filter(
            text=self.search.text(),
            **chosen,
            status=None if status is None else RunStatus(status),
            tags=() if tag is None else (tag,),
            starred=True if self.starred.isChecked() else None,
        )

    def clear(self) -> None:
        """Want all runs."""
        self.search.clear()
        self._typing.stop()
        for box in self.boxes.values():
            box.setCurrentIndex(0)
        self.starred.blockSignals(True)
        self.starred.setChecked(False)
        self.starred.blockSignals(False)
        self.changed.emit()

    def show_choices(self, choices: Mapping[str, Sequence[str]]) -> None:
        """Offer what there is; what was chosen stays so."""
        for column, values in choices.items():
            box, chosen = self.boxes[column], self.boxes[column].currentData()
            offered = [*values] if chosen is None or chosen in values else [*values, chosen]
            if offered == [box.itemData(index) for index in range(1, box.count())]:
                continue
            box.clear()
            _add(box, _ANY, None)
            for value in offered:
                _add(box, _title(column, value), value)
            box.setCurrentIndex(max(0, box.findData(chosen)))

    def _show_whether_any(self) -> None:
        self._clear.setVisible(self.value() != Filter())


def _add(box: QComboBox, title: Text, value: str | None) -> None:
    box.addItem("", value)
    show(partial(box.setItemText, box.count() - 1), title)


def _title(column: str, value: str) -> Text:
    match column:
        case "kind":
            return words.KINDS.get(value, value)
        case "status":
            return STATES[RunStatus(value)]
        case "tags":
            return value
    return words.title_of(value)
