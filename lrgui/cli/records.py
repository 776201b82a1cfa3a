"""A run as JSON for other programs."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import numpy as np

from lrgui.core.advice import advice_of, advise
from lrgui.core.config import RangeTestConfig
from lrgui.core.messages import plainly
from lrgui.core.runs import History, Run
from lrgui.core.scores import ACCURACY, score_in
from lrgui.core.suggestions import Recommendation
from lrgui.core.sweep_ends import how_it_ended
from lrgui.core.sweeps import Sweep, pooled, sweeps_of
from lrgui.export.valid_json import to_json

__all__ = ["range_test_record", "to_json", "training_record"]

_EPOCH_COLUMNS = ("loss", "val_loss", "learning_rate")
_OF_NUMBERS = ("r2", "mae", "val_r2", "val_mae")
_OF_CLASSES = ("accuracy", "val_accuracy")


def range_test_record(run: Run) -> dict[str, Any]:
    """Return what a range test measured and what follows from it, as plain data.

    The columns have one row a step. With several sweeps, or several batches at a rate, ``sweeps`` holds each sweep with
    one row a rate; with several sweeps there are also the column ``repeat`` (which sweep a step belongs to, from 0) and
    ``median``, their smoothed losses at each rate.
    """
    config = run.config
    assert isinstance(config, RangeTestConfig)
    sweeps = sweeps_of(run.steps)
    advice = advice_of(run)
    record = {
        "config": config.model_dump(mode="json"),
        **_columns(run.steps, ("step", "learning_rate", "loss", score_in(run.steps).of_step)),
        "smoothed_loss": [loss for sweep in sweeps for loss in _smoothed_steps(sweep, config.smoothing)],
        "stopped": plainly(run.message or ""),
        "suggestions": [
            {"rule": name, "learning_rate": suggestion.learning_rate, "reason": plainly(suggestion.reason)}
            for name, suggestion in advice.suggestions.items()
        ],
        "recommended": _recommended(advice.recommended),
        "peak": _recommended(advice.peak),
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
    return {**rates, "reason": plainly(recommended.reason)}


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
        "stopped": plainly(how_it_ended(sweep, config).message),
        "recommended": _recommended(advise([sweep], config.optimizer).recommended),
    }


def training_record(run: Run) -> dict[str, Any]:
    """Return what a training measured, as plain data.

    Where the momentum is cycled, ``step`` has it; with a plateau rule, ``epoch`` has its factor, and ``factor_moves``
    says from which step on it acted.
    """
    return {
        "config": run.config.model_dump(mode="json"),
        "epoch": _columns(run.epochs, _EPOCH_COLUMNS, (*_scores(run), "plateau_factor")),
        "step": _columns(run.steps, ("learning_rate", "loss", score_in(run.steps).of_step), ("momentum",)),
        "factor_moves": [asdict(move) for move in run.factor_moves],
        "evaluation": dict(run.evaluation),
        "seconds": run.seconds,
    }


def _scores(run: Run) -> tuple[str, ...]:
    return _OF_CLASSES if score_in(run.steps) is ACCURACY else _OF_NUMBERS


def _columns(history: History, names: tuple[str, ...], if_there: tuple[str, ...] = ()) -> dict[str, list[Any]]:
    found = tuple(name for name in if_there if name in history)
    return {name: history[name].tolist() for name in names + found}
