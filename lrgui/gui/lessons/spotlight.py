"""A ring around the control that is about to be used, so that a class sees where to look."""

from PySide6.QtCore import QPoint, QRect, QRectF, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from lrgui.gui.theme import themes

_MARGIN, _WIDTH = 6, 3.0


class Spotlight(QWidget):
    """Lies over a window, lets the mouse through, and is seen only around what it was put on.

    Parameters
    ----------
    window : QWidget
        Over which it lies.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.hide)
        self.hide()

    def put_on(self, widget: QWidget, duration_ms: int) -> None:
        """Ring a widget for some time; one that is not in sight is left alone."""
        window = self.parentWidget()
        seen = widget.visibleRegion().boundingRect()
        if not widget.isVisible() or seen.isEmpty() or widget.window() is not window:
            self.hide()
            return
        corner = widget.mapTo(window, QPoint(0, 0))
        room = QRect(corner, widget.size()).intersected(seen.translated(corner))
        self.setGeometry(room.adjusted(-_MARGIN, -_MARGIN, _MARGIN, _MARGIN).intersected(window.rect()))
        self.show()
        self.raise_()
        self._timer.start(duration_ms)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ring (Qt's hook)."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(themes.current.color("accent"), _WIDTH))
        painter.setBrush(themes.current.brush("accent", 0.12))
        inside = QRectF(self.rect()).adjusted(_WIDTH / 2, _WIDTH / 2, -_WIDTH / 2, -_WIDTH / 2)
        painter.drawRoundedRect(inside, 9, 9)
