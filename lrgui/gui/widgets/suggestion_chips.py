"""The suggestions of a sweep as a row of small buttons: a click takes one."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from lrgui.core.messages import format_learning_rate
from lrgui.core.suggestions import TITLES, Recommendation, Suggestion
from lrgui.gui.widgets.card import GAP

# Beside the text, as the style sheet has it; the chip that is chosen turns bold and must not be cut off.
_PADDING = 14


class SuggestionChips(QWidget):
    """One chip a rule. ``picked`` carries the rate of the chip that was clicked."""

    picked = Signal(float)

    def __init__(self) -> None:
        super().__init__()
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(GAP)
        self._chips: list[tuple[QPushButton, float | None]] = []
        self._line.addStretch(1)
        self.setAccessibleName("Suggestions")
        self.setMinimumHeight(32)
        self.clear()

    def clear(self) -> None:
        """Show none; the place is kept."""
        for chip, _ in self._chips:
            chip.deleteLater()
        self._chips = []

    def show_suggestions(self, recommended: Recommendation, suggestions: Mapping[str, Suggestion]) -> None:
        """Show the recommendation first, then each rule's rate; a rule that has none says why in its tip."""
        self.clear()
        self._add("Recommended", recommended.learning_rate, str(recommended.reason))
        for rule, suggestion in suggestions.items():
            self._add(TITLES[rule], suggestion.learning_rate, str(suggestion.reason))

    def mark(self, learning_rate: float) -> None:
        """Check the chip of this rate, if one has it."""
        for chip, rate in self._chips:
            chip.setChecked(rate is not None and abs(rate - learning_rate) <= 1e-9 * rate)

    def _add(self, title: str, rate: float | None, reason: str) -> None:
        text = f"{title}  {format_learning_rate(rate)}" if rate is not None else f"{title}  none"
        chip = QPushButton(text)
        chip.setCheckable(True)
        chip.setEnabled(rate is not None)
        chip.setToolTip(reason)
        chip.setProperty("chip", True)
        chip.setAccessibleName(text)
        chip.setAccessibleDescription(reason)
        chip.ensurePolished()
        bold = QFont(chip.font())
        bold.setBold(True)
        chip.setMinimumWidth(QFontMetrics(bold).horizontalAdvance(text) + 2 * _PADDING)
        if rate is not None:
            chip.setCursor(Qt.CursorShape.PointingHandCursor)
            chip.clicked.connect(lambda: self.picked.emit(rate))
        self._line.insertWidget(len(self._chips), chip)
        self._chips.append((chip, rate))
