"""Where the seconds of a run go: into its preparation, its steps, and the evaluations between and after them."""

import math
import time
from dataclasses import dataclass, field

from lrgui.core.events import Columns, Ended, EpochEnded, Event, StepsEnded


@dataclass(slots=True)
class Stopwatch:
    """Reads the clock at a run's events. It begins with the first of them: the wait for a free worker is no work.

    The first steps that are reported count as preparation: it takes its time until they come. Those of a further
    sweep, for which the model was made anew, are left out.

    Attributes
    ----------
    preparing, stepping, evaluating : float
        Seconds of each.
    steps : int
        How many steps ``stepping`` is the time of.
    evaluations : int
        How often the validation data were evaluated.
    """

    preparing: float = 0.0
    stepping: float = 0.0
    evaluating: float = 0.0
    steps: int = 0
    evaluations: int = 0
    _last: float = field(default=math.nan, repr=False)
    _first_steps: int = field(default=0, repr=False)
    _first_seconds: float = field(default=0.0, repr=False)
    _evaluated: bool = field(default=False, repr=False)
    _repeat: int = field(default=0, repr=False)

    @property
    def seconds_per_step(self) -> float | None:
        """The mean over the steps, or None before any."""
        if self.steps:
            return self.stepping / self.steps
        return self._first_seconds / self._first_steps if self._first_steps else None

    @property
    def seconds_per_evaluation(self) -> float | None:
        """The mean over the evaluations, or None before any."""
        return self.evaluating / self.evaluations if self.evaluations else None

    def take(self, event: Event) -> None:
        """Give the time since the last event to what this one has brought to its end."""
        now = time.perf_counter()
        elapsed, self._last = now - (now if math.isnan(self._last) else self._last), now
        if isinstance(event, StepsEnded):
            self._take_steps(event.columns, elapsed)
        elif self._first_steps:
            self.evaluating += elapsed
            measured = isinstance(event, EpochEnded) or (isinstance(event, Ended) and bool(event.evaluation))
            self.evaluations += measured and not self._evaluated
            self._evaluated |= measured
        else:
            self.preparing += elapsed

    def _take_steps(self, columns: Columns, elapsed: float) -> None:
        count, self._evaluated = len(columns["step"]), False
        before, self._repeat = self._repeat, int(columns["repeat"][0]) if "repeat" in columns else 0
        if not self._first_steps:
            self.preparing += elapsed
            self._first_steps, self._first_seconds = count, elapsed
        elif self._repeat == before:
            self.stepping += elapsed
            self.steps += count
