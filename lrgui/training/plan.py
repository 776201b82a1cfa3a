"""What a run will do, known before its first step: the two tables, and how long a chunk may be."""

import math
from dataclasses import dataclass, replace
from typing import Self

import numpy as np
from numpy.typing import NDArray

from lrgui.core import schedules
from lrgui.core.batches import epoch_indices, steps_per_epoch
from lrgui.core.config import Experiment, RangeTestConfig, TrainingConfig
from lrgui.core.config.range_test import SweepConfig
from lrgui.core.messages import Refused, say
from lrgui.core.sweep_ends import steps_of_one_sweep

MOST_STEPS = 50_000_000
"""More would take gigabytes for the table of rates alone, and weeks to run."""

CHUNK_SECONDS = 0.03
"""How long a training runs in the graph before Python wakes up."""


@dataclass(frozen=True, eq=False)
class Plan:
    """The two tables of a run.

    ``rates`` has the shape (steps,), and so has ``momentums``, the optimizer's momentum where it is cycled. An epoch
    has ``steps_per_epoch`` steps; the last one may have fewer. ``chunk_steps`` and ``chunk_seconds`` bound how far the
    graph runs before Python wakes up; it always does at multiples of ``chunk_steps``. All of it is done ``repeats``
    times, each from the next seed.
    """

    rates: NDArray[np.float64]
    examples: int
    batch_size: int
    seed: int
    chunk_steps: int
    chunk_seconds: float = CHUNK_SECONDS
    repeats: int = 1
    momentums: NDArray[np.float64] | None = None

    def from_seed(self, seed: int) -> Self:
        """Return the same plan from another seed."""
        return replace(self, seed=seed)

    @property
    def steps(self) -> int:
        """Steps of the whole run, or of each of its repeats."""
        return len(self.rates)

    @property
    def steps_per_epoch(self) -> int:
        """Full batches in the data."""
        return steps_per_epoch(self.examples, self.batch_size)

    @property
    def epochs(self) -> int:
        """Epochs begun."""
        return math.ceil(self.steps / self.steps_per_epoch)

    def indices(self, epoch: int) -> NDArray[np.int32]:
        """Return the examples of each step of an epoch, shape (steps_per_epoch, batch_size)."""
        return epoch_indices(self.examples, self.batch_size, self.seed, epoch)


def plan_training(config: TrainingConfig, examples: int) -> Plan:
    """Plan a training by its schedule on so many examples.

    Raises
    ------
    Refused
        The batch is larger than the data, there are more steps than ``MOST_STEPS``, or a formula gives no rate.
    """
    _check_batch(config, examples)
    per_epoch = steps_per_epoch(examples, config.batch_size)
    steps = config.epochs * per_epoch
    if steps > MOST_STEPS:
        raise Refused(
            say(
                "{epochs} epochs in batches of {batch_size} are {steps:,} steps, more than the {most:,} that a run "
                "can have: take fewer epochs or a larger batch size.",
                epochs=config.epochs,
                batch_size=config.batch_size,
                steps=steps,
                most=MOST_STEPS,
            )
        )
    rates = schedules.rates(config.schedule, config.learning_rate, steps, per_epoch)
    momentum = schedules.cycled_momentum(config.optimizer)
    momentums = schedules.momentums(config.schedule, momentum, steps, per_epoch)
    return Plan(rates, examples, config.batch_size, config.seed, chunk_steps=1024, momentums=momentums)


def plan_range_test(config: RangeTestConfig, examples: int) -> Plan:
    """Plan a sweep, or several that follow each other, through as many epochs as each takes.

    A chunk is the steps of one rate, so that the model stops exactly where the sweep does, at every speed of the
    machine.

    Raises
    ------
    Refused
        The batch is larger than the data, or there are more steps than ``MOST_STEPS``.
    """
    _check_batch(config, examples)
    return plan_sweep(config, examples, config.batch_size, config.seed)


def plan_sweep(config: SweepConfig, examples: int, batch_size: int, seed: int) -> Plan:
    """Plan the same for anything that can be trained in batches.

    Raises
    ------
    Refused
        There are more steps than ``MOST_STEPS``.
    """
    _check_steps(steps_of_one_sweep(config) * config.repeats)
    batches = config.batches_per_rate
    rates = schedules.sweep(config.start, config.end, config.steps, config.spacing, batches)
    return Plan(rates, examples, batch_size, seed, chunk_steps=batches, repeats=config.repeats)


def _check_steps(steps: int) -> None:
    if steps > MOST_STEPS:
        raise Refused(
            say(
                "The range test has {steps:,} steps, more than the {most:,} that a run can have: "
                "take fewer steps, batches per rate or repeats.",
                steps=steps,
                most=MOST_STEPS,
            )
        )


def _check_batch(config: Experiment, examples: int) -> None:
    """Check against the data that were really found: a cached file may hold fewer than are known of."""
    if config.batch_size > examples:
        raise Refused(
            say(
                "Batch size {given} is more than the {examples} training examples found for {dataset}: "
                "take at most {examples}.",
                given=config.batch_size,
                examples=examples,
                dataset=config.dataset.label,
            )
        )
