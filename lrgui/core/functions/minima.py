"""Where a function has its minima: looked for on a grid, and made exact by Newton's method."""

from dataclasses import replace

import numpy as np

from lrgui.core.functions.function import Floats, Function, Minimum, Point

_PLACES = {1: 601, 2: 81}
_MOST = 12


def found_minima(function: Function) -> tuple[Minimum, ...]:
    """Return the minima inside the view that a grid of 601 places, or of 81 by 81, gives away.

    Those at the edge of the view are none: the function goes on falling outside.

    Returns
    -------
    tuple of Minimum
        At most twelve, the deepest first; two that are equally deep to 1e-9 are both ``deepest``.
    """
    places = _PLACES[len(function.variables)]
    axes = [np.linspace(low, high, places) for low, high in function.view]
    grid = np.meshgrid(*axes, indexing="ij")
    values = function.value(*grid)
    starts = np.stack([axis[_lowest(values)] for axis in grid], axis=-1)
    found: dict[Point, Minimum] = {}
    for start in starts[np.argsort(values[_lowest(values)])][:_MOST]:
        exact = _polished(function, tuple(start.tolist()))
        # Two that agree to eight digits are the same, reached from two sides.
        found.setdefault(tuple(round(part, 8) + 0.0 for part in exact), Minimum(exact, function.value_at(exact)))
    ordered = sorted(found.values(), key=lambda minimum: minimum.value)
    depth = ordered[0].value if ordered else 0.0
    tolerance = 1e-9 * max(1.0, abs(depth))
    return tuple(replace(minimum, deepest=minimum.value <= depth + tolerance) for minimum in ordered)


def _lowest(values: Floats) -> tuple[np.ndarray, ...]:
    """Return the inner places of a grid that are lower than those before and not higher than those after them."""
    # Beside a place without a value none is lowest: log(x) falls for ever towards 0.
    padded = np.where(np.isfinite(values), values, -np.inf)
    lowest = np.isfinite(values)
    for axis in range(values.ndim):
        before, after = np.roll(padded, 1, axis), np.roll(padded, -1, axis)
        edge = np.ones(values.shape[axis], bool)
        edge[[0, -1]] = False
        shape = [-1 if each == axis else 1 for each in range(values.ndim)]
        lowest &= (padded < before) & (padded <= after) & edge.reshape(shape)
    return np.nonzero(lowest)


def _polished(function: Function, start: Point) -> Point:
    """Follow Newton's steps as long as they lead down; at a kink, where they do not, the place on the grid stands."""
    point, value = start, function.value_at(start)
    for _ in range(30):
        hessian = function.hessian_at(point)
        if not np.isfinite(hessian).all() or np.linalg.eigvalsh(hessian)[0] <= 0:
            break
        step = np.linalg.solve(hessian, np.array(function.gradient_at(point)))
        onward = tuple((np.array(point) - step).tolist())
        if not function.value_at(onward) <= value:
            break
        point, value = onward, function.value_at(onward)
    return point
