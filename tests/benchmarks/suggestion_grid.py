"""Trains every task at every rate, sweeps it, and keeps what the benchmark ``suggestion`` is scored from.

``python -m tests.benchmarks.suggestion_grid FOLDER`` writes a file a task, which takes about an hour of one core, and
leaves out those that are there already; when all are there it packs them to ``suggestion_grids.npz``. Fashion-MNIST has
to be there already, or is downloaded. Several may run at once, each on the tasks that ``--part 1/2`` gives it; or
several processes or computers share them, ``--on processes`` or ``--on tls://HOST:8786,certificates=FOLDER``.
"""

import argparse
import os
import random
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from lrgui.cluster.each import each
from lrgui.core.batches import batch_indices
from lrgui.core.config.lengths import Length
from lrgui.core.config.place import Here, PlaceChoice, Placement
from lrgui.core.config.schedule import Constant, Cosine, OneCycle, ScheduleChoice
from lrgui.core.range_test import StopRule
from lrgui.core.schedules import cycled_momentum, exponential_sweep, momentums, rates
from lrgui.training.models import build_model
from lrgui.training.momentum import given_momentum
from lrgui.training.optimizers import build_optimizer
from tests.benchmarks.suggestion import END, FILE, GRID, START
from tests.benchmarks.suggestion_data import examples
from tests.benchmarks.suggestion_tasks import TASKS, Task

STEPS = 300
PLANS: dict[str, tuple[ScheduleChoice, int]] = {
    "constant": (Constant(), 5),
    "one_cycle": (OneCycle(), 3),
    "warmup": (Cosine(warmup=Length.read(50)), 3),
}
"""What the rates of the grid are the highest of, and with how many seeds each is trained.

The tasks that were drawn last have three seeds in the file, and not all of them the schedules: there was no time."""

REPEATS = {100: 5, 20: 5, 50: 5, 300: 3, 2000: 1}
"""How many sweeps there are of each number of steps."""

_FIRST_SWEEP_SEED = 100
_PROBED = 256

Floats = NDArray[np.float64]
Loop = Callable[..., Any]


class Trainer:
    """One task's model, trained over and over in the graph from the first weights of any seed."""

    def __init__(self, task: Task) -> None:
        (inputs, labels), (validation, answers) = examples(task.data)
        self._task, self._shape, self._classes = task, inputs.shape[1:], int(labels.max()) + 1
        self.examples = len(labels)
        self._data = tf.constant(inputs), tf.constant(labels)
        self._validation = tf.constant(validation), tf.constant(answers)
        self._model, self._optimizer = self._built(0)
        self._first: dict[int, list[Any]] = {}
        self._train = {probing: self._loop(probing) for probing in (False, True)}
        self._accuracy = tf.function(self._evaluate)

    def _built(self, seed: int) -> tuple[Any, Any]:
        random.seed(seed)
        model, optimizer = self._task.choices
        built = build_model(model, self._shape, self._classes), build_optimizer(optimizer, 0.1)
        built[1].build(built[0].trainable_variables)
        return built

    def reset(self, seed: int) -> None:
        """Give it the weights that a model has which was just built from this seed."""
        if seed not in self._first:
            self._first[seed] = [v.numpy() for part in self._built(seed) for v in part.variables]
        own = [*self._model.variables, *self._optimizer.variables]
        for variable, value in zip(own, self._first[seed], strict=True):
            variable.assign(value)

    def train(self, rates: Floats, momentums: Floats | None, seed: int, *, probing: bool = False) -> Floats:
        """Train at these rates, until a loss is not finite; return the loss of each step's batch, and of the probe.

        The probe are the same examples at every step, before it. Shape (steps, 2); the probe's is 0 when not asked for.
        """
        self.reset(seed)
        order = batch_indices(self.examples, self._task.batch_size, seed, len(rates))
        if momentums is None:
            momentums = np.full(len(rates), cycled_momentum(self._task.choices[1]))
        tables = (tf.constant(order), tf.constant(rates, tf.float32), tf.constant(momentums, tf.float32))
        return np.asarray(self._train[probing](*tables), np.float64)

    def accuracy(self) -> float:
        """Return the share of the validation examples that is right."""
        return float(self._accuracy())

    def _evaluate(self) -> Any:
        inputs, answers = self._validation
        found = tf.argmax(self._model(inputs, training=False), -1, tf.int32)
        return tf.reduce_mean(tf.cast(found == answers, tf.float32))

    def _loss(self, chosen: Any) -> Any:
        inputs, labels = (tf.gather(part, chosen) for part in self._data)
        return keras.losses.SparseCategoricalCrossentropy()(labels, self._model(inputs, training=True))

    def _apply(self, tape: tf.GradientTape, loss: Any, momentum: Any) -> None:
        variables = self._model.trainable_variables
        gradients = tape.gradient(loss, variables)
        if cycled_momentum(self._task.choices[1]):
            with given_momentum(self._optimizer, momentum):
                self._optimizer.apply(gradients, variables)
        else:
            self._optimizer.apply(gradients, variables)

    def _loop(self, probing: bool) -> Loop:
        probe = tf.constant(np.random.default_rng(0).permutation(self.examples)[:_PROBED])

        def step(k: Any, finite: Any, losses: Any, order: Any, rates: Any, momentums: Any) -> tuple[Any, ...]:
            probed = self._loss(probe) if probing else tf.constant(0.0)
            with tf.GradientTape() as tape:
                loss = self._loss(order[k])
            self._optimizer.learning_rate.assign(rates[k])
            self._apply(tape, loss, momentums[k])
            losses = losses.write(k, tf.stack([loss, probed]))
            return k + 1, tf.math.is_finite(loss), losses, order, rates, momentums

        def train(order: Any, rates: Any, momentums: Any) -> Any:
            losses = tf.TensorArray(tf.float32, 0, dynamic_size=True, element_shape=(2,))
            going = (0, tf.constant(True), losses, order, rates, momentums)
            done = tf.while_loop(lambda k, finite, *_: finite & (k < tf.shape(rates)[0]), step, going)
            return done[2].stack()

        signature = (
            tf.TensorSpec((None, None), tf.int32), tf.TensorSpec((None,), tf.float32),
            tf.TensorSpec((None,), tf.float32),
        )  # fmt: skip
        return tf.function(train, input_signature=signature)


