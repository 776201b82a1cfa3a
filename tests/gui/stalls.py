"""How long the window's thread worked between two rounds of its event loop."""

import time
from contextlib import contextmanager

_LONG = 0.2


class Stalls:
    """The longest pieces of work, in processor time of this thread: what other programs take is nobody's stall.

    Others on the same core make each instruction slower, too. So what took long counts as long as it would have taken
    at the best speed that this thread has had, by a fixed piece of work that is done right after it.
    """

    def __init__(self):
        self.seconds, self.of, self.styled = [], [], []
        self._best = min(_yardstick() for _ in range(20))

    @contextmanager
    def watched(self):
        """Time the block."""
        began = time.thread_time()
        yield
        took = time.thread_time() - began
        if took > _LONG:
            now = _yardstick()
            self._best = min(self._best, now)
            took *= self._best / now
        self.seconds.append(took)

    def name(self, what, styled):
        """Say what was timed last, and whether everything was styled again in it."""
        self.of.append(what)
        self.styled.append(styled)

    def worst(self, styled=False, count=5):
        """Return the longest ones with what they were, of those in which everything was styled again or of the rest."""
        found = zip(self.seconds, self.of, self.styled, strict=True)
        return sorted([(took, what) for took, what, again in found if again is styled], reverse=True)[:count]


def _yardstick():
    """Return the seconds that a fixed piece of work takes."""
    began = time.thread_time()
    sum(number * number for number in range(50_000))
    return time.thread_time() - began
