"""Opening data of one's own: the file becomes the data of the form, and a summary is shown before anything trains."""

import csv
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from lrgui.core.config import Experiment
from lrgui.core.config.dataset import OWN_DATA, CsvTable, OwnData
from lrgui.core.config.dataset.own import kind_of
from lrgui.core.config.loss import AbsoluteError, SquaredError
from lrgui.core.config.model import ImageModel, Mlp, OwnModel
from lrgui.core.events import Described, Event
from lrgui.core.messages import Refused, say
from lrgui.gui.pages.stack import EXPERIMENT_PAGES

if TYPE_CHECKING:
    from lrgui.gui.pages.page import RunPage
    from lrgui.gui.run_desk import RunDesk

SUFFIXES = tuple(suffix for choice in OWN_DATA for suffix in choice.suffixes)

_TOLD_MS = 8000


class DataOpener(QObject):
    """Takes data files into the forms.

    ``told(Message, int)`` carries a sentence for the status bar, ``refused(Message)`` why a file cannot be opened.

    Parameters
    ----------
    window : QWidget
        Over which dialogs stand.
    desk : RunDesk
        Whose pages have the forms.
    preview : QAction
        Opens the summary.
    """

    told = Signal(object, int)
    refused = Signal(object)

    def __init__(self, window: QWidget, desk: "RunDesk", preview: QAction) -> None:
        super().__init__(window)
        self._window, self._desk, self._preview = window, desk, preview
        self._awaited: OwnData | None = None
        desk.runner.inspected.connect(self._take)

    def open_path(self, path: Path) -> None:
        """Make a file or folder the data of the form; ask first what a table's columns are."""
        kind = kind_of(path)
        if kind is CsvTable:
            self._ask_for_columns(path)
        elif kind is not None:
            self._show(kind(path=str(path)))

    def _ask_for_columns(self, path: Path) -> None:
        from lrgui.gui.csv_dialog import CsvDialog

        try:
            dialog = CsvDialog(self._window, path)
        except Refused as refused:
            self.refused.emit(refused.message)
        except (OSError, csv.Error) as error:
            reason = (isinstance(error, OSError) and error.strerror) or str(error)
            self.refused.emit(say("{file} cannot be read ({reason}).", file=path.name, reason=reason))
        else:
            dialog.chosen.connect(self._show)
            dialog.open()

    @Slot(object)
    def _show(self, dataset: OwnData) -> None:
        page = self._desk.pages.show_experiment()
        config = page.form.value()
        model = getattr(config, "model", Mlp())
        table = dataset.kind == "table" and isinstance(model, ImageModel)
        experiment = Experiment(dataset=dataset, model=Mlp() if table or isinstance(model, OwnModel) else model)
        self._awaited = dataset
        page.form.set_value(experiment, ("dataset", "model") if table else ("dataset",))
        self._preview.setChecked(True)
        self._desk.previews.look_again()
        self.told.emit(say("{file} is the data set now.", file=dataset.label), _TOLD_MS)

    @Slot(object)
    def _take(self, event: Event) -> None:
        """Choose a loss that goes with the target, and let the form check what it could not before."""
        page = self._desk.pages.current
        if self._awaited is None or not isinstance(event, Described) or page not in EXPERIMENT_PAGES:
            return
        form = cast("RunPage[Any]", self._desk.pages[page]).form
        config, dataset = form.value(), self._awaited
        if config is None or config.dataset != dataset or (facts := dataset.facts) is None:
            return
        self._awaited = None
        if facts.regression and not isinstance(config.loss, SquaredError | AbsoluteError):
            form.set_value(config.model_copy(update={"loss": SquaredError()}), ("loss",))
            self.told.emit(say("{file} has a number to predict: the loss is squared error now.", file=dataset.label),
                           _TOLD_MS)  # fmt: skip
        else:
            form.set_value(config, ("dataset",))
