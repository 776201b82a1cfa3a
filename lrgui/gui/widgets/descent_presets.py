"""Ready walks over the plot: what can be compared, what goes wrong, and the sentence that explains it."""

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QSizePolicy, QWidget

from lrgui.core.descent import DescentConfig
from lrgui.core.descent_presets import PRESETS, Preset
from lrgui.gui.widgets.card import label

_HINT = "Move the rate or drag the start: the whole path follows at once."


class DescentPresets(QWidget):
    """A button with a menu of presets, and the sentence of the one that is shown. ``picked`` carries a ``Preset``."""

    picked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.button = QPushButton("Start from a preset")
        self.button.setAccessibleName("Start from a preset")
        self.button.setToolTip("Walks to compare, and walks that go wrong")
        self.button.setCursor(Qt.CursorShape.PointingHandCursor)
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        titles = [str(preset.title) for preset in PRESETS.values()]
        self.button.setMinimumWidth(max(map(self.button.fontMetrics().horizontalAdvance, titles)) + 44)
        self.menu = QMenu(self.button)
        self.menu.setToolTipsVisible(True)
        self.menu.setAccessibleName("Presets")
        for title, kind in (("Compare", "comparison"), ("Break it", "failure")):
            self.menu.addSection(title)
            for preset in PRESETS.values():
                if preset.kind == kind:
                    self._offer(preset)
        self.button.setMenu(self.menu)
        self.sentence = label(_HINT)
        self.sentence.setWordWrap(True)
        self.sentence.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 4, 0)
        line.setSpacing(12)
        line.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(self.sentence, 1)

    def _offer(self, preset: Preset) -> None:
        action = self.menu.addAction(str(preset.title))
        action.setToolTip(str(preset.explanation))
        action.triggered.connect(lambda: self.picked.emit(preset))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep room for the longest sentence: what is below is not to move under a hand (Qt's hook)."""
        super().resizeEvent(event)
        room = QRect(0, 0, self.width() - self.button.width() - 16, 10_000)
        metrics, wrapped = self.sentence.fontMetrics(), int(Qt.TextFlag.TextWordWrap)
        sentences = (str(preset.explanation) for preset in PRESETS.values())
        self.sentence.setMinimumHeight(max(metrics.boundingRect(room, wrapped, told).height() for told in sentences))

    def show_config(self, config: DescentConfig) -> None:
        """Show the sentence of the preset that a config is, or else what to do."""
        preset = next((preset for preset in PRESETS.values() if preset.config == config), None)
        self.button.setText(str(preset.title) if preset is not None else "Start from a preset")
        self.sentence.setText(str(preset.explanation) if preset is not None else _HINT)
        self.sentence.setProperty("level", "" if preset is not None else "dim")
        self.sentence.style().unpolish(self.sentence)
        self.sentence.style().polish(self.sentence)
