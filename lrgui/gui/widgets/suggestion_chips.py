"""The suggestions of a sweep as a row of small buttons: a click takes one."""

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from lrgui.core.messages import Message, say
from lrgui.core.suggestions import PEAK_TITLE, TITLES, Recommendation, Suggestion
from lrgui.gui.sizes import px, sized
from lrgui.gui.theme import themes
from lrgui.gui.widgets.card import GAP
from lrgui.gui.words import show, words

# Beside the text, as the style sheet has it; the chip that is chosen turns bold and must not be cut off.
_PADDING = 12


class _Chip(QPushButton):
    """A rule's name and rate; without the rate where there is no room for both."""

    def __init__(self, title: Message, rate: float | None, reason: Message) -> None:
        super().__init__()
        self.title, self.rate = title, rate
        self.words = say("{title}  none", title=title)
        if rate is not None:
            self.words = Message("{title}  {rate:rate}", {"title": title, "rate": rate})
        show(self.setText, self.words)
        self.setCheckable(True)
        self.setEnabled(rate is not None)
        show(self.setToolTip, reason)
        self.setProperty("chip", True)
        show(self.setAccessibleName, self.words)
        show(self.setAccessibleDescription, reason)

    def width_of(self, text: Message) -> int:
        """Return how wide it is with this text, chosen or not."""
        self.ensurePolished()
        bold = QFont(self.font())
        bold.setBold(True)
        return QFontMetrics(bold).horizontalAdvance(str(text)) + 2 * px(_PADDING)

    def show_rate(self, shown: bool) -> None:
        """Show the rate behind the name, or the name alone."""
        text = self.words if shown else self.title
        show(self.setText, text)
        self.setMinimumWidth(self.width_of(text))


class SuggestionChips(QWidget):
    """One chip a rule. ``picked`` carries the rate of the chip that was clicked."""

    picked = Signal(float)

    def __init__(self) -> None:
        super().__init__()
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(GAP)
        self._chips: list[_Chip] = []
        self._line.addStretch(1)
        show(self.setAccessibleName, say("Suggestions"))
        sized(self.setMinimumHeight, 32)
        words.changed.connect(self._fit)
        themes.changed.connect(self._fit)
        self.clear()

    def clear(self) -> None:
        """Show none; the place is kept."""
        for chip in self._chips:
            chip.deleteLater()
        self._chips = []

    def show_suggestions(
        self, recommended: Recommendation, suggestions: Mapping[str, Suggestion], peak: Recommendation | None = None
    ) -> None:
        """Show what is recommended first, then each rule's rate; a rule that has none says why in its tip."""
        self.clear()
        self._add(say("Recommended"), recommended.learning_rate, recommended.reason)
        if peak is not None:
            self._add(PEAK_TITLE, peak.learning_rate, _as_peak(peak))
        for rule, suggestion in suggestions.items():
            self._add(TITLES[rule], suggestion.learning_rate, suggestion.reason)
        self._fit()

    def mark(self, learning_rate: float) -> None:
        """Check the chip of this rate, if one has it."""
        for chip in self._chips:
            chip.setChecked(chip.rate is not None and abs(chip.rate - learning_rate) <= 1e-9 * chip.rate)

    def _add(self, title: Message, rate: float | None, reason: Message) -> None:
        chip = _Chip(title, rate, reason)
        if rate is not None:
            chip.setCursor(Qt.CursorShape.PointingHandCursor)
            chip.clicked.connect(lambda: self.picked.emit(rate))
        self._line.insertWidget(len(self._chips), chip)
        self._chips.append(chip)

    def _fit(self) -> None:
        needed = sum(chip.width_of(chip.words) + GAP for chip in self._chips) - GAP
        for chip in self._chips:
            chip.show_rate(needed <= self.width())

    def minimumSizeHint(self) -> QSize:
        """Return the room for the names alone (Qt's hook)."""
        width = sum(chip.width_of(chip.title) + GAP for chip in self._chips)
        return QSize(width, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the rates if there is room (Qt's hook)."""
        super().resizeEvent(event)
        self._fit()


def _as_peak(peak: Recommendation) -> Message:
    if peak.learning_rate is None:
        return peak.reason
    return say("The highest rate of a one-cycle, or of a decay after a warm-up. {reason}", reason=peak.reason)
