"""How each page of the window is made when it is first wanted."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lrgui.gui.main_window import MainWindow
    from lrgui.gui.pages.page import Page

PAGES = ("descent", "schedules", "find", "train", "compare", "history")
"""The names of the pages in the order of the rail; each has an action that shows it."""


def page_makers(window: "MainWindow") -> Mapping[str, "Callable[[], Page]"]:
    """Return what makes each page of a window."""

    def find() -> "Page":
        from lrgui.core.config import RangeTestConfig
        from lrgui.gui.pages.range_test import RangeTestPage

        return RangeTestPage(window.actions_, window.settings.config(RangeTestConfig()))

    def descent() -> "Page":
        from lrgui.gui.descent_desk import make_page

        return make_page(window.pages, window.settings, window.actions_, lambda told: window.desk.told.emit(told, 8000))

    def schedules() -> "Page":
        from lrgui.gui.schedule_desk import make_page

        return make_page(window.pages, window.desk, window.settings, window.actions_)

    def train() -> "Page":
        from lrgui.core.config import TrainingConfig
        from lrgui.gui.pages.training import TrainingPage

        page = TrainingPage(window.actions_, window.settings.config(TrainingConfig()))
        page.runs.renamed.connect(lambda run: window.history.store.edit(run.id, name=run.name))
        return page

    def compare() -> "Page":
        return window.compare_desk.make_page()

    def history() -> "Page":
        return window.history_desk.make_page()

    return dict(zip(PAGES, (descent, schedules, find, train, compare, history), strict=True))
