"""The choice of the theme: as the desktop is, or one of those that there are."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from lrgui.core.messages import say
from lrgui.gui.theme import ThemeName, themes
from lrgui.gui.words import show

TITLES = {
    "system": say("As the desktop"),
    "light": say("Light"),
    "dark": say("Dark"),
    "contrast": say("High contrast"),
}

_ORDER: tuple[ThemeName, ...] = ("light", "dark", "contrast")


def next_theme() -> ThemeName:
    """Return the theme that follows the one in force."""
    return _ORDER[(_ORDER.index(themes.current.name) + 1) % len(_ORDER)]


class ThemeMenu(QMenu):
    """One entry a theme, the one that is wanted checked; ``chosen(str)`` carries the one that a hand picks."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        show(self.setTitle, say("Themes"))
        group = QActionGroup(self)
        for name, title in TITLES.items():
            action = self.addAction("")
            show(action.setText, title)
            action.setData(name)
            action.setCheckable(True)
            group.addAction(action)
        group.triggered.connect(lambda action: self.chosen.emit(action.data()))
        themes.changed.connect(self._mark)
        self._mark()

    def _mark(self) -> None:
        for action in self.actions():
            action.setChecked(action.data() == themes.wanted)
