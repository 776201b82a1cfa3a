"""What other threads may say to a running job: stop, pause, at which pace, another factor on the rate."""

import math
import threading
import time
from collections import deque
from collections.abc import Iterable

from lrgui.core.arms import ArmReins
from lrgui.core.events import FactorMoved

FULL_SPEED: float | None = None
"""The pace of a run that nobody slows down."""

STEPPING = 0.0
"""The pace of a run that takes no step by itself: each waits for ``Control.step_once``."""

_CATCH_UP_SECONDS = 0.02
"""How far a late step may bring the next one forward, so that a pace is kept on the average."""

# A signal's handler may speak to the thread that is just about to wait, and its word then wakes nobody.
_LOOK_SECONDS = 0.1


class Control:
    """The reins of one run: set directly by any thread, read by the job between chunks.

    Setting them is not a queued call on purpose: a queued slot would wait until the job returns.

    Parameters
    ----------
    replay : iterable of FactorMoved
        What moved in the run that this one repeats. The moves of the hand are made again, each at its step, until a
        hand moves the factor itself; rules act by themselves.

    Attributes
    ----------
    arms : ArmReins
        Those of each arm, where the run is a comparison.
    """

    def __init__(self, replay: Iterable[FactorMoved] = ()) -> None:
        # Its lock is re-entrant, so that a signal's handler may take it from the thread that holds it.
        self._changed = threading.Condition()
        self.arms = ArmReins(self._changed)
        self._stopping = self._paused = False
        self._pace = FULL_SPEED
        self._granted = 0
        self._turn = -math.inf
        self._factor = 1.0
        self._replay = deque(sorted((move for move in replay if move.by == "hand"), key=lambda move: move.step))

    def stop(self) -> None:
        """Ask the run to end after the current chunk and to keep what it has. Ends every wait, too."""
        with self._changed:
            self._stopping, self._paused = True, False
            self._changed.notify_all()

    def pause(self) -> None:
        """Ask the run to hold before its next chunk."""
        with self._changed:
            self._paused = not self._stopping

    def resume(self) -> None:
        """Let a held run go on."""
        with self._changed:
            self._paused = False
            self._changed.notify_all()

    @property
    def stopping(self) -> bool:
        """Whether the run has been asked to end."""
        return self._stopping

    @property
    def paused(self) -> bool:
        """Whether the run has been asked to hold."""
        return self._paused

    @property
    def pace(self) -> float | None:
        """Steps per second at most, ``FULL_SPEED`` (None) or ``STEPPING`` (0); a change acts at once."""
        return self._pace

    @pace.setter
    def pace(self, pace: float | None) -> None:
        with self._changed:
            self._pace, self._granted = pace, 0
            self._changed.notify_all()

    def step_once(self) -> None:
        """Let a run that is ``STEPPING`` take one step more; at any other pace this does nothing."""
        with self._changed:
            if self._pace == STEPPING:
                self._granted += 1
                self._changed.notify_all()

    @property
    def factor(self) -> float:
        """What the planned learning rate is multiplied by, above 0; 1 at the start.

        Setting it ends a replay: from then on the run is another one.
        """
        return self._factor

    @factor.setter
    def factor(self, factor: float) -> None:
        with self._changed:
            self._factor = float(factor)
            self._replay.clear()

    def factor_at(self, step: int) -> float:
        """Return the factor from this step on; asked for ascending steps, it makes the moves that are replayed."""
        with self._changed:
            while self._replay and self._replay[0].step <= step:
                self._factor = self._replay.popleft().factor
            return self._factor

    @property
    def next_move(self) -> int | None:
        """The step of the next replayed move: no chunk is to go on beyond it."""
        with self._changed:
            return self._replay[0].step if self._replay else None

    @property
    def holding(self) -> bool:
        """Whether a run that asks for its turn now has to wait."""
        with self._changed:
            return self._seconds_left() > 0

    def wait_while_paused(self) -> None:
        """Return at once when the run goes, else when it is resumed or stopped."""
        with self._changed:
            while self._paused:
                self._changed.wait(_LOOK_SECONDS)

    def wait_for_an_arm(self, arms: Iterable[int]) -> None:
        """Return when one of these arms is no longer paused, or the run is stopped."""
        waiting = tuple(arms)
        with self._changed:
            while not self._stopping and self.arms.all_paused(waiting):
                self._changed.wait(_LOOK_SECONDS)

    def wait_for_turn(self) -> bool:
        """Return when the next chunk may begin, be it because of a stop.

        Returns
        -------
        bool
            Whether the chunk is to be a single step, because the run has a pace.
        """
        with self._changed:
            while (left := self._seconds_left()) > 0:
                self._changed.wait(min(left, _LOOK_SECONDS))
            self._take_turn()
            return self._pace is not None

    def _seconds_left(self) -> float:
        if self._stopping:
            return 0.0
        if self._paused:
            return math.inf
        if self._pace is None:
            return 0.0
        if self._pace == STEPPING:
            return 0.0 if self._granted else math.inf
        return self._turn + 1 / self._pace - time.perf_counter()

    def _take_turn(self) -> None:
        now = time.perf_counter()
        if self._pace:
            self._turn = max(self._turn + 1 / self._pace, now - _CATCH_UP_SECONDS)
        else:
            self._turn, self._granted = now, max(self._granted - 1, 0)
