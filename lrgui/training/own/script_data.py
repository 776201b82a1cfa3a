"""What ``load_data()`` of a person's file has returned, taken apart into what is trained and what is validated on."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from lrgui.core.config.dataset import ScriptData
from lrgui.core.messages import Refused, joined, say
from lrgui.training.own.batches import Batches, batches_of

Part = tuple[Any, ...]
"""A stream alone, or ``x, y`` and perhaps ``sample_weight``, each an array or a dict of arrays."""


@dataclass(frozen=True, eq=False)
class ScriptParts:
    """The two parts; ``validation`` is None where a stream came alone."""

    train: Part
    validation: Part | None


def parts_of(returned: Any, choice: ScriptData) -> ScriptParts:
    """Return the parts of what was returned: ``(x, y)``, a stream, or a pair of either, training and validation.

    Several inputs or outputs are dicts of arrays. Of arrays that come alone, a share is held back to validate on.

    Raises
    ------
    Refused
        It is none of that.
    """
    if _is_stream(returned):
        return ScriptParts((returned,), None)
    if isinstance(returned, tuple | list) and len(returned) == 2:
        first, second = returned
        if _is_part(first) and _is_part(second):
            return ScriptParts(_part(first), _part(second))
    if _is_pair(returned):
        return _held_back(tuple(returned), choice)
    raise Refused(
        say(
            "load_data() in {file} returned {what}: let it return (x, y), ((x, y), (x_val, y_val)), a tf.data.Dataset "
            "or a pair of those; several inputs or outputs as dicts of arrays.",
            file=choice.label,
            what=_kind_of(returned),
        )
    )


def train_batches(parts: ScriptParts, choice: ScriptData, batch_size: int, most_steps: int | None) -> Batches:
    """Return the batches to train on; a stream brings its own.

    Raises
    ------
    Refused
        Its lengths differ, it is empty, or it has no end and nobody has said how long an epoch is.
    """
    try:
        return batches_of(
            *parts.train[:2],
            sample_weight=parts.train[2] if len(parts.train) == 3 else None,
            class_weight=_balance(parts.train, choice) if choice.class_weights == "balanced" else None,
            batch_size=batch_size,
            steps_per_epoch=choice.steps_per_epoch if _is_stream(parts.train[0]) else None,
            most_steps=most_steps if _is_stream(parts.train[0]) else None,
        )
    except Refused as refused:
        raise Refused(
            say(
                "load_data() in {file}: {reason} In the form, the length of an epoch is the field Epoch of the data.",
                file=choice.label,
                reason=refused.message,
            )
            if _is_stream(parts.train[0])
            else say("load_data() in {file}: {reason}", file=choice.label, reason=refused.message)
        ) from refused


def _balance(part: Part, choice: ScriptData) -> dict[int, float]:
    """Return ``n / (classes * n_class)`` of each class, so that all classes weigh the same (King and Zeng, 2001)."""
    labels = None if _is_stream(part[0]) or isinstance(part[1], dict) else np.asarray(part[1])
    if labels is None or labels.dtype.kind not in "iu" or labels.squeeze().ndim != 1:
        raise Refused(
            say(
                "Balanced class weights need class numbers in one array, and load_data() in {file} returns something "
                "else: choose none, or return sample weights as the third part.",
                file=choice.label,
            )
        )
    classes, counts = np.unique(labels, return_counts=True)
    return dict(zip(classes.tolist(), (labels.size / (len(classes) * counts)).tolist(), strict=True))


def _held_back(pair: Part, choice: ScriptData) -> ScriptParts:
    """Part arrays by the seed of the split, the same examples at each call."""
    lengths = sorted({length for arrays in pair for length in _lengths(arrays)})
    if len(lengths) > 1:
        raise Refused(
            say(
                "load_data() in {file} returned arrays of {lengths} examples: let all of them have the same number of "
                "examples.",
                file=choice.label,
                lengths=joined([str(length) for length in lengths], " / "),
            )
        )
    if lengths[0] < 2:
        raise Refused(
            say(
                "load_data() in {file} returned {count} examples: at least 2 are needed.",
                file=choice.label,
                count=lengths[0],
            )
        )
    order = np.random.default_rng(choice.split_seed).permutation(lengths[0])
    count = max(1, round(choice.validation_share * lengths[0]))
    back, kept = np.sort(order[:count]), np.sort(order[count:])
    return ScriptParts(*(tuple(_rows(arrays, rows) for arrays in pair) for rows in (kept, back)))


def _rows(arrays: Any, rows: Any) -> Any:
    if isinstance(arrays, dict):
        return {name: _rows(array, rows) for name, array in arrays.items()}
    if hasattr(arrays, "iloc"):
        return arrays.iloc[rows]
    return np.asarray(arrays)[rows]


def _lengths(arrays: Any) -> list[int]:
    if isinstance(arrays, dict):
        return [length for inner in arrays.values() for length in _lengths(inner)]
    return [len(arrays)]


def _is_part(found: Any) -> bool:
    return _is_stream(found) or _is_pair(found)


def _part(found: Any) -> Part:
    return (found,) if _is_stream(found) else tuple(found)


def _is_pair(found: Any) -> bool:
    """Return whether it is ``x, y`` or ``x, y, sample_weight``."""
    return isinstance(found, tuple | list) and len(found) in (2, 3) and all(map(_is_arrays, found))


def _is_arrays(found: Any) -> bool:
    if isinstance(found, dict):
        return bool(found) and all(map(_is_arrays, found.values()))
    shape = getattr(found, "shape", None)
    return shape is not None and len(shape) > 0 and hasattr(found, "__array__")


def _is_stream(found: Any) -> bool:
    return hasattr(found, "element_spec") or hasattr(found, "num_batches") or hasattr(found, "__next__")


def _kind_of(found: Any) -> str:
    if isinstance(found, tuple | list):
        return f"({', '.join(type(each).__name__ for each in found[:4])})"
    return type(found).__name__