def measured(task: Task) -> dict[str, NDArray[Any]]:
    """Return accuracies of shape (seeds, rates) by schedule, and the losses of each sweep of shape (steps,)."""
    trainer = Trainer(task)
    columns: dict[str, NDArray[Any]] = {}
    for steps, count in REPEATS.items():
        table = exponential_sweep(START, END, steps)
        for number in range(count):
            losses = trainer.train(table, None, _FIRST_SWEEP_SEED + number, probing=steps == 100)
            kept = losses[: _ended(losses[:, 0])]
            columns[f"{steps} steps/{number}"] = kept[:, 0].astype(np.float16)
            if steps == 100:
                columns[f"fixed examples/{number}"] = kept[:, 1].astype(np.float16)
    for name, (schedule, seeds) in PLANS.items():
        accuracies = [[_trained(trainer, task, schedule, 10**x, seed) for x in GRID] for seed in range(seeds)]
        columns[name] = np.array(accuracies, np.float32)
    return columns


def _trained(trainer: Trainer, task: Task, schedule: ScheduleChoice, rate: float, seed: int) -> float:
    epoch = trainer.examples // task.batch_size
    momentum = cycled_momentum(task.choices[1])
    trainer.train(rates(schedule, rate, STEPS, epoch), momentums(schedule, momentum, STEPS, epoch), seed)
    return trainer.accuracy()


def _ended(losses: Floats) -> int:
    """Return how many steps the program would have swept."""
    rule = StopRule(0.9, 4.0)
    return next((number for number, loss in enumerate(losses, 1) if rule.fires(loss)), len(losses))


def main() -> int:
    """Measure the tasks that are missing, and pack them when none is."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.suggestion_grid", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--part", default="1/1", help="which tasks this process measures, as 1/2")
    parser.add_argument("--on", default="here", help="where: here, processes,workers=N, tls://HOST:8786,...")
    asked = parser.parse_args()
    place = Placement(on=asked.on).on
    asked.folder.mkdir(parents=True, exist_ok=True)
    files = {task: asked.folder / f"{number:02}.npz" for number, task in enumerate(TASKS)}
    part, parts = map(int, asked.part.split("/"))
    missing = [task for task in TASKS[part - 1 :: parts] if not files[task].exists()]
    begin = time.monotonic()
    for task, columns in _each(missing, place):
        np.savez(files[task], **columns)
        print(f"{task.name}: {time.monotonic() - begin:.0f} s", flush=True)
    if all(file.exists() for file in files.values()):
        packed = {f"{task.name}/{name}": values for task, file in files.items() for name, values in _read(file)}
        np.savez_compressed(FILE, **packed)
    return 0


def _each(tasks: list[Task], place: PlaceChoice) -> Iterator[tuple[Task, dict[str, NDArray[Any]]]]:
    if isinstance(place, Here):
        tf.config.threading.set_intra_op_parallelism_threads(1)
        tf.config.threading.set_inter_op_parallelism_threads(1)
        return ((task, measured(task)) for task in tasks)
    # By the name that the workers know this module by: here it is the program.
    from tests.benchmarks import suggestion_grid

    return each(suggestion_grid.measured, tasks, place)


def _read(file: Path) -> list[tuple[str, NDArray[Any]]]:
    with np.load(file) as kept:
        return list(kept.items())


if __name__ == "__main__":
    sys.exit(main())
