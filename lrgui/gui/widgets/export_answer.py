"""The foot of the sheet of exports: how it goes, what is in the way, and what can be done about it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from lrgui.core.messages import Text, say
from lrgui.gui.widgets.card import GAP, label
from lrgui.gui.words import show, worded


class ExportAnswer(QWidget):
    """A sentence and the buttons that answer it; its room is kept, so that nothing moves."""

    replaced = Signal()
    kept_both = Signal()
    stopped = Signal()
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.told: QLabel = label("")
        self.told.setWordWrap(True)
        self.told.setMinimumHeight(2 * self.told.fontMetrics().lineSpacing() + 2)
        self.bar = QProgressBar(textVisible=False)
        show(self.bar.setAccessibleName, say("How many files are written"))
        self.replace = worded(QPushButton(), say("Replace it"))
        self.keep_both = worded(QPushButton(), say("Keep both"))
        self.stop = worded(QPushButton(), say("Stop"))
        self.close_button = worded(QPushButton(), say("Close"))
        pairs = (
            (self.replace, self.replaced),
            (self.keep_both, self.kept_both),
            (self.stop, self.stopped),
            (self.close_button, self.closed),
        )
        line = QHBoxLayout()
        line.setSpacing(GAP)
        line.addWidget(self.told, 1)
        for button, signal in pairs:
            button.setAutoDefault(False)
            button.clicked.connect(signal)
            line.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.bar)
        column.addLayout(line)
        policy = self.bar.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.bar.setSizePolicy(policy)
        self.clear()

    def clear(self) -> None:
        """Say nothing."""
        self._show("", "")

    def tell(self, told: Text) -> None:
        """Say that something is done."""
        self._show(told, "dim")

    def refuse(self, told: Text) -> None:
        """Say what is in the way."""
        self._show(told, "error")

    def ask(self, told: Text) -> None:
        """Ask whether the file that is there may be replaced."""
        self._show(told, "")
        self.replace.show()
        self.keep_both.show()
        self.keep_both.setFocus()

    def wait(self, told: Text, *, can_stop: bool) -> None:
        """Say that it goes on."""
        self._show(told, "dim")
        self.bar.setRange(0, 0)
        self.bar.setVisible(can_stop)
        self.stop.setVisible(can_stop)

    def show_progress(self, done: int, count: int) -> None:
        """Show how far it is."""
        self.bar.setRange(0, count)
        self.bar.setValue(done)
        show(self.told.setText, say("Writing {number:,} of {count:,} ...", number=done + 1, count=count))

    def _show(self, told: Text, level: str) -> None:
        show(self.told.setText, told)
        self.told.setProperty("level", level)
        self.told.style().unpolish(self.told)
        self.told.style().polish(self.told)
        for widget in (self.replace, self.keep_both, self.stop, self.bar):
            widget.hide()
