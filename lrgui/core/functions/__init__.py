"""Loss functions for the gradient-descent lab: ready ones, one through data points, and what a person types."""

from lrgui.core.functions.catalogue import FUNCTIONS, typed
from lrgui.core.functions.function import FormulaFunction, Function, Minimum, Point
from lrgui.core.functions.least_squares import POINTS, LeastSquares, least_squares
from lrgui.core.functions.named import function_of, line_text
from lrgui.core.functions.two_variables import bowl

__all__ = [
    "FUNCTIONS",
    "POINTS",
    "FormulaFunction",
    "Function",
    "LeastSquares",
    "Minimum",
    "Point",
    "bowl",
    "function_of",
    "least_squares",
    "line_text",
    "typed",
]
