"""A function from the words that stand for it: a name, a name with fields, or a formula."""

import math
import re
from collections.abc import Sequence

from lrgui.core.functions.catalogue import FUNCTIONS, typed
from lrgui.core.functions.function import Function
from lrgui.core.functions.least_squares import DataPoint, least_squares
from lrgui.core.functions.two_variables import bowl
from lrgui.core.messages import Refused, say

MOST_CONDITION, MOST_POINTS, FARTHEST = 1e6, 200, 1e6

_MADE_TO_MEASURE = re.compile(r"\s*(bowl|line)\s*,(.*)", re.DOTALL)


def function_of(text: str) -> Function:
    """Return the function that a text stands for.

    Parameters
    ----------
    text : str
        A name (``rosenbrock``), ``bowl,condition=50``, ``line,points=-1 0.5 2 3`` (input and target in turn), or a
        formula in ``x`` or in ``x`` and ``y``.

    Raises
    ------
    Refused
        The text is none of these.
    """
    name = text.strip().replace("-", "_")
    if name in FUNCTIONS:
        return FUNCTIONS[name]
    if made := _MADE_TO_MEASURE.fullmatch(text):
        return _condition(made[2]) if made[1] == "bowl" else _points(made[2])
    if re.fullmatch(r"[A-Za-z_]{2,}", name):
        return _formula_or_name(text)
    return typed(text.strip())


def line_text(points: Sequence[DataPoint]) -> str:
    """Return the text that stands for the least squares through these points."""
    return "line,points=" + " ".join(f"{number:.12g}" for point in points for number in point)


def _formula_or_name(text: str) -> Function:
    """Read one word: where it is no formula, it was meant as a name."""
    try:
        return typed(text.strip())
    except Refused as refused:
        known = ", ".join(FUNCTIONS)
        raise Refused(
            say("There is no function '{name}'; there are {known}, or type a formula.", name=text.strip(), known=known)
        ) from refused


def _condition(text: str) -> Function:
    given = re.fullmatch(r"\s*condition\s*=(.*)", text)
    number = _number(given[1]) if given else None
    if number is None or not 1 <= number <= MOST_CONDITION:
        raise Refused(say("bowl takes condition=NUMBER, from 1 to {most:number}.", most=MOST_CONDITION))
    return bowl(number)


def _points(text: str) -> Function:
    given = re.fullmatch(r"\s*points\s*=(.*)", text)
    numbers = [_number(word) for word in given[1].split()] if given else []
    finite = [number for number in numbers if number is not None and abs(number) <= FARTHEST]
    if len(finite) < len(numbers) or not finite or len(finite) % 2 or len(finite) > 2 * MOST_POINTS:
        raise Refused(say("line takes points=INPUT TARGET INPUT TARGET ..., at most {most} points.", most=MOST_POINTS))
    return least_squares(list(zip(finite[::2], finite[1::2], strict=True)))


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None
