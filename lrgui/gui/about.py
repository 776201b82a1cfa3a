"""What the program is: version, what it is made of and under which licences, and where it keeps things."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from lrgui import __version__
from lrgui.core.messages import Message, Text, plainly, say
from lrgui.core.told_paths import with_tilde
from lrgui.gui.copying import let_copy
from lrgui.gui.folders import open_folder
from lrgui.gui.sizes import px
from lrgui.gui.widgets.card import GAP, label
from lrgui.gui.words import show, worded, words
from lrgui.installed import Part, parts, system
from lrgui.resources import resource

TITLE = "Learning-Rate Lab"
PURPOSE = say("See what the learning rate does, find a good one, and train with it.")

_SIZE = 600, 520
_ICON = 64
_COLUMNS = (say("Part"), say("Version"), say("Licence"))


class About(QDialog):
    """Shows all of that.

    Parameters
    ----------
    parent : QWidget
        The window.
    folders : dict of Message to Path
        Where things are kept, by what is kept there.
    """

    def __init__(self, parent: QWidget | None, folders: dict[Message, Path]) -> None:
        super().__init__(parent)
        self.setObjectName("about")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        show(self.setWindowTitle, say("About {program}", program=TITLE))
        self._parts = [Part("lrgui", __version__, ""), *parts()]
        self.table = self._made_table()
        self.copy_, self.close_ = worded(QPushButton(), say("Copy")), worded(QPushButton(), say("Close"))
        self.links = [_link(told, folder) for told, folder in folders.items()]
        self._lay_out()
        self.resize(px(_SIZE[0]), px(_SIZE[1]))
        words.changed.connect(self._title_columns)

    def _made_table(self) -> QTableWidget:
        rows = [part for part in self._parts if part.name != "lrgui"]
        table = QTableWidget(len(rows), len(_COLUMNS))
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setShowGrid(False)
        table.verticalHeader().hide()
        for row, part in enumerate(rows):
            for column, text in enumerate((part.name, part.version, part.licence)):
                item = QTableWidgetItem(text)
                item.setToolTip(text)  # a long licence is cut
                table.setItem(row, column, item)
        table.horizontalHeader().setStretchLastSection(True)
        table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        show(table.setAccessibleName, say("Parts and their licences"))
        let_copy(table)
        self.table = table
        self._title_columns()
        table.resizeColumnsToContents()
        return table

    def _title_columns(self) -> None:
        self.table.setHorizontalHeaderLabels([str(title) for title in _COLUMNS])

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(GAP)
        column.addLayout(self._head())
        column.addWidget(self.table, 1)
        for told, link in self.links:
            line = QHBoxLayout()
            line.setSpacing(GAP)
            line.addWidget(told)
            line.addWidget(link, 1)
            column.addLayout(line)
        foot = QHBoxLayout()
        foot.setSpacing(GAP)
        foot.addStretch(1)
        foot.addWidget(self.copy_)
        foot.addWidget(self.close_)
        column.addLayout(foot)
        self.close_.setProperty("primary", True)
        self.close_.setDefault(True)
        self.copy_.clicked.connect(self._copy)
        self.close_.clicked.connect(self.close)
        self.close_.setFocus()

    def _head(self) -> QHBoxLayout:
        icon = label("")
        icon.setPixmap(QIcon(str(resource("icons", "lrgui.svg"))).pixmap(px(_ICON), px(_ICON)))
        texts = QVBoxLayout()
        texts.setSpacing(2)
        for text, level in ((f"{TITLE} {__version__}", "title"), (PURPOSE, ""), (system(), "dim")):
            told = label(text, level)
            told.setWordWrap(True)
            told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            texts.addWidget(told)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(texts, 1)
        return head

    def text(self) -> str:
        """Return what is copied: for a mail in which somebody asks for help."""
        lines = [plainly(system()), *(f"{part.name} {part.version}  {part.licence}".rstrip() for part in self._parts)]
        return "\n".join(lines) + "\n"

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text())
        show(self.copy_.setText, say("Copied"))


def _link(told: Text, folder: Path) -> tuple[QWidget, QPushButton]:
    link = QPushButton(with_tilde(str(folder)))
    link.setProperty("link", True)
    link.setCursor(Qt.CursorShape.PointingHandCursor)
    show(link.setAccessibleName, say("Open the folder: {what}", what=told))
    show(link.setToolTip, say("Open the folder"))
    link.clicked.connect(partial(open_folder, folder))
    return label(told, "dim"), link
