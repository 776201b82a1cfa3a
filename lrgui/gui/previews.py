"""Keeps the preview, and the number of parameters under the form, in step with what the form says."""

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from lrgui.core.config import Choice, Experiment
from lrgui.core.config.model import OwnModel
from lrgui.core.events import Described, Event, Failed
from lrgui.core.messages import Message, say
from lrgui.worker import Jobs, Runner

if TYPE_CHECKING:
    from lrgui.gui.preview_dialog import PreviewDialog

_DELAY_MS = 250
"""So long the form must rest, so that a number being typed is not looked at digit by digit."""

Looked = tuple[Choice, Choice, Choice, bool]


class Previews(QObject):
    """Asks for inspections when the form has changed, and takes their answers to where they are shown.

    Nothing is asked before the imports are over, so that the window's start does not wait for them.
    ``parameters_told`` carries the sentence about the parameters, ``described`` the model's summary, ``refused`` why
    a file of a person's own cannot be used, and ``accepted`` that the reason of before, if any, holds no more.

    Parameters
    ----------
    window : QWidget
        Whose dialog it is.
    runner : Runner
        Makes the inspections.
    jobs : Jobs
        What they are.
    action : QAction
        Opens and closes the dialog.
    """

    parameters_told = Signal(object)
    described = Signal(object)
    refused = Signal(object)
    accepted = Signal(str)

    def __init__(self, window: QWidget, runner: Runner, jobs: Jobs, action: QAction) -> None:
        super().__init__(window)
        self._window = window
        self._runner, self._jobs, self._action = runner, jobs, action
        self._config: Experiment | None = None
        self._looked: Looked | None = None
        self._imported = self._missing = False
        self._reason = ""
        self._timer = QTimer(self, singleShot=True, interval=_DELAY_MS)
        self._timer.timeout.connect(self._look)
        action.toggled.connect(self._show)
        runner.inspected.connect(self._take)
        runner.prepared.connect(self._begin)
        runner.run_ended.connect(self._look_for_data)

    @cached_property
    def dialog(self) -> "PreviewDialog":
        """The dialog, made when it is first asked for: the window's start does not wait for it."""
        from lrgui.gui.preview_dialog import PreviewDialog

        dialog = PreviewDialog(self._window)
        dialog.hidden.connect(self._close)
        dialog.fetch_asked.connect(self._fetch)
        dialog.cancel_asked.connect(self._look)
        return dialog

    @property
    def _open(self) -> bool:
        return "dialog" in self.__dict__ and self.dialog.isVisible()

    def follow(self, config: Experiment | None) -> None:
        """Look at what the form says now; None where that is wrong."""
        if config is None:
            if self._open:
                self.dialog.expect(None)
            return
        self._config = config
        if self._key() != self._looked:
            self._timer.start()
        if self._open:
            self.dialog.expect(config, looking=self._timer.isActive())

    def _key(self) -> Looked | None:
        config = self._config
        if config is None:
            return None
        return config.dataset, config.model, config.loss, self._open

    @Slot()
    def _look(self) -> None:
        """Ask for a preview where it is seen, else for the model alone."""
        if self._config is None or not self._imported:
            return
        self._looked = self._key()
        job = self._jobs.preview if self._open else self._jobs.describe
        self._runner.inspect(job, self._config)

    @Slot(object)
    def _begin(self, _: Message | None) -> None:
        self._imported = True
        self._look()

    @Slot(object)
    def _look_for_data(self, _: object) -> None:
        """Look again when a run may have downloaded what was missing."""
        if self._missing and self._open:
            self._look()

    @Slot()
    def _fetch(self) -> None:
        if self._config is not None:
            self._runner.inspect(self._jobs.fetch, self._config)

    @Slot(bool)
    def _show(self, opened: bool) -> None:
        self.dialog.setVisible(opened)
        if opened and self._config is not None:
            self.dialog.expect(self._config)
            self._look()

    @Slot()
    def _close(self) -> None:
        """Give up what only the dialog would have shown."""
        self._runner.cancel_inspection()
        self._looked = None
        self._timer.start()
        self._action.setChecked(False)

    @Slot(object)
    def _take(self, event: Event) -> None:
        if isinstance(event, Described):
            self._missing = event.note is not None
            count = event.model.parameters  # none yet, where a model is built by data that nobody has seen
            self.parameters_told.emit(say("{count:,} parameters", count=count) if count else "")
            self.accepted.emit(self._reason)
            self._reason = ""
            self.described.emit(event.model)
        elif isinstance(event, Failed):
            self._tell_why_not(event.message)
        if self._open:
            self.dialog.take(event)

    def look_again(self) -> None:
        """Look once more at what the form says: a file may be another one, or may be run now."""
        self.accepted.emit(self._reason)
        self._looked, self._reason = None, ""
        self._timer.start()

    def _tell_why_not(self, reason: Message) -> None:
        config = self._config
        if config is not None and isinstance(config.model, OwnModel) and str(reason) != self._reason:
            self._reason = str(reason)
            self.parameters_told.emit("")
            self.refused.emit(reason)
