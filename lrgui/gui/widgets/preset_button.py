"""The button that offers ready schedules: good ones, and some that break."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QPushButton

from lrgui.core.schedule_presets import BREAKING, GOOD, SchedulePreset


class PresetButton(QPushButton):
    """Opens a list of presets, each with its sentence as a tip. ``picked`` carries the one that was taken."""

    picked = Signal(object)

    def __init__(self) -> None:
        super().__init__("Start from a preset")
        self.setAccessibleName("Start from a preset")
        self.setToolTip("Ready schedules: good ones, and some that break and show how that looks")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        menu.setAccessibleName("Presets")
        for title, presets in (("Good starts", GOOD), ("Made to break", BREAKING)):
            menu.addSection(title)
            for preset in presets:
                self._offer(menu, preset)
        self.setMenu(menu)

    def _offer(self, menu: QMenu, preset: SchedulePreset) -> None:
        action = menu.addAction(preset.title)
        action.setToolTip(str(preset.told))
        action.triggered.connect(lambda: self.picked.emit(preset))
