"""Opening a model of one's own: the file becomes the model of the form, and what is wrong with it is told at once."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from lrgui.core.config import Experiment
from lrgui.core.config.loss import CrossEntropy, OwnLoss, SquaredError
from lrgui.core.config.model import OwnModel
from lrgui.core.config.optimizer import Adam, OwnOptimizer
from lrgui.core.messages import say
from lrgui.core.own_files import not_allowed
from lrgui.gui.trust_question import ask_to_run

if TYPE_CHECKING:
    from lrgui.core.summaries import ModelSummary
    from lrgui.gui.pages.page import RunPage
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
        """Make a file the model of the form, with its own optimizer and loss; ask first whether a program may run."""
        model = OwnModel(path=str(path))
        config = Experiment(model=model)
        if (programs := not_allowed(config)) and path.exists():
            ask_to_run(self._window, programs[0], lambda: self._show(model))
        else:
            self._show(model)

    def _show(self, model: OwnModel) -> None:
        page = self._page()
        page.form.set_value(Experiment(model=model), ("model", "loss", "optimizer"))
        self._desk.previews.look_again()
        self.told.emit(say("{file} is the model now.", file=model.label), _TOLD_MS)

    def _page(self) -> "RunPage[Any]":
        """Return the page in front, if it has such a form, else that of the range test; and bring it to the front."""
        pages = self._desk.pages
        if pages.current not in ("find", "train"):
            pages.show_page("find")
        return cast("RunPage[Any]", pages[pages.current])

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
