"""By how much the event loop is late: what a hand at the window would wait."""

import time

from PySide6.QtCore import Qt, QTimer

_INTERVAL_MS = 5


class Lateness:
    """Notes by how much a tick due every 5 ms comes late, while it is entered.

    Attributes
    ----------
    delays_ms : list of float
        One each tick; the last is that of what was going on at the end.
    """

    def __init__(self) -> None:
        self.delays_ms: list[float] = []
        self._last = 0.0
        self._timer = QTimer(interval=_INTERVAL_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)

    def __enter__(self) -> "Lateness":
        self._last = time.perf_counter()
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.stop()
        self._tick()

    def _tick(self) -> None:
        now = time.perf_counter()
        self.delays_ms.append(max(0.0, 1000 * (now - self._last) - _INTERVAL_MS))
        self._last = now
