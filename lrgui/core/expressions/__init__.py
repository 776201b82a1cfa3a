"""Formulas that a person types: read into a tree of our own, never evaluated as Python."""

from lrgui.core.expressions.expression import Expression
from lrgui.core.expressions.parser import parse

__all__ = ["Expression", "parse"]
