"""The learning rate as a table: one rate for every step of a run, known before it starts."""

from lrgui.core.schedules.coverage import coverage
from lrgui.core.schedules.ranges import SWEEPS, Spacing, constant, exponential_sweep, linear_sweep, sweep
from lrgui.core.schedules.tables import cycled_momentum, momentums, rates

__all__ = [
    "SWEEPS",
    "Spacing",
    "constant",
    "coverage",
    "cycled_momentum",
    "exponential_sweep",
    "linear_sweep",
    "momentums",
    "rates",
    "sweep",
]
