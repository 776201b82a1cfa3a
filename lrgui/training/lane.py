"""One arm of a comparison with one seed: a training that can be set aside and taken up again."""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from lrgui.core.config import TrainingConfig
from lrgui.core.config.plateau import ReduceOnPlateau
from lrgui.core.control import Control
from lrgui.core.events import Emit, EpochEnded, Event, HowArmEnded, StepsEnded
from lrgui.core.messages import Message
from lrgui.training.data import Examples
from lrgui.training.loops import Chunk, EvaluationLoop, TrainingLoop
from lrgui.training.plan import Plan
from lrgui.training.plateau import LowerOnPlateau
from lrgui.training.prepared import Prepared
from lrgui.training.report import Report
from lrgui.training.soundness import LOOK_SECONDS, are_numbers, why_weights_broke
from lrgui.training.states import State, taken
from lrgui.training.trainer import why_training_broke


@dataclass(frozen=True, slots=True)
class Extras:
    """What any arm of the comparison reports: then all do, so that their columns are the same."""

    momentum: bool
    plateau: bool


class Lane:
    """A training between two of its chunks.

    Parameters
    ----------
    arm : int
        The number of the arm.
    config : TrainingConfig
        The training that the arm is with this seed.
    prepared, examples, plan
        What is trained, on what, and how; ``plan`` has the seed.
    emit : callable
        Takes its steps and epochs, which say whose they are.
    extras : Extras
        What else they hold.

    Attributes
    ----------
    state : State or None
        What it left in the model when it was set aside; None before its first step.
    done, border
        Its last whole epoch: the steps done by then, and the state; 0 and None before.
    seconds : float
        What it has taken so far.
    how : str or None
        How it ended, if it has.
    broke_at : Chunk or None
        The chunk with the loss that is no number.
    weights_lost_by : int or None
        How many steps were done when weights were found to be no numbers behind a loss that is one.
    """

    def __init__(
        self, arm: int, config: TrainingConfig, prepared: Prepared, examples: Examples, plan: Plan, emit: Emit,
        extras: Extras,
    ) -> None:  # fmt: skip
        self.arm, self.seed, self.prepared = arm, config.seed, prepared
        self.loop = TrainingLoop(prepared, examples, plan)
        self.state: State | None = None
        self.border: State | None = None
        self.done, self.seconds = 0, 0.0
        self.how: HowArmEnded | None = None
        self.broke_at: Chunk | None = None
        self.weights_lost_by: int | None = None
        self._looked = time.perf_counter()
        self._emit, self._extras = emit, extras
        self._report = Report(self.loop, self._tell)
        self._lower: LowerOnPlateau | None = None
        if isinstance(config.plateau, ReduceOnPlateau):
            self._monitor = config.plateau.monitor
            self._lower = LowerOnPlateau(self.loop, config.plateau, _unheard)
            self._lower.set_model(prepared.model)

    @property
    def epoch(self) -> int:
        """The epoch that it is in, or is to begin, from 0."""
        return self.loop.done // self.loop.plan.steps_per_epoch

    @property
    def why_it_broke(self) -> Message | None:
        """What a person is told of a training that diverged; None as long as all is well."""
        if self.broke_at is not None:
            return why_training_broke(self.broke_at)
        if self.weights_lost_by is not None:
            rates = self.loop.plan.rates
            return why_weights_broke(self.weights_lost_by, self.loop.multiplier * rates[self.weights_lost_by - 1])
        return None

    def go_on(self, evaluation: EvaluationLoop, control: Control, goes: Callable[[], bool]) -> None:
        """Train to the end of the epoch and evaluate, as ``fit`` does; or until ``goes`` says no, between chunks.

        The prepared model is to hold this lane's state. It is taken out again at the end.
        """
        whole = self._train(control, goes)
        if self.broke_at is None and whole and self._evaluate(evaluation, control):
            self.done = self.loop.done
        self._report.flush()
        self.state = taken(self.prepared)
        if self.done == self.loop.done:
            self.border = self.state

    def _train(self, control: Control, goes: Callable[[], bool]) -> bool:
        loop, end = self.loop, (self.epoch + 1) * self.loop.plan.steps_per_epoch
        if loop.done == self.done:
            self.prepared.model.reset_metrics()
        while loop.done < end and self.broke_at is None:
            if control.holding:
                self._report.flush()
            loop.one_step = control.wait_for_turn()
            if not goes():
                return False
            start = time.perf_counter()
            chunk = loop.run()
            loop.asked = loop.done
            self.seconds += time.perf_counter() - start
            self._report.on_chunk_end(chunk)
            if not math.isfinite(chunk.losses[-1]):
                self.broke_at = chunk
        return True

    def _evaluate(self, evaluation: EvaluationLoop, control: Control) -> bool:
        """Evaluate, report the epoch, let the plateau rule act; return whether nobody ended it."""
        model, start = self.prepared.model, time.perf_counter()
        logs = dict(model.get_metrics_result())
        model.reset_metrics()
        evaluation.begin()
        while evaluation.done < evaluation.batches:
            if control.stopping:
                return False
            evaluation.run()
        logs |= {f"val_{name}": value for name, value in model.get_metrics_result().items()}
        self.seconds += time.perf_counter() - start
        self._end_epoch({name: float(value) for name, value in logs.items()})
        self._look_at_weights()
        return True

    def _look_at_weights(self) -> None:
        """Look whether they are numbers still: at the end of an epoch, and not too often but at the very last one."""
        last = self.loop.done == self.loop.plan.steps
        if last or time.perf_counter() - self._looked >= LOOK_SECONDS:
            self._looked = time.perf_counter()
            if not are_numbers(self.prepared.model):
                self.weights_lost_by = self.loop.done

    def _end_epoch(self, logs: dict[str, float]) -> None:
        epoch = self.epoch - 1
        self._report.on_epoch_end(epoch, logs)
        if self._lower is not None and self.loop.done < self.loop.plan.steps:
            self._lower.on_epoch_end(epoch, logs)

    def restore(self, state: State, epochs: list[dict[str, float]], seconds: float) -> None:
        """Take up a training after so many epochs, from what was kept of it; the plateau rule sees them again."""
        loop = self.loop
        for epoch, values in enumerate(epochs):
            loop.done = loop.asked = (epoch + 1) * loop.plan.steps_per_epoch
            if self._lower is not None and loop.done < loop.plan.steps:
                # As the float32 that the rule saw, not as the decimal that was reported.
                self._lower.on_epoch_end(epoch, {self._monitor: float(np.float32(values[self._monitor]))})
        self.done, self.seconds = loop.done, seconds
        self.state = self.border = state

    def _tell(self, event: Event) -> None:
        """Emit an event of this lane with its owner's name on it."""
        match event:
            case StepsEnded(columns):
                count = len(columns["step"])
                owner = {"arm": np.full(count, self.arm), "seed": np.full(count, self.seed)}
                momentum = {"momentum": np.full(count, math.nan)} if self._extras.momentum else {}
                self._emit(StepsEnded({**owner, **momentum, **columns}))
            case EpochEnded(epoch, step, values):
                plateau = {"plateau_factor": 1.0} if self._extras.plateau else {}
                owned = {"arm": self.arm, "seed": self.seed, **plateau, **values, "seconds": self.seconds}
                self._emit(EpochEnded(epoch, step, owned))


def _unheard(event: Event) -> None:
    """Take in what the plateau rule says: each epoch's factor tells it."""
