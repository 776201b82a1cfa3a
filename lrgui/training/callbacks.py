"""One small Keras callback per job. They are the only way from ``fit`` to the outside.

Keras calls its hooks once a step; these wake up once a chunk, before and after it has run in the graph.
"""

import math
import time
from collections.abc import Mapping
from typing import Any

import keras
import numpy as np
from numpy.typing import NDArray

from lrgui.core.control import Control
from lrgui.core.events import Emit, EpochEnded, FactorMoved, StepsEnded
from lrgui.core.range_test import StopRule
from lrgui.training.loops import Chunk, EvaluationLoop, TrainingLoop

EMIT_SECONDS = 1 / 60
"""Chunks shorter than a frame are gathered before they are emitted."""


class ChunkCallback(keras.callbacks.Callback):
    """Turns Keras's hooks of every step into hooks of every chunk.

    Parameters
    ----------
    loop : TrainingLoop
        What runs the chunks.
    """

    def __init__(self, loop: TrainingLoop) -> None:
        super().__init__()
        self.loop = loop

    def on_train_batch_begin(self, batch: int, logs: Any = None) -> None:
        """Call ``on_chunk_begin`` if a chunk is due."""
        if self.loop.due:
            self.on_chunk_begin()

    def on_train_batch_end(self, batch: int, logs: Any = None) -> None:
        """Call ``on_chunk_end`` if a chunk has just run."""
        if self.loop.chunk is not None:
            self.on_chunk_end(self.loop.chunk)

    def on_chunk_begin(self) -> None:
        """Do what is to be done before a chunk."""

    def on_chunk_end(self, chunk: Chunk) -> None:
        """Take in what a chunk has done."""


class FromTheStart(keras.callbacks.Callback):
    """Lets every evaluation begin with the first example."""

    def __init__(self, loop: EvaluationLoop) -> None:
        super().__init__()
        self._loop = loop

    def on_test_begin(self, logs: Any = None) -> None:
        """Count from 0 again."""
        self._loop.begin()


class Report(ChunkCallback):
    """Emits the steps, and the epochs that were neither cut short nor left without their validation.

    An epoch's ``loss`` and ``accuracy`` are Keras's epoch logs: the mean over its batches, each measured before its
    update. A step's rate is the float32 that the optimizer used, as the shortest decimal that means it.

    Attributes
    ----------
    evaluation : dict
        ``loss`` and ``accuracy`` on the validation data after the last step so far; empty when there are newer steps.
    """

    def __init__(self, loop: TrainingLoop, emit: Emit) -> None:
        super().__init__(loop)
        self._emit = emit
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
        names = ("loss", "accuracy", "val_loss", "val_accuracy")
        if logs is None or not set(names) <= logs.keys() or not len(rates):
            return
        values = {name: decimal(logs[name]) for name in names}
        values["learning_rate"] = float(rates[-1])
        values["learning_rate_low"], values["learning_rate_high"] = float(rates.min()), float(rates.max())
        self.evaluation.update(loss=values["val_loss"], accuracy=values["val_accuracy"])
        self._emit(EpochEnded(epoch, self.loop.asked, values))

    def on_train_end(self, logs: Any = None) -> None:
        """Emit what still waits."""
        self.flush()

    def flush(self) -> None:
        """Emit what waits, if anything does."""
        if not self._waiting:
            return
        first, last = self._waiting[0].first, self._waiting[-1].last
        rates = as_written(np.concatenate([chunk.learning_rates for chunk in self._waiting]))
        losses = np.concatenate([chunk.losses for chunk in self._waiting]).astype(np.float64)
        self._waiting.clear()
        self._epoch_rates.append(rates)
        self._emit(StepsEnded({"step": np.arange(first, last + 1), "learning_rate": rates, "loss": losses}))
        self._emitted = time.perf_counter()


