"""A run as JSON for other programs."""

import json
import math
from typing import Any

import numpy as np

from lrgui.core.range_test import smoothed
from lrgui.core.runs import History, Run
from lrgui.core.suggestions import RULES, recommend

_EPOCH_COLUMNS = ("loss", "accuracy", "val_loss", "val_accuracy", "learning_rate")


def range_test_record(run: Run) -> dict[str, Any]:
    """Return what a range test measured and what follows from it, as plain data."""
    rates, losses = run.steps["learning_rate"], run.steps["loss"]
    suggestions = {name: rule(rates, losses) for name, rule in RULES.items()}
    recommended = recommend([(rates, losses)])
    return {
        "config": run.config.model_dump(mode="json"),
        "step": run.steps["step"].tolist(),
        "learning_rate": rates.tolist(),
        "loss": losses.tolist(),
        "smoothed_loss": smoothed(losses, run.config.smoothing).tolist(),  # type: ignore[attr-defined]
        "stopped": str(run.message),
        "suggestions": [
            {"rule": name, "learning_rate": suggestion.learning_rate, "reason": str(suggestion.reason)}
            for name, suggestion in suggestions.items()
        ],
        "recommended": {
            "learning_rate": recommended.learning_rate,
            "low": recommended.low,
            "high": recommended.high,
            "reason": str(recommended.reason),
        },
        "evaluation": dict(run.evaluation),
        "seconds": run.seconds,
    }


def training_record(run: Run) -> dict[str, Any]:
    """Return what a training measured, as plain data."""
    return {
        "config": run.config.model_dump(mode="json"),
        "epoch": _columns(run.epochs, _EPOCH_COLUMNS),
        "step": _columns(run.steps, ("learning_rate", "loss")),
        "evaluation": dict(run.evaluation),
        "seconds": run.seconds,
    }


def _columns(history: History, names: tuple[str, ...]) -> dict[str, list[Any]]:
    return {name: history[name].tolist() for name in names}


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
