"""How long a run may be silent before a person is told: longer where work is known to be slow, and as it has been."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from lrgui.core.events import ArmEnded, Ended, EpochEnded, Event, StepsEnded
from lrgui.core.messages import Message, say
from lrgui.core.runs import Run

_AS_BEFORE = 10.0
"""A silence is nothing new until it is so many times as long as the longest so far."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds of silence after which a run is said to be stuck.

    Attributes
    ----------
    stepping : float
        Between steps: chunks of them take some hundredths of a second.
    slow : float
        Before the first step (data are read, the graph is traced), and where an evaluation may be under way.
    """

    stepping: float = 20.0
    slow: float = 120.0


class Patience:
    """Measures how long a run has been silent. The events and the questions may come from different threads.

    Parameters
    ----------
    limits : Limits
        For how long that is in order.
    clock : callable
        Seconds that never jump back.
    """

    def __init__(self, limits: Limits | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        self._limits, self._clock = limits or Limits(), clock
        self._last, self._longest, self._times = clock(), 0.0, 1.0
        self._slow = True

    def take(self, run: Run, event: Event) -> None:
        """Hear of an event that the run has taken in."""
        now = self._clock()
        if not self._slow and isinstance(event, StepsEnded):
            self._longest = max(self._longest, now - self._last)
        self._last = now
        if isinstance(event, StepsEnded | EpochEnded | ArmEnded | Ended):
            self._slow = _is_at_a_border(run, event)

    def rest(self) -> None:
        """Begin to count anew: the run was held by a hand, or nobody could look."""
        self._last = self._clock()

    def wait_on(self) -> None:
        """Allow twice as much from now on: a person has been told, and waits."""
        self._times *= 2
        self.rest()

    @property
    def silent(self) -> float:
        """Seconds since the last event."""
        return self._clock() - self._last

    @property
    def allowed(self) -> float:
        """After how many seconds of silence a person is to be told."""
        usual = self._limits.slow if self._slow else self._limits.stepping
        return self._times * max(usual, _AS_BEFORE * self._longest)

    @property
    def over(self) -> bool:
        """Whether the silence has lasted too long."""
        return self.silent > self.allowed


def _is_at_a_border(run: Run, event: Event) -> bool:
    """Whether slow work may come next: a validation after an epoch's last step, a fresh model after an arm or a sweep.

    Of a range test nobody knows which step is the last: it is evaluated wherever the loss runs away.
    """
    if not isinstance(event, StepsEnded) or run.planned is None or run.kind == "range_test":
        return True
    return (int(event.columns["step"][-1]) + 1) % run.planned.steps_per_epoch == 0


def told_of_silence(run: Run | None, seconds: float) -> Message:
    """Say that nothing comes any more.

    Parameters
    ----------
    run : Run or None
        Which; None if it was dropped, and its work has not ended yet.
    seconds : float
        How long it has been silent.
    """
    if run is None:
        return say(
            "The run that was cancelled has not ended for {seconds:.0f} s: no other can start before it does.",
            seconds=seconds,
        )
    if not len(run.steps):
        return say(
            "The run has shown no progress for {seconds:.0f} s, and has not begun its first step: the computer may be "
            "short of memory, or something in it hangs.",
            seconds=seconds,
        )
    return say(
        "The run has shown no progress for {seconds:.0f} s, since step {step:,}: the computer may be short of memory, "
        "or something in it hangs.",
        seconds=seconds,
        step=len(run.steps),
    )
