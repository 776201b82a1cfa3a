"""The button that offers ready schedules: good ones, and some that break."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QPushButton

from lrgui.core.messages import say
from lrgui.core.schedule_presets import BREAKING, GOOD, SchedulePreset
from lrgui.gui.words import show


class PresetButton(QPushButton):
    """Opens a list of presets, each with its sentence as a tip. ``picked`` carries the one that was taken."""

    picked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        show(self.setText, say("Start from a preset"))
        show(self.setAccessibleName, say("Start from a preset"))
        show(self.setToolTip, say("Ready schedules: good ones, and some that break and show how that looks"))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        show(menu.setAccessibleName, say("Presets"))
        for title, presets in ((say("Good starts"), GOOD), (say("Made to break"), BREAKING)):
            show(menu.addSection("").setText, title)
            for preset in presets:
                self._offer(menu, preset)
        self.setMenu(menu)

    def _offer(self, menu: QMenu, preset: SchedulePreset) -> None:
        action = menu.addAction("")
        show(action.setText, preset.title)
        show(action.setToolTip, preset.told)
        action.setObjectName(preset.name)
        action.triggered.connect(lambda: self.picked.emit(preset))
