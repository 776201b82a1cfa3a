"""What lists, filters and sorts know of a run: one value a column."""

import json
import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from lrgui.core.config import Config
from lrgui.core.config.base import Choice
from lrgui.core.config.dataset import OwnData
from lrgui.core.config.fields import choice_name
from lrgui.core.config.model import OwnModel
from lrgui.core.runs import History, Run
from lrgui.core.scores import ACCURACY
from lrgui.core.store.plain import to_json

Row = dict[str, Any]


def asked(config: Config) -> Row:
    """Return what a config asks for; None where its class has no such field."""
    row = {name: getattr(config, name, None) for name in ("dataset", "model", "optimizer", "schedule")}
    row = {name: _called(value) for name, value in row.items()}
    return row | {name: getattr(config, name, None) for name in ("learning_rate", "seed", "epochs", "steps")}


def _called(value: Any) -> Any:
    """Return a choice by its name, and what comes from a person's file by that of the file."""
    if isinstance(value, OwnData | OwnModel):
        return value.label
    return choice_name(type(value)) if isinstance(value, Choice) else value


def measured(run: Run, steps: History, epochs: History) -> Row:
    """Return what a run has measured so far; None for what is not known or not a number."""
    # Of a number that is predicted there is none: R2 is no share, and stands in the run.
    scores = epochs[ACCURACY.of_validation] if ACCURACY.of_validation in epochs else np.empty(0)
    losses = steps["loss"] if "loss" in steps else np.empty(0)
    evaluation = run.evaluation
    row: Row = {
        "seconds": run.seconds,
        "steps_done": len(steps),
        "final_loss": _number(evaluation.get("loss", losses[-1] if len(losses) else math.nan)),
        "final_accuracy": _number(evaluation.get(ACCURACY.name, scores[-1] if len(scores) else math.nan)),
        "best_accuracy": _number(max([*scores.tolist(), evaluation.get(ACCURACY.name, math.nan)], key=_worth)),
    }
    if run.planned is not None:
        row["steps"] = len(run.planned.learning_rates)
    return row


def body(run: Run) -> Row:
    """Return what else there is to know of a run but its arrays."""
    row: Row = {
        "evaluation": to_json(run.evaluation),
        "factor_moves": json.dumps([[move.step, move.factor, move.by] for move in list(run.factor_moves)]),
        "arm_ends": to_json([[end.arm, end.seed, end.how, end.message] for end in list(run.arm_ends)]),
        "slowed": run.slowed,
        "details": run.details,
    }
    if (planned := run.planned) is not None:
        names = ("steps_per_epoch", "epochs", "parameters", "repeats")
        numbers = {name: int(getattr(planned, name)) for name in names}
        row["planned"] = json.dumps(
            {**numbers, "model_content": planned.model_content, "data_content": planned.data_content}
        )
    if run.message is not None:
        row["message"] = to_json(run.message)
    if (examined := run.examined) is not None:
        extent = None if examined.surface is None else [float(edge) for edge in examined.surface.extent]
        about = {"class_names": list(examined.class_names), "feature_names": list(examined.feature_names)}
        row["examined"] = json.dumps({**about, "extent": extent})
    return row


def tags_as_text(tags: Sequence[str]) -> str:
    """Return tags as they are kept: each once, between line breaks, so that whole ones can be looked for."""
    clean = dict.fromkeys(" ".join(tag.split()) for tag in tags)
    clean.pop("", None)
    return "".join(f"\n{tag}" for tag in clean) + "\n" if clean else ""


def tags_from_text(text: str) -> tuple[str, ...]:
    """Return the tags that were kept so."""
    return tuple(text.strip("\n").split("\n")) if text else ()


def _number(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None


def _worth(accuracy: float) -> float:
    return -math.inf if math.isnan(accuracy) else accuracy
