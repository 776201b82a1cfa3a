"""The functions there are, by name, and those that a person types."""

import math
from functools import lru_cache

import numpy as np

from lrgui.core.expressions import parse
from lrgui.core.functions.function import FormulaFunction, Function
from lrgui.core.functions.least_squares import least_squares
from lrgui.core.functions.minima import found_minima
from lrgui.core.functions.one_variable import ONE_VARIABLE
from lrgui.core.functions.two_variables import TWO_VARIABLES, bowl

FUNCTIONS: dict[str, Function] = {each.name: each for each in (*ONE_VARIABLE, bowl(), *TWO_VARIABLES, least_squares())}
"""The ready functions by name, in the order in which they are offered: first those of one variable."""

_HALF = 6.0


@lru_cache(maxsize=64)
def typed(text: str) -> Function:
    """Return the function that a person typed: of two variables if it speaks of ``y``.

    Its minima are looked for within the view, and its rate is a fifth of the limit 2/L at the start.

    Raises
    ------
    Refused
        The message names the column, counted from 1, and what is wrong there.
    """
    variables = ("x", "y") if "y" in parse(text, ("x", "y")).uses else ("x",)
    start = (5.0, 2.0)[: len(variables)]
    bare = FormulaFunction(
        "expression", text, text, "Typed", variables, ((-_HALF, _HALF),) * len(variables), start, 0.1, ()
    )
    return FormulaFunction(
        "expression", text, text, "Typed", variables, bare.view, start, _rate(bare), found_minima(bare)
    )


def _rate(function: Function) -> float:
    hessian = function.hessian_at(function.start)
    if not np.isfinite(hessian).all():
        return 0.1
    steepest = float(np.linalg.eigvalsh(hessian)[-1])
    return float(f"{0.4 / steepest:.1g}") if steepest > 0 and math.isfinite(0.4 / steepest) else 0.1
