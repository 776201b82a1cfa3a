"""A run as JSON: what was asked, what was measured, what follows from it, and by what it was made."""

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from numpy.typing import NDArray

from lrgui.core.advice import advice_of
from lrgui.core.comparison import measured, verdict
from lrgui.core.config import ComparisonConfig, RangeTestConfig
from lrgui.core.json_text import parsed
from lrgui.core.messages import plainly
from lrgui.core.runs import History, Run
from lrgui.core.store.configs import stored_config
from lrgui.core.store.kept import Kept
from lrgui.core.store.saving import snapshot
from lrgui.export.valid_json import to_json

FORMAT, VERSION = "lrgui run", 1


def run_json(kept: Kept) -> str:
    """Return a run as valid JSON; what is not finite is null. Columns have one value a step, or one an epoch."""
    return to_json(run_record(kept))


def run_record(kept: Kept) -> dict[str, Any]:
    """Return a run as plain data."""
    run = kept.run
    config_class, config = stored_config(run.config)
    return {
        "format": FORMAT,
        "version": VERSION,
        "id": run.id,
        "kind": run.kind,
        "name": kept.name,
        "note": kept.note,
        "tags": list(kept.tags),
        "status": str(run.status),
        "started": datetime.fromtimestamp(run.started, UTC).isoformat(),
        "seconds": run.seconds,
        "message": None if run.message is None else plainly(run.message),
        "config_class": config_class,
        "config": _parsed(config),
        "evaluation": dict(run.evaluation),
        **_planned(run),
        "step": _columns(run.steps),
        "epoch": _columns(run.epochs),
        "factor_moves": [asdict(move) for move in run.factor_moves],
        **_what_follows(run),
        "versions": dict(kept.versions),
        "environment": dict(kept.environment),
    }


def _parsed(config: str) -> Any:
    """Return the fields of a config; its text, where they cannot even be told apart."""
    try:
        return parsed(config)
    except ValueError:
        return config


def _columns(history: History) -> dict[str, NDArray[Any]]:
    whole = snapshot(history)
    return {name: whole[name] for name in whole}


def _planned(run: Run) -> dict[str, Any]:
    if (planned := run.planned) is None:
        return {"planned": None}
    names = ("steps_per_epoch", "epochs", "parameters", "repeats")
    about = {name: int(getattr(planned, name)) for name in names}
    return {"planned": {**about, "learning_rates": planned.learning_rates}}


def _what_follows(run: Run) -> dict[str, Any]:
    """Return what a sweep recommends, or what may be said of a comparison."""
    match run.config:
        case RangeTestConfig() if len(run.steps):
            advice = advice_of(run)
            recommended = advice.recommended
            rates = {name: getattr(recommended, name) for name in ("learning_rate", "low", "high")}
            suggestions = {
                name: {"learning_rate": suggestion.learning_rate, "reason": plainly(suggestion.reason)}
                for name, suggestion in advice.suggestions.items()
            }
            return {"recommended": {**rates, "reason": plainly(recommended.reason)}, "suggestions": suggestions}
        case ComparisonConfig() if len(run.epochs):
            found = measured(run)
            arms = [
                {"name": plainly(arm.name), "mean": arm.mean, "std": arm.std, "finals": arm.finals}
                for arm in found.arms
            ]
            return {"arms": arms, "verdict": plainly(verdict(found).message)}
    return {}
