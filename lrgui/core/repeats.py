"""Whether a run that repeats another came out the same, and what may have made it different."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lrgui.core.messages import Message, say
from lrgui.core.runs import History, Run

_STEP_BITS = 40
_SEED_BITS = 48
"""Where arm and seed stand above the step in one number: no comparison has more arms than fit between them."""

Floats = NDArray[np.float64]
Origin = Mapping[str, Mapping[str, Any]]


def compare_runs(original: Run, repeat: Run) -> Message:
    """Say whether all losses are identical, bit by bit, or at which step they first differ and how far.

    A loss that is not a number is the same as another such one. Steps are counted from 1, as people do. In a
    comparison each arm is compared with itself, seed by seed: several workers take their steps in any order.
    """
    then, now = _losses_of_both(original.steps, repeat.steps)
    both = len(then)
    if not both:
        return say("There is nothing to compare: one of the two runs has measured no loss.")
    differ = ~((then == now) | (np.isnan(then) & np.isnan(now)))
    if differ.any():
        return _where_they_differ(then, now, differ)
    if len(original.steps) == len(repeat.steps) == both:
        return say("Same seed, same result: all {count:,} losses are identical.", count=both)
    return say(
        "Same seed, same result as far as both went: the first {count:,} losses are identical. The original took "
        "{then:,} steps, this run {now:,}.",
        count=both,
        then=len(original.steps),
        now=len(repeat.steps),
    )


def _losses_of_both(original: History, repeat: History) -> tuple[Floats, Floats]:
    """Return the losses of the steps that both have taken, in the same order."""
    then, now = (np.asarray(steps["loss"], np.float64) for steps in (original, repeat))
    both = min(len(then), len(now))
    if not both or "arm" not in original or "arm" not in repeat:
        return then[:both], now[:both]
    first_seed = int(min(original["seed"].min(), repeat["seed"].min()))
    of_original, of_repeat = (_numbers(steps, first_seed) for steps in (original, repeat))
    _, there, here = np.intersect1d(of_original, of_repeat, assume_unique=True, return_indices=True)
    return then[there], now[here]


def _numbers(steps: History, first_seed: int) -> NDArray[np.int64]:
    """Return a number for each step of a comparison that says which seed, arm and step of it that is."""
    seed, arm, step = (np.asarray(steps[name], np.int64) for name in ("seed", "arm", "step"))
    return ((seed - first_seed) << _SEED_BITS) | (arm << _STEP_BITS) | step


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
