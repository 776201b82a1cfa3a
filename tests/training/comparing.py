"""Comparisons for tests: small ones, run and looked at by arm and seed."""

from typing import Any

import numpy as np

from lrgui.core.config import Arm, ComparisonConfig
from lrgui.core.control import Control
from lrgui.core.events import Event
from lrgui.core.runs import Run
from lrgui.jobs import compare

SGD = "sgd,momentum=0.9"

ARMS = (
    Arm(learning_rate=3e-3),
    Arm(schedule="cosine,warmup=10", learning_rate=1e-2),
    Arm(schedule="one_cycle", learning_rate=0.1, optimizer=SGD),
    Arm(learning_rate=0.02, optimizer=SGD, plateau="reduce_on_plateau,patience=1,min_delta=0.5,monitor=val_loss"),
)


def small(**fields: Any) -> ComparisonConfig:
    """Return a comparison with all that a state consists of: dropout, BatchNormalization, slots, a cycled momentum."""
    usual = {
        "dataset": "iris",
        "model": "deep_mlp,width=8,depth=2,dropout=0.2,batch_normalization=true",
        "batch_size": 8,
        "epochs": 3,
    }
    return ComparisonConfig(**{**usual, "seeds": 2, "arms": ARMS, **fields})


def compared(config: ComparisonConfig, control: Control | None = None, watch: Any = None, folder: Any = None) -> Run:
    """Run a comparison to its end, and return it; ``watch`` sees each event and the run."""
    run = Run("comparison", "comparison", config)

    def emit(event: Event) -> None:
        run.apply(event)
        if watch is not None:
            watch(event, run)

    compare(config, emit, control or Control(), folder)
    assert run.ended, run.status
    return run


def curves(run: Run, arm: int, seed: int) -> dict[str, np.ndarray]:
    """Return all that was measured of an arm with a seed but the time: columns of steps and epochs."""
    found = {}
    for part, history in (("steps", run.steps), ("epochs", run.epochs)):
        own = (history["arm"] == arm) & (history["seed"] == seed)
        found |= {f"{part}/{name}": history[name][own] for name in history if name not in ("arm", "seconds")}
    return found


def assert_same(one: dict[str, np.ndarray], other: dict[str, np.ndarray]) -> None:
    """Bit by bit, in what both have."""
    both = one.keys() & other.keys()
    assert {"steps/loss", "steps/learning_rate", "epochs/val_loss", "epochs/val_accuracy"} <= both
    for name in both:
        np.testing.assert_array_equal(one[name], other[name], err_msg=name)
