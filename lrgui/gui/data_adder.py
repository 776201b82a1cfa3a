"""Adding data sets from a folder that was copied from another computer, for a classroom without a connection."""

from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QMessageBox, QProgressDialog, QWidget

from lrgui.core.control import Control
from lrgui.core.events import Ended, Event, Failed, Progressed
from lrgui.core.messages import say
from lrgui.gui.choosing import choose_folder
from lrgui.gui.words import show
from lrgui.lanes import Job, LaneThread, run_guarded, thread_for

_TITLE = say("Add data from a folder")


class _Copier(QObject):
    """Lives in the thread, and does one adding after the other."""

    emitted = Signal(object)

    def __init__(self, job: Job) -> None:
        super().__init__()
        self._job = job

    @Slot(object, object)
    def add(self, folder: Path, control: Control) -> None:
        """Do one, also if it is no longer wanted: the job then says so."""
        run_guarded(self._job, folder, self.emitted.emit, control)


class DataAdder(QObject):
    """Asks for a folder, and has its data sets checked and copied in a thread of its own.

    Parameters
    ----------
    window : QWidget
        Over which the dialogs stand.
    job : Job
        Takes the folder; see ``lrgui.jobs.add_data``.
    """

    done = Signal(object)
    """It is over; carries the ``Ended`` event."""

    _ordered = Signal(object, object)

    def __init__(self, window: QWidget, job: Job) -> None:
        super().__init__(window)
        self._window = window
        self._control = Control()
        self._thread: LaneThread | None = None
        self._progress: QProgressDialog | None = None
        self._copier = _Copier(job)
        self._ordered.connect(self._copier.add)
        self._copier.emitted.connect(self._take)

    @Slot()
    def ask(self) -> None:
        """Let a person choose the folder; the copying begins when one is chosen."""
        choose_folder(self._window, "data_folder", _TITLE, self.add)

    @Slot(str)
    def add(self, folder: str) -> None:
        """Check and copy what the folder holds; a second call while one goes on does nothing."""
        if self._progress is not None:
            return
        self._thread = self._thread or thread_for(self._copier, "data")
        self._control = Control()
        self._show_progress(folder)
        self._ordered.emit(Path(folder), self._control)

    def _show_progress(self, folder: str) -> None:
        self._progress = QProgressDialog("", str(say("Cancel")), 0, 0, self._window)
        show(self._progress.setLabelText, say("Looking at {folder} ...", folder=folder))
        show(self._progress.setWindowTitle, _TITLE)
        self._progress.setMinimumDuration(0)
        self._progress.canceled.connect(self._control.stop)
        self._progress.show()

    @Slot(object)
    def _take(self, event: Event) -> None:
        match event:
            case Progressed() as progress if self._progress is not None and not self._control.stopping:
                show(self._progress.setLabelText, progress.message)
                self._progress.setRange(0, 0 if progress.fraction is None else 1000)
                self._progress.setValue(int(1000 * (progress.fraction or 0)))
            case Ended() as ended:
                self._close_progress()
                self._tell(ended)
                self.done.emit(ended)

    def _tell(self, ended: Ended) -> None:
        icon = QMessageBox.Icon.Warning if isinstance(ended, Failed) else QMessageBox.Icon.Information
        box = QMessageBox(icon, str(_TITLE), str(ended.message), parent=self._window)
        box.setObjectName("data_told")
        box.setStandardButtons(QMessageBox.StandardButton.Ok)
        box.button(QMessageBox.StandardButton.Ok).setIcon(QIcon())
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()

    def _close_progress(self) -> None:
        if self._progress is not None:
            self._progress.deleteLater()
            self._progress = None

    def end(self) -> None:
        """Stop what goes on, if anything, and the thread with it."""
        self._control.stop()
        if self._thread is not None:
            self._thread.quit()
            self._thread.wait()
        self._close_progress()
