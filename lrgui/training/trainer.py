"""The one trainer: a training and a range test differ in their table, and in what ends them."""

import threading
import traceback
from collections.abc import Callable
from typing import TypeVar

from lrgui.core.config import RangeTestConfig, TrainingConfig
from lrgui.core.control import Control
from lrgui.core.events import Diverged, Emit, Ended, Failed, Finished, Stopped
from lrgui.core.messages import Message, say
from lrgui.core.range_test import StopRule, reached_the_end, stopped_half_way, why_it_diverged
from lrgui.training.callbacks import NotFinite, Sweep
from lrgui.training.data import Cancelled
from lrgui.training.failures import explain, is_about_memory
from lrgui.training.loops import Chunk
from lrgui.training.plan import plan_range_test, plan_training
from lrgui.training.prepared import forget_all
from lrgui.training.report import decimal
from lrgui.training.session import Session

C = TypeVar("C")
_one_run = threading.Lock()


def train(config: TrainingConfig, emit: Emit, control: Control) -> None:
    """Train from fresh weights at a constant rate, and emit what happens.

    Nothing is raised for what can go wrong in a run; the last event is always one ``Ended``. After a stop the final
    evaluation takes little time and may see only the first of the validation examples; its message then says so.

    Parameters
    ----------
    config : TrainingConfig
        What is asked.
    emit : callable
        Takes the events, on this thread.
    control : Control
        How other threads reach the run.
    """
    _guarded(_train, config, emit, control)


def range_test(config: RangeTestConfig, emit: Emit, control: Control) -> None:
    """Train while the rate rises, until the sweep's end or its stop rule; emit what happens.

    Parameters and promises are those of ``train``. The evaluation is that of the model which went through the sweep
    and nothing else.
    """
    _guarded(_range_test, config, emit, control)


def _guarded(job: Callable[[C, Emit, Control], Ended], config: C, emit: Emit, control: Control) -> None:
    """Run one job at a time, and end it with one event whatever happens."""
    try:
        with _one_run:
            end = job(config, emit, control)
    except Cancelled:
        end = Stopped(say("Stopped before the first step."))
    except Exception as error:
        if is_about_memory(error):
            forget_all()
        end = Failed(explain(error), details=traceback.format_exc())
    emit(end)


def _train(config: TrainingConfig, emit: Emit, control: Control) -> Ended:
    with Session(config, plan_training, emit, control) as session:
        broke = NotFinite(session.loop)
        session.fit([broke], validate=True)
        evaluation = session.evaluate()
    if broke.at is not None:
        return Diverged(session.told(_why_training_broke(broke.at)), evaluation)
    if session.loop.done < session.plan.steps or not session.report.evaluation:
        return Stopped(session.told(stopped_half_way(session.loop.done, session.plan.steps)), evaluation)
    told = say("Finished: {epochs} epochs, {steps} steps.", epochs=session.plan.epochs, steps=session.plan.steps)
    return Finished(told, evaluation)


def _why_training_broke(chunk: Chunk) -> Message:
    learning_rate = decimal(chunk.learning_rates[-1])
    return say(
        "The loss was no longer a number at step {step}, with a learning rate of {learning_rate:rate}: "
        "take a lower one, {lower:rate} for instance.",
        step=chunk.last,
        learning_rate=learning_rate,
        lower=learning_rate / 10,
    )


def _range_test(config: RangeTestConfig, emit: Emit, control: Control) -> Ended:
    with Session(config, plan_range_test, emit, control) as session:
        sweep = Sweep(session.loop, StopRule(config.smoothing, config.stop_factor))
        session.fit([sweep], validate=False)
        evaluation = session.evaluate()
    if sweep.at is not None:
        learning_rate = decimal(sweep.at.learning_rates[-1])
        why = why_it_diverged(learning_rate, sweep.losses[-1], config.stop_factor)
        return Diverged(session.told(why), evaluation)
    if session.loop.done < session.plan.steps:
        return Stopped(session.told(stopped_half_way(session.loop.done, session.plan.steps)), evaluation)
    return Finished(session.told(reached_the_end(sweep.losses, config.smoothing, config.stop_factor)), evaluation)
