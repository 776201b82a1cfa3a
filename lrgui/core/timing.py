"""How long a run will take on this computer, from what earlier runs took."""

import contextlib
import json
import math
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError

from lrgui.core.batches import steps_per_epoch
from lrgui.core.config import ComparisonConfig, Experiment, RangeTestConfig, TrainingConfig
from lrgui.core.config.base import Choice, Config
from lrgui.core.config.fields import choice_name
from lrgui.core.json_text import parsed
from lrgui.core.messages import Message, say
from lrgui.core.runs import Run, RunStatus

_MOST_KEPT = 200
_LEAST_STEPS = 5


class Measured(Config):
    """What one kind of run has cost: seconds a step, an evaluation, and a preparation.

    ``first`` is the preparation of a structure new to the process, ``again`` that of one it has kept; None where it
    was not measured.
    """

    kind: str
    dataset: str
    model: dict[str, Any]
    optimizer: str
    batch_size: int = Field(ge=1)
    cores: int = Field(ge=0)
    step: float = Field(ge=0)
    evaluation: float | None = Field(None, ge=0)
    first: float | None = Field(None, ge=0)
    again: float | None = Field(None, ge=0)

    @property
    def key(self) -> tuple[Any, ...]:
        """What tells it from others."""
        model = json.dumps(self.model, sort_keys=True)
        return self.kind, self.dataset, model, self.optimizer, self.batch_size, self.cores


@dataclass(frozen=True, slots=True)
class Estimate:
    """``seconds`` that a run is likely to take; ``alike`` tells that they come from another that is like it."""

    seconds: float
    alike: bool = False


class Timings:
    """The memory of what runs took, in a small file; one that is damaged is forgotten.

    Parameters
    ----------
    path : Path
        Of the file; it need not exist.
    cores : int
        How many cores TensorFlow takes in this process, 0 for all.
    """

    def __init__(self, path: Path, cores: int = 0) -> None:
        self._path, self._cores = path, cores
        self._measured = {entry.key: entry for entry in _read(path)}
        self._met: set[tuple[Choice, ...]] = set()

    def remember(self, run: Run) -> None:
        """Take in a run that has ended; one that failed, was slowed or hardly began tells nothing."""
        config, clock = run.config, run.stopwatch
        if not isinstance(config, Experiment) or run.planned is None:
            return
        new = _structure(config) not in self._met
        self._met.add(_structure(config))
        step = clock.seconds_per_step
        if run.slowed or run.status is RunStatus.FAILED or step is None or len(run.steps) < _LEAST_STEPS:
            return
        fresh = self._entry(run.kind, config, step, clock.seconds_per_evaluation)
        fresh = fresh.model_copy(update={"first" if new else "again": clock.preparing})
        self._put(_mixed(self._measured.get(fresh.key), fresh))

    def estimate(self, kind: str, config: Experiment) -> Estimate | None:
        """Return how long a run is likely to take at full speed, or None where nothing like it was measured."""
        wanted = self._entry(kind, config, 0.0, None)
        if (same := self._measured.get(wanted.key)) is not None:
            return Estimate(self._seconds(same, config, 1.0))
        alike = [entry for entry in self._measured.values() if _alike(entry, wanted)]
        if not alike:
            return None
        nearest = min(alike, key=lambda entry: _distance(entry, wanted))
        return Estimate(self._seconds(nearest, config, _scale(nearest.batch_size, wanted.batch_size)), alike=True)

    def tell(self, kind: str, configs: Sequence[Experiment], pace: float | None) -> Message:
        """Say how long runs of one kind, one after the other, will take at a pace (see ``Control.pace``)."""
        if not all(map(_has_known_steps, configs)):
            return say("known once the data have been read")
        steps = sum(map(steps_of, configs))
        estimates = [self.estimate(kind, config) for config in configs]
        known = [estimate for estimate in estimates if estimate is not None]
        if len(known) < len(estimates):
            return _told(None, steps, pace)
        seconds, alike = sum(each.seconds for each in known), any(each.alike for each in known)
        return _told(Estimate(seconds, alike), steps, pace)

    def _seconds(self, entry: Measured, config: Experiment, scale: float) -> float:
        known, other = entry.first, entry.again
        if _structure(config) in self._met:
            # A kept model takes hardly any preparation: better none than that of a new one.
            known, other = entry.again, 0.0
        preparing = known if known is not None else other or 0.0
        preparing += (entry.again or 0.0) * (_sweeps(config) - 1)
        return preparing + scale * entry.step * steps_of(config) + (entry.evaluation or 0.0) * _evaluations(config)

    def _entry(self, kind: str, config: Experiment, step: float, evaluation: float | None) -> Measured:
        return Measured(
            kind=kind,
            dataset=choice_name(type(config.dataset)),
            model=config.model.model_dump(mode="json"),
            optimizer=choice_name(type(config.optimizer)),
            batch_size=config.batch_size,
            cores=self._cores,
            step=step,
            evaluation=evaluation,
        )

    def _put(self, entry: Measured) -> None:
        self._measured.pop(entry.key, None)
        self._measured[entry.key] = entry
        while len(self._measured) > _MOST_KEPT:
            del self._measured[next(iter(self._measured))]
        # Where nothing can be written, this session still knows what it has measured.
        with contextlib.suppress(OSError):
            _write(self._path, list(self._measured.values()))


