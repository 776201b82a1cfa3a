"""How a walk ends: at rest, and where; out of sight; or where the function has no value."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from lrgui.core.descent.stability import stability
from lrgui.core.functions.function import Floats, Function, Minimum, Point
from lrgui.core.messages import Message, say

if TYPE_CHECKING:
    from lrgui.core.descent.path import Path

EndingName: TypeAlias = Literal[
    "arrived", "settled", "caught", "saddle", "plateau", "stalled", "diverged", "fell", "no value"
]

_STILL = 1e-5
"""A step shorter than this share of the view leads nowhere."""
_THERE = 1e-3
"""A minimum is reached within this share of the view."""
_BESIDE = 0.05
"""A walker with noise has settled beside a minimum within this share of the view."""
_LONG, _STEP_ASIDE = 1000, 0.01
"""A slope is none if so many steps at a good rate lead no further than this share of the view."""
_FLAT = 0.01
"""A curvature is none if its product with a good rate is below this: 2 is the limit of stability."""


@dataclass(frozen=True)
class Ending:
    """How a walk has ended: in a word, after how many steps, and in a sentence.

    A walker that has ``arrived``, ``settled`` or ``stalled``, is ``caught``, at a ``saddle`` or on a ``plateau`` goes
    on taking its steps, none of which leads anywhere; after the others there are no more entries.
    """

    name: EndingName
    step: int
    message: Message


def how_it_ends(path: Path) -> Ending | None:
    """Say how a path ends, as far as it is known; None if it is still on its way."""
    if path.stopped:
        return _lost(path)
    still: NDArray[np.bool_] = np.all(np.abs(path.update) <= _STILL * np.array(path.function.spans), axis=1)
    if not len(still) or not still[-1]:
        return None
    moving = np.flatnonzero(~still)
    first = int(moving[-1]) + 1 if len(moving) else 0
    return _at_rest(path, first) or (_stalled(path, first) if path.complete else None)


def _at_rest(path: Path, first: int) -> Ending | None:
    """Find the first entry of those without motion that is at rest for good."""
    low, high = first, path.known - 1
    found = _resting_place(path, high)
    while found and low < high:
        middle = (low + high) // 2
        if _resting_place(path, middle):
            high = middle
        else:
            low = middle + 1
    return _resting_place(path, high) if found else None


def _resting_place(path: Path, entry: int) -> Ending | None:
    function, place = path.function, tuple(path.w[entry].tolist())
    slope, hessian = np.array(function.gradient_at(place)), function.hessian_at(place)
    eigenvalues = np.linalg.eigvalsh(hessian) if np.isfinite(hessian).all() else np.array([math.nan])
    minimum = _minimum_near(function, place)
    if minimum is None and eigenvalues[0] > 0:
        minimum = _minimum_ahead(function, place, np.linalg.solve(hessian, slope))
    if minimum is not None:
        return _in_minimum(function, minimum, entry)
    if (np.abs(slope) * function.learning_rate * _LONG > _STEP_ASIDE * np.array(function.spans)).any():
        return None
    if eigenvalues[0] < 0 < eigenvalues[-1]:
        return Ending("saddle", entry, say("stuck at a saddle from step {step} on", step=entry))
    # A valley's floor may be as level as that, but its walls are not.
    if np.max(np.abs(eigenvalues)) * function.learning_rate <= _FLAT:
        size = float(np.max(np.abs(slope)))
        message = say("stuck on a plateau at step {step}: the slope is {slope:rate}", step=entry, slope=size)
        return Ending("plateau", entry, message)
    return None


def _minimum_ahead(function: Function, place: Point, to_go: Floats) -> Minimum | None:
    """Return the minimum that Newton's step leads to, if that is near by."""
    if not _is_near(function, to_go):
        return None
    bottom = tuple((np.array(place) - to_go).tolist())
    value = function.value_at(bottom)
    deepest = not function.minima or value <= function.minima[0].value + 1e-6 * max(1.0, abs(value))
    return _minimum_near(function, bottom) or Minimum(bottom, value, deepest)


def _in_minimum(function: Function, minimum: Minimum, entry: int) -> Ending:
    if minimum.deepest:
        return Ending("arrived", entry, say("arrived at step {step}", step=entry))
    return Ending(
        "caught",
        entry,
        say(
            "caught in a local minimum at step {step}: {value:.4g}, where {deepest:.4g} is possible",
            step=entry,
            value=minimum.value,
            deepest=function.minima[0].value,
        ),
    )


def _minimum_near(function: Function, place: Point, share: float = _THERE) -> Minimum | None:
    there = (m for m in function.minima if _is_near(function, np.array(place) - np.array(m.position), share))
    return next(there, None)


def _is_near(function: Function, distance: Floats, share: float = _THERE) -> bool:
    return bool((np.abs(distance) <= share * np.array(function.spans)).all())


def _stalled(path: Path, first: int) -> Ending | None:
    """Say that the rate has decayed: near a minimum, where noise keeps a walker from its very bottom, or before."""
    rate, highest = float(path.learning_rate[first]), float(path.learning_rate.max())
    if rate > highest / 10:
        return None
    minimum = _minimum_near(path.function, tuple(path.w[-1].tolist()), _BESIDE) if path.walker.noise else None
    if minimum is not None and not minimum.deepest:
        return _in_minimum(path.function, minimum, first)
    if minimum is not None:
        return Ending("settled", first, say("settled beside the minimum at step {step}", step=first))
    message = say(
        "stalled at step {step}: the rate has decayed to {rate:rate} before it arrived", step=first, rate=rate
    )
    return Ending("stalled", first, message)


def _lost(path: Path) -> Ending:
    step = path.known - (path.stopped == "outside")
    if not path.known:
        return Ending("no value", 0, say("the function has no value at the start"))
    if path.stopped == "no value":
        return Ending("no value", step, say("the function has no value where step {step} leads", step=step))
    if path.known > 1 and path.f[-1] <= path.f.min():
        message = say("fell out of the view at step {step}: the function has no bottom there", step=step)
        return Ending("fell", step, message)
    return Ending("diverged", step, _why(path, step))


def _why(path: Path, step: int) -> Message:
    lowest = int(np.argmin(path.f))
    for entry in range(lowest, min(lowest + 30, path.known)):
        found = stability(path.walker, path.function, tuple(path.w[entry].tolist()))
        if found.limit is not None and path.learning_rate[entry] > found.limit:
            return say(
                "diverged at step {step}: above {formula} = {limit:rate}",
                step=step,
                formula=found.formula,
                limit=found.limit,
            )
    return say("diverged at step {step}: its steps led ever further up", step=step)
