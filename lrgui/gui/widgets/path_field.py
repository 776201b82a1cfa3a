"""The path of a file or folder: typed, or chosen in a dialog."""

from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit

from lrgui.core.config.fields import FieldSpec
from lrgui.core.messages import say
from lrgui.gui.choosing import choose_file, choose_folder
from lrgui.gui.theme import themes
from lrgui.gui.widgets.fields import TextField
from lrgui.gui.words import show


class PathField(TextField):
    """A path as text, its end in sight, with a button that opens the dialog."""

    def __init__(self, spec: FieldSpec) -> None:
        super().__init__(spec)
        self._browse = QAction(self)
        self._asks = say("Choose a folder") if spec.kind == "folder" else say("Choose a file")
        self._choose = choose_folder if spec.kind == "folder" else choose_file
        show(self._browse.setToolTip, self._asks)
        show(self._browse.setText, self._asks)
        self._browse.triggered.connect(self.choose)
        self.addAction(self._browse, QLineEdit.ActionPosition.TrailingPosition)
        themes.changed.connect(self._take_colors)
        self._take_colors()

    def show_value(self, value: object) -> None:
        """Show a path by its end, where the name is."""
        super().show_value(value)
        self.setCursorPosition(len(self.text()))

    @Slot()
    def choose(self) -> None:
        """Let a person choose a file, or a folder where one is asked for."""
        self._choose(self.window(), "choose_path", self._asks, self.show_value, begin=self._folder())

    def _folder(self) -> str:
        typed = Path(self.raw()).expanduser()
        return str(typed.parent) if self.raw() and typed.parent.is_dir() else ""

    def _take_colors(self) -> None:
        self._browse.setIcon(themes.current.icon("folder-open-outline"))
