"""What comparisons measure, and what may be said of it."""

from lrgui.core.comparison.curves import Curve, curve
from lrgui.core.comparison.results import ArmResult, Comparison, SeedResult, measured
from lrgui.core.comparison.table import table
from lrgui.core.comparison.unfinished import unfinished
from lrgui.core.comparison.verdict import Pair, Verdict, verdict, what_seeds_show

__all__ = [
    "ArmResult",
    "Comparison",
    "Curve",
    "Pair",
    "SeedResult",
    "Verdict",
    "curve",
    "measured",
    "table",
    "unfinished",
    "verdict",
    "what_seeds_show",
]
