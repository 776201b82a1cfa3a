"""Arrays of examples and labels -> what can be trained on: shapes, types and values checked, and split if need be."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lrgui.core.config.dataset import OwnNumbers
from lrgui.core.config.dataset.facts import Kind
from lrgui.core.messages import Message, Refused, say
from lrgui.training.own_data.found import Found
from lrgui.training.own_data.npy import LARGEST
from lrgui.training.own_data.splitting import check_count, held_back, told
from lrgui.training.own_data.targets import as_target
from lrgui.training.raw import Raw

Named = tuple[NDArray[Any], Message]
"""An array, and what it is called in sentences."""


@dataclass(frozen=True)
class Parts:
    """Examples and labels to train on, and to validate on if they were given."""

    x: Named
    y: Named
    validation: tuple[Named, Named] | None = None


def examples_of(parts: Parts, dataset: OwnNumbers) -> Found:
    """Return the examples of arrays.

    Raises
    ------
    Refused
        Their shapes, types or values cannot be learned from.
    """
    x, kind = _inputs(*parts.x)
    labels = [_labels(*parts.y)]
    _check_lengths(x, labels[0], parts.x[1], parts.y[1])
    check_count(len(x), dataset.label)
    if parts.validation is not None:
        (more, named), y = parts.validation
        other, _ = _inputs(more, named)
        labels.append(_labels(*y))
        _check_lengths(other, labels[1], named, y[1])
        if other.shape[1:] != x.shape[1:]:
            raise Refused(
                say(
                    "{where} has examples of shape {given}, and those to train on have {wanted}: save the same shape.",
                    where=named,
                    given=other.shape[1:],
                    wanted=x.shape[1:],
                )
            )
    target = as_target(np.concatenate(labels), dataset.task, parts.y[1])
    notes = [target.note]
    if parts.validation is None:
        back = held_back(target.labels, dataset.validation_share, dataset.split_seed)
        train, validation = (x[~back], target.labels[~back]), (x[back], target.labels[back])
        notes.append(told(len(train[0]), len(validation[0]), dataset.split_seed))
    else:
        train, validation = (x, target.labels[: len(x)]), (other, target.labels[len(x) :])
    scale = _scale(train[0], notes) if kind == "images" else 1.0
    raw = Raw(
        train,
        validation,
        scale,
        standardized=dataset.standardize and kind == "table",
        feature_names=tuple(f"x{number}" for number in range(x.shape[1])) if kind == "table" else (),
        standardized_target=dataset.standardize_target,
        notes=tuple(notes),
    )
    return Found(raw, kind, target.class_names)


def _inputs(x: NDArray[Any], where: Message) -> tuple[NDArray[Any], Kind]:
    """Return inputs as a table of float32, or as images with their channels last."""
    if x.dtype.kind not in "biuf":
        raise Refused(say("{where} holds text, and no numbers: turn it into numbers first.", where=where))
    if x.ndim == 0 or 0 in x.shape:
        raise Refused(say("{where} is empty: save it with examples.", where=where))
    if x.dtype.kind == "f":
        _check_finite(x, where)
    if x.ndim <= 2:
        return x.reshape(len(x), -1).astype(np.float32), "table"
    if x.ndim > 4:
        raise Refused(
            say(
                "{where} has the shape {shape}: tables (examples, features) and images (examples, height, width, "
                "channels) can be learned from.",
                where=where,
                shape=x.shape,
            )
        )
    images = x if x.ndim == 4 else x[..., np.newaxis]
    if images.shape[-1] not in (1, 3):
        raise Refused(
            say(
                "{where} has the shape {shape}: images have 1 or 3 channels, and they come last; np.moveaxis(x, 1, -1) "
                "brings them there.",
                where=where,
                shape=x.shape,
            )
        )
    if images.dtype.kind in "iub" and images.min() >= 0 and images.max() <= 255:
        return images.astype(np.uint8), "images"
    return images.astype(np.float32), "images"


def _check_finite(x: NDArray[Any], where: Message) -> None:
    # Row by row would be slow, and all at once would take as much memory again.
    for first in range(0, len(x), 4096):
        part = x[first : first + 4096]
        wrong = ~np.isfinite(part)
        if not wrong.any():
            _check_size(part, first, where)
        else:
            row = _first_row(wrong, first)
            raise Refused(
                say(
                    "{where} has a value that is NaN or infinite in example {row:,}: remove it, or let a number stand "
                    "in for it (np.nan_to_num).",
                    where=where,
                    row=row,
                )
            )


def _check_size(part: NDArray[Any], first: int, where: Message) -> None:
    large = np.abs(part) > LARGEST
    if large.any():
        raise Refused(
            say(
                "{where} has a number in example {row:,} that is too large to compute with, beyond {most:.1e}: correct "
                "it, or remove the example.",
                where=where,
                row=_first_row(large, first),
                most=LARGEST,
            )
        )


def _first_row(wrong: NDArray[np.bool_], first: int) -> int:
    return first + int(np.flatnonzero(wrong.reshape(len(wrong), -1).any(axis=1))[0])


def _labels(y: NDArray[Any], where: Message) -> NDArray[Any]:
    """Return labels as one value an example; one-hot rows become class numbers."""
    if y.ndim == 2 and y.shape[1] == 1:
        y = y[:, 0]
    if y.ndim == 2 and y.dtype.kind in "biuf" and np.all(y.sum(axis=1) == 1) and np.isin(y, (0, 1)).all():
        return y.argmax(axis=1)
    if y.ndim != 1:
        raise Refused(
            say(
                "{where} has the shape {shape}: one label or number for each example is needed, or one-hot rows.",
                where=where,
                shape=y.shape,
            )
        )
    if y.dtype.kind == "f":
        _check_finite(y, where)
    return y


def _check_lengths(x: NDArray[Any], y: NDArray[Any], where: Message, other: Message) -> None:
    if len(x) != len(y):
        raise Refused(
            say(
                "{where} has {examples:,} examples, and {other} has {labels:,}: each example needs its label; save "
                "them with the same length.",
                where=where,
                examples=len(x),
                other=other,
                labels=len(y),
            )
        )


def _scale(images: NDArray[Any], notes: list[Message]) -> float:
    """Return what pixels are multiplied by to lie between 0 and 1, or within a distance of 1 from 0."""
    if images.dtype == np.uint8:
        return 1 / 255
    low, high = float(images.min()), float(images.max())
    largest = max(abs(low), abs(high))
    scale = 1.0 if largest <= 1 else 1 / 255 if low >= 0 and high <= 255 else 1 / largest
    notes.append(
        say("Pixels from {low:.4g} to {high:.4g} are multiplied by {scale:.4g}.", low=low, high=high, scale=scale)
    )
    return scale
