"""What a formula is made of: numbers, names and calls, and the functions that can be called."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

MOST_ARGUMENTS = 8


@dataclass(frozen=True, slots=True)
class Function:
    """A function or an operator: its name, how many arguments it takes, and what computes it with numpy."""

    name: str
    compute: Callable[..., Any]
    least: int = 1
    most: int = 1


@dataclass(frozen=True, slots=True, eq=False)
class Number:
    """A number that stands in the formula, or that a part without names comes to."""

    value: float


@dataclass(frozen=True, slots=True, eq=False)
class Name:
    """A quantity that is given when the formula is computed."""

    name: str


@dataclass(frozen=True, slots=True, eq=False)
class Call:
    """A function of other parts. Parts may be shared, as they are in derivatives: it is told apart by identity."""

    function: Function
    arguments: tuple["Node", ...]


Node: TypeAlias = Number | Name | Call


def _as_number(test: Callable[..., Any]) -> Callable[..., Any]:
    """Let a comparison give 1 and 0, with which one can go on computing."""
    return lambda *values: np.multiply(test(*values), 1.0)


def _binary(name: str, compute: Callable[..., Any]) -> Function:
    return Function(name, compute, 2, 2)


ADD, SUBTRACT = _binary("+", np.add), _binary("-", np.subtract)
MULTIPLY, DIVIDE = _binary("*", np.multiply), _binary("/", np.divide)
FLOOR_DIVIDE, REMAINDER = _binary("//", np.floor_divide), _binary("%", np.remainder)
POWER, NEGATE = _binary("**", np.power), Function("-", np.negative)
LESS_OR_EQUAL = _binary("<=", _as_number(np.less_equal))

OPERATORS: dict[str, Function] = {
    each.name: each
    for each in (
        ADD,
        SUBTRACT,
        MULTIPLY,
        DIVIDE,
        FLOOR_DIVIDE,
        REMAINDER,
        POWER,
        LESS_OR_EQUAL,
        _binary("<", _as_number(np.less)),
        _binary(">", _as_number(np.greater)),
        _binary(">=", _as_number(np.greater_equal)),
        _binary("==", _as_number(np.equal)),
        _binary("!=", _as_number(np.not_equal)),
        _binary("and", _as_number(np.logical_and)),
        _binary("or", _as_number(np.logical_or)),
    )
}
"""Operators between two parts, by how they are typed."""

NOT = Function("not", _as_number(np.logical_not))
EXP, LOG, SQRT = Function("exp", np.exp), Function("log", np.log), Function("sqrt", np.sqrt)
SIN, COS = Function("sin", np.sin), Function("cos", np.cos)
TAN, TANH = Function("tan", np.tan), Function("tanh", np.tanh)
ABS, SIGN, FLOOR = Function("abs", np.abs), Function("sign", np.sign), Function("floor", np.floor)
MIN, MAX = (
    Function("min", np.minimum, 2, MOST_ARGUMENTS),
    Function("max", np.maximum, 2, MOST_ARGUMENTS),
)
WHERE = Function("where", lambda test, then, other: np.where(np.not_equal(test, 0), then, other), 3, 3)

FUNCTIONS: dict[str, Function] = {
    each.name: each for each in (MIN, MAX, EXP, LOG, SQRT, COS, SIN, TAN, TANH, ABS, SIGN, FLOOR, WHERE)
}
"""Functions that can be called, by name."""

CONSTANTS = {"pi": float(np.pi), "e": float(np.e)}


def call(function: Function, *arguments: Node) -> Node:
    """Return a function of these parts; if all of them are numbers, the number that it comes to."""
    numbers = [part.value for part in arguments if isinstance(part, Number)]
    if len(numbers) < len(arguments):
        return Call(function, arguments)
    with np.errstate(all="ignore"):
        return Number(float(function.compute(*(np.float64(number) for number in numbers))))
