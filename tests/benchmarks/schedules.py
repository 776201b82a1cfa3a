"""Seconds a step by a schedule that changes the rate at every step, against the same training at a constant rate."""

from lrgui.core.config import TrainingConfig
from tests.benchmarks.measure import Result, compare
from tests.benchmarks.steps import seconds_of


def schedule_overhead() -> Result:
    """Seconds a step with warm restarts, against a constant rate: digits, mlp, where anything added would show."""
    constant = TrainingConfig(epochs=20)
    restarts = TrainingConfig(epochs=20, schedule="sgdr")
    ours, reference = seconds_of(restarts), seconds_of(constant)
    return compare("schedule_overhead", ours, reference, limit=1.05, unit="s/step", blocks=25)
