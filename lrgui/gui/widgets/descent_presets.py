"""Ready walks over the plot: what can be compared, what goes wrong, and the sentence that explains it."""

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QSizePolicy, QWidget

from lrgui.core.descent import DescentConfig
from lrgui.core.descent_presets import PRESETS, Preset
from lrgui.core.messages import say
from lrgui.gui.widgets.card import label
from lrgui.gui.words import show, worded, words

_HINT = say("Move the rate or drag the start: the whole path follows at once.")


class DescentPresets(QWidget):
    """A button with a menu of presets, and the sentence of the one that is shown. ``picked`` carries a ``Preset``."""

    picked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.button = worded(QPushButton(), say("Start from a preset"))
        show(self.button.setAccessibleName, say("Start from a preset"))
        show(self.button.setToolTip, say("Walks to compare, and walks that go wrong"))
        self.button.setCursor(Qt.CursorShape.PointingHandCursor)
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.menu = QMenu(self.button)
        self.menu.setToolTipsVisible(True)
        show(self.menu.setAccessibleName, say("Presets"))
        for title, kind in ((say("Compare"), "comparison"), (say("Break it"), "failure")):
            show(self.menu.addSection("").setText, title)
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
        words.changed.connect(self._widen)
        self._widen()

    def _offer(self, preset: Preset) -> None:
        action = self.menu.addAction("")
        show(action.setText, preset.title)
        show(action.setToolTip, preset.explanation)
        action.setObjectName(preset.name)
        action.triggered.connect(lambda: self.picked.emit(preset))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep room for the longest sentence: what is below is not to move under a hand (Qt's hook)."""
        super().resizeEvent(event)
        self._keep_room()

    def _widen(self) -> None:
        """Give the button the width of the longest title."""
        titles = [str(preset.title) for preset in PRESETS.values()]
        self.button.setMinimumWidth(max(map(self.button.fontMetrics().horizontalAdvance, titles)) + 44)
        self._keep_room()

    def _keep_room(self) -> None:
        room = QRect(0, 0, self.width() - self.button.width() - 16, 10_000)
        metrics, wrapped = self.sentence.fontMetrics(), int(Qt.TextFlag.TextWordWrap)
        sentences = (str(preset.explanation) for preset in PRESETS.values())
        self.sentence.setMinimumHeight(max(metrics.boundingRect(room, wrapped, told).height() for told in sentences))

    def show_config(self, config: DescentConfig) -> None:
        """Show the sentence of the preset that a config is, or else what to do."""
        preset = next((preset for preset in PRESETS.values() if preset.config == config), None)
        show(self.button.setText, preset.title if preset is not None else say("Start from a preset"))
        show(self.sentence.setText, preset.explanation if preset is not None else _HINT)
        self.sentence.setProperty("level", "" if preset is not None else "dim")
        self.sentence.style().unpolish(self.sentence)
        self.sentence.style().polish(self.sentence)
