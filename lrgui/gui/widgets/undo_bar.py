"""A bar that lies over the foot of a view, and offers to take back what was just done."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from lrgui.core.messages import Text, say
from lrgui.gui.widgets.card import GAP, label
from lrgui.gui.words import show, with_keys, worded

_SHOWN_MS = 12_000
_MARGIN = 10


class UndoBar(QFrame):
    """A sentence and *Undo*; it goes by itself after a while. ``undone`` tells that it was asked for."""

    undone = Signal()

    def __init__(self, over: QWidget, keys: str = "Ctrl+Z") -> None:
        super().__init__(over)
        self._over = over
        self.setObjectName("undo_bar")
        self._told = label("")
        self._button = worded(QPushButton(), say("Undo"))
        self._button.setProperty("link", True)
        self._button.setCursor(Qt.CursorShape.PointingHandCursor)
        show(self._button.setAccessibleName, say("Undo"))
        show(self._button.setToolTip, with_keys(say("Take it back"), keys))
        self._button.clicked.connect(self.undone)
        line = QHBoxLayout(self)
        line.setContentsMargins(14, 7, 14, 7)
        line.setSpacing(2 * GAP)
        line.addWidget(self._told)
        line.addWidget(self._button)
        self._going = QTimer(self, singleShot=True, interval=_SHOWN_MS)
        self._going.timeout.connect(self.rest)
        over.installEventFilter(self)
        self.hide()

    def lie_over(self, over: QWidget) -> None:
        """Move to the foot of another view; what is shown stays shown."""
        if over is self._over:
            return
        self._over.removeEventFilter(self)
        self._over = over
        self.setParent(over)
        over.installEventFilter(self)
        self.setVisible(self._going.isActive())
        self.raise_()
        self._place()

    def tell(self, text: Text) -> None:
        """Show a sentence for a while."""
        show(self._told.setText, text)
        self.show()
        self.raise_()
        self._place()
        self._going.start()

    def rest(self) -> None:
        """Go away."""
        self._going.stop()
        self.hide()

    @property
    def text(self) -> str:
        """What it says."""
        return self._told.text()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the foot of the view (Qt's hook)."""
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        self.adjustSize()
        over = self._over
        self.move((over.width() - self.width()) // 2, over.height() - self.height() - _MARGIN)
