"""Python's side of the graph loops: they stand where Keras expects the function of one step."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from lrgui.training.data import Examples
from lrgui.training.own_data.blame import blamed
from lrgui.training.plan import CHUNK_SECONDS, Plan
from lrgui.training.prepared import EVALUATION_BATCH, Prepared


@dataclass(frozen=True, eq=False)
class Chunk:
    """The steps that one call has run, from step ``first`` on.

    ``learning_rates``, ``losses`` and ``scores`` (the accuracy, or the mean absolute error where a number is predicted)
    have the shape (n,), and ``momentums`` too where it is cycled.
    """

    first: int
    learning_rates: NDArray[np.float32]
    losses: NDArray[np.float32]
    scores: NDArray[np.float32]
    momentums: NDArray[np.float32] | None = None

    @property
    def last(self) -> int:
        """The number of its last step."""
        return self.first + len(self.losses) - 1


class TrainingLoop:
    """Runs ahead by a chunk when Keras asks for a step, then answers until what it asked for is what was done.

    Attributes
    ----------
    factor : float
        What the planned rate is multiplied by, from the next chunk on, as the hand has it.
    lowered : float or None
        The same for the plateau rule; None where there is none.
    next_move : int or None
        The step, over the whole run, at which the hand's factor is to move: the next chunk ends before it.
    one_step : bool
        Whether the next chunk is to be a single step, for those who watch.
    done, asked : int
        Steps run in the graph, and steps that Keras has counted.
    chunk : Chunk or None
        What the call just now has run.
    facts : Facts
        On what it trains.

    Parameters
    ----------
    prepared, examples, plan
        What is trained, on what, and how.
    earlier : int
        Steps that the run had before this loop: those of its earlier sweeps.
    """

    def __init__(self, prepared: Prepared, examples: Examples, plan: Plan, earlier: int = 0) -> None:
        self.plan = plan
        self._earlier = earlier
        self.factor = 1.0
        self.lowered: float | None = None
        self.next_move: int | None = None
        self.one_step = False
        self.done = self.asked = 0
        self.chunk: Chunk | None = None
        self.facts = examples.facts
        self._prepared = prepared
        self._data = (examples.train_inputs, examples.train_labels, tf.constant(examples.scale, tf.float32))
        self._seconds = tf.constant(plan.chunk_seconds, tf.float64)
        self._tables: tuple[Any, ...] = ()

    @property
    def step(self) -> int:
        """The number of the next step, counted over the whole run."""
        return self._earlier + self.done

    @property
    def multiplier(self) -> float:
        """What the planned rate is multiplied by, all in all."""
        return self.factor if self.lowered is None else self.factor * self.lowered

    @property
    def due(self) -> bool:
        """Whether the next call will run a chunk."""
        return self.asked == self.done

    @property
    def epoch_complete(self) -> bool:
        """Whether the last step asked for was the last of its epoch."""
        return self.asked > 0 and self.asked % self.plan.steps_per_epoch == 0

    def __call__(self, iterator: object) -> dict[str, Any]:
        """Do the step that Keras asks for, unless it is done; return logs with an epoch's last step."""
        model = self._prepared.model
        self.chunk = None
        if self.due:
            if model.stop_training:
                return {}
            self.chunk = self.run()
        self.asked += 1
        return dict(self._prepared.empty_logs) if self.epoch_complete else {}

    def run(self) -> Chunk:
        """Run a chunk, of at least one step and at most what is left of the epoch."""
        epoch, first = divmod(self.done, self.plan.steps_per_epoch)
        if first == 0:
            self._tables = self._tables_of(epoch)
        left = self.plan.steps - self.done
        most = 1 if self.one_step else min(self.plan.chunk_steps - self.done % self.plan.chunk_steps, left)
        if self.next_move is not None:
            most = min(most, self.next_move - self.step)
        last = min(first + most, self.plan.steps_per_epoch)
        factor = tf.constant(self.multiplier, tf.float32)
        limits = (tf.constant(first), tf.constant(last), self._seconds)
        try:
            rows = self._prepared.train_chunk(*self._data, *self._tables, factor, *limits).numpy()
        except tf.errors.OpError as error:
            raise blamed(error, self._data[0], self._tables[0].numpy()[first:last]) from error
        chunk = Chunk(self.step, *rows.T)
        self.done += len(rows)
        return chunk

    def _tables_of(self, epoch: int) -> tuple[Any, ...]:
        plan, first = self.plan, epoch * self.plan.steps_per_epoch
        momentums = np.empty(0) if plan.momentums is None else plan.momentums
        parts = (table[first : first + plan.steps_per_epoch] for table in (plan.rates, momentums))
        return tf.constant(plan.indices(epoch)), *(tf.constant(part, tf.float32) for part in parts)


class EvaluationLoop:
    """The same for an evaluation: ``done`` and ``asked`` count batches, from 0 again at each ``begin``.

    Attributes
    ----------
    answers : list of array
        Of each part of this evaluation, shape (examples, 2): the class that the model answers, and its output for it.
    """

    def __init__(self, prepared: Prepared, examples: Examples) -> None:
        self.done = self.asked = 0
        self.answers: list[NDArray[np.float32]] = []
        self.examples = int(examples.validation_labels.shape[0])
        self._prepared = prepared
        self._data = (examples.validation_inputs, examples.validation_labels, tf.constant(examples.scale, tf.float32))
        self._seconds = tf.constant(CHUNK_SECONDS, tf.float64)

    @property
    def batches(self) -> int:
        """Batches in the validation data."""
        return -(-self.examples // EVALUATION_BATCH)

    @property
    def examples_done(self) -> int:
        """How many examples have been evaluated since ``begin``."""
        return min(self.done * EVALUATION_BATCH, self.examples)

    def begin(self) -> None:
        """Start at the first example again."""
        self.done = self.asked = 0

    def __call__(self, iterator: object) -> dict[str, Any]:
        """Evaluate the batch that Keras asks for, unless it is done; return logs with the last one."""
        model = self._prepared.model
        if self.asked == self.done and not model.stop_evaluating:
            self.run()
        self.asked += 1
        return dict(self._prepared.empty_logs) if self.asked == self.done == self.batches else {}

    def run(self) -> None:
        """Evaluate some batches, at least one."""
        if self.done == 0:
            # Not before: an evaluation that is given up at once leaves the answers of the last one.
            self.answers.clear()
        limits = (tf.constant(self.done), tf.constant(self.batches), self._seconds)
        try:
            done, answers = self._prepared.evaluate_chunk(*self._data, *limits)
        except tf.errors.OpError as error:
            left = np.arange(self.done * EVALUATION_BATCH, self.examples)
            raise blamed(error, self._data[0], left) from error
        self.done = int(done)
        self.answers.append(answers.numpy())
