"""The numbers of which a lesson speaks, read from the window."""

import math
from typing import assert_never

import numpy as np

from lrgui.core.config import TrainingConfig
from lrgui.core.descent import Path
from lrgui.core.lessons.measures import (
    Accuracy,
    AnyMeasure,
    Arrival,
    FirstFall,
    Gain,
    OfForm,
    OfSweep,
    OfWalker,
    PlannedRate,
    ReportedRate,
    TrainedAt,
)
from lrgui.core.runs import Run
from lrgui.core.schedules import rates
from lrgui.core.scores import final_score
from lrgui.gui.lessons.stage import Stage

_AN_EPOCH = 100
"""So many steps an epoch is drawn with while nobody has read the data, as on the page of schedules."""


def measured(measure: AnyMeasure, stage: Stage) -> float | None:
    """Return a number, or None where there is none: a training that was not run, a walker that never arrives."""
    value = _measured(measure, stage)
    return None if value is None or not math.isfinite(value) else float(value)


def _measured(measure: AnyMeasure, stage: Stage) -> float | None:
    match measure:
        case OfWalker():
            path = _path(stage, measure.walker)
            return None if path is None else _at_step(path, measure)
        case Arrival():
            path = _path(stage, measure.walker)
            return None if path is None else _arrival(path, measure.within)
        case PlannedRate():
            return _planned(stage, measure.epoch)
        case ReportedRate():
            return _reported(stage.training(measure.back), measure.epoch)
        case FirstFall():
            return _first_fall(stage.training())
        case Accuracy():
            return _accuracy(stage.training(measure.back))
        case Gain():
            last, before = _accuracy(stage.training()), _accuracy(stage.training(measure.back))
            return None if last is None or before is None else last - before
        case TrainedAt():
            run = stage.training(measure.back)
            return run.config.learning_rate if run and isinstance(run.config, TrainingConfig) else None
        case OfSweep():
            return _of_sweep(stage, measure.what)
        case OfForm():
            value = stage.field(measure.page, measure.field)
            return value if isinstance(value, int | float) else None
    assert_never(measure)


def _path(stage: Stage, walker: int) -> Path | None:
    paths = stage.descent.walks.paths if "descent" in stage.pages else ()
    return paths[walker - 1] if walker <= len(paths) else None


def _at_step(path: Path, measure: OfWalker) -> float | None:
    path.extend_to(measure.step)
    if measure.step >= path.known:
        return None
    columns = {"w": path.w[:, 0], "f": path.f, "rate": path.learning_rate}
    return float(columns[measure.what][measure.step])


def _arrival(path: Path, within: float) -> float | None:
    path.extend_to(path.steps)
    if (distance := path.distance) is None:
        return None
    beyond = np.flatnonzero(~(distance < within))
    first = int(beyond[-1]) + 1 if len(beyond) else 0
    return float(first) if first < len(distance) else None


def _planned(stage: Stage, epoch: int) -> float | None:
    config = stage.form("schedules").value() if "schedules" in stage.pages else None
    if config is None:
        return None
    each = config.steps_per_epoch or _AN_EPOCH
    table = rates(config.schedule, config.learning_rate, each * config.epochs, each)
    step = (epoch - 1) * each if epoch else len(table) - 1
    return float(table[step]) if step < len(table) else None


def _reported(run: Run | None, epoch: int) -> float | None:
    column = () if run is None else run.epochs["learning_rate"]
    place = epoch - 1 if epoch else len(column) - 1
    return float(column[place]) if 0 <= place < len(column) else None


def _first_fall(run: Run | None) -> float | None:
    column = np.empty(0) if run is None else run.epochs["learning_rate"]
    lower = np.flatnonzero(column < column[0] * (1 - 1e-6)) if len(column) else column
    return float(lower[0]) + 1 if len(lower) else None


def _accuracy(run: Run | None) -> float | None:
    return None if run is None else final_score(run)


def _of_sweep(stage: Stage, what: str) -> float | None:
    if (run := stage.sweep) is None:
        return None
    if what == "last":
        return float(run.steps["learning_rate"][-1]) if len(run.steps) else None
    if what == "accuracy":
        return run.evaluation.get("accuracy")
    recommended = stage.recommended
    return None if recommended is None else getattr(recommended, "learning_rate" if what == "recommended" else what)
