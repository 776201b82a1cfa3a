"""The loss of a straight line through data points: what a linear model with one input learns."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike

from lrgui.core.expressions.scalar import Scalar
from lrgui.core.functions.function import Floats, Function, Minimum, Point
from lrgui.core.messages import say

DataPoint = tuple[float, float]
POINTS: tuple[DataPoint, ...] = ((-2.0, -2.2), (-1.0, -0.4), (0.0, 0.6), (1.0, 1.3), (2.0, 3.4), (3.0, 3.8))
"""The data that stand there at first."""


@dataclass(frozen=True, eq=False)
class LeastSquares(Function):
    """The mean squared error of ``slope*input + offset`` over data points; ``x`` is the slope, ``y`` the offset.

    Nothing is scaled or centred: the numbers are those of a computation by hand.
    """

    points: tuple[DataPoint, ...] = POINTS

    def value(self, *given: ArrayLike) -> Floats:
        """Return the mean squared error for arrays of slopes and offsets."""
        slope, offset = (np.asarray(part, np.float64) for part in given)
        with np.errstate(all="ignore"):
            total: Floats = sum(
                ((slope * at + offset - target) ** 2 for at, target in self.points),
                np.zeros(np.broadcast(slope, offset).shape),
            )
            return total / len(self.points)

    @cached_property
    def _sums(self) -> tuple[float, float, float, float]:
        at, target = np.array(self.points, np.float64).T
        mean_of_squares, mean, mean_of_products, mean_target = (
            float(np.mean(values)) for values in (at * at, at, at * target, target)
        )
        return mean_of_squares, mean, mean_of_products, mean_target

    @cached_property
    def terms(self) -> Scalar:
        """The mean squared error and its derivative by slope and by offset, as a function of two floats."""
        points, count = self.points, len(self.points)
        squares, mean, products, target_mean = self._sums

        def terms(slope: float, offset: float) -> tuple[float, ...]:
            total = 0.0
            for at, target in points:
                error = slope * at + offset - target
                total += error * error
            by_slope = 2.0 * (squares * slope + mean * offset - products)
            return total / count, by_slope, 2.0 * (mean * slope + offset - target_mean)

        return terms

    @property
    def curvatures(self) -> Scalar:
        """The second derivatives, the same everywhere."""
        squares, mean, _, _ = self._sums
        rows = 2.0 * squares, 2.0 * mean, 2.0 * mean, 2.0
        return lambda slope, offset: rows

    @cached_property
    def derivatives(self) -> tuple[str, ...]:
        """The derivative by slope and by offset, with the sums over the data worked out."""
        squares, mean, products, target = self._sums
        return (
            f"2*({squares:.6g}*x + {mean:.6g}*y - {products:.6g})",
            f"2*({mean:.6g}*x + y - {target:.6g})",
        )


def best_line(points: Sequence[DataPoint]) -> Point:
    """Return slope and offset of the least squares; the flattest line where all inputs are the same."""
    at, target = np.array(points, np.float64).T
    solution = np.linalg.lstsq(np.stack([at, np.ones_like(at)], axis=1), target, rcond=None)[0]
    return tuple(solution.tolist())


def least_squares(points: Sequence[DataPoint] = POINTS) -> LeastSquares:
    """Return the loss of a line through these points.

    Parameters
    ----------
    points : sequence of (input, target)
        At least one.
    """
    kept = tuple((float(at), float(target)) for at, target in points)
    slope, offset = best_line(kept)
    half = 3.0 + max(abs(slope), abs(offset)) / 2
    start = slope + 0.7 * half, offset - 0.6 * half
    function = LeastSquares(
        "line", say("Line through data points"), "mean((x*input + y - target)**2)",
        "Legendre, Nouvelles methodes pour la determination des orbites des cometes, 1805",
        ("x", "y"), ((slope - half, slope + half), (offset - half, offset + half)), start, 0.1, (), kept,
    )  # fmt: skip
    largest = float(np.linalg.eigvalsh(function.hessian_at((0.0, 0.0)))[-1])
    deepest = Minimum((slope, offset), function.value_at((slope, offset)))
    return replace(function, learning_rate=float(f"{1.0 / largest:.2g}"), minima=(deepest,))
