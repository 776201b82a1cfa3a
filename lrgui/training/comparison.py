"""Several trainings in turn, epoch by epoch, through one traced model a structure."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import numpy as np

from lrgui.core.comparison.ending import check_steps, ending
from lrgui.core.comparison.unfinished import path_of, read
from lrgui.core.config import ComparisonConfig
from lrgui.core.control import Control
from lrgui.core.events import (
    ArmEnded,
    Emit,
    Ended,
    Event,
    HowArmEnded,
    Planned,
    Progressed,
)
from lrgui.core.messages import Message, say
from lrgui.core.runs import Run
from lrgui.training.beginnings import Beginnings
from lrgui.training.checking import check, told_of_change
from lrgui.training.data import Cancelled, load
from lrgui.training.keeping import Keeper, take_up
from lrgui.training.lane import Extras, Lane
from lrgui.training.loops import EvaluationLoop
from lrgui.training.own.source import look_at
from lrgui.training.plan import plan_training
from lrgui.training.prepared import Prepared, prepare
from lrgui.training.states import put_back
from lrgui.training.trainer import guarded

MOST_BYTES = 1 << 30
"""What the states of all trainings that are under way may take."""

_VALUES_A_PARAMETER, _BYTES_A_VALUE = 4, 4


def compare(config: ComparisonConfig, emit: Emit, control: Control, folder: Path | None = None) -> None:
    """Train every arm with every seed, and emit what happens.

    Nothing is raised for what can go wrong in a run; the last event is always one ``Ended``. Within an epoch it goes
    seed by seed, and within a seed arm by arm: pairs are complete as soon as can be, and after the first epoch every
    arm has its median and range over all seeds. Where that many states take too much memory, so many seeds go
    together as fit, and the next ones when these are done.

    Parameters
    ----------
    config : ComparisonConfig
        What is asked.
    emit : callable
        Takes the events, on this thread.
    control : Control
        How other threads reach the run, and each of its arms.
    folder : Path, optional
        Where what is needed to go on is kept until the end, or as long as it is stopped half-way. What is there of the
        same config is gone on with: the result is the one of a comparison that was never broken off.
    """
    guarded(partial(_compare, folder=folder), config, emit, control)


def _compare(config: ComparisonConfig, emit: Emit, control: Control, folder: Path | None) -> Ended:
    path = None if folder is None else path_of(folder, config)
    return _Comparison(config, emit, control, path).run()


class _Comparison:
    """A comparison under way. What it emits it also keeps, to know at the end what to say."""

    def __init__(self, config: ComparisonConfig, emit: Emit, control: Control, path: Path | None) -> None:
        self._config, self._control, self._told = config, control, emit
        self._kept = Run("", "comparison", config)
        self._before = None if path is None else read(path)
        self._keeper = Keeper(path)
        look_at(config.model, self._emit, control)
        self._emit(Progressed(say("Loading {dataset}.", dataset=config.dataset.label)))
        self._examples = load(config.dataset, emit, control)
        check(config, self._examples)
        trainings = [config.training(arm, config.seed) for arm in range(len(config.arms))]
        self._plans = [plan_training(training, self._examples.training_examples) for training in trainings]
        check_steps(sum(plan.steps for plan in self._plans) * config.seeds)
        self._prepared = list(self._prepare_each())
        self._evaluations = {id(each): EvaluationLoop(each, self._examples) for each in self._prepared}
        self._inside: dict[int, Lane] = {}
        self._beginnings = Beginnings()

    def _emit(self, event: Event) -> None:
        self._kept.apply(event)
        self._told(event)

    def _prepare_each(self) -> Iterator[Prepared]:
        for arm, (name, plan) in enumerate(zip(self._config.names, self._plans, strict=True)):
            if self._control.stopping:
                raise Cancelled
            self._emit(Progressed(say("Building the model of {arm}.", arm=name)))
            training = self._config.training(arm, self._config.seed)
            prepared = prepare(training, self._examples.facts, cycles_momentum=plan.momentums is not None)
            prepared.trained_by, prepared.model.stop_training = None, False
            yield prepared

    def run(self) -> Ended:
        """Do it all, and return its end."""
        parameters = self._prepared[0].model.count_params()
        self._emit(self._planned(parameters))
        extras = Extras(
            any(plan.momentums is not None for plan in self._plans),
            any(arm.plateau.name != "none" for arm in self._config.arms),
        )
        lanes: list[Lane] = []
        for seeds in self._groups(parameters):
            lanes = [self._lane(arm, seed, extras) for seed in seeds for arm in range(len(self._config.arms))]
            if self._before is not None:
                take_up(lanes, self._before, self._emit)
            while (lane := self._next(lanes)) is not None:
                self._advance(lane)
                self._keeper.look(self._kept, lanes)
            if any(lane.how is None for lane in lanes):
                self._keeper.look(self._kept, lanes, now=True)
                return self._end(stopped=True)
        self._keeper.forget()
        return self._end(stopped=False)

    def _planned(self, parameters: int) -> Planned:
        rates = np.tile(np.concatenate([plan.rates for plan in self._plans]), self._config.seeds)
        counts = (self._plans[0].steps_per_epoch, self._config.epochs, parameters)
        return Planned(rates, *counts, data_content=self._examples.content)

    def _groups(self, parameters: int) -> Iterator[tuple[int, ...]]:
        """Yield the seeds that go together."""
        state = parameters * _VALUES_A_PARAMETER * _BYTES_A_VALUE
        together = max(1, MOST_BYTES // (state * len(self._config.arms)))
        seeds = self._config.seeds_used
        for first in range(0, len(seeds), together):
            yield seeds[first : first + together]

    def _lane(self, arm: int, seed: int, extras: Extras) -> Lane:
        training, plan = self._config.training(arm, seed), self._plans[arm].from_seed(seed)
        return Lane(arm, training, self._prepared[arm], self._examples, plan, self._emit, extras)

    def _next(self, lanes: list[Lane]) -> Lane | None:
        """Return the lane that is the furthest behind of those that may go on; wait while all are paused."""
        while not self._control.stopping:
            for lane in lanes:
                self._obey(lane)
            going = [lane for lane in lanes if lane.how is None]
            ready = [lane for lane in going if self._control.arms.state(lane.arm) == "going"]
            if ready:
                return min(ready, key=lambda lane: lane.epoch)
            if not going:
                return None
            self._control.wait_for_an_arm({lane.arm for lane in going})
        return None

    def _obey(self, lane: Lane) -> None:
        match self._control.arms.state(lane.arm):
            case "stopped" if lane.how is None:
                self._end_lane(lane, "stopped", say("stopped by hand"))
            case "removed" if lane.how != "removed":
                self._end_lane(lane, "removed", say("removed"))

    def _advance(self, lane: Lane) -> None:
        """Let a lane do its epoch, or what a person leaves it of that."""
        prepared, arms, control = lane.prepared, self._control.arms, self._control
        if self._inside.get(id(prepared)) is not lane:
            put_back(prepared, lane.state or self._beginnings.of(prepared, lane.seed))
            self._inside[id(prepared)] = lane
        lane.go_on(
            self._evaluations[id(prepared)], control, lambda: not control.stopping and arms.state(lane.arm) == "going"
        )
        if (why := lane.why_it_broke) is not None:
            self._end_lane(lane, "diverged", why)
        elif lane.done == lane.loop.plan.steps:
            self._end_lane(lane, "finished", say("finished"))

    def _end_lane(self, lane: Lane, how: HowArmEnded, told: Message) -> None:
        lane.how, lane.state, lane.border = how, None, None
        if self._inside.get(id(lane.prepared)) is lane:
            del self._inside[id(lane.prepared)]
        self._emit(ArmEnded(lane.arm, lane.seed, how, told))

    def _end(self, *, stopped: bool) -> Ended:
        return ending(self._kept, stopped=stopped, told=partial(told_of_change, self._config))
