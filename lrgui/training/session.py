"""One run under way: data, model and loops brought together, ``fit`` called, and everything taken apart again."""

from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Any, NamedTuple, Self, TypeVar

import keras
import numpy as np

from lrgui.core.config import Config, Experiment
from lrgui.core.config.range_test import SweepConfig
from lrgui.core.control import Control
from lrgui.core.events import Emit, Planned, Progressed
from lrgui.core.messages import Message, say
from lrgui.training.callbacks import (
    Deadline,
    Factor,
    FromTheStart,
    Halt,
    LastStep,
)
from lrgui.training.checking import check, told_of_change
from lrgui.training.data import Cancelled, Examples, load
from lrgui.training.examine import examine
from lrgui.training.loops import EvaluationLoop, TrainingLoop
from lrgui.training.own.source import look_at
from lrgui.training.pace import Hold
from lrgui.training.plan import Plan
from lrgui.training.prepared import Prepared, prepare
from lrgui.training.report import Report, in_own_units
from lrgui.training.turns import Turns

STOP_SECONDS = 0.05
"""How long the final evaluation may go on after a stop; what it has measured by then counts."""

SURFACE_SECONDS = 2.0
"""How long a model may take to answer all over the plane, if nobody waits for the end."""

E = TypeVar("E", bound=Experiment)


class Material(NamedTuple):
    """What a session works with."""

    prepared: Prepared
    examples: Examples
    plan: Plan


def gathered(config: E, make_plan: Callable[[E, int], Plan], emit: Emit, control: Control) -> Material:
    """Load the data of an experiment, plan the run on them, and have the model ready.

    Parameters
    ----------
    config : Experiment
        What is asked.
    make_plan : callable
        From the config and the number of training examples to the run's tables.
    emit, control
        As for ``trainer.train``.

    Raises
    ------
    Refused
        The data cannot be had, or the plan does not fit them.
    Cancelled
        The run was stopped meanwhile.
    """
    look_at(config.model, emit, control)
    emit(Progressed(say("Loading {dataset}.", dataset=config.dataset.label)))
    examples = load(config.dataset, emit, control)
    check(config, examples)
    plan = make_plan(config, examples.training_examples)
    emit(Progressed(say("Building the model.")))
    return Material(prepare(config, examples.facts, cycles_momentum=plan.momentums is not None), examples, plan)


class Session:
    """A run from its data to its evaluation; used as a context, which leaves the model with Keras's own methods.

    Parameters
    ----------
    material : Material
        What is trained, on what, and by which plan.
    config : Config
        What is asked.
    emit, control
        As for ``trainer.train``.

    Attributes
    ----------
    ran_out : bool
        Whether the data came to their end before the plan did.

    Raises
    ------
    Cancelled
        The run was stopped before it began.
    """

    ran_out = False

    def __init__(self, material: Material, config: Config, emit: Emit, control: Control) -> None:
        self._prepared, self._examples, self.plan = material
        self._config, self._emit, self._control = config, emit, control
        self.evaluation = EvaluationLoop(self._prepared, self._examples)
        self._sweeping = isinstance(config, SweepConfig)
        self._begin(self.plan.seed, repeat=0, earlier=0)
        if control.stopping:
            raise Cancelled

    def _begin(self, seed: int, *, repeat: int, earlier: int) -> None:
        self._prepared.reset(seed)
        self.loop = TrainingLoop(self._prepared, self._examples, self.plan.from_seed(seed), earlier)
        self.report = Report(self.loop, self._emit, repeat if self._sweeping else None)
        self._repeat = repeat

    def start_over(self) -> None:
        """Begin the plan again, with fresh weights and batches from the next seed."""
        self._begin(self.loop.plan.seed + 1, repeat=self._repeat + 1, earlier=self.loop.step)
        self._prepared.attach(self.loop, self.evaluation)

    def __enter__(self) -> Self:
        self._prepared.attach(self.loop, self.evaluation)
        plan, parameters = self.plan, self._prepared.model.count_params()
        rates = np.tile(plan.rates, plan.repeats)
        counts = (plan.steps_per_epoch, plan.epochs * plan.repeats, parameters, plan.repeats)
        self._emit(Planned(rates, *counts, self._prepared.content, self._examples.content))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._prepared.detach()
        if self.loop.done:
            self._prepared.trained_by = self._config
        self.report.flush()

    def fit(self, enders: Sequence[keras.callbacks.Callback], *, validate: bool) -> None:
        """Run the plan by Keras's ``fit``, to its end or to where a callback ends it.

        Parameters
        ----------
        enders : sequence of Callback
            The rules of this kind of run; they are asked when the report has been told.
        validate : bool
            Whether each epoch ends with an evaluation of the validation data.
        """
        plan, model = self.plan, self._prepared.model
        before = [
            FromTheStart(self.evaluation),
            Hold(self.loop, self._control, self.report.flush),
            Halt(self.loop, self._control),
        ]
        after = [Factor(self.loop, self._control, self._emit), self.report, *enders, LastStep(self.loop)]
        model.fit(
            Turns(plan.steps_per_epoch),
            epochs=plan.epochs,
            validation_data=Turns(self.evaluation.batches) if validate else None,
            callbacks=[*before, *after],
            shuffle=False,
            verbose=0,
        )

    def evaluate(self) -> dict[str, float]:
        """Return ``loss`` and ``accuracy`` (``r2``, ``mae``) of the model as it is now, on the validation data.

        What the last epoch has just measured is not measured again.
        """
        if self.report.evaluation:
            return dict(self.report.evaluation)
        model = self._prepared.model
        deadline = Deadline(self._control, STOP_SECONDS)
        watchers: list[Any] = [FromTheStart(self.evaluation), deadline]
        model.evaluate(Turns(self.evaluation.batches), callbacks=watchers, verbose=0)
        return in_own_units(model.get_metrics_result(), self.loop.facts)

    def examine(self) -> None:
        """Emit what the model answered in the last evaluation; it is not asked again."""
        if not self.evaluation.answers or self.loop.facts.regression:
            return
        seconds = STOP_SECONDS if self._control.stopping else SURFACE_SECONDS
        examined = examine(self._prepared, self._examples, np.concatenate(self.evaluation.answers), seconds)
        if examined is not None:
            self._emit(examined)

    def told(self, message: Message) -> Message:
        """Add to a sentence, where it is so, that the evaluation was cut short, and that a person's model is as before.

        A sweep puts such a model back; what a training has made of it stays, to be saved.
        """
        message = told_of_change(self._config, self._told_of_evaluation(message))
        proof = self._prepared.proof(self.loop.plan.seed) if self._sweeping else None
        return message if proof is None else say("{message} {proof}", message=message, proof=proof)

    def _told_of_evaluation(self, message: Message) -> Message:
        done, examples = self.evaluation.examples_done, self.evaluation.examples
        if self.report.evaluation or done == examples:
            return message
        return say(
            "{message} Evaluated on the first {done:,} of {examples:,} validation examples.",
            message=message,
            done=done,
            examples=examples,
        )
