"""The one trainer: a training and a range test differ in their table, and in what ends them."""

import threading
import traceback
from collections.abc import Callable
from typing import TypeVar

from lrgui.core.config import RangeTestConfig, TrainingConfig
from lrgui.core.config.plateau import ReduceOnPlateau
from lrgui.core.config.range_test import SweepConfig
from lrgui.core.control import Control
from lrgui.core.decimals import decimal
from lrgui.core.events import Diverged, Emit, Ended, Failed, Finished, Stopped
from lrgui.core.messages import Message, say
from lrgui.core.range_test import StopRule, stopped_half_way
from lrgui.core.sweep_ends import SweepEnd, end_of, how_it_ended, how_they_ended
from lrgui.training.callbacks import NotFinite, SweepRule
from lrgui.training.data import Cancelled
from lrgui.training.failures import explain, is_about_memory
from lrgui.training.loops import Chunk
from lrgui.training.own.script_session import on_script_data, script_session
from lrgui.training.plan import plan_range_test, plan_training
from lrgui.training.plateau import LowerOnPlateau
from lrgui.training.prepared import forget_all
from lrgui.training.session import Session, gathered
from lrgui.training.soundness import LostWeights, why_weights_broke

C = TypeVar("C")
_one_run = threading.Lock()


def train(config: TrainingConfig, emit: Emit, control: Control) -> None:
    """Train from fresh weights by a schedule, and emit what happens.

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
    guarded(_train, config, emit, control)


def range_test(config: RangeTestConfig, emit: Emit, control: Control) -> None:
    """Train while the rate rises, until the sweep's end or its stop rule; emit what happens.

    Parameters and promises are those of ``train``. Repeats follow each other, each with fresh weights from the next
    seed and with its own stop rule; a stop by hand ends them all. The evaluation is that of the model which went
    through the last sweep and nothing else.
    """
    guarded(_range_test, config, emit, control)


def guarded(job: Callable[[C, Emit, Control], Ended], config: C, emit: Emit, control: Control) -> None:
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
    if on_script_data(config):
        with script_session(config, emit, control) as session:
            return trained(session, config, emit)
    with Session(gathered(config, plan_training, emit, control), config, emit, control) as session:
        return trained(session, config, emit)


def trained(session: Session, config: TrainingConfig, emit: Emit) -> Ended:
    """Train in a session that has been entered, evaluate, and return how it ended."""
    broke, lost, plateau = NotFinite(session.loop), LostWeights(session.loop), config.plateau
    lower = LowerOnPlateau(session.loop, plateau, emit) if isinstance(plateau, ReduceOnPlateau) else None
    session.fit([broke, lost] if lower is None else [broke, lower, lost], validate=True)
    evaluation = session.evaluate()
    if broke.at is None and lost.by is None:
        session.examine()
    kind, told = _how_training_ended(session, broke.at, lost.by)
    told = session.told(told)
    return kind(told if lower is None else lower.told(told), evaluation)


def _how_training_ended(
    session: Session, broke_at: Chunk | None, weights_lost_by: int | None
) -> tuple[type[Ended], Message]:
    plan, done = session.plan, session.loop.done
    if broke_at is not None:
        return Diverged, why_training_broke(broke_at)
    if weights_lost_by:
        return Diverged, why_weights_broke(weights_lost_by, session.loop.multiplier * plan.rates[weights_lost_by - 1])
    if done < plan.steps or not session.report.evaluation:
        return Stopped, stopped_half_way(done, plan.steps)
    if plan.epochs == 1:
        return Finished, say("Finished: 1 epoch, {steps:,} steps.", steps=plan.steps)
    return Finished, say("Finished: {epochs:,} epochs, {steps:,} steps.", epochs=plan.epochs, steps=plan.steps)


def why_training_broke(chunk: Chunk) -> Message:
    """Say at which step the loss was no number, and what to try."""
    learning_rate = decimal(chunk.learning_rates[-1])
    return say(
        "The loss was no longer a number at step {step}, with a learning rate of {learning_rate:rate}: "
        "take a lower one, {lower:rate} for instance.",
        step=chunk.last,
        learning_rate=learning_rate,
        lower=learning_rate / 10,
    )


def _range_test(config: RangeTestConfig, emit: Emit, control: Control) -> Ended:
    if on_script_data(config):
        with script_session(config, emit, control) as session:
            return swept(session, config, control)
    with Session(gathered(config, plan_range_test, emit, control), config, emit, control) as session:
        return swept(session, config, control)


def swept(session: Session, config: SweepConfig, control: Control) -> Ended:
    """Sweep in a session that has been entered, evaluate, and return how it ended."""
    ends: list[SweepEnd] = []
    while True:
        rule = SweepRule(session.loop, StopRule(config.smoothing, config.stop_factor), config.batches_per_rate)
        session.fit([rule], validate=False)
        if rule.measured is not None:
            ends.append(how_it_ended(rule.measured, config))
        if control.stopping or session.ran_out or len(ends) == config.repeats:
            break
        session.start_over()
    # A sweep that was stopped before its first step has nothing to evaluate.
    evaluation = session.evaluate() if session.loop.done else {}
    session.examine()
    return end_of(ends, config.repeats)(session.told(how_they_ended(ends, config.repeats)), evaluation)
