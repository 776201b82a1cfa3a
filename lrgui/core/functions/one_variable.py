"""The ready functions of one variable."""

from lrgui.core.functions.function import FormulaFunction, Minimum
from lrgui.core.messages import Message, say

_TEACHING = "Classical in teaching"
_RIPPLES = (2.071361647100468, 0.21691343411681518), (4.142613614318846, 0.8676422916720081)


def _line(
    name: str, title: Message, formula: str, half: float, start: float, rate: float, *minima: Minimum
) -> FormulaFunction:
    return FormulaFunction(name, title, formula, _TEACHING, ("x",), ((-half, half),), (start,), rate, minima)


ONE_VARIABLE = (
    _line("parabola", say("Parabola"), "x**2", 6.0, 5.0, 0.2, Minimum((0.0,), 0.0)),
    _line(
        "double_well", say("Two minima"), "x**4/4 - 2*x**2 + x/2", 3.6, 3.0, 0.05,
        Minimum((-2.0597919701013208,), -5.015164948881877),
        Minimum((1.93429787576606,), -3.0161465687808198, deepest=False),
    ),
    _line("plateau", say("Plateau"), "1 - exp(-x**2/2)", 6.0, 2.5, 0.5, Minimum((0.0,), 0.0)),
    _line(
        "ripples", say("Ripples"), "x**2/20 + 1 - cos(3*x)", 6.0, 5.5, 0.05,
        Minimum((0.0,), 0.0),
        *(Minimum((side * place,), value, deepest=False) for side in (-1, 1) for place, value in _RIPPLES),
    ),
    _line("absolute", say("Absolute value"), "abs(x)", 6.0, 5.0, 0.1, Minimum((0.0,), 0.0)),
    _line("steep_walls", say("Steep walls"), "x**2/4 + (x/2)**10", 2.6, 2.4, 0.02, Minimum((0.0,), 0.0)),
)  # fmt: skip
"""In the order in which they are offered."""
