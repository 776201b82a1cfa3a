"""One small Keras callback per job. They are the only way from ``fit`` to the outside.

Keras calls its hooks once a step; these wake up once a chunk, before and after it has run in the graph.
"""

import math
import time
from typing import Any

import keras
import numpy as np

from lrgui.core.control import Control
from lrgui.core.events import Emit, FactorMoved
from lrgui.core.range_test import StopRule
from lrgui.core.sweeps import Sweep, averaged
from lrgui.training.loops import Chunk, EvaluationLoop, TrainingLoop


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
    """Takes over the hand's factor on the rate, and emits from which step on it acts; replayed moves act at theirs."""

    def __init__(self, loop: TrainingLoop, control: Control, emit: Emit) -> None:
        super().__init__(loop)
        self._control = control
        self._emit = emit

    def on_chunk_begin(self) -> None:
        """Compare the factor with that of the last chunk, and end this one where it is to move again."""
        factor = self._control.factor_at(self.loop.step)
        self.loop.next_move = self._control.next_move
        if factor != self.loop.factor and not self.model.stop_training:
            self.loop.factor = factor
            self._emit(FactorMoved(self.loop.step, factor))


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


class SweepRule(ChunkCallback):
    """Ends ``fit`` where the range test's stop rule fires: at a point, the mean loss of the steps at one rate.

    Parameters
    ----------
    loop : TrainingLoop
        What runs the chunks; none of them holds steps of two rates.
    rule : StopRule
        Is asked at each point, and at once at a loss that is not finite.
    batches_per_rate : int
        Steps at each rate.
    """

    def __init__(self, loop: TrainingLoop, rule: StopRule, batches_per_rate: int) -> None:
        super().__init__(loop)
        self._rule = rule
        self._batches = batches_per_rate
        self._chunks: list[Chunk] = []
        self._point: list[float] = []

    def on_chunk_end(self, chunk: Chunk) -> None:
        """Ask the rule, if a point is complete or lost."""
        self._chunks.append(chunk)
        self._point += chunk.losses.tolist()
        if len(self._point) < self._batches and math.isfinite(self._point[-1]):
            return
        if self._rule.fires(float(np.mean(self._point))):
            self.model.stop_training = True
        self._point.clear()

    @property
    def measured(self) -> Sweep | None:
        """What the sweep has measured so far; None before its first step."""
        if not self._chunks:
            return None
        names = ("learning_rates", "losses", "scores")
        return averaged(*(np.concatenate([getattr(chunk, name) for chunk in self._chunks]) for name in names))


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
