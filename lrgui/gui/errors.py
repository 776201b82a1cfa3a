"""What happens when something breaks in the window: it is told, it can be reported, and the window goes on."""

import sys
import traceback
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QThread, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from lrgui.core.messages import Message, say

if TYPE_CHECKING:
    from lrgui.gui.crash_report import CrashReport


def show_error(parent: QWidget | None, message: Message, details: str = "") -> None:
    """Open the one error dialog, with the details behind a button. Returns at once."""
    box = QMessageBox(QMessageBox.Icon.Warning, "Learning-Rate Lab", str(message), parent=parent)
    box.setObjectName("error")
    box.setStandardButtons(QMessageBox.StandardButton.Ok)
    box.setTextFormat(Qt.TextFormat.PlainText)  # what a file is called, or says, may look like HTML
    if details:
        box.setDetailedText(details)
    for button in box.buttons():
        button.setIcon(QIcon())  # Qt's own are of another style
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()


class ExceptHook(QObject):
    """Turns an exception that nobody caught into a report, writes it into the log, and where there is a console."""

    _raised = Signal(str, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = parent
        self._report: CrashReport | None = None
        self._raised.connect(self._show)
        sys.excepthook = self._hook

    def _hook(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        details = "".join(traceback.format_exception(kind, error, trace))
        if sys.stderr is not None:
            sys.stderr.write(details)
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        from lrgui.logs import log

        log.error("Nobody caught this:\n%s", details.rstrip())
        reason = str(error) or kind.__name__
        if QThread.currentThread() is self.thread():
            self._show(reason, details)
        else:
            self._raised.emit(reason, details)

    def _show(self, reason: str, details: str) -> None:
        """Open the report; what breaks while one is open, such as painting, again and again, is added to it."""
        from lrgui.core.told_paths import without_paths

        if self._report is not None:
            self._report.add(without_paths(details))
            return
        from lrgui.core.profile import log_folder
        from lrgui.gui.crash_report import CrashReport
        from lrgui.report import report

        told = say("Something went wrong in the window: {reason}. It goes on.", reason=reason)
        rest = say("If it behaves oddly from now on, close it and open it again: the runs are kept.")
        self._report = CrashReport(self._window, told, rest, report(details), log_folder())
        self._report.finished.connect(self._forget)
        self._report.open()

    def _forget(self) -> None:
        self._report = None
