"""TensorFlow that could not be loaded, as the window meets it: it says so, and tries again when a person wants it."""

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QBoxLayout, QWidget

from lrgui.core.messages import Message
from lrgui.gui.widgets.load_banner import LoadBanner
from lrgui.worker import Jobs, Runner

if TYPE_CHECKING:
    from lrgui.gui.doctor_dialog import DoctorDialog


class LoadingDesk(QObject):
    """Made when the import has failed for the first time.

    Parameters
    ----------
    window : QWidget
        Over which the details open.
    column : QBoxLayout
        At whose top the banner stands.
    profile : Path
        Of which the details tell.
    runner, jobs
        Where TensorFlow is loaded, and how.
    """

    def __init__(self, window: QWidget, column: QBoxLayout, profile: Path, runner: Runner, jobs: Jobs) -> None:
        super().__init__(window)
        self._window, self._profile, self._runner, self._jobs = window, profile, runner, jobs
        self.banner = LoadBanner()
        column.insertWidget(0, self.banner)
        self.banner.try_asked.connect(self.try_again)
        self.banner.details_asked.connect(self.show_details)

    @cached_property
    def details(self) -> "DoctorDialog":
        """The dialog with all that is known of this computer."""
        from lrgui.gui.doctor_dialog import DoctorDialog

        return DoctorDialog(self._window, self._profile)

    def tell(self, failure: Message) -> None:
        """Say why it failed."""
        self.banner.tell(failure)

    def tell_that_it_takes_long(self) -> None:
        """Say that it goes on for so long that something holds it up."""
        from lrgui.core.load_failures import Evidence, explain

        self.banner.tell(explain(Evidence("", "time")))
        self.banner.again.setEnabled(False)  # as long as the first one is not over

    def rest(self) -> None:
        """Take the banner away: TensorFlow is there."""
        self.banner.hide()

    @Slot()
    def try_again(self) -> None:
        """Load TensorFlow once more, beside the window."""
        self.banner.expect()
        self._runner.prepare(self._jobs.load_again or self._jobs.load)

    @Slot()
    def show_details(self) -> None:
        """Open the dialog with what this computer has."""
        self.details.examine()

    def close(self) -> None:
        """Wait for nothing any more."""
        if "details" in self.__dict__:
            self.details.close()
