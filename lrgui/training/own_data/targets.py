"""What is to be predicted: classes or numbers, and what the classes are called."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lrgui.core.config.dataset.own import Task
from lrgui.core.messages import Message, Refused, say

MOST_CLASSES = 1000
FEW = 20
"""Whole numbers with at most so many different values are taken for classes, if nobody says otherwise."""

_EACH = 10
"""So are those from 0 on without a gap that have this many examples each, on average."""


@dataclass(frozen=True, eq=False)
class Target:
    """Labels of shape (n,): int64 class numbers with their names, or float64 numbers without; and how it was taken."""

    labels: NDArray[Any]
    class_names: tuple[str, ...]
    note: Message


def as_target(values: NDArray[Any], task: Task, where: Message) -> Target:
    """Take values for classes or numbers.

    Parameters
    ----------
    values : array, shape (n,)
        Numbers without NaN, booleans, or text.
    task : str
        ``classes``, ``numbers``, or ``automatic``: text, truth values and whole numbers with few different values are
        classes.
    where : Message
        What the target is called, with its file: it begins the sentences.

    Raises
    ------
    Refused
        Nothing can be learned from it; the sentence says why.
    """
    text = values.dtype.kind in "OUS"
    if text and task == "numbers":
        raise Refused(
            say(
                "{where} is text, such as '{example}', and no number: take the target for classes, or another target.",
                where=where,
                example=str(values[0]),
            )
        )
    if not text and np.any(~np.isfinite(values.astype(np.float64))):
        raise Refused(say("{where} has values that are not finite: correct or remove these rows.", where=where))
    if task == "classes" or (task == "automatic" and (text or looks_like_classes(values))):
        return _classes(values, where)
    return _numbers(values.astype(np.float64), where)


def looks_like_classes(values: NDArray[Any]) -> bool:
    """Return whether numbers are likely to name classes and not to measure something."""
    if values.dtype.kind == "b":
        return True
    numbers = values.astype(np.float64)
    if np.any(numbers != np.floor(numbers)):
        return False
    different = np.unique(numbers)
    whole = different[0] == 0 and len(different) == different[-1] + 1
    return len(different) <= FEW or (whole and len(different) <= min(MOST_CLASSES, len(numbers) // _EACH))


def _classes(values: NDArray[Any], where: Message) -> Target:
    names = np.array([_name(value) for value in values]) if values.dtype.kind in "OS" else values
    different, labels = np.unique(names, return_inverse=True)
    if len(different) < 2:
        raise Refused(
            say(
                "{where} has one class only, '{name}': there is nothing to tell apart. Choose another target.",
                where=where,
                name=_name(different[0]),
            )
        )
    if len(different) > MOST_CLASSES:
        raise Refused(
            say(
                "{where} has {count:,} different values, more than {most:,} classes: take it for numbers, or choose "
                "another target.",
                where=where,
                count=len(different),
                most=MOST_CLASSES,
            )
        )
    note = say("{where} is taken for {count} classes.", where=where, count=len(different))
    return Target(labels.astype(np.int64), tuple(map(_name, different)), note)


def _numbers(values: NDArray[np.float64], where: Message) -> Target:
    if np.ptp(values) == 0:
        raise Refused(
            say(
                "{where} is {value:g} everywhere: there is nothing to learn. Choose another target.",
                where=where,
                value=float(values[0]),
            )
        )
    low, high = float(values.min()), float(values.max())
    note = say("{where} is taken for numbers, from {low:,.6g} to {high:,.6g}.", where=where, low=low, high=high)
    return Target(values, (), note)


def _name(value: Any) -> str:
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, float | np.floating) and float(value).is_integer():
        return str(int(value))
    return str(value)
