"""The traced steps of users' own models, kept as long as these: a second sweep traces nothing, and leaks nothing."""

import weakref
from typing import Any, NamedTuple

import keras

from lrgui.training.own.batches import Pick
from lrgui.training.own.snapshot import Snapshot
from lrgui.training.own.step import Step


class _Kept(NamedTuple):
    compiled: tuple[Any, ...]
    step: Step


_kept: weakref.WeakKeyDictionary[keras.Model, _Kept] = weakref.WeakKeyDictionary()


def step_of(kept: Snapshot, batch: Any, pick: Pick, signature: list[Any] | None = None) -> Step:
    """Return the step of a model, kept from its last sweep, or tried out now and to be traced when it is called.

    Parameters
    ----------
    kept : Snapshot
        Of the model, made ready. The model is as it says, whatever happens here.
    batch : tuple
        One real batch.
    pick, signature
        As for ``Step``.

    Raises
    ------
    Refused
        Model and data do not fit together.
    """
    model = kept.model
    compiled = _compiled(model, pick, signature)
    there = _kept.get(model)
    if there is None or not _same(there.compiled, compiled):
        step = Step(model, pick, signature)
        try:
            step.try_out(batch)
        finally:
            kept.restore()
        _kept[model] = there = _Kept(compiled, step)
    return there.step


def _compiled(model: keras.Model, pick: Pick, signature: list[Any] | None) -> tuple[Any, ...]:
    """Return what a trace is only good for; ``compile`` makes an optimizer or a tracker of the loss that is new."""
    own = vars(model)
    return pick, repr(signature), model.optimizer, own.get("_loss_tracker"), own.get("train_step"), model.run_eagerly


def _same(one: tuple[Any, ...], other: tuple[Any, ...]) -> bool:
    return one[:2] == other[:2] and all(a is b for a, b in zip(one[2:], other[2:], strict=True))
