"""The choice of the language, each by its own name for itself."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from lrgui.core.messages import say
from lrgui.gui.words import show, words
from lrgui.languages import LANGUAGES


class LanguageMenu(QMenu):
    """One entry a language, the one in force checked; ``chosen(str)`` carries the code of the one that a hand picks."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        show(self.setTitle, say("Language"))
        group = QActionGroup(self)
        for code, name in LANGUAGES.items():
            action = self.addAction(name)
            action.setData(code)
            action.setCheckable(True)
            group.addAction(action)
        group.triggered.connect(lambda action: self.chosen.emit(action.data()))
        words.changed.connect(self._mark)
        self._mark()

    def _mark(self) -> None:
        for action in self.actions():
            action.setChecked(action.data() == words.language)
