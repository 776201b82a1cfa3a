"""A comparison on a cluster: each arm with each seed is a run by itself; the events are those of one that is not."""

import math
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from lrgui.cluster.batch import Batch, Lost
from lrgui.cluster.connection import Cluster, cluster_at
from lrgui.cluster.guarding import guarded
from lrgui.cluster.luggage import packed_luggage
from lrgui.cluster.orders import Epoch, Ground, Outcome
from lrgui.cluster.wire import Array
from lrgui.core import schedules
from lrgui.core.comparison.ending import check_steps, ending
from lrgui.core.comparison.unfinished import Unfinished, forget, keep, path_of, read
from lrgui.core.config import ComparisonConfig, TrainingConfig
from lrgui.core.config.place import PlaceChoice
from lrgui.core.control import Control
from lrgui.core.events import ArmEnded, Emit, Ended, EpochEnded, Event, Failed, Planned, StepsEnded
from lrgui.core.messages import say
from lrgui.core.runs import History, Run

Key = tuple[int, int]


def compare(
    config: ComparisonConfig, emit: Emit, control: Control, place: PlaceChoice, folder: Path | None = None
) -> None:
    """Train every arm with every seed at a cluster, and emit what happens.

    Parameters and promises are those of ``lrgui.training.comparison.compare``. Which run comes first is up to the
    cluster. What has come to its end is kept in ``folder``, until all has; it is gone on with there or here.
    """
    guarded(lambda: _Comparison(config, emit, control, folder).at(place), emit)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A run of the batch."""

    config: TrainingConfig
    group: int
    examined: bool = False


class _Comparison:
    """A comparison under way, as ``Listener`` of its batch."""

    def __init__(self, config: ComparisonConfig, emit: Emit, control: Control, folder: Path | None) -> None:
        self._config, self._control, self._told = config, control, emit
        self._path = None if folder is None else path_of(folder, config)
        self._kept = Run("", "comparison", config)
        self._before = (None if self._path is None else read(self._path)) or Unfinished()
        self._keys = [(arm, seed) for seed in config.seeds_used for arm in range(len(config.arms))]
        self._left = [key for key in self._keys if key not in {(end.arm, end.seed) for end in self._before.ends}]
        self._heard: dict[Key, list[int]] = {key: [0, 0] for key in self._keys}
        self._extra_steps: Mapping[str, float] = {}
        self._extra_epochs: Mapping[str, float] = {}

    def at(self, place: PlaceChoice) -> Ended:
        """Carry it out there, and return its end."""
        luggage = packed_luggage(self._config)
        cluster = cluster_at(place, self._emit)
        cluster.make_ready(self._emit, self._control)
        batch = Batch(cluster, list(self._asked()), luggage, self, self._emit, self._control)
        try:
            batch.run()
        except Lost:
            return self._lost(cluster)
        finally:
            self._keep()
        return self._end(batch)

    def _asked(self) -> Iterator[_Asked]:
        of_arm = [self._config.training(arm, self._config.seed) for arm in range(len(self._config.arms))]
        for arm, seed in self._left:
            yield _Asked(of_arm[arm].model_copy(update={"seed": seed}), arm)

    # What the batch tells

    def began(self, number: int, ground: Ground) -> None:
        """Emit the plan of all when the first begins: it is the ground of every run."""
        if self._kept.planned is not None:
            return
        check_steps(ground.steps * len(self._keys))
        self._emit(self._plan(ground))
        self._take_up()

    def rows(self, number: int, first: int, columns: Mapping[str, Array]) -> None:
        """Emit the steps that were not told before."""
        (arm, seed), count = self._left[number], len(columns.get("step", ()))
        new = self._new(number, 0, first, count)
        if not new:
            return
        owner = {"arm": np.full(new, arm), "seed": np.full(new, seed)}
        extra = {name: np.full(new, value) for name, value in self._extra_steps.items()}
        self._emit(StepsEnded({**extra, **{name: column[count - new :] for name, column in columns.items()}, **owner}))

    def epochs(self, number: int, first: int, epochs: Sequence[Epoch]) -> None:
        """Emit the epochs that were not told before."""
        arm, seed = self._left[number]
        new = self._new(number, 1, first, len(epochs))
        for epoch, step, values in epochs[len(epochs) - new :]:
            owned = {**values, "arm": arm, "seed": seed}
            self._emit(EpochEnded(epoch, step, {**self._extra_epochs, **owned}))

    def ended(self, number: int, outcome: Outcome) -> None:
        """Emit the end of a run; of an arm that was stopped or removed by hand, this one."""
        arm, seed = self._left[number]
        match self._control.arms.state(arm):
            case "removed":
                self._emit(ArmEnded(arm, seed, "removed", say("removed")))
            case "stopped" if not isinstance(outcome.end, ArmEnded):
                self._emit(ArmEnded(arm, seed, "stopped", say("stopped by hand")))
            case _:
                assert isinstance(outcome.end, ArmEnded)
                self._emit(ArmEnded(arm, seed, outcome.end.how, outcome.end.message))

    def _new(self, number: int, which: int, first: int, count: int) -> int:
        """Return how many of the rows from ``first`` on are new.

        None are where some before them are missing: they come with the result. A run that begins anew, because its
        worker was lost, tells again what was told: from the same seed it is the same.
        """
        heard = self._heard[self._left[number]]
        if first > heard[which]:
            return 0
        new = max(0, first + count - heard[which])
        heard[which] += new
        return new

    def _emit(self, event: Event) -> None:
        self._kept.apply(event)
        self._told(event)

    # The plan

    def _plan(self, ground: Ground) -> Planned:
        arms, counts = self._config.arms, (ground.steps, ground.steps_per_epoch)
        rates = [schedules.rates(arm.schedule, arm.learning_rate, *counts) for arm in arms]
        cycled = (schedules.cycled_momentum(arm.optimizer) for arm in arms)
        momentums = [schedules.momentums(arm.schedule, each, *counts) for arm, each in zip(arms, cycled, strict=True)]
        # All have the columns that any has.
        self._extra_steps = {"momentum": math.nan} if any(table is not None for table in momentums) else {}
        self._extra_epochs = {"plateau_factor": 1.0} if any(arm.plateau.name != "none" for arm in arms) else {}
        return Planned(
            np.tile(np.concatenate(rates), self._config.seeds),
            ground.steps_per_epoch,
            self._config.epochs,
            ground.parameters,
            model_content=ground.model_content,
            data_content=ground.data_content,
        )

    def _take_up(self) -> None:
        """Emit what had come to its end before this comparison was broken off."""
        before = self._before
        for end in before.ends:
            steps, epochs = (_own(columns, (end.arm, end.seed)) for columns in (before.steps, before.epochs))
            if steps:
                self._emit(StepsEnded(steps))
            for row in range(len(epochs.get("epoch", ()))):
                values = {name: float(column[row]) for name, column in epochs.items()}
                self._emit(EpochEnded(int(values.pop("epoch")), int(values.pop("step")), values))
            self._emit(end)

    # The end

    def _end(self, batch: Batch) -> Ended:
        if batch.tally.failed:
            message = say(
                "{failed:,} of {runs:,} runs broke off; the others are kept, and going on does the rest. {reason}",
                failed=batch.tally.failed,
                runs=len(self._keys),
                reason=batch.tally.reason or "",
            )
            return Failed(message, details=batch.tally.details)
        stopped = self._ended_runs < len(self._keys)
        if not stopped and self._path is not None:
            forget(self._path)
        return ending(self._kept, stopped=stopped)

    def _lost(self, cluster: Cluster) -> Failed:
        message = say(
            "The scheduler is out of reach ({place}): {done:,} of {runs:,} runs had come to their end and are kept; "
            "going on does the rest, there or elsewhere.",
            place=cluster.place.label,
            done=self._ended_runs,
            runs=len(self._keys),
        )
        return Failed(message)

    @property
    def _ended_runs(self) -> int:
        return len(self._kept.arm_ends) if self._kept.planned is not None else len(self._before.ends)

    def _keep(self) -> None:
        """Write what has come to its end: a disk that takes nothing must not end the comparison."""
        if self._path is None or self._kept.planned is None or self._ended_runs == len(self._keys):
            return
        ended = {(end.arm, end.seed) for end in self._kept.arm_ends}
        steps, epochs = (_of_ended(history, ended) for history in (self._kept.steps, self._kept.epochs))
        with suppress(OSError):
            keep(self._path, Unfinished(steps, epochs, list(self._kept.arm_ends)))


def _own(columns: Mapping[str, Array], key: Key) -> dict[str, Array]:
    if not columns:
        return {}
    own = (columns["arm"] == key[0]) & (columns["seed"] == key[1])
    return {name: column[own] for name, column in columns.items()} if own.any() else {}


def _of_ended(history: History, ended: set[Key]) -> dict[str, Array]:
    """Return the rows of the runs that have come to their end."""
    columns = {name: np.asarray(history[name]) for name in history}
    if not columns:
        return {}
    pairs = zip(columns["arm"].astype(int).tolist(), columns["seed"].astype(int).tolist(), strict=True)
    of_ended = np.fromiter((pair in ended for pair in pairs), bool, len(columns["arm"]))
    return {name: column[of_ended] for name, column in columns.items()}
