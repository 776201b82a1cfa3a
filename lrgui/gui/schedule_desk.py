"""Between the page of schedules and the rest of the window: the run that it shares, and what it keeps."""

from typing import cast

from PySide6.QtCore import QObject, Slot

from lrgui.core.config import TrainingConfig
from lrgui.core.schedule_shelf import Shelf
from lrgui.gui.actions import Actions
from lrgui.gui.pages.schedules import FRAME, SchedulesPage, same_frame
from lrgui.gui.pages.stack import PageStack
from lrgui.gui.pages.training import TrainingPage
from lrgui.gui.peak_hints import PeakHints
from lrgui.gui.run_desk import RunDesk
from lrgui.gui.settings import Settings

ACTIONS = ("keep_schedule", "copy_schedule")
"""What can be done on this page only."""


class ScheduleDesk(QObject):
    """Takes the run from the training page when the page of schedules comes to the front, and gives it back after.

    Parameters
    ----------
    page : SchedulesPage
        The page; this lives as long as it.
    pages : PageStack
        Where it and the training page stand.
    desk : RunDesk
        Trains.
    settings : Settings
        Remember what was kept.
    actions : Actions
        What a person can ask for.
    """

    def __init__(
        self, page: SchedulesPage, pages: PageStack, desk: RunDesk, settings: Settings, actions: Actions
    ) -> None:
        super().__init__(page)
        self._page, self._pages, self._settings, self._actions = page, pages, settings, actions
        self._in_front = False
        page.kept_changed.connect(self._remember)
        page.told.connect(lambda told: desk.told.emit(told, 8000))
        page.form.changed.connect(desk.update_actions)
        pages.shown.connect(self._page_shown)

    @Slot()
    def _remember(self) -> None:
        """Write what was kept at once: it is not to be lost with the session."""
        self._settings.remember_config(Shelf(kept=tuple(self._page.kept.kept)))
        self._settings.save()

    @Slot(str)
    def _page_shown(self, name: str) -> None:
        left, self._in_front = self._in_front and name != "schedules", name == "schedules"
        for action in ACTIONS:
            self._actions[action].setEnabled(self._in_front)
        training = cast(TrainingPage, self._pages["train"]).form
        mine, theirs = self._page.form.value(), training.value()
        if self._in_front and theirs is not None:
            self._page.take_frame(theirs)
        if left and mine is not None and (theirs is None or not same_frame(mine, theirs)):
            training.set_value(mine, FRAME)


def make_page(pages: PageStack, desk: RunDesk, settings: Settings, actions: Actions) -> SchedulesPage:
    """Build the page of schedules, and connect it to the rest of the window."""
    config = cast(TrainingPage, pages["train"]).form.value() or settings.config(TrainingConfig())
    page = SchedulesPage(actions, config, settings.config(Shelf()).kept)
    ScheduleDesk(page, pages, desk, settings, actions)
    PeakHints(page, desk.find_page)
    return page
