"""Between the gradient-descent page and the rest of the window: its keys, and what is remembered of it."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QKeySequence

from lrgui.core.descent_presets import PRESETS
from lrgui.core.messages import Text
from lrgui.gui.actions import DESCENT_ACTIONS, Actions
from lrgui.gui.pages.descent import DescentPage
from lrgui.gui.pages.stack import PageStack
from lrgui.gui.settings import Settings


class DescentDesk(QObject):
    """Enables the page's actions while it is in front, and lends the space bar to its player.

    Parameters
    ----------
    page : DescentPage
        The page; this lives as long as it.
    pages : PageStack
        Where it stands.
    actions : Actions
        What a person can ask for.
    """

    def __init__(self, page: DescentPage, pages: PageStack, actions: Actions) -> None:
        super().__init__(page)
        self._page, self._actions = page, actions
        self._keys = {name: actions[name].shortcuts() for name in ("play", "pause")}
        pages.shown.connect(self._page_shown)

    @Slot(str)
    def _page_shown(self, name: str) -> None:
        front = name == "descent"
        for action in DESCENT_ACTIONS:
            self._actions[action].setEnabled(front)
        space = QKeySequence("Space")
        self._actions["play"].setShortcuts([space, *self._keys["play"]] if front else self._keys["play"])
        self._actions["pause"].setShortcuts([] if front else self._keys["pause"])
        if front:
            self._page.offer()
        else:
            self._page.player.play(False)


def make_page(pages: PageStack, settings: Settings, actions: Actions, told: Callable[[Text], None]) -> DescentPage:
    """Build the page, and connect it to the rest of the window; ``told`` takes what it says for the status bar."""
    page = DescentPage(actions, settings.config(next(iter(PRESETS.values())).config))
    page.told.connect(told)
    DescentDesk(page, pages, actions)
    return page
