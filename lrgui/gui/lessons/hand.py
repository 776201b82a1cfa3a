"""The hand that does a step for somebody: one control after the other, each shown before it is used."""

from collections.abc import Iterable, Iterator

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from lrgui.core.lessons.orders import AnyOrder
from lrgui.core.messages import Refused
from lrgui.gui.lessons.orders import Move, moves_of
from lrgui.gui.lessons.spotlight import Spotlight
from lrgui.gui.lessons.stage import Stage

PACE_MS = 700
_LOOK_MS = 20


class Hand(QObject):
    """Carries orders out, never two at a time.

    ``finished`` tells that all are done, ``refused(Message)`` that one could not be. ``pace_ms`` is how long a control
    is shown before it is used.
    """

    finished = Signal()
    refused = Signal(object)

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self._stage, self._spotlight = stage, Spotlight(stage.window)
        self.pace_ms = PACE_MS
        self._moves: Iterator[Move] | None = None
        self._move: Move = None
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._go_on)

    @property
    def busy(self) -> bool:
        """Whether it is at work."""
        return self._moves is not None

    def carry_out(self, orders: Iterable[AnyOrder]) -> None:
        """Begin with some orders; those of before are given up."""
        self._moves, self._move = self._all(list(orders)), None
        self._timer.start(0)

    def stop(self) -> None:
        """Leave the rest undone."""
        self._moves, self._move = None, None
        self._timer.stop()
        self._spotlight.hide()
        self._stage.fold_again()

    def _all(self, orders: list[AnyOrder]) -> Iterator[Move]:
        for order in orders:
            yield from moves_of(order, self._stage)

    def _go_on(self) -> None:
        if self._moves is None:
            return
        if callable(self._move) and not isinstance(self._move, QWidget) and not self._move():
            self._timer.start(_LOOK_MS)
            return
        try:
            self._move = next(self._moves)
        except StopIteration:
            self.stop()
            self.finished.emit()
        except Refused as refusal:
            self.stop()
            self.refused.emit(refusal.message)
        except Exception:
            self.stop()  # what went wrong is told by whoever hears of everything else that does
            raise
        else:
            self._timer.start(self._begin(self._move))

    def _begin(self, move: Move) -> int:
        """Begin a move, and return after how many milliseconds to go on."""
        if isinstance(move, QWidget):
            self._spotlight.put_on(move, self.pace_ms + 150)
            return self.pace_ms
        return _LOOK_MS
