"""A run as JSON for other programs."""

import json
import math
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import numpy as np

from lrgui.core.advice import advise
from lrgui.core.config import RangeTestConfig
from lrgui.core.runs import History, Run
from lrgui.core.suggestions import Recommendation, recommend
from lrgui.core.sweep_ends import how_it_ended
from lrgui.core.sweeps import Sweep, pooled, sweeps_of

_EPOCH_COLUMNS = ("loss", "accuracy", "val_loss", "val_accuracy", "learning_rate")


def range_test_record(run: Run) -> dict[str, Any]:
    """Return what a range test measured and what follows from it, as plain data.

    The columns have one row a step. With several sweeps, or several batches at a rate, ``sweeps`` holds each sweep with
    one row a rate; with several sweeps there are also the column ``repeat`` (which sweep a step belongs to, from 0) and
    ``median``, their smoothed losses at each rate.
    """
    config = run.config
    assert isinstance(config, RangeTestConfig)
    sweeps = sweeps_of(run.steps)
    advice = advise(sweeps)
    record = {
        "config": config.model_dump(mode="json"),
        **_columns(run.steps, ("step", "learning_rate", "loss", "accuracy")),
        "smoothed_loss": [loss for sweep in sweeps for loss in _smoothed_steps(sweep, config.smoothing)],
        "stopped": str(run.message),
        "suggestions": [
            {"rule": name, "learning_rate": suggestion.learning_rate, "reason": str(suggestion.reason)}
            for name, suggestion in advice.suggestions.items()
        ],
        "recommended": _recommended(advice.recommended),
        "evaluation": dict(run.evaluation),
        "seconds": run.seconds,
    }
    if config.repeats > 1:
        record |= {**_columns(run.steps, ("repeat",)), "median": _median(sweeps, config.smoothing)}
    if config.repeats > 1 or config.batches_per_rate > 1:
        record["sweeps"] = [_sweep(sweep, config, repeat) for repeat, sweep in enumerate(sweeps)]
    return record


def _smoothed_steps(sweep: Sweep, smoothing: float) -> list[float]:
    """Return the smoothed loss of the point that each step belongs to."""
    smoothed: list[float] = np.repeat(sweep.smoothed("losses", smoothing), sweep.steps).tolist()
    return smoothed


def _recommended(recommended: Recommendation) -> dict[str, Any]:
    rates = {name: getattr(recommended, name) for name in ("learning_rate", "low", "high")}
    return {**rates, "reason": str(recommended.reason)}


def _median(sweeps: Sequence[Sweep], smoothing: float) -> dict[str, list[float]]:
    rates, median, low, high = pooled(sweeps, smoothing=smoothing)
    return {"learning_rate": rates.tolist(), "loss": median.tolist(), "low": low.tolist(), "high": high.tolist()}


def _sweep(sweep: Sweep, config: RangeTestConfig, repeat: int) -> dict[str, Any]:
    return {
        "seed": config.seed + repeat,
        "learning_rate": sweep.learning_rates.tolist(),
        "loss": sweep.losses.tolist(),
        "accuracy": sweep.accuracies.tolist(),
        "smoothed_loss": sweep.smoothed("losses", config.smoothing).tolist(),
        "stopped": str(how_it_ended(sweep, config).message),
        "recommended": _recommended(recommend([sweep.as_steps])),
    }


def training_record(run: Run) -> dict[str, Any]:
    """Return what a training measured, as plain data.

    Where the momentum is cycled, ``step`` has it; with a plateau rule, ``epoch`` has its factor, and ``factor_moves``
    says from which step on it acted.
    """
    return {
        "config": run.config.model_dump(mode="json"),
        "epoch": _columns(run.epochs, _EPOCH_COLUMNS, ("plateau_factor",)),
        "step": _columns(run.steps, ("learning_rate", "loss", "accuracy"), ("momentum",)),
        "factor_moves": [asdict(move) for move in run.factor_moves],
        "evaluation": dict(run.evaluation),
        "seconds": run.seconds,
    }


def _columns(history: History, names: tuple[str, ...], if_there: tuple[str, ...] = ()) -> dict[str, list[Any]]:
    found = tuple(name for name in if_there if name in history)
    return {name: history[name].tolist() for name in names + found}


def to_json(record: Any) -> str:
    """Return valid JSON: what is not finite becomes null."""
    return json.dumps(_finite(record), allow_nan=False) + "\n"


def _finite(value: Any) -> Any:
    match value:
        case dict():
            return {key: _finite(inner) for key, inner in value.items()}
        case list() | tuple():
            return [_finite(inner) for inner in value]
        case np.generic():
            return _finite(value.item())
        case float() if not math.isfinite(value):
            return None
    return value
