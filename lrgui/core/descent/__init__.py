"""Optimizers walking down a function: their paths, how large a rate may be, and how a walk ends."""

from lrgui.core.descent.ends import Ending
from lrgui.core.descent.formula import Row, rows, step_lines
from lrgui.core.descent.lab import DescentConfig, paths_of
from lrgui.core.descent.path import Move, Path
from lrgui.core.descent.stability import Regime, Stability, largest_curvature, regime, stability

__all__ = [
    "DescentConfig",
    "Ending",
    "Move",
    "Path",
    "Regime",
    "Row",
    "Stability",
    "largest_curvature",
    "paths_of",
    "regime",
    "rows",
    "stability",
    "step_lines",
]
