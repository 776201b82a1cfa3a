"""When plots are painted: one shared timer, never a data signal."""

import time
import weakref
from collections.abc import Iterator
from typing import Protocol

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer
from shiboken6 import isValid

_FREE = 33, 0.1
"""Milliseconds between two frames, and which share of all time they may take."""

_SPARING = 50, 0.05
"""The same while a run computes: every thread of it waits for the one whose processor is painted with."""


class Repaintable(Protocol):
    """What a repainter paints."""

    def is_seen(self) -> bool:
        """Return whether any of it is on the screen."""

    def repaint_now(self) -> None:
        """Bring the picture up to date and put it on the screen before returning."""


class Repainter(QObject):
    """Repaints what is dirty and seen: one plot a tick, at most 30 ticks a second and about a tenth of the time.

    The timer runs only while something waits. A plot that is not seen waits without costing anything, and asks again
    when it is shown.

    Attributes
    ----------
    sparing : bool
        Whether a run goes on that needs the processors: then 20 ticks a second, and a twentieth of the time.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.sparing = False
        self._dirty: weakref.WeakKeyDictionary[Repaintable, None] = weakref.WeakKeyDictionary()
        self._next_at = 0.0
        self._timer = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)

    def request(self, plot: Repaintable) -> None:
        """Have a plot repainted soon, once for all requests until then. Costs next to nothing."""
        # A run may still report to a plot that Qt has deleted while Python holds what is left of it.
        if not isValid(plot):
            return
        self._dirty[plot] = None
        if not self._timer.isActive() and plot.is_seen():
            self._start()

    def forget(self, plot: Repaintable) -> None:
        """Drop a plot's request: it was just painted for another reason."""
        self._dirty.pop(plot, None)

    @property
    def active(self) -> bool:
        """Whether the timer runs."""
        return self._timer.isActive()

    def _start(self) -> None:
        wait = self._next_at - time.perf_counter()
        self._timer.start(max(0, round(wait * 1000)))

    def _tick(self) -> None:
        plot = next(self._waiting(), None)
        if plot is None:
            return
        del self._dirty[plot]
        began = time.perf_counter()
        plot.repaint_now()
        now = time.perf_counter()
        shortest_ms, share = _SPARING if self.sparing else _FREE
        self._next_at = max(began + shortest_ms / 1000, now + (now - began) * (1 / share - 1))
        if next(self._waiting(), None) is not None:
            self._start()

    def _waiting(self) -> Iterator[Repaintable]:
        return (plot for plot in self._dirty if isValid(plot) and plot.is_seen())


_shared: Repainter | None = None


def shared_repainter() -> Repainter:
    """Return the one repainter of the application, made at first use."""
    global _shared
    if _shared is None or not isValid(_shared):
        _shared = Repainter(QCoreApplication.instance())
    return _shared
