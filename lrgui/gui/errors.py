"""What happens when something breaks in the window: one sentence, the details folded, and the window goes on."""

import sys
import traceback
from types import TracebackType

from PySide6.QtCore import QObject, Qt, QThread, Signal
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from lrgui.core.messages import Message, say


def show_error(parent: QWidget | None, message: Message, details: str = "") -> None:
    """Open the one error dialog, with the details behind a button. Returns at once."""
    box = QMessageBox(QMessageBox.Icon.Warning, "Learning-Rate Lab", str(message), parent=parent)
    box.setObjectName("error")
    if details:
        box.setDetailedText(details)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()


class ExceptHook(QObject):
    """Turns an exception that nobody caught into the error dialog, and prints it where there is a console."""

    _raised = Signal(str, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = parent
        self._raised.connect(self._show)
        sys.excepthook = self._hook

    def _hook(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        details = "".join(traceback.format_exception(kind, error, trace))
        if sys.stderr is not None:
            sys.stderr.write(details)
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
        elif QThread.currentThread() is self.thread():
            self._show(str(error) or kind.__name__, details)
        else:
            self._raised.emit(str(error) or kind.__name__, details)

    def _show(self, reason: str, details: str) -> None:
        show_error(
            self._window, say("Something went wrong in the window: {reason}. It goes on.", reason=reason), details
        )
