"""The callback that emits what a run has measured, step by step and epoch by epoch."""

import math
import time
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lrgui.core.config.dataset.facts import Facts
from lrgui.core.decimals import decimal, decimals
from lrgui.core.events import Emit, EpochEnded, StepsEnded
from lrgui.core.scores import ACCURACY, R2
from lrgui.training.callbacks import ChunkCallback
from lrgui.training.loops import Chunk, TrainingLoop

EMIT_SECONDS = 1 / 60
"""Chunks shorter than a frame are gathered before they are emitted."""


class Report(ChunkCallback):
    """Emits the steps, and the epochs that were neither cut short nor left without their validation.

    An epoch's ``loss`` and ``accuracy`` (``r2`` and ``mae`` where a number is predicted) are Keras's epoch logs: over
    its batches, each measured before its update. A step's rate is the float32 that the optimizer used, as the shortest
    decimal that means it.

    Parameters
    ----------
    loop : TrainingLoop
        What runs the steps.
    emit : callable
        Takes the events.
    repeat : int or None
        Which sweep of a range test this is, for a column of that name; None in a training.

    Attributes
    ----------
    evaluation : dict
        ``loss`` and ``accuracy`` (``r2``, ``mae``) on the validation data after the last step so far; empty when there
        are newer steps.
    """

    def __init__(self, loop: TrainingLoop, emit: Emit, repeat: int | None = None) -> None:
        super().__init__(loop)
        self._emit = emit
        self._repeat = repeat
        self._waiting: list[Chunk] = []
        self._emitted = -math.inf
        self._epoch_rates: list[NDArray[np.float64]] = []
        self.evaluation: dict[str, float] = {}

    def on_chunk_end(self, chunk: Chunk) -> None:
        """Emit the chunk, with those that were too short to be emitted alone."""
        self._waiting.append(chunk)
        self.evaluation.clear()
        if time.perf_counter() - self._emitted >= EMIT_SECONDS:
            self.flush()

    def on_test_begin(self, logs: Any = None) -> None:
        """Emit what waits: a validation may take its time."""
        self.flush()

    def on_epoch_end(self, epoch: int, logs: Mapping[str, float] | None = None) -> None:
        """Emit the epoch, if it is whole."""
        self.flush()
        rates = np.concatenate(self._epoch_rates) if self._epoch_rates else np.empty(0)
        self._epoch_rates.clear()
        measured = ("loss", *scores_of(self.loop.facts))
        names = (*measured, *(f"val_{name}" for name in measured))
        if logs is None or not set(names) <= logs.keys() or not len(rates):
            return
        values = in_own_units({name: logs[name] for name in names}, self.loop.facts)
        values["learning_rate"] = float(rates[-1])
        values["learning_rate_low"], values["learning_rate_high"] = float(rates.min()), float(rates.max())
        if self.loop.lowered is not None:
            values["plateau_factor"] = self.loop.lowered
        self.evaluation.update({name: values[f"val_{name}"] for name in measured})
        self._emit(EpochEnded(epoch, self.loop.asked, values))

    def on_train_end(self, logs: Any = None) -> None:
        """Emit what still waits."""
        self.flush()

    def flush(self) -> None:
        """Emit what waits, if anything does."""
        if not self._waiting:
            return
        first, last = self._waiting[0].first, self._waiting[-1].last
        rates = decimals(np.concatenate([chunk.learning_rates for chunk in self._waiting]))
        losses = np.concatenate([chunk.losses for chunk in self._waiting]).astype(np.float64)
        scores = decimals(np.concatenate([chunk.scores for chunk in self._waiting]))
        momentums = [chunk.momentums for chunk in self._waiting if chunk.momentums is not None]
        self._waiting.clear()
        self._epoch_rates.append(rates)
        columns: dict[str, NDArray[Any]] = {
            "step": np.arange(first, last + 1),
            "learning_rate": rates,
            "loss": losses,
            (R2 if self.loop.facts.regression else ACCURACY).of_step: scores,
        }
        if momentums:
            columns["momentum"] = decimals(np.concatenate(momentums))
        if self._repeat is not None:
            columns["repeat"] = np.full(len(losses), self._repeat)
        self._emit(StepsEnded(columns))
        self._emitted = time.perf_counter()


def scores_of(facts: Facts) -> tuple[str, ...]:
    """Return what Keras measures beside the loss."""
    return (R2.name, R2.of_step) if facts.regression else (ACCURACY.name,)


def in_own_units(logs: Mapping[str, float], facts: Facts) -> dict[str, float]:
    """Return Keras's logs as decimals, the mean absolute error in the units of the number that is predicted."""
    deviation = facts.target_deviation
    values = {name: value * deviation if name.endswith("mae") else value for name, value in logs.items()}
    return {name: decimal(float(value)) for name, value in values.items()}
