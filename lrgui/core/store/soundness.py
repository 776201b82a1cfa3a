"""Whether what was read for a run is one: what shows and exports it asks for no more than this."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lrgui.core.events import ArmEnded, Examined, Planned
from lrgui.core.messages import Message
from lrgui.core.runs import History, Run

_STEP_COLUMNS, _EPOCH_COLUMNS = ("step", "learning_rate", "loss"), ("epoch", "step")
_ENDS = ("finished", "stopped", "removed", "diverged")
_NUMBERS = "biuf"


def check_run(run: Run) -> Run:
    """Return the run as it is.

    Raises
    ------
    ValueError
        Something in it is of another kind than in any run of this program.
    """
    problems = (
        ("texts", all(isinstance(text, str) for text in (run.id, run.kind, run.name, run.details))),
        ("message", run.message is None or isinstance(run.message, Message)),
        ("evaluation", _are_numbers(run.evaluation)),
        ("plan", run.planned is None or _is_plan(run.planned)),
        ("steps", _is_history(run.steps, _STEP_COLUMNS)),
        ("epochs", _is_history(run.epochs, _EPOCH_COLUMNS)),
        ("moves", all(_is_whole(move.step) and _is_number(move.factor) for move in run.factor_moves)),
        ("ends", all(_is_end(end) for end in run.arm_ends)),
        ("examples", run.examined is None or _is_examined(run.examined)),
    )
    if wrong := [name for name, sound in problems if not sound]:
        raise ValueError(f"no run has such {wrong[0]}")
    return run


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and 0 <= value < 2**53


def _are_numbers(values: Any) -> bool:
    return isinstance(values, Mapping) and all(isinstance(name, str) and _is_number(values[name]) for name in values)


def _is_array(array: NDArray[Any], *axes: int) -> bool:
    return isinstance(array, np.ndarray) and array.ndim in axes and array.dtype.kind in _NUMBERS


def _is_history(history: History, needed: tuple[str, ...]) -> bool:
    names = list(history)
    return (not names or set(needed) <= set(names)) and all(_is_array(history[name], 1) for name in names)


def _is_plan(planned: Planned) -> bool:
    counts = (planned.steps_per_epoch, planned.epochs, planned.parameters, planned.repeats)
    texts = (planned.model_content, planned.data_content)
    return (
        _is_array(planned.learning_rates, 1)
        and all(map(_is_whole, counts))
        and planned.steps_per_epoch > 0
        and planned.repeats > 0
        and all(isinstance(text, str) for text in texts)
    )


def _is_end(end: ArmEnded) -> bool:
    return _is_whole(end.arm) and _is_whole(end.seed) and end.how in _ENDS and isinstance(end.message, Message)


def _is_examined(found: Examined) -> bool:
    lengths = {len(array) for array in (found.labels, found.predictions, found.outputs) if _is_array(array, 1)}
    names = (*found.class_names, *found.feature_names)
    sound = (
        len(lengths) == 1
        and _is_array(found.shown, 1)
        and _is_array(found.inputs, 2, 3, 4)
        and len(found.shown) == len(found.inputs)
        and all(isinstance(name, str) for name in names)
    )
    return sound and (found.surface is None or _is_surface(found))


def _is_surface(found: Examined) -> bool:
    surface = found.surface
    return surface is None or (
        _is_array(surface.classes, 2)
        and len(surface.extent) == 4
        and all(map(_is_number, surface.extent))
        and _is_array(surface.points, 2)
        and _is_array(surface.labels, 1)
        and len(surface.points) == len(surface.labels)
    )
