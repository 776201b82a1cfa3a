"""How the sweeps of a range test ended, each by itself and all together, in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from lrgui.core.config.range_test import SweepConfig
from lrgui.core.events import Diverged, Ended, Finished, Stopped
from lrgui.core.messages import Message, say
from lrgui.core.range_test import StopRule, reached_the_end, stopped_half_way, why_it_diverged
from lrgui.core.sweeps import Sweep


@dataclass(frozen=True, eq=False)
class SweepEnd:
    """How one sweep ended: by its stop rule, at the last rate, or by hand; ``learning_rate`` is where."""

    kind: Literal["diverged", "finished", "stopped"]
    learning_rate: float
    message: Message


def how_it_ended(sweep: Sweep, config: SweepConfig) -> SweepEnd:
    """Tell from what a sweep measured, at least one step, how it ended."""
    rule = StopRule(config.smoothing, config.stop_factor)
    fired = [rule.fires(loss) for loss in sweep.losses.tolist()]
    last, done = float(sweep.learning_rates[-1]), int(sweep.steps.sum())
    steps = steps_of_one_sweep(config)
    if fired[-1]:
        why = why_it_diverged(last, float(sweep.losses[-1]), config.stop_factor)
        return SweepEnd("diverged", last, why)
    if done < steps:
        return SweepEnd("stopped", last, stopped_half_way(done, steps))
    return SweepEnd("finished", last, reached_the_end(sweep.losses, config.smoothing, config.stop_factor))


def steps_of_one_sweep(config: SweepConfig) -> int:
    """Return how many steps a sweep has that goes through all its rates."""
    return (config.steps + 1) * config.batches_per_rate


def how_they_ended(ends: Sequence[SweepEnd], repeats: int) -> Message:
    """Say in one sentence how the sweeps of a range test ended.

    Parameters
    ----------
    ends : sequence of SweepEnd
        Of the sweeps that were begun.
    repeats : int
        How many were planned.
    """
    if not ends:
        return say("Stopped before the first step.")
    if repeats == 1:
        return ends[0].message
    if ends[-1].kind == "stopped":
        return say(
            "Sweep {number} of {repeats}: {message}", number=len(ends), repeats=repeats, message=ends[-1].message
        )
    if len(ends) < repeats:
        return say(
            "Stopped by hand after {done} of {repeats} sweeps; what was measured stays.",
            done=len(ends),
            repeats=repeats,
        )
    diverged = [end for end in ends if end.kind == "diverged"]
    if not diverged:
        return say("All {repeats} sweeps went through. {message}", repeats=repeats, message=ends[-1].message)
    told = say(
        "{diverged} of {repeats} sweeps diverged, {where}; the others reached the end.",
        diverged=len(diverged),
        repeats=repeats,
        where=_where(diverged),
    )
    return told if len(diverged) < len(ends) else _all_diverged(diverged)


def _all_diverged(ends: Sequence[SweepEnd]) -> Message:
    if all("factor" in end.message.values for end in ends):
        factor = ends[0].message.values["factor"]
        return say(
            "The loss passed {factor:g} x its best {where} ({repeats} sweeps).",
            repeats=len(ends),
            factor=factor,
            where=_where(ends),
        )
    return say("All {repeats} sweeps diverged, {where}.", repeats=len(ends), where=_where(ends))


def _where(ends: Sequence[SweepEnd]) -> Message:
    rates = [end.learning_rate for end in ends]
    if min(rates) == max(rates):
        return say("at {learning_rate:rate}", learning_rate=rates[0])
    return say("at {least:rate} to {most:rate}", least=min(rates), most=max(rates))


def end_of(ends: Sequence[SweepEnd], repeats: int) -> type[Ended]:
    """Return what the end of a range test is, of its sweeps that were begun and of how many were planned."""
    if len(ends) < repeats or ends[-1].kind == "stopped":
        return Stopped
    return Diverged if any(end.kind == "diverged" for end in ends) else Finished
