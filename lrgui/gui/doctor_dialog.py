"""What this computer has, and what is wrong with it: the report of ``lrgui doctor`` in a dialog."""

import threading
import time
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from lrgui.core import children
from lrgui.core.messages import Text, say
from lrgui.core.profile import VARIABLE, user_profile
from lrgui.gui.sizes import px
from lrgui.gui.widgets.card import GAP
from lrgui.gui.words import show, worded, words
from lrgui.languages import VARIABLE as LANGUAGE

_SIZE = (820, 520)
_SECONDS = 240.0
_COLUMNS = "92"


class _Examiner(QObject):
    """Has the report written by a process of its own; ``written(str)`` brings it, from a thread."""

    written = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._unwanted = threading.Event()

    def begin(self, environment: dict[str, str]) -> None:
        self._unwanted.set()
        unwanted = self._unwanted = threading.Event()
        threading.Thread(target=self._examine, args=(environment, unwanted), name="doctor", daemon=True).start()

    def end(self) -> None:
        self._unwanted.set()

    def _examine(self, environment: dict[str, str], unwanted: threading.Event) -> None:
        deadline = time.monotonic() + _SECONDS
        child = children.start("lrgui", "doctor", environment=environment)
        ending = children.wait(child, lambda: time.monotonic() > deadline, lambda: not unwanted.is_set())
        if not unwanted.is_set():
            self.written.emit(ending.printed)


class DoctorDialog(QDialog):
    """The report, which takes some seconds, with *Copy*. It stands beside the window, which goes on meanwhile.

    Parameters
    ----------
    parent : QWidget
        The window.
    profile : Path
        Whose folders and history are looked at.
    """

    def __init__(self, parent: QWidget, profile: Path) -> None:
        super().__init__(parent)
        self.setObjectName("doctor")
        self._profile = profile
        show(self.setWindowTitle, say("What this computer has"))
        self.report = QPlainTextEdit()
        self.report.setReadOnly(True)
        self.report.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        show(self.report.setAccessibleName, say("What this computer has"))
        self.copy = worded(QPushButton(), say("Copy"))
        self.copy.clicked.connect(self._copy)
        close = worded(QPushButton(), say("Close"))
        close.setProperty("primary", True)
        close.setDefault(True)
        close.clicked.connect(self.close)
        self._lay_out(close)
        self._examiner = _Examiner(self)
        self._examiner.written.connect(self._take)
        self.finished.connect(self._examiner.end)
        self.resize(*(px(length) for length in _SIZE))

    def _lay_out(self, close: QPushButton) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP)
        buttons.addStretch(1)
        buttons.addWidget(self.copy)
        buttons.addWidget(close)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 14, 16, 14)
        whole.setSpacing(GAP)
        whole.addWidget(self.report)
        whole.addLayout(buttons)
        close.setFocus()

    def examine(self) -> None:
        """Open, and have the report written anew."""
        self.copy.setEnabled(False)
        self._show(say("Looking at this computer, and trying TensorFlow in a process of its own ..."))
        self._examiner.begin({**self._own_profile(), LANGUAGE: words.language, "COLUMNS": _COLUMNS})
        self.show()

    def _own_profile(self) -> dict[str, str]:
        """Return what names the profile where it is not the usual one: whoever names one has the log in it, too."""
        return {} if self._profile == user_profile() else {VARIABLE: str(self._profile)}

    def _show(self, told: Text) -> None:
        show(self.report.setPlainText, told)

    @Slot(str)
    def _take(self, report: str) -> None:
        self._show(report.strip())
        self.copy.setEnabled(True)

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.report.toPlainText())
