"""The stage cleared for the next class: all pages as at the first start, the history untouched, and a way back."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Slot

from lrgui.core.config import Config, RangeTestConfig, TrainingConfig
from lrgui.core.control import FULL_SPEED
from lrgui.core.messages import say
from lrgui.gui.pages.page import FormPage, Page
from lrgui.gui.presentation import PACE
from lrgui.gui.widgets.undo_bar import UndoBar

if TYPE_CHECKING:
    from lrgui.gui.main_window import MainWindow
    from lrgui.gui.pages.compare import ComparePage
    from lrgui.gui.pages.descent import DescentPage

_CLEAR = say("The stage is clear. All runs are in the history.")
_RUNNING = say("A run is going: stop or cancel it first.")


class NextClass(QObject):
    """Clears the pages of a window, asks nothing, and can take it back for a while.

    Parameters
    ----------
    window : MainWindow
        Whose pages they are.
    """

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self.window = window
        self._back: list[Callable[[], None]] = []
        self.bar = UndoBar(window.pages, keys="")
        self.bar.undone.connect(self._undo)
        window.runner.run_started.connect(self.bar.rest)

    @Slot()
    def clear(self) -> None:
        """Show every page as at the first start; not while a run is going."""
        window = self.window
        if window.runner.run is not None or window.desk.series.active:
            window.desk.told.emit(_RUNNING, 8000)
            return
        if window.actions_["lessons"].isChecked():
            window.actions_["lessons"].trigger()
        pages = {name: window.pages[name] for name in window.pages}
        self._back = [back for name, page in pages.items() for back in _ways_back(name, page)]
        for page in pages.values():
            page.start_over()
        for name, config in _first_configs().items():
            if name not in pages:
                self._back.append(partial(window.settings.remember_config, window.settings.config(config)))
                window.settings.remember_config(config)
        window.desk.set_pace(PACE if window.presenting else FULL_SPEED)
        window.actions_["enlarge"].setChecked(False)
        if window.notice is not None:
            window.notice.hide()
        window.desk.update_actions()
        self.bar.tell(_CLEAR)

    @Slot()
    def _undo(self) -> None:
        for back in self._back:
            back()
        self._back = []
        self.bar.rest()
        self.window.desk.update_actions()


def _first_configs() -> dict[str, Config]:
    """Return what the form of each page shows at the first start, by the page's name."""
    from lrgui.core.descent_presets import PRESETS
    from lrgui.gui.pages.compare import first_config

    descent = next(iter(PRESETS.values())).config
    return {"find": RangeTestConfig(), "train": TrainingConfig(), "compare": first_config(), "descent": descent}


def _ways_back(name: str, page: Page) -> list[Callable[[], None]]:
    """Return what brings back what a page shows now: first its runs, then its settings."""
    match name:
        case "find":
            return _back_to_sweep(page)
        case "train":
            return _back_to_runs(page)
        case "compare":
            return _back_to_comparison(cast("ComparePage", page))
        case "descent":
            descent = cast("DescentPage", page)
            return [partial(descent.show_config, descent.config())]
        case "schedules" if (config := cast(FormPage[TrainingConfig], page).form.value()) is not None:
            return [partial(cast(FormPage[TrainingConfig], page).form.set_value, config)]
    return []


def _back_to_sweep(page: Page) -> list[Callable[[], None]]:
    from lrgui.gui.pages.range_test import RangeTestPage

    assert isinstance(page, RangeTestPage)
    back: list[Callable[[], None]] = []
    if page.run is not None:
        back.append(partial(page.open_run, page.run))
        if page.learning_rate is not None:
            back.append(partial(page.pick, page.learning_rate))
    if (config := page.form.value()) is not None:
        back.append(partial(page.form.set_value, config))
    return back


def _back_to_runs(page: Page) -> list[Callable[[], None]]:
    from lrgui.gui.pages.training import TrainingPage

    assert isinstance(page, TrainingPage)
    back: list[Callable[[], None]] = []
    for line in page.runs.lines:
        swept = line.run.kind == "range_test"
        back.append(partial(page.add_sweep if swept else page.open_run, line.run))
    if (config := page.form.value()) is not None:
        back.append(partial(page.form.set_value, config))
    return back


def _back_to_comparison(page: "ComparePage") -> list[Callable[[], None]]:
    back: list[Callable[[], None]] = [] if page.run is None else [partial(page.open_run, page.run)]
    if (config := page.config()) is not None:
        back.append(partial(page.show_config, config))
    return back
