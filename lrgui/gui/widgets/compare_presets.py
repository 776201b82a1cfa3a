"""Ready comparisons: a button that lists them, and the sentence of the one that is shown."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu, QPushButton, QVBoxLayout, QWidget

from lrgui.core.comparison_presets import PRESETS, ComparisonPreset
from lrgui.core.config import Arm
from lrgui.core.messages import say
from lrgui.gui.widgets.card import label
from lrgui.gui.words import show, worded, words

_TITLE, _FIND_RATES = say("Start from a preset"), say("Find their rates first")


class ComparisonPresets(QWidget):
    """``picked`` carries the preset that was taken; ``show_arms`` says whose arms they are.

    ``sweeps_asked`` tells that the rates of a preset which needs them are to be found.
    """

    picked = Signal(object)
    sweeps_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.button = worded(QPushButton(), _TITLE)
        show(self.button.setAccessibleName, _TITLE)
        show(self.button.setToolTip, say("Ready comparisons, each with its question"))
        self.button.setCursor(Qt.CursorShape.PointingHandCursor)
        self.menu = QMenu(self.button)
        self.menu.setToolTipsVisible(True)
        show(self.menu.setAccessibleName, say("Presets"))
        for preset in PRESETS:
            self._offer(preset)
        self.button.setMenu(self.menu)
        self.sentence = label("", "dim")
        self.sentence.setWordWrap(True)
        self.sentence.hide()
        self.find_rates = worded(QPushButton(), _FIND_RATES)
        show(self.find_rates.setAccessibleName, _FIND_RATES)
        show(self.find_rates.setToolTip, say("A sweep with the optimizer of each arm, one after the other"))
        self.find_rates.setCursor(Qt.CursorShape.PointingHandCursor)
        self.find_rates.hide()
        self.find_rates.clicked.connect(lambda: self.sweeps_asked.emit())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.button)
        column.addWidget(self.sentence)
        column.addWidget(self.find_rates)
        words.changed.connect(self._give_room)

    def _offer(self, preset: ComparisonPreset) -> None:
        action = self.menu.addAction("")
        show(action.setText, preset.title)
        show(action.setToolTip, preset.told)
        action.triggered.connect(lambda: self.picked.emit(preset))

    def show_arms(self, arms: Sequence[Arm]) -> None:
        """Show the sentence of the preset that these arms are, if they are one."""
        preset = next((preset for preset in PRESETS if preset.arms == tuple(arms)), None)
        show(self.sentence.setText, preset.told if preset is not None else "")
        self.sentence.setVisible(preset is not None)
        self.find_rates.setVisible(preset is not None and preset.own_rates)
        self._give_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the sentence the lines that it needs at this width (Qt's hook)."""
        super().resizeEvent(event)
        self._give_room()

    def _give_room(self) -> None:
        # The card's own height follows hints, which know nothing of a width.
        self.sentence.setFixedHeight(self.sentence.heightForWidth(max(self.width(), 1)) if self.sentence.text() else 0)
