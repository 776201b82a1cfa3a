"""The path of one walker, computed ahead as far as it is needed."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from lrgui.core.config.descent import WalkerChoice
from lrgui.core.descent.ends import Ending, how_it_ends
from lrgui.core.descent.table import rate_table
from lrgui.core.descent.walking import Entries, Stopped, Walk
from lrgui.core.functions.function import Floats, Function, Interval, Point
from lrgui.core.optimizers import rule_of

_BLOCK = 500
_FAR = 10.0
"""So many widths of the view a walker may be away from its middle."""


@dataclass(frozen=True)
class Move:
    """One step taken apart, each part with one number an axis.

    ``update`` is the whole of it; ``carried`` is what earlier gradients add (None without momentum), ``own`` the
    rest; ``scale`` is what multiplies the gradient on each axis (None where the rate does on all of them alike).
    """

    update: Point
    carried: Point | None
    own: Point
    scale: Point | None


class Path:
    """A walker on a function: entry 0 is the start, entry ``n`` where it stands after ``n`` steps.

    Nothing is computed before it is asked for. Arrays are views of what is known so far; they must not be changed.

    Parameters
    ----------
    function : Function
        What it walks down.
    start : tuple of float
        One number a variable.
    walker : WalkerChoice
        Its optimizer, rate, schedule and noise.
    steps : int
        How many steps it may take, at least 1: schedules are spread over them.
    seed : int
        Of the noise; walkers with the same seed meet the same noise.
    """

    def __init__(self, function: Function, start: Point, walker: WalkerChoice, steps: int, seed: int = 0) -> None:
        self.function, self.start, self.walker, self.steps, self.seed = function, start, walker, steps, seed
        self.rule = rule_of(walker)
        self._axes, self._width = len(function.variables), 1 + len(self.rule.memory)
        self._states = np.empty((steps + 1, self._axes, self._width))
        self._losses, self._gradients = np.empty(steps + 1), np.empty((steps + 1, self._axes))
        self._known = 0
        self._stopped: Stopped = ""
        self._ended: Ending | None = None
        self._walk = Walk(function, self.rule.update, tuple(map(_room, function.view, start)))
        self._rates = rate_table(walker, steps)
        self._begin()

    def _begin(self) -> None:
        states = tuple((place, *self.rule.initial) for place in self.start)
        self._keep(self._walk.enter(states, tuple(self._noise[:, 0].tolist())))
        self._ended = how_it_ends(self)

    @cached_property
    def _noise(self) -> Floats:
        """What is added to each gradient, shape (variables, steps + 1)."""
        if not self.walker.noise:
            return np.zeros((self._axes, self.steps + 1))
        random = np.random.default_rng(self.seed)
        return np.ascontiguousarray(random.normal(0, self.walker.noise, (self.steps + 1, self._axes)).T)

    def extend_to(self, step: int) -> None:
        """Compute it at least up to an entry, or up to where it ends."""
        if step < self._known or self.complete:
            return
        first = self._known - 1
        last = min(max(step, first + _BLOCK), self.steps)
        states = tuple(tuple(axis) for axis in self._states[first].tolist())
        noises = self._noise[:, first + 1 : last + 1].tolist()
        gradients = tuple(self._gradients[first].tolist())
        self._keep(self._walk.go(states, gradients, self._rates[first:last].tolist(), noises, first))
        self._ended = how_it_ends(self)

    def _keep(self, entries: Entries) -> None:
        count = len(entries.losses)
        new = slice(self._known, self._known + count)
        self._states[new] = np.array(entries.states).reshape(count, self._axes, self._width)
        self._losses[new] = entries.losses
        self._gradients[new] = np.array(entries.gradients).reshape(count, self._axes)
        self._known += count
        self._stopped = entries.stopped

    @property
    def known(self) -> int:
        """How many entries are computed; 0 if the function has no value at the start."""
        return self._known

    @property
    def stopped(self) -> Stopped:
        """Why no more entries can come, though there are steps left."""
        return self._stopped

    @property
    def complete(self) -> bool:
        """Whether nothing is left to compute."""
        return bool(self._stopped) or self._known == self.steps + 1

    @property
    def ended(self) -> Ending | None:
        """How it has ended, as far as it is known; a walker at rest may be carried away again further on."""
        return self._ended

    @property
    def w(self) -> Floats:
        """Where it stands, shape (known, variables)."""
        return self._states[: self._known, :, 0]

    @property
    def f(self) -> Floats:
        """The loss there, shape (known,)."""
        return self._losses[: self._known]

    @property
    def gradient(self) -> Floats:
        """The gradient that it follows there, with its noise, shape (known, variables)."""
        return self._gradients[: self._known]

    @property
    def learning_rate(self) -> Floats:
        """The rate with which it leaves each entry, shape (known,)."""
        return self._rates[: self._known]

    @property
    def update(self) -> Floats:
        """How far each step leads, shape (known - 1, variables)."""
        return np.diff(self.w, axis=0)

    @property
    def distance(self) -> Floats | None:
        """How far it is from the nearest of the deepest minima, shape (known,); None if none is known."""
        deepest = [minimum.position for minimum in self.function.minima if minimum.deepest]
        if not deepest:
            return None
        away: Floats = np.linalg.norm(self.w[:, None, :] - np.array(deepest), axis=2).min(axis=1)
        return away

    def state(self, entry: int) -> tuple[tuple[float, ...], ...]:
        """Return place and memory at a known entry, axis by axis, in the order of ``rule.memory``."""
        return tuple(tuple(axis) for axis in self._states[: self._known][entry].tolist())

    def move(self, entry: int) -> Move:
        """Return the step that leaves a known entry, taken apart; the entry after it must be known too."""
        before, after, rate = self.state(entry), self.state(entry + 1), float(self._rates[entry])
        update = tuple(then[0] - now[0] for now, then in zip(before, after, strict=True))
        carried = scale = None
        if (carry := self.rule.carried) is not None:
            carried = tuple(carry(now, then, rate, entry) for now, then in zip(before, after, strict=True))
        if (multiply := self.rule.scale) is not None:
            scale = tuple(multiply(then, rate, entry) for then in after)
        own = tuple(whole - part for whole, part in zip(update, carried or (0.0,) * self._axes, strict=True))
        return Move(update, carried, own, scale)


def _room(view: Interval, start: float) -> Interval:
    low, high = view
    middle = (low + high) / 2
    reach = _FAR * max(high - low, 2 * abs(start - middle))
    return middle - reach, middle + reach
