"""A loss function of one or two variables: what is known about it, and how its values and slopes are computed."""

import math
from abc import ABC, abstractmethod
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lrgui.core.expressions import Expression, parse
from lrgui.core.expressions.scalar import Scalar, as_scalar
from lrgui.core.expressions.wording import written
from lrgui.core.messages import Text

Floats: TypeAlias = NDArray[np.float64]
Point: TypeAlias = tuple[float, ...]
Interval: TypeAlias = tuple[float, float]

NO_VALUE = (ArithmeticError, ValueError, RecursionError)
"""What computing with plain floats raises where there is no finite number."""


@dataclass(frozen=True)
class Minimum:
    """A place where the function is lowest, everywhere or (not ``deepest``) only near by."""

    position: Point
    value: float
    deepest: bool = True


@dataclass(frozen=True, eq=False)
class Function(ABC):
    """A function to walk down.

    Parameters
    ----------
    name : str
        The word that stands for it.
    title : Message or str
        Its name; of a formula that was typed, the formula.
    formula, source : str
        How it is computed, and where it comes from.
    variables : tuple of str
        ``("x",)`` or ``("x", "y")``.
    view : tuple of (low, high)
        What a plot shows of each variable.
    start : tuple of float
        Where a walk begins if nobody says otherwise.
    learning_rate : float
        Works well for plain descent from the start.
    minima : tuple of Minimum
        Those that are known, the deepest first.
    """

    name: str
    title: Text
    formula: str
    source: str
    variables: tuple[str, ...]
    view: tuple[Interval, ...]
    start: Point
    learning_rate: float
    minima: tuple[Minimum, ...]

    @abstractmethod
    def value(self, *given: ArrayLike) -> Floats:
        """Return its value for whole arrays, one for each variable; nan or infinite where it has none."""

    @property
    @abstractmethod
    def terms(self) -> Scalar:
        """Its value and its derivative by each variable, as a function of two floats.

        In one variable the second argument counts for nothing. It raises one of ``NO_VALUE`` where there is none.
        """

    @property
    @abstractmethod
    def curvatures(self) -> Scalar:
        """Its second derivatives, row by row, as a function of two floats."""

    @property
    @abstractmethod
    def derivatives(self) -> tuple[str, ...]:
        """The derivative by each variable as a person reads it."""

    @property
    def spans(self) -> Point:
        """How wide the view is in each variable."""
        return tuple(high - low for low, high in self.view)

    def value_at(self, point: Point) -> float:
        """Return its value at a point; nan where it has none."""
        return self._at(self.terms, point)[0]

    def gradient_at(self, point: Point) -> Point:
        """Return its slope in each variable at a point; nan where it has none."""
        return self._at(self.terms, point)[1 : 1 + len(self.variables)]

    def hessian_at(self, point: Point) -> Floats:
        """Return its second derivatives at a point, shape (variables, variables); nan where it has none."""
        count = len(self.variables)
        return np.array(self._at(self.curvatures, point)[: count * count], np.float64).reshape(count, count)

    def _at(self, scalar: Scalar, point: Point) -> Point:
        try:
            return scalar(point[0], point[-1])
        except NO_VALUE:
            return (math.nan,) * (1 + len(self.variables) ** 2)


@dataclass(frozen=True, eq=False)
class FormulaFunction(Function):
    """A function given by the text of its formula; its derivatives are derived from it, exactly.

    At the tip of a cone, as in Ackley's function, its slope is 0.
    """

    @cached_property
    def expression(self) -> Expression:
        """The formula, read."""
        return parse(self.formula, self.variables)

    @cached_property
    def gradient(self) -> tuple[Expression, ...]:
        """Its derivative by each variable."""
        return tuple(self.expression.derivative(name) for name in self.variables)

    def value(self, *given: ArrayLike) -> Floats:
        """Return its value for whole arrays, one for each variable; nan or infinite where it has none."""
        return self.expression(**dict(zip(self.variables, given, strict=True)))

    @cached_property
    def terms(self) -> Scalar:
        """Its value and its derivative by each variable, as a function of two floats."""
        return as_scalar((self.expression, *self.gradient), self.variables)

    @cached_property
    def curvatures(self) -> Scalar:
        """Its second derivatives, row by row, as a function of two floats."""
        return as_scalar([part.derivative(name) for part in self.gradient for name in self.variables], self.variables)

    @cached_property
    def derivatives(self) -> tuple[str, ...]:
        """The derivative by each variable as it could be typed."""
        return tuple(written(part) for part in self.gradient)
