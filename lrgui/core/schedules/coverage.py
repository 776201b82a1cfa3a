"""How much of a schedule a run will see, in a sentence."""

import numpy as np

from lrgui.core.config.lengths import Length
from lrgui.core.config.schedule import (
    Constant,
    Drawn,
    Formula,
    HoldThenDecay,
    Piecewise,
    ScheduleChoice,
    Sgdr,
    Step,
)
from lrgui.core.config.schedule.cycles import TriangularChoice
from lrgui.core.messages import Message, say
from lrgui.core.schedules.checks import NEARLY_NOTHING
from lrgui.core.schedules.cycles import cycle_starts
from lrgui.core.schedules.tables import rates_at

_LOOKED_AT = 10_000


def coverage(schedule: ScheduleChoice, steps: int, steps_per_epoch: int) -> Message | None:
    """Say how much of a schedule a run will see, as in "5 epochs use the first 5 % of this decay".

    Parameters
    ----------
    schedule : ScheduleChoice
        What is planned.
    steps, steps_per_epoch : int
        Of the run; both at least 1.

    Returns
    -------
    Message or None
        None where there is nothing to say: the schedule is made for a run of any length.
    """
    rest = steps - schedule.warmup.steps(steps_per_epoch)
    if rest < 1:
        return say("The run ends within the warm-up.")
    match schedule:
        case Constant() | Formula() | Drawn():
            return None
        case Sgdr():
            starts = cycle_starts(schedule.first_cycle.steps(steps_per_epoch), schedule.multiplier, rest)
            last = schedule.first_cycle.steps(steps_per_epoch) * schedule.multiplier ** (len(starts) - 1)
            return _cycles(len(starts), (rest - starts[-1]) / last)
        case TriangularChoice():
            cycles = rest / schedule.cycle.steps(steps_per_epoch)
            begun = int(np.ceil(cycles))
            return _cycles(begun, cycles - begun + 1)
        case Piecewise():
            return _levels(schedule, rest, steps_per_epoch)
        case HoldThenDecay() if schedule.hold.steps(steps_per_epoch) >= rest:
            return say("The rate is held to the end: the run is over before the decay begins.")
        case Step() if schedule.every.steps(steps_per_epoch) >= rest:
            return say("The rate never drops: the run is over before.")
    length = getattr(schedule, "length", None)
    if isinstance(length, Length):
        return _share_of(length, rest, steps_per_epoch)
    return None if hasattr(schedule, "length") else _end(schedule, steps, rest, steps_per_epoch)


def _epochs(steps: float, steps_per_epoch: int) -> Message:
    count = _count(steps, steps_per_epoch)
    return say("1 epoch") if count == 1 else say("{count:number} epochs", count=count)


def _count(steps: float, steps_per_epoch: int) -> float:
    """Return how many epochs so many steps are, as exactly as one says it."""
    return float(f"{steps / steps_per_epoch:.3g}")


def _cycles(begun: int, last: float) -> Message:
    if last > 1 - 1e-9:
        return say("The run is one cycle.") if begun == 1 else say("The run is {count:,} whole cycles.", count=begun)
    if begun == 1:
        return say("The run is the first {last:.3g} % of one cycle.", last=100 * last)
    return say(
        "The run begins {count:,} cycles, and ends after {last:.3g} % of the last one.", count=begun, last=100 * last
    )


def _levels(schedule: Piecewise, rest: int, steps_per_epoch: int) -> Message | None:
    seen = 1 + sum(boundary.steps(steps_per_epoch) < rest for boundary in schedule.boundaries)
    if seen == len(schedule.shares):
        return None
    return say("The run sees {seen} of the {levels} levels.", seen=seen, levels=len(schedule.shares))


def _share_of(length: Length, rest: int, steps_per_epoch: int) -> Message | None:
    wanted, epochs = length.steps(steps_per_epoch), _epochs(rest, steps_per_epoch)
    if wanted == rest:
        return None
    if wanted > rest:
        return say("{epochs} use the first {share:.3g} % of this decay.", epochs=epochs, share=100 * rest / wanted)
    over = _count(wanted, steps_per_epoch)
    return say("The decay is over after {over:number} of {epochs}; the rate then stays.", over=over, epochs=epochs)


def _end(schedule: ScheduleChoice, steps: int, rest: int, steps_per_epoch: int) -> Message:
    """Say where a decay without an end of its own has come to when the run ends, or how soon it was at nothing."""
    sample = np.unique(np.linspace(0, rest - 1, _LOOKED_AT).round())
    shares = rates_at(schedule, 1.0, steps, steps_per_epoch, sample)
    if shares[-1] >= NEARLY_NOTHING:
        return say("The run ends at {share:.3g} % of the learning rate.", share=100 * shares[-1])
    gone = sample[int((shares < NEARLY_NOTHING).argmax())]
    return say(
        "The rate is below a thousandth of the learning rate after {gone:number} of {epochs}.",
        gone=_count(gone, steps_per_epoch),
        epochs=_epochs(rest, steps_per_epoch),
    )
