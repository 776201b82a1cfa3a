"""One arm of a comparison with one seed, trained by itself to its end: the same curves as in company."""

from collections import OrderedDict

from lrgui.core.config import TrainingConfig
from lrgui.core.config.comparison import MOST_ARMS
from lrgui.core.control import Control
from lrgui.core.events import ArmEnded, Emit, HowArmEnded, Planned
from lrgui.core.messages import Message, say
from lrgui.training.beginnings import Beginnings
from lrgui.training.checking import check
from lrgui.training.data import Examples, load
from lrgui.training.lane import Extras, Lane
from lrgui.training.loops import EvaluationLoop
from lrgui.training.own.source import look_at
from lrgui.training.plan import Plan, plan_training
from lrgui.training.prepared import Prepared, Structure, prepare
from lrgui.training.states import put_back

_prepared: OrderedDict[Structure, Prepared] = OrderedDict()
"""As many as a comparison has arms: a model that was traced is kept for the next run of its structure."""

_beginnings: OrderedDict[tuple[object, ...], Beginnings] = OrderedDict()
_MOST_BEGINNINGS = 4


def train_alone(config: TrainingConfig, emit: Emit, control: Control) -> ArmEnded | None:
    """Train from fresh weights, epoch by epoch; emit the plan, steps and epochs, and return how it ended.

    Parameters
    ----------
    config : TrainingConfig
        The training that an arm of a comparison is with one seed.
    emit, control
        As for ``trainer.train``.

    Returns
    -------
    ArmEnded or None
        Of arm 0; None where it was stopped half-way.

    Raises
    ------
    Refused
        The data cannot be had, or do not go with the config.
    Cancelled
        The run was stopped before its first step.
    """
    lane, evaluation = _set_up(config, emit, control)
    put_back(lane.prepared, _beginnings_of(lane.prepared.structure).of(lane.prepared, config.seed))
    while lane.why_it_broke is None and lane.done < lane.loop.plan.steps and not control.stopping:
        lane.go_on(evaluation, control, lambda: not control.stopping)
    if (why := lane.why_it_broke) is not None:
        return _ended(lane, "diverged", why)
    return _ended(lane, "finished", say("finished")) if lane.done == lane.loop.plan.steps else None


def _set_up(config: TrainingConfig, emit: Emit, control: Control) -> tuple[Lane, EvaluationLoop]:
    look_at(config.model, emit, control)
    examples = load(config.dataset, emit, control)
    check(config, examples)
    plan = plan_training(config, examples.training_examples)
    prepared = _prepare(config, examples, plan)
    counts = (plan.steps_per_epoch, config.epochs, prepared.model.count_params())
    emit(Planned(plan.rates, *counts, model_content=prepared.content, data_content=examples.content))
    lane = Lane(0, config, prepared, examples, plan, emit, Extras(momentum=False, plateau=False))
    return lane, EvaluationLoop(prepared, examples)


def _prepare(config: TrainingConfig, examples: Examples, plan: Plan) -> Prepared:
    cycles = plan.momentums is not None
    structure = Structure.of(config, examples.facts, cycles_momentum=cycles)
    if structure not in _prepared:
        _prepared[structure] = prepare(config, examples.facts, cycles_momentum=cycles)
    _prepared.move_to_end(structure)
    while len(_prepared) > MOST_ARMS:
        _prepared.popitem(last=False)
    prepared = _prepared[structure]
    prepared.trained_by, prepared.model.stop_training = None, False
    return prepared


def _beginnings_of(structure: Structure) -> Beginnings:
    """Return those of all structures that differ in their optimizer alone."""
    layers = (structure.model, structure.loss, structure.feed, structure.outputs, structure.content, structure.data)
    found = _beginnings.setdefault(layers, Beginnings())
    _beginnings.move_to_end(layers)
    while len(_beginnings) > _MOST_BEGINNINGS:
        _beginnings.popitem(last=False)
    return found


def _ended(lane: Lane, how: HowArmEnded, told: Message) -> ArmEnded:
    return ArmEnded(lane.arm, lane.seed, how, told)
