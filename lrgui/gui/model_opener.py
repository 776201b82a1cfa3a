"""Opening a model of one's own: the file becomes the model of the form, and what is wrong with it is told at once."""

import re
from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from lrgui.core.config import Experiment
from lrgui.core.config.dataset import ScriptData
from lrgui.core.config.loss import CrossEntropy, OwnLoss, SquaredError
from lrgui.core.config.model import OwnModel, is_python
from lrgui.core.config.optimizer import Adam, OwnOptimizer
from lrgui.core.messages import say
from lrgui.core.own_files import not_allowed
from lrgui.gui.trust_question import ask_to_run

if TYPE_CHECKING:
    from lrgui.core.summaries import ModelSummary
    from lrgui.gui.run_desk import RunDesk

SUFFIXES = (".keras", ".py", ".h5", ".hdf5", ".pb")
"""What is taken for a model; the older ones to say what to do with them."""

_TOLD_MS = 8000


class ModelOpener(QObject):
    """Takes a model file into the forms.

    ``told(Message, int)`` carries a sentence for the status bar.

    Parameters
    ----------
    window : QWidget
        Over which dialogs stand.
    desk : RunDesk
        Whose pages have the forms.
    """

    told = Signal(object, int)

    def __init__(self, window: QWidget, desk: "RunDesk") -> None:
        super().__init__(window)
        self._window, self._desk = window, desk
        desk.previews.described.connect(self._choose_what_was_not_compiled)

    def open_path(self, path: Path) -> None:
        """Make a file the model of the form, with its own optimizer and loss, and the data if it loads some.

        Whether a program may run is asked first. What it defines is looked up in its text: nothing of it is run here.
        """
        chosen: dict[str, Any] = {}
        if not is_python(path) or _defines(path, "build_model") or not _defines(path, "load_data"):
            chosen["model"] = OwnModel(path=str(path))
        if is_python(path) and _defines(path, "load_data"):
            chosen["dataset"] = ScriptData(path=str(path))
        config = Experiment(**chosen)
        if path.exists() and (programs := not_allowed(config)):
            ask_to_run(self._window, programs[0], lambda: self._show(config, chosen, path.name))
        else:
            self._show(config, chosen, path.name)

    def _show(self, config: Experiment, chosen: Collection[str], name: str) -> None:
        fields = {*chosen, "loss", "optimizer"} if "model" in chosen else {*chosen}
        self._desk.pages.show_experiment().form.set_value(config, fields)
        self._desk.previews.look_again()
        told = {
            ("model",): say("{file} is the model now.", file=name),
            ("dataset",): say("{file} loads the data now.", file=name),
            ("model", "dataset"): say("{file} is the model now, and loads the data.", file=name),
        }
        self.told.emit(told[tuple(chosen)], _TOLD_MS)

    @Slot(object)
    def _choose_what_was_not_compiled(self, summary: "ModelSummary") -> None:
        """Show in the form what stands in for an optimizer and a loss that the file has not."""
        page = self._desk.find_page
        config = page.form.value()
        if summary.compiled is not False or config is None or not isinstance(config.model, OwnModel):
            return
        facts = config.dataset.facts
        changed: dict[str, Any] = {}
        if isinstance(config.loss, OwnLoss):
            changed["loss"] = SquaredError() if facts is not None and facts.regression else CrossEntropy()
        if isinstance(config.optimizer, OwnOptimizer):
            changed["optimizer"] = Adam()
        if changed:
            page.form.set_value(config.model_copy(update=changed), changed)
            told = say("{file} was not compiled: choose its optimizer and loss in the form.", file=config.model.label)
            self.told.emit(told, _TOLD_MS)


def _defines(path: Path, name: str) -> bool:
    """Return whether a file seems to define a name at its outermost level."""
    try:
        text = path.read_bytes()
    except OSError:
        return False
    pattern = rf"^(?:def\s+{name}\b|{name}\s*=|from\s.*\bimport\b.*\b{name}\b)"
    return re.search(pattern.encode(), text, re.MULTILINE) is not None
