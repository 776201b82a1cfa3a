"""How the window comes: its frame is painted, the rest follows in pieces, and a hand has it at once."""

import threading
from collections.abc import Callable, Iterator

from PySide6.QtCore import QEvent, QObject, QTimer, Slot
from PySide6.QtWidgets import QWidget

_HANDS = {
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseButtonDblClick,
    QEvent.Type.Wheel,
    QEvent.Type.KeyPress,
    QEvent.Type.ShortcutOverride,
    QEvent.Type.TouchBegin,
    QEvent.Type.DragEnter,
    QEvent.Type.Close,
}
"""What must meet a window that is complete: events of the screen's window, before they go to a widget."""

_UNSEEN_MS = 500
"""A window that is not painted, as one that starts minimized, is completed after so long."""

_LOOK_MS = 5


class Arrival(QObject):
    """Completes a window that has just been shown.

    The libraries that take long are imported by a thread of their own meanwhile: the frame can be moved and painted.
    They are imported by nobody else before that thread has ended.

    Parameters
    ----------
    window : QWidget
        Shown already.
    libraries : callable
        Imports them; touches nothing of Qt's.
    pieces : iterator
        Does the rest, one piece a turn of the event loop.
    done : callable
        Called when all is there.
    """

    def __init__(
        self, window: QWidget, libraries: Callable[[], None], pieces: Iterator[None], done: Callable[[], None]
    ) -> None:
        super().__init__(window)
        self._window, self._pieces, self._done = window, pieces, done
        self._thread = threading.Thread(target=libraries, name="libraries", daemon=True)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._go_on)
        self._handle = window.windowHandle()
        self._handle.installEventFilter(self)
        self._going = self._over = False
        self._late = QTimer(self, singleShot=True, interval=_UNSEEN_MS)
        self._late.timeout.connect(self._begin)
        self._late.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Begin when the frame has been painted; complete the window before a hand reaches it (Qt's hook)."""
        kind = event.type()
        if kind == QEvent.Type.Expose and not self._thread.ident:
            # Qt paints all there is while it handles this event; then the loop comes back.
            QTimer.singleShot(0, self, self._begin)
        elif kind in _HANDS:
            self.complete()
        return False

    @Slot()
    def _begin(self) -> None:
        if not self._thread.ident and not self._over:
            self._thread.start()
            self._timer.start(_LOOK_MS)

    @Slot()
    def _go_on(self) -> None:
        if self._thread.is_alive():
            self._timer.start(_LOOK_MS)
        elif self._step():
            self._timer.start(0)

    def _step(self) -> bool:
        """Do one piece; return whether there may be another one."""
        if self._going or self._over:
            return False
        self._going = True
        try:
            next(self._pieces)
        except StopIteration:
            self._end()
        finally:
            self._going = False
        return not self._over

    def _end(self) -> None:
        self._over = True
        self._handle.removeEventFilter(self)
        self._late.stop()
        self._done()

    def complete(self) -> None:
        """Do all that is left, now."""
        self._begin()
        if self._thread.ident:
            self._thread.join()
        while self._step():
            pass
