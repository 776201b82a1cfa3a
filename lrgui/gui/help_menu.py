"""The menu of help: what the program is, its log, and its place on the desktop."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from lrgui.core.messages import Message, Refused, say
from lrgui.core.profile import log_folder
from lrgui.gui.words import show

if TYPE_CHECKING:
    from lrgui.gui.main_window import MainWindow


class HelpMenu(QObject):
    """Fills the menu, and does what stands in it.

    Parameters
    ----------
    window : MainWindow
        Which gets the menu as its last one.
    """

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._menu: QMenu = window.menuBar().addMenu("")
        self._menu.setObjectName("help")
        show(self._menu.setTitle, say("&Help"))
        self._desktop = self._add("desktop", say("Add to the desktop"), self._change_desktop)
        self._add("log", say("Open the log folder"), self._open_log)
        self._menu.addSeparator()
        self._add("about", say("About {program}", program="Learning-Rate Lab"), self._about)
        self._menu.aboutToShow.connect(self._look)

    def _add(self, name: str, text: Message, slot: object) -> QAction:
        action = self._menu.addAction("")
        action.setObjectName(name)
        show(action.setText, text)
        action.triggered.connect(slot)
        return action

    def _look(self) -> None:
        """Offer what can be done about the desktop now."""
        from lrgui import desktop_entry

        there = desktop_entry.is_on_this_desktop()
        show(self._desktop.setText, say("Remove from the desktop") if there else say("Add to the desktop"))

    def _change_desktop(self) -> None:
        self._window.notify(changed_desktop())

    def _open_log(self) -> None:
        from lrgui.gui.folders import open_folder

        if not open_folder(log_folder()):
            self._window.notify(say("The log lies in {folder}.", folder=str(log_folder())))

    def _about(self) -> None:
        from lrgui.gui.about import About

        profile = self._window.settings.profile
        kept = {say("Settings and history:"): profile, say("Log:"): log_folder()}
        About(self._window, kept).open()


def changed_desktop() -> Message:
    """Put the program among those of the desktop, or take it away from there if it is there; say what was done."""
    from lrgui import desktop_entry

    try:
        return desktop_entry.put_on_this_desktop(there=not desktop_entry.is_on_this_desktop())
    except Refused as refused:
        return refused.message
