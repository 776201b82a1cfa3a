"""Closing the window while something goes on in it: asked about once, and not at all where nothing does."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox

from lrgui.core.messages import Message, say
from lrgui.gui.words import show

if TYPE_CHECKING:
    from lrgui.gui.main_window import MainWindow

_KEPT = say("Stopped now, it keeps what it has measured, in the history.")
_GOING = {
    "range_test": (say("A sweep is still going."), _KEPT),
    "training": (say("A training is still going."), _KEPT),
    "comparison": (
        say("A comparison is still going."),
        say("Stopped now, it keeps what it has measured, and can go on later where it was."),
    ),
}

# A desktop that ends its session waits about so long for its programs.
_SESSION_ENDS_MS = 60_000


class Closing(QObject):
    """Stands before the window's own end, and asks.

    It does not ask when the desktop ends the session: there is nobody to answer then.

    Parameters
    ----------
    window : MainWindow
        Which one.
    """

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._agreed = False
        self.question: QMessageBox | None = None
        window.installEventFilter(self)
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        application.commitDataRequest.connect(self._session_ends, Qt.ConnectionType.DirectConnection)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hold the end up as long as it is not agreed to (Qt's hook)."""
        if event.type() is not QEvent.Type.Close or watched is not self._window or self._agreed:
            return False
        going = self._going()
        if going is None:
            return False
        event.ignore()
        if self.question is None:
            self._ask(*going)
        else:
            self.question.activateWindow()
        return True

    def _going(self) -> tuple[Message, Message] | None:
        """Return what still goes on, and what becomes of it; None if nothing does."""
        run, series = self._window.runner.run, self._window.desk.series
        if series.active:
            told = say("A series of trainings is still going: {place}.", place=series.place)
            return told, say("Stopped now, it keeps what it has measured; the rest is not begun.")
        if run is not None:
            return _GOING.get(run.kind, _GOING["training"])
        if self._window.export_desk.writing:
            return say("Something is still being written."), say("What is not whole by now is not kept.")
        return None

    def _ask(self, told: Message, rest: Message) -> None:
        box = self.question = QMessageBox(QMessageBox.Icon.Question, "", "", parent=self._window)
        box.setObjectName("closing")
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        show(box.setWindowTitle, say("Close the window?"))
        show(box.setText, told)
        show(box.setInformativeText, rest)
        # Buttons of Qt's own would take back their usual words whenever another language is chosen.
        stop = box.addButton("", QMessageBox.ButtonRole.AcceptRole)
        stay = box.addButton("", QMessageBox.ButtonRole.RejectRole)
        writes = self._window.runner.run is None and not self._window.desk.series.active
        show(stop.setText, say("Close all the same") if writes else say("Stop and keep what is measured"))
        show(stay.setText, say("Wait for it") if writes else say("Go on"))
        box.setDefaultButton(stay)
        box.setEscapeButton(stay)
        box.finished.connect(self._forget)
        stop.clicked.connect(self._agree)
        box.open()

    @Slot()
    def _forget(self) -> None:
        self.question = None

    @Slot()
    def _agree(self) -> None:
        self._agreed = True
        self._window.close()

    @Slot()
    def _session_ends(self) -> None:
        self._agreed = True
        QTimer.singleShot(_SESSION_ENDS_MS, self, self._session_went_on)

    @Slot()
    def _session_went_on(self) -> None:
        """Ask again from now on: another program has held the end of the session up."""
        self._agreed = False
