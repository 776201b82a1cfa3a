"""A range test on a cluster: each of its sweeps is a run by itself; the events are those of one that is not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from lrgui.cluster.batch import Batch, Lost
from lrgui.cluster.connection import cluster_at
from lrgui.cluster.guarding import guarded
from lrgui.cluster.luggage import packed_luggage
from lrgui.cluster.orders import Epoch, Ground, Outcome
from lrgui.cluster.wire import Array
from lrgui.core import schedules
from lrgui.core.config import RangeTestConfig
from lrgui.core.config.place import PlaceChoice
from lrgui.core.control import Control
from lrgui.core.events import Emit, Ended, Failed, Planned, StepsEnded, Stopped
from lrgui.core.messages import Message, say
from lrgui.core.sweep_ends import SweepEnd, end_of, how_it_ended, how_they_ended
from lrgui.core.sweeps import averaged


def range_test(config: RangeTestConfig, emit: Emit, control: Control, place: PlaceChoice) -> None:
    """Sweep as often as is asked at a cluster, and emit what happens.

    Parameters and promises are those of ``lrgui.training.trainer.range_test``. Sweeps are told in their order: of one
    that is ahead of the one before it nothing is heard until that has ended.
    """
    guarded(lambda: _RangeTest(config, emit, control).at(place), emit)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A run of the batch."""

    config: RangeTestConfig
    group: int
    examined: bool


class _RangeTest:
    """A range test under way, as ``Listener`` of its batch."""

    def __init__(self, config: RangeTestConfig, emit: Emit, control: Control) -> None:
        self._config, self._emit, self._control = config, emit, control
        self._planned = False
        self._turn = self._heard = self._before = 0
        self._outcomes: dict[int, Outcome] = {}
        self._columns: dict[int, dict[str, Array]] = {}
        self._ends: list[SweepEnd] = []
        self._last: Outcome | None = None

    def at(self, place: PlaceChoice) -> Ended:
        """Carry it out there, and return its end."""
        config = self._config
        luggage = packed_luggage(config)
        cluster = cluster_at(place, self._emit)
        cluster.make_ready(self._emit, self._control)
        asked = [self._asked(repeat) for repeat in range(config.repeats)]
        batch = Batch(cluster, asked, luggage, self, self._emit, self._control)
        try:
            batch.run()
        except Lost:
            told = say("The scheduler is out of reach ({place}); what was measured stays.", place=place.label)
            return Failed(told)
        if batch.tally.failed:
            assert batch.tally.reason is not None
            return Failed(batch.tally.reason, details=batch.tally.details)
        return self._end()

    def _asked(self, repeat: int) -> _Asked:
        """Return one sweep; the last one's model is asked what it learned."""
        config = self._config.model_copy(update={"repeats": 1, "seed": self._config.seed + repeat})
        return _Asked(config, repeat, repeat == self._config.repeats - 1)

    # What the batch tells

    def began(self, number: int, ground: Ground) -> None:
        """Emit the plan when the first begins."""
        if self._planned:
            return
        self._planned, config = True, self._config
        rates = schedules.sweep(config.start, config.end, config.steps, config.spacing, config.batches_per_rate)
        counts = (ground.steps_per_epoch, ground.epochs * config.repeats, ground.parameters, config.repeats)
        self._emit(Planned(np.tile(rates, config.repeats), *counts, ground.model_content, ground.data_content))

    def rows(self, number: int, first: int, columns: Mapping[str, Array]) -> None:
        """Emit the new steps of the sweep whose turn it is; those of the others come when it is theirs."""
        count = len(columns.get("step", ()))
        if first == 0 and count >= len(self._columns.get(number, {}).get("step", ())):
            self._columns[number] = dict(columns)
        if number != self._turn or first > self._heard:
            return
        new = max(0, first + count - self._heard)
        if new:
            self._heard += new
            part = {name: column[count - new :] for name, column in columns.items()}
            part["step"], part["repeat"] = part["step"] + self._before, np.full(new, number)
            self._emit(StepsEnded(part))

    def epochs(self, number: int, first: int, epochs: Sequence[Epoch]) -> None:
        """Emit nothing: a sweep has no epochs."""

    def ended(self, number: int, outcome: Outcome) -> None:
        """Go on with the next sweeps, as far as they have come to their end."""
        self._outcomes[number] = outcome
        while self._turn in self._outcomes:
            self._last = self._outcomes.pop(self._turn)
            self._end_sweep()
            self._turn += 1
            self.rows(self._turn, 0, self._columns.get(self._turn, {}))

    def _end_sweep(self) -> None:
        """Tell how the sweep whose turn it is has ended, if it has begun."""
        columns = self._columns.pop(self._turn, {})
        if not self._heard:
            return
        sweep = averaged(columns["learning_rate"], columns["loss"])
        self._ends.append(how_it_ended(sweep, self._config))
        self._before, self._heard = self._before + self._heard, 0

    # The end

    def _end(self) -> Ended:
        config = self._config
        self._end_sweep()
        kind, message = end_of_sweeps(self._ends, config.repeats)
        if self._last is None or len(self._ends) < config.repeats:
            return kind(message)
        if self._last.examined is not None:
            self._emit(self._last.examined)
        end = self._last.end
        return kind(message, end.evaluation if isinstance(end, Ended) else {})


def end_of_sweeps(ends: Sequence[SweepEnd], repeats: int) -> tuple[type[Ended], Message]:
    """Return what the end of a range test is, and how it is told, of the sweeps that have come to theirs."""
    return (end_of(ends, repeats) if ends else Stopped), how_they_ended(ends, repeats)
