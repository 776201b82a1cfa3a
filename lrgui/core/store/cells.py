"""The cells of a row, made sound: SQLite keeps any value in any column, and one bad cell must not hide the history."""

import math
from collections.abc import Callable, Mapping
from typing import Any

LAST_TIME = 253_370_764_800.0
"""The beginning of the year 9999, as ``time.time`` tells it: later moments cannot be shown."""


def is_time(value: Any) -> bool:
    """Return whether it can be a moment, or a number of seconds."""
    return isinstance(value, int | float) and 0 <= value < LAST_TIME


def sound_cells(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of some columns of ``runs``, those that cannot be replaced by none."""
    return {name: _SOUND[name](value) if name in _SOUND else value for name, value in row.items()}


def _time(value: Any) -> float:
    return float(value) if is_time(value) else 0.0


def _number(value: Any) -> float | None:
    return float(value) if isinstance(value, int | float) else None


def _whole(value: Any) -> int | None:
    return int(value) if isinstance(value, int | float) and math.isfinite(value) else None


def _text(value: Any) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def _text_or_none(value: Any) -> str | None:
    return None if value is None else _text(value)


_SOUND: dict[str, Callable[[Any], Any]] = {
    **dict.fromkeys(("started", "seconds"), _time),
    **dict.fromkeys(("learning_rate", "final_loss", "final_accuracy", "best_accuracy"), _number),
    **dict.fromkeys(("seed", "epochs", "steps"), _whole),
    "steps_done": lambda value: _whole(value) or 0,
    **dict.fromkeys(("id", "kind", "name", "note", "tags", "status"), _text),
    **dict.fromkeys(("dataset", "model", "optimizer", "schedule", "repeat_of"), _text_or_none),
    "starred": bool,
}
