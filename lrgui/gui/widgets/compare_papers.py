"""What papers report of static and dynamic rates, marked as theirs: beside one's own results, never among them."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from lrgui.core.messages import Message, Text, say
from lrgui.core.paper_results import OTHER_MODEL, PAPER_TABLES, PaperTable
from lrgui.gui.widgets.card import GAP, label
from lrgui.gui.widgets.fields import WordField
from lrgui.gui.words import show

_OF_NUMBERS = set("0123456789,./ ")


class ComparePapers(QWidget):
    """One table at a time, chosen by its title; its source stands over it."""

    def __init__(self) -> None:
        super().__init__()
        self.choice = WordField({table.name: table.title for table in PAPER_TABLES})
        show(self.choice.setAccessibleName, say("Table of a paper"))
        self.choice.setMinimumWidth(120)
        self.mark = label(Message("{mark:capital}", {"mark": OTHER_MODEL}), "title")
        self.note, self.source = label("", ""), label("", "dim")
        for told in (self.note, self.source):
            told.setWordWrap(True)
            told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._area = QScrollArea()
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        show(self._area.setAccessibleName, say("Table of the paper"))
        self._table = QWidget()
        self._lay_out()
        self.choice.changed.connect(self._show)
        self._show()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(GAP)
        head.addWidget(self.mark)
        head.addWidget(self.choice, 1)
        column = QWidget()
        self._column = QVBoxLayout(column)
        self._column.setContentsMargins(0, 0, GAP, 0)
        self._column.setSpacing(4)
        self._column.addWidget(self.note)
        self._column.addWidget(self.source)
        self._column.addWidget(self._table)
        self._column.addStretch(1)
        self._area.setWidget(column)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(4)
        whole.addLayout(head)
        whole.addWidget(self._area, 1)

    def _show(self) -> None:
        table = next(table for table in PAPER_TABLES if table.name == self.choice.raw())
        show(self.note.setText, table.note)
        show(self.source.setText, table.source)
        before, self._table = self._table, _grid_of(table)
        self._column.replaceWidget(before, self._table)
        before.hide()
        before.deleteLater()


def _grid_of(table: PaperTable) -> QWidget:
    made = QWidget()
    grid = QGridLayout(made)
    grid.setContentsMargins(0, 0, GAP, 0)
    grid.setHorizontalSpacing(3 * GAP)
    grid.setVerticalSpacing(4)
    for column, (title, *cells) in enumerate(zip(table.columns, *table.rows, strict=True)):
        numbers = all(set(str(cell)) <= _OF_NUMBERS for cell in cells)
        for row, text in enumerate([title, *cells]):
            grid.addWidget(_cell(text, "" if row else "dim", right=numbers), row, column)
    grid.setColumnStretch(len(table.columns), 1)
    grid.setRowStretch(len(table.rows) + 1, 1)
    return made


def _cell(text: Text, level: str, *, right: bool) -> QLabel:
    cell = label(text, level)
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    cell.setAlignment(side | Qt.AlignmentFlag.AlignVCenter)
    return cell
