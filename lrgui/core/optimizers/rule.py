"""What an optimizer does at each step, one axis at a time, on plain floats."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

State: TypeAlias = tuple[float, ...]
"""Where a walker stands on one axis, and what its optimizer remembers there: ``(w, ...)``."""

Update: TypeAlias = Callable[[State, float, float, int], State]
"""``update(state, gradient, learning_rate, step) -> state``; steps are counted from 0."""

Carried: TypeAlias = Callable[[State, State, float, int], float]
"""``carried(before, after, learning_rate, step)``: the part of a step that comes from earlier gradients."""

Scale: TypeAlias = Callable[[State, float, int], float]
"""``scale(after, learning_rate, step)``: what multiplies the gradient on this axis."""


@dataclass(frozen=True)
class Rule:
    """An update rule, with what explains it.

    Parameters
    ----------
    memory : tuple of str
        The letters of what it remembers, in the order of the state behind ``w``.
    initial : tuple of float
        What it remembers at first.
    update : callable
        One step on one axis.
    lines : tuple of str
        The step as formulas, with ``{w}``, ``{g}``, ``{rate}``, a letter of its memory, each with ``_next`` for what
        comes out, and the names of ``numbers``.
    numbers : mapping of str to float
        What else stands in the lines and is the same at every step.
    step_numbers : callable or None
        What else stands in the lines and depends on rate and step: ``step_numbers(learning_rate, step)``.
    carried : callable or None
        None for a rule without momentum.
    scale : callable or None
        None where the rate itself multiplies every axis alike.
    """

    memory: tuple[str, ...]
    initial: State
    update: Update
    lines: tuple[str, ...]
    numbers: Mapping[str, float]
    step_numbers: Callable[[float, int], Mapping[str, float]] | None = None
    carried: Carried | None = None
    scale: Scale | None = None