def steps_of(config: Experiment) -> int:
    """Return how many steps a run has, if it goes to its end; its data are known, or it is a range test."""
    if isinstance(config, RangeTestConfig):
        return config.repeats * (config.steps + 1) * config.batches_per_rate
    assert isinstance(config, TrainingConfig | ComparisonConfig)
    return _evaluations(config) * steps_per_epoch(config.dataset.training_examples or 0, config.batch_size)


def _has_known_steps(config: Experiment) -> bool:
    """Return whether ``steps_of`` can tell; a config that was made before its data were read may not fit them."""
    return isinstance(config, RangeTestConfig) or config.batch_size <= (config.dataset.training_examples or 0)


def _told(estimate: Estimate | None, steps: int, pace: float | None) -> Message:
    if pace == 0:
        return say("{steps:,} steps, one at each press of N", steps=steps)
    if pace is not None:
        slowest = max(steps / pace, estimate.seconds if estimate else 0.0)
        return say("about {time:duration} at this pace", time=slowest)
    if estimate is None:
        return say("not measured yet on this computer")
    if estimate.alike:
        return say("roughly {time:duration}, judging by a run like it", time=estimate.seconds)
    return say("about {time:duration} on this computer", time=estimate.seconds)


def _structure(config: Experiment) -> tuple[Choice, ...]:
    return config.dataset, config.model, config.loss, config.optimizer


def _sweeps(config: Experiment) -> int:
    return config.repeats if isinstance(config, RangeTestConfig) else 1


def _evaluations(config: Experiment) -> int:
    if isinstance(config, ComparisonConfig):
        return config.epochs * config.seeds * len(config.arms)
    return config.epochs if isinstance(config, TrainingConfig) else 1


def _alike(entry: Measured, wanted: Measured) -> bool:
    return entry.dataset == wanted.dataset and entry.model == wanted.model


def _distance(entry: Measured, wanted: Measured) -> float:
    differs = (entry.kind != wanted.kind) + (entry.cores != wanted.cores) + 0.5 * (entry.optimizer != wanted.optimizer)
    return differs + abs(math.log2(entry.batch_size / wanted.batch_size))


def _scale(measured_batch: int, wanted_batch: int) -> float:
    """Return how much longer a step takes with another batch size: half of it goes with the examples, as a guess."""
    return 0.5 + 0.5 * wanted_batch / measured_batch


def _mixed(before: Measured | None, now: Measured) -> Measured:
    """Return the mean of both, field by field: one run on a busy computer is soon outweighed."""
    if before is None:
        return now
    names = ("step", "evaluation", "first", "again")
    return now.model_copy(update={name: _mean(getattr(before, name), getattr(now, name)) for name in names})


def _mean(one: float | None, other: float | None) -> float | None:
    known = [value for value in (one, other) if value is not None]
    return sum(known) / len(known) if known else None


def _read(path: Path) -> list[Measured]:
    try:
        return [Measured.model_validate(entry) for entry in parsed(path.read_text(encoding="utf-8"))]
    except (OSError, ValueError, TypeError, ValidationError):
        return []


def _write(path: Path, entries: Sequence[Measured]) -> None:
    """Write all or nothing: a reader never meets half a file."""
    text = json.dumps([entry.model_dump(mode="json") for entry in entries], allow_nan=False, indent=1)
    unfinished = path.with_suffix(".unfinished")
    unfinished.write_text(text + "\n", encoding="utf-8")
    os.replace(unfinished, path)
