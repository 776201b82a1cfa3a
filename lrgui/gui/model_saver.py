"""Saving the model of a training as a file for Keras, between the runs of the worker."""

import re
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QWidget

from lrgui.core.config import Config, Experiment
from lrgui.core.events import Ended, Failed, Finished
from lrgui.core.messages import Message, Refused, say
from lrgui.core.runs import Run, RunStatus
from lrgui.gui.errors import show_error
from lrgui.gui.pages.page import Page
from lrgui.gui.pages.stack import PageStack
from lrgui.worker import Runner

if TYPE_CHECKING:
    from lrgui.gui.pages.training import TrainingPage

_TOLD_MS = 20_000
_WORTH_SAVING = (RunStatus.FINISHED, RunStatus.STOPPED)
_GONE = say("The model of this run is gone: another run has taken its place. Train again, then save.")

Save = Callable[[Experiment, Path], Message]


class _Writer(QObject):
    """Lives in the worker's thread, where no run goes on meanwhile, and writes one file after the other."""

    emitted = Signal(object)

    def __init__(self, save: Save) -> None:
        super().__init__()
        self._save = save

    @Slot(object, object)
    def write(self, config: Experiment, path: Path) -> None:
        """Write one, and say how that ended."""
        try:
            note = self._save(config, path)
        except Refused as refusal:
            self.emitted.emit(Failed(refusal.message))
        except Exception as error:
            told = say("The model was not saved: {reason}", reason=str(error) or type(error).__name__)
            self.emitted.emit(Failed(told, {}, traceback.format_exc()))
        else:
            self.emitted.emit(Finished(say("Saved to {path}. {note}", path=str(path), note=note)))


class ModelSaver(QObject):
    """Asks for a file, and has the model of the selected training written to it.

    ``told(str, int)`` carries a sentence for the status bar and for how many milliseconds it is to stand there.

    Parameters
    ----------
    window : QWidget
        Over which the dialogs stand.
    runner : Runner
        In whose worker the file is written.
    save : callable
        Writes the model that the last run of a config has left, and says what it takes; see ``lrgui.jobs.save_model``.
    action : QAction
        What a person asks by; it is offered only when there is something to save.
    pages : PageStack
        Where the page of training is.
    """

    told = Signal(str, int)
    done = Signal(object)
    """It is over; carries the ``Ended`` event."""

    _ordered = Signal(object, object)

    def __init__(self, window: QWidget, runner: Runner, save: Save, action: QAction, pages: PageStack) -> None:
        super().__init__(window)
        self._window, self._runner, self._action, self._pages = window, runner, action, pages
        self._last: dict[Config, str] = {}
        self._folder = ""
        self._writer = _Writer(save)
        runner.adopt(self._writer)
        self._ordered.connect(self._writer.write)
        self._writer.emitted.connect(self._take)
        action.triggered.connect(self.ask)
        runner.run_started.connect(self._note)
        runner.idle.connect(self.update_action)
        pages.shown.connect(self.update_action)
        pages.built.connect(self._join)
        self.update_action()

    @Slot(str, object)
    def _join(self, name: str, page: Page) -> None:
        if name == "train":
            self._page.table.selected.connect(self.update_action)
            self._page.runs.edited.connect(self.update_action)

    @property
    def _page(self) -> "TrainingPage":
        return cast("TrainingPage", self._pages["train"])

    @Slot(object)
    def _note(self, run: Run) -> None:
        """Remember whose weights are there: a later run of the same config may leave others."""
        if run.kind == "training":
            self._last[run.config] = run.id
        self.update_action()

    @Slot()
    def update_action(self) -> None:
        """Offer it where a training is selected that has come to something, and while nothing runs."""
        self._action.setEnabled(self._selected() is not None and not self._runner.busy)

    def _selected(self) -> Run | None:
        run = self._page.table.current_run() if self._pages.current == "train" else None
        if run is None or run.kind != "training" or run.status not in _WORTH_SAVING or not len(run.steps):
            return None
        return run

    @Slot()
    def ask(self) -> None:
        """Let a person choose the file; the model is written when one is chosen."""
        if (run := self._selected()) is None:
            return
        if self._last.get(run.config) != run.id:
            self.told.emit(str(_GONE), _TOLD_MS)
            return
        dialog = QFileDialog(self._window, "Save the model", self._folder, "Keras models (*.keras)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("keras")
        dialog.selectFile(f"{_file_name(run)}.keras")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda chosen: self.save(run, Path(chosen)))
        dialog.open()

    def save(self, run: Run, path: Path) -> None:
        """Have the model of a run written; ``done`` tells when that is over."""
        self._folder = str(path.parent)
        self._ordered.emit(run.config, path if path.suffix == ".keras" else path.with_name(f"{path.name}.keras"))

    @Slot(object)
    def _take(self, ended: Ended) -> None:
        if isinstance(ended, Failed):
            show_error(self._window, ended.message, ended.details)
        else:
            self.told.emit(str(ended.message), _TOLD_MS)
        self.done.emit(ended)


def _file_name(run: Run) -> str:
    """Return a name that every system takes for a file."""
    return re.sub(r'[\\/:*?"<>|\s]+', "-", run.name).strip("-.") or "model"
