"""The steps themselves, one after another on plain floats: numpy would take ten times as long for one point."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Literal, TypeAlias

from lrgui.core.expressions.scalar import Scalar
from lrgui.core.functions.function import NO_VALUE, Function, Interval, Point
from lrgui.core.optimizers.rule import State, Update

Stopped: TypeAlias = Literal["", "outside", "overflow", "no value"]
"""Far outside the view; beyond what a float can hold; or where the function has no value, as log(x) at -1."""

_HUGE = 1e150
"""A gradient whose square is still a number."""


@dataclass
class Entries:
    """What a walk has written down, flat: of each entry the state of each axis, the loss, the gradient of each axis."""

    states: list[float] = field(default_factory=list)
    losses: list[float] = field(default_factory=list)
    gradients: list[float] = field(default_factory=list)
    stopped: Stopped = ""


@dataclass(frozen=True)
class Walk:
    """What stays the same from step to step: the function, the rule, and the room in which a walker is followed."""

    function: Function
    update: Update
    room: tuple[Interval, ...]

    def enter(self, states: tuple[State, ...], noise: Point) -> Entries:
        """Return the entry of the place where a walk begins; without one if the function has no value there."""
        entries, place = Entries(), (states[0][0], states[-1][0])
        try:
            loss, *slopes = self.function.terms(*place)
        except NO_VALUE:
            return Entries(stopped="no value")
        gradients = [slope + off for slope, off in zip(slopes, noise, strict=False)]
        if not all(-_HUGE < value < _HUGE for value in (loss, *gradients)):
            return Entries(stopped="no value")
        for state in states:
            entries.states.extend(state)
        entries.losses.append(loss)
        entries.gradients.extend(gradients)
        return entries

    def go(
        self,
        states: tuple[State, ...],
        gradients: Point,
        rates: Sequence[float],
        noises: Sequence[Sequence[float]],
        first: int,
    ) -> Entries:
        """Take a step for each rate, from these states; the first one is step number ``first``, counted from 0."""
        args = self.function.terms, self.update, self.room
        if len(states) == 1:
            return _on_a_line(*args, states[0], gradients[0], rates, noises[0], first)
        return _on_a_plane(*args, states, gradients, rates, noises, first)


# The loops below run 10,000 times for each walker while a slider moves: every line counts, so there are two of them.


def _on_a_line(
    terms: Scalar,
    update: Update,
    room: Sequence[Interval],
    state: State,
    gradient: float,
    rates: Sequence[float],
    noises: Sequence[float],
    first: int,
) -> Entries:
    entries, ((low, high),) = Entries(), room
    keep_state, keep_loss, keep_gradient = entries.states.extend, entries.losses.append, entries.gradients.append
    try:
        for step, rate, off in zip(count(first), rates, noises, strict=False):
            state = update(state, gradient, rate, step)
            x = state[0]
            loss, slope = terms(x, 0.0)
            gradient = slope + off
            if not (-_HUGE < loss < _HUGE and -_HUGE < gradient < _HUGE):
                entries.stopped = "overflow"
                break
            keep_state(state)
            keep_loss(loss)
            keep_gradient(gradient)
            if not low < x < high:
                entries.stopped = "outside"
                break
    except OverflowError:
        entries.stopped = "overflow"
    except NO_VALUE:
        entries.stopped = "no value"
    return entries


def _on_a_plane(
    terms: Scalar,
    update: Update,
    room: Sequence[Interval],
    states: Sequence[State],
    gradients: Sequence[float],
    rates: Sequence[float],
    noises: Sequence[Sequence[float]],
    first: int,
) -> Entries:
    entries, ((left, right), (low, high)) = Entries(), room
    keep_state, keep_loss, keep_gradient = entries.states.extend, entries.losses.append, entries.gradients.append
    (state_x, state_y), (gradient_x, gradient_y) = states, gradients
    try:
        for step, rate, off_x, off_y in zip(count(first), rates, *noises, strict=False):
            state_x = update(state_x, gradient_x, rate, step)
            state_y = update(state_y, gradient_y, rate, step)
            x, y = state_x[0], state_y[0]
            loss, slope_x, slope_y = terms(x, y)
            gradient_x = slope_x + off_x
            gradient_y = slope_y + off_y
            if not (-_HUGE < loss < _HUGE and -_HUGE < gradient_x < _HUGE and -_HUGE < gradient_y < _HUGE):
                entries.stopped = "overflow"
                break
            keep_state(state_x)
            keep_state(state_y)
            keep_loss(loss)
            keep_gradient(gradient_x)
            keep_gradient(gradient_y)
            if not (left < x < right and low < y < high):
                entries.stopped = "outside"
                break
    except OverflowError:
        entries.stopped = "overflow"
    except NO_VALUE:
        entries.stopped = "no value"
    return entries
