"""One quiet line: the peak that a sweep recommends, and a button that takes it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from lrgui.core.messages import say
from lrgui.gui.widgets.card import GAP, label
from lrgui.gui.words import show


class PeakHint(QWidget):
    """``taken`` carries the rate when the button is pressed."""

    taken = Signal(float)

    def __init__(self) -> None:
        super().__init__()
        self._rate: float | None = None
        self.told = label(say("The sweep recommends, as the peak:"), "dim")
        self.told.setWordWrap(True)
        self.button = QPushButton()
        self.button.setProperty("chip", True)
        show(
            self.button.setToolTip,
            say("The rate of a schedule is its highest: what the sweep of this experiment recommends for it"),
        )
        self.button.clicked.connect(self._take)
        line = QHBoxLayout(self)
        line.setContentsMargins(GAP, 0, GAP, 0)
        line.setSpacing(GAP)
        line.addWidget(self.told, 1)
        line.addWidget(self.button)
        self.hide()

    def show_peak(self, rate: float | None) -> None:
        """Show a rate, or nothing at all."""
        self._rate = rate
        if rate is not None:
            show(self.button.setText, say("Use {rate:rate}", rate=rate))
        self.setVisible(rate is not None)

    def _take(self) -> None:
        if self._rate is not None:
            self.taken.emit(self._rate)
