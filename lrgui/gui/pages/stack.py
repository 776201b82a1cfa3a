"""The pages of the window, one of them in front; each is built when it is first wanted."""

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

if TYPE_CHECKING:
    from lrgui.gui.pages.page import Page, RunPage

EXPERIMENT_PAGES = ("find", "train")
"""Whose forms ask for one experiment: data, model and optimizer."""


class PageStack(QStackedWidget):
    """Pages by name. ``built(str, Page)`` tells that one has just been made; ``shown(str)`` that one is in front.

    The window's start pays for the page that it shows; the others, and the modules that they import, come later.

    Parameters
    ----------
    builders : mapping of str to callable
        What makes each page.
    """

    built = Signal(str, object)
    shown = Signal(str)

    def __init__(self, builders: Mapping[str, "Callable[[], Page]"]) -> None:
        super().__init__()
        self.setObjectName("stack")
        self._builders = builders
        self._pages: dict[str, Page] = {}
        self._held: QWidget | None = None

    def __getitem__(self, name: str) -> "Page":
        if name not in self._pages:
            page = self._pages[name] = self._builders[name]()
            self.addWidget(page)
            self.built.emit(name, page)
        return self._pages[name]

    def __contains__(self, name: object) -> bool:
        """Return whether the page is built already."""
        return name in self._pages

    def __iter__(self) -> Iterator[str]:
        """Go over the names of the pages that are built."""
        return iter(self._pages)

    @property
    def current(self) -> str:
        """The name of the page in front."""
        return next((name for name, page in self._pages.items() if page is self.currentWidget()), "")

    def when_shown(self, name: str, slot: Callable[[], None]) -> Callable[[], None]:
        """Return what calls a slot while a page is in front, and else nothing: pages share some actions."""

        def called() -> None:
            if self.current == name:
                slot()

        return called

    def hold(self, widget: QWidget) -> None:
        """Show something else until the first page is shown."""
        self._held = widget
        self.addWidget(widget)
        widget.setFocus()

    def show_page(self, name: str) -> None:
        """Bring a page to the front."""
        self.setCurrentWidget(self[name])
        if self._held is not None:
            self.removeWidget(self._held)
            self._held.deleteLater()
            self._held = None
        self.shown.emit(name)

    def show_experiment(self) -> "RunPage[Any]":
        """Return the page in front if its form asks for one experiment, else that of the range test, brought there."""
        if self.current not in EXPERIMENT_PAGES:
            self.show_page("find")
        return cast("RunPage[Any]", self[self.current])
