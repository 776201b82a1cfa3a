"""Whether a run that repeats another came out the same, and what may have made it different."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lrgui.core.messages import Message, say
from lrgui.core.runs import Run

Origin = Mapping[str, Mapping[str, Any]]


def compare_runs(original: Run, repeat: Run) -> Message:
    """Say whether all losses are identical, bit by bit, or at which step they first differ and how far.

    A loss that is not a number is the same as another such one. Steps are counted from 1, as people do.
    """
    then, now = (np.asarray(run.steps["loss"], np.float64) for run in (original, repeat))
    both = min(len(then), len(now))
    if not both:
        return say("There is nothing to compare: one of the two runs has measured no loss.")
    differ = ~((then[:both] == now[:both]) | (np.isnan(then[:both]) & np.isnan(now[:both])))
    if differ.any():
        return _where_they_differ(then[:both], now[:both], differ)
    if len(then) == len(now):
        return say("Same seed, same result: all {count:,} losses are identical.", count=both)
    return say(
        "Same seed, same result as far as both went: the first {count:,} losses are identical. The original took "
        "{then:,} steps, this run {now:,}.",
        count=both,
        then=len(then),
        now=len(now),
    )


def _where_they_differ(then: NDArray[np.float64], now: NDArray[np.float64], differ: NDArray[np.bool_]) -> Message:
    first = int(np.argmax(differ))
    with np.errstate(invalid="ignore"):
        apart = np.abs(now - then)
    finite = apart[differ & np.isfinite(apart)]
    where = say(
        "Not the same result: the losses first differ at step {step:,}, {then:.6g} in the original and {now:.6g} here.",
        step=first + 1,
        then=float(then[first]),
        now=float(now[first]),
    )
    if not len(finite):
        return where
    return say("{where} Nowhere are they further apart than {most:.2g}.", where=where, most=float(finite.max()))


def _told_of_data(original: Run, repeat: Run, told: Message) -> Message:
    """Add, where it is so, that the file with the data is no longer the one that the original had."""
    then, now = (run.planned.data_content if run.planned else "" for run in (original, repeat))
    if not then or not now or then == now:
        return told
    return say("{told} The data are no longer the same: their file was changed since the original.", told=told)


def compare_origins(original: Origin, repeat: Origin) -> Message | None:
    """Say which versions, or what of the computer, differ; None where nothing does.

    Parameters
    ----------
    original, repeat : mapping of str to mapping
        As ``Store.origin`` returns them: ``versions`` and ``environment``.
    """
    found = [
        say("{name} {then} then, {now} now", name=name, then=before.get(name, "-"), now=after.get(name, "-"))
        for before, after in ((original.get(part, {}), repeat.get(part, {})) for part in ("versions", "environment"))
        for name in dict.fromkeys([*before, *after])
        if before.get(name) != after.get(name)
    ]
    if not found:
        return None
    return say("What differs: {differences}.", differences=_joined(found))


def _joined(parts: list[Message]) -> Message:
    told = parts[0]
    for part in parts[1:]:
        told = say("{told}; {part}", told=told, part=part)
    return told


def tell_repeat(original: Run, repeat: Run, original_origin: Origin, repeat_origin: Origin) -> Message:
    """Say how a repeat came out, and by what else it was made than the original."""
    told = _told_of_data(original, repeat, compare_runs(original, repeat))
    differences = compare_origins(original_origin, repeat_origin)
    return told if differences is None else say("{told} {differences}", told=told, differences=differences)
