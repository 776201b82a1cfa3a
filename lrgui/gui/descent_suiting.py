"""Walkers that suit a function: what their rates become on another one, and who comes next."""

import math

from lrgui.core.config.descent import WALKERS, WalkerChoice
from lrgui.core.descent.stability import momentum_of
from lrgui.gui.widgets.rate_slider import HIGHEST, LOWEST


def suited(walkers: tuple[WalkerChoice, ...], learning_rate: float) -> tuple[WalkerChoice, ...]:
    """Return the walkers with the boldest rate of those that have a limit at this one, the others in proportion."""
    boldness = {walker: walker.learning_rate / share for walker in walkers if (share := _share(walker))}
    boldest = max(boldness.values(), default=1.0)
    return tuple(
        with_rate(walker, learning_rate * walker.learning_rate / boldest) if walker in boldness else walker
        for walker in walkers
    )


def _share(walker: WalkerChoice) -> float | None:
    """Return how much smaller a rate must be: with momentum each gradient counts for 1 / (1 - beta) steps."""
    momentum = momentum_of(walker)
    return None if momentum is None else 1 - momentum[0]


def with_rate(walker: WalkerChoice, learning_rate: float) -> WalkerChoice:
    """Return a walker with another rate, of three digits and within what a rate can be."""
    return walker.model_copy(update={"learning_rate": min(max(float(f"{learning_rate:.3g}"), LOWEST), HIGHEST)})


def rounded(value: float, span: float) -> float:
    """Return a place as one would type it, to about a thousandth of the view."""
    return round(value, max(3 - math.floor(math.log10(span)), 0)) + 0.0


def another(walkers: tuple[WalkerChoice, ...], learning_rate: float) -> WalkerChoice:
    """Return a walker with the first optimizer that is not there yet, at a rate that suits it."""
    there = {type(walker) for walker in walkers}
    chosen = next((kind for kind in WALKERS if kind not in there), WALKERS[0])
    walker = chosen()
    share = _share(walker)
    return walker if share is None else with_rate(walker, learning_rate * share)
