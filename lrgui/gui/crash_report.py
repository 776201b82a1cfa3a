"""What went wrong in the program itself: a sentence, and a report that can be copied and sent."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from lrgui.core.messages import Text, say
from lrgui.gui.sizes import px
from lrgui.gui.widgets.alert_symbol import AlertSymbol
from lrgui.gui.widgets.card import GAP, label
from lrgui.gui.words import show, worded

_SIZE = 680, 400
_SYMBOL = 24
_MOST_CHARACTERS = 50_000


class CrashReport(QDialog):
    """Shows what happened and the report of it; more of the same is added while it is open.

    Parameters
    ----------
    parent : QWidget
        The window.
    told, rest : Message or str
        What happened, and what that means for one's work.
    report : str
        What can be copied; see ``lrgui.report``.
    log_folder : Path
        Where the log lies.
    """

    def __init__(self, parent: QWidget | None, told: Text, rest: Text, report: str, log_folder: Path) -> None:
        super().__init__(parent)
        self.setObjectName("crash_report")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        show(self.setWindowTitle, say("Something went wrong"))
        self._log_folder = log_folder
        self.told, self.rest = label(told, "title"), label(rest, "dim")
        self.details = QPlainTextEdit(report)
        self.details.setReadOnly(True)
        self.details.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.details.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        show(self.details.setAccessibleName, say("Details"))
        self.log, self.copy_, self.close_ = (
            worded(QPushButton(), text) for text in (say("Open the log"), say("Copy details"), say("Close"))
        )
        self._lay_out()
        self.resize(px(_SIZE[0]), px(_SIZE[1]))

    def _lay_out(self) -> None:
        for text in (self.told, self.rest):
            text.setWordWrap(True)
            text.setTextFormat(Qt.TextFormat.PlainText)  # a reason may hold what looks like HTML
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        head = QHBoxLayout()
        head.setSpacing(GAP)
        head.addWidget(AlertSymbol(_SYMBOL), 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.told, 1)
        foot = QHBoxLayout()
        foot.setSpacing(GAP)
        foot.addWidget(self.log)
        foot.addStretch(1)
        foot.addWidget(self.copy_)
        foot.addWidget(self.close_)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(GAP)
        column.addLayout(head)
        column.addWidget(self.rest)
        column.addWidget(self.details, 1)
        column.addWidget(
            label(say("The details name no folder of yours but by ~. Nothing is sent by this program."), "note")
        )
        column.addLayout(foot)
        self.close_.setProperty("primary", True)
        self.close_.setDefault(True)
        self.log.clicked.connect(self._open_log)
        self.copy_.clicked.connect(self._copy)
        self.close_.clicked.connect(self.close)
        self.close_.setFocus()

    def add(self, trace: str) -> None:
        """Add what went wrong since, as long as there is room for it."""
        if self.details.document().characterCount() < _MOST_CHARACTERS:
            self.details.appendPlainText(trace)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.details.toPlainText())
        show(self.copy_.setText, say("Copied"))

    def _open_log(self) -> None:
        from lrgui.gui.folders import open_folder

        open_folder(self._log_folder)
