"""TensorFlow as the window meets it: loaded in the background, told of if that fails, and tried again when asked."""

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QBoxLayout

from lrgui.core.messages import Message, say
from lrgui.gui.words import show

if TYPE_CHECKING:
    from lrgui.gui.doctor_dialog import DoctorDialog
    from lrgui.gui.main_window import MainWindow
    from lrgui.gui.widgets.load_banner import LoadBanner

# On a slow disk it takes half a minute; whoever waits longer is told.
_LONG_LOAD_MS = 120_000


class LoadingDesk(QObject):
    """Made when the window is up; it loads nothing before ``begin``.

    Parameters
    ----------
    window : MainWindow
        Its owner, in whose status bar it says how far it is.
    column : QBoxLayout
        At whose top it says what has failed.

    Attributes
    ----------
    banner : LoadBanner or None
        Which says what has failed; None as long as nothing has.
    """

    def __init__(self, window: "MainWindow", column: QBoxLayout) -> None:
        super().__init__(window)
        self._window, self._column = window, column
        self.banner: LoadBanner | None = None
        window.runner.prepared.connect(self._prepared)

    @cached_property
    def details(self) -> "DoctorDialog":
        """The dialog with all that is known of this computer."""
        from lrgui.gui.doctor_dialog import DoctorDialog

        return DoctorDialog(self._window, self._window.settings.profile)

    def begin(self) -> None:
        """Let the worker import TensorFlow, with a quiet note while it does."""
        show(
            self._window.note.setText,
            say("Loading TensorFlow in the background; a run asked for now starts when it is there."),
        )
        self._window.runner.prepare(self._window.jobs.load)
        QTimer.singleShot(_LONG_LOAD_MS, self, self._still_loading)

    @Slot(object)
    def _prepared(self, failure: Message | None) -> None:
        self._window.actions_["add_data"].setEnabled(failure is None)
        show(self._window.note.setText, say("TensorFlow could not be loaded.") if failure else say("Ready."))
        if failure is not None:
            self._the_banner().tell(failure)
        elif self.banner is not None:
            self.banner.hide()

    @Slot()
    def _still_loading(self) -> None:
        """Say that it goes on for so long that something holds it up."""
        if self._window.runner.importing:
            from lrgui.core.load_failures import Evidence, explain

            banner = self._the_banner()
            banner.tell(explain(Evidence("", "time")))
            banner.again.setEnabled(False)  # as long as the first one is not over

    def _the_banner(self) -> "LoadBanner":
        if self.banner is None:
            from lrgui.gui.widgets.load_banner import LoadBanner

            self.banner = LoadBanner()
            self._column.insertWidget(0, self.banner)
            self.banner.try_asked.connect(self.try_again)
            self.banner.details_asked.connect(self.show_details)
        return self.banner

    @Slot()
    def try_again(self) -> None:
        """Load TensorFlow once more, beside the window."""
        self._the_banner().expect()
        self._window.runner.prepare(self._window.jobs.load_again or self._window.jobs.load)

    @Slot()
    def show_details(self) -> None:
        """Open the dialog with what this computer has."""
        self.details.examine()

    def close(self) -> None:
        """Wait for nothing any more."""
        if "details" in self.__dict__:
            self.details.close()