def as_written(rates: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return the shortest decimals that round to these: 0.001, not 0.0010000000474974513."""
    different, places = np.unique(rates, return_inverse=True)
    return np.array([decimal(rate) for rate in different], np.float64)[places]


def decimal(value: float) -> float:
    """Return the shortest decimal that rounds to this float32."""
    return float(str(np.float32(value)))


class Hold(ChunkCallback):
    """Holds before a chunk, or between two parts of a validation, while the run is paused."""

    def __init__(self, loop: TrainingLoop, control: Control) -> None:
        super().__init__(loop)
        self._control = control

    def on_chunk_begin(self) -> None:
        """Wait while paused."""
        self._control.wait_while_paused()

    def on_test_batch_begin(self, batch: int, logs: Any = None) -> None:
        """Wait while paused."""
        self._control.wait_while_paused()


class Halt(ChunkCallback):
    """Ends ``fit`` when a person says so; a validation under way is given up."""

    def __init__(self, loop: TrainingLoop, control: Control) -> None:
        super().__init__(loop)
        self._control = control

    def on_chunk_begin(self) -> None:
        """Let no other chunk begin after a stop; a pause may have ended with one."""
        self._obey()

    def on_chunk_end(self, chunk: Chunk) -> None:
        """End after this chunk."""
        self._obey()

    def on_test_begin(self, logs: Any = None) -> None:
        """Skip the validation of an epoch that was cut short."""
        self._obey()
        if self.model.stop_training and not self.loop.epoch_complete:
            self.model.stop_evaluating = True

    def on_test_batch_end(self, batch: int, logs: Any = None) -> None:
        """Give up the validation."""
        self._obey()

    def _obey(self) -> None:
        if self._control.stopping:
            self.model.stop_training = self.model.stop_evaluating = True


class LastStep(ChunkCallback):
    """Ends ``fit`` when all planned steps are done, also in the middle of an epoch."""

    def on_train_batch_end(self, batch: int, logs: Any = None) -> None:
        """Compare what Keras has counted with the plan."""
        if self.loop.asked == self.loop.plan.steps:
            self.model.stop_training = True


class Factor(ChunkCallback):
    """Takes over the hand's factor on the rate, and emits from which step on it acts."""

    def __init__(self, loop: TrainingLoop, control: Control, emit: Emit) -> None:
        super().__init__(loop)
        self._control = control
        self._emit = emit

    def on_chunk_begin(self) -> None:
        """Compare the factor with that of the last chunk."""
        factor = self._control.factor
        if factor != self.loop.factor and not self.model.stop_training:
            self.loop.factor = factor
            self._emit(FactorMoved(self.loop.done, factor))


class NotFinite(ChunkCallback):
    """Ends ``fit`` at a loss that is no number; the graph has already ended the chunk there.

    Attributes
    ----------
    at : Chunk or None
        The chunk whose last loss it was.
    """

    at: Chunk | None = None

    def on_chunk_end(self, chunk: Chunk) -> None:
        """Look at the chunk's last loss."""
        if not math.isfinite(chunk.losses[-1]):
            self.at = chunk
            self.model.stop_training = True


class Sweep(ChunkCallback):
    """Ends ``fit`` where the range test's stop rule fires.

    Attributes
    ----------
    at : Chunk or None
        The chunk, of one step, at which it fired.
    losses : list of float
        All so far.
    """

    at: Chunk | None = None

    def __init__(self, loop: TrainingLoop, rule: StopRule) -> None:
        super().__init__(loop)
        self.losses: list[float] = []
        self._rule = rule

    def on_chunk_end(self, chunk: Chunk) -> None:
        """Ask the rule."""
        self.losses.append(float(chunk.losses[-1]))
        if self._rule.fires(self.losses[-1]):
            self.at = chunk
            self.model.stop_training = True


class Deadline(keras.callbacks.Callback):
    """Lets an evaluation go on for a short time only, once the run has been asked to stop.

    Parameters
    ----------
    control : Control
        Of the run.
    seconds : float
        Time left after the stop.
    """

    def __init__(self, control: Control, seconds: float) -> None:
        super().__init__()
        self._control = control
        self._seconds = seconds
        self._end = math.inf

    def on_test_begin(self, logs: Any = None) -> None:
        """Start the clock if the stop was before."""
        self._look()

    def on_test_batch_end(self, batch: int, logs: Any = None) -> None:
        """End the evaluation when its time is over."""
        self._look()
        if time.perf_counter() >= self._end:
            self.model.stop_evaluating = True

    def _look(self) -> None:
        if self._control.stopping and self._end == math.inf:
            self._end = time.perf_counter() + self._seconds
