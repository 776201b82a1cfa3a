"""Tables of rates that a person made up; their formulas stand at their configs."""

import numpy as np

from lrgui.core.config.schedule import Drawn, Formula, Piecewise
from lrgui.core.config.schedule.own import FORMULA_NAMES
from lrgui.core.expressions import Expression, parse
from lrgui.core.messages import Refused, say
from lrgui.core.schedules.run import Stretch, Table

BLOCK = 1 << 16
"""A formula is computed for so many steps at once: a long run does not take memory for each of its parts."""


def piecewise(choice: Piecewise, run: Stretch) -> Table:
    """Take each level from its boundary on."""
    boundaries = [boundary.steps(run.steps_per_epoch) for boundary in choice.boundaries]
    levels = run.learning_rate * np.array(choice.shares)
    return levels[np.searchsorted(boundaries, run.step, side="right")]


def drawn(choice: Drawn, run: Stretch) -> Table:
    """Join the points by lines that are straight on a linear or a log axis."""
    x, y = np.array(choice.points).T
    place = run.step / max(run.steps - 1, 1)
    if choice.lines == "linear":
        return run.learning_rate * np.interp(place, x, y)
    # The exponential of a logarithm may be a digit above where it came from.
    return run.learning_rate * np.minimum(np.exp(np.interp(place, x, np.log(y))), y.max())


def formula(choice: Formula, run: Stretch) -> Table:
    """Compute the formula.

    Raises
    ------
    Refused
        It gives a rate that is negative or not finite; the message names the first step of those.
    """
    read = parse(choice.formula, FORMULA_NAMES)
    table = np.empty(len(run.step))
    for begin in range(0, len(run.step), BLOCK):
        part = run.step[begin : begin + BLOCK]
        table[begin : begin + BLOCK] = at_steps(read, part, run)
        check(table[begin : begin + BLOCK], part)
    return table


def at_steps(read: Expression, step: Table, run: Stretch) -> Table:
    """Return what a formula of the rate gives at some steps of a run, unchecked."""
    return read(
        step=step,
        epoch=np.floor_divide(step, run.steps_per_epoch),
        steps=run.steps,
        epochs=run.steps / run.steps_per_epoch,
        rate=run.learning_rate,
    )


def check(rates: Table, step: Table) -> None:
    """Refuse rates with which nothing can be trained.

    Raises
    ------
    Refused
        The message names the first of the steps at which the rate is negative or not finite.
    """
    bad = ~(np.isfinite(rates) & (rates >= 0))
    if bad.any():
        first = int(bad.argmax())
        raise Refused(
            say(
                "At step {step} the formula gives {rate}: a rate is a finite number, at least 0.",
                step=f"{int(step[first]):,}",
                rate=f"{rates[first]:.4g}",
            )
        )
