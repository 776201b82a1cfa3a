"""Schedules that were kept under a name, as they are remembered from one session to the next."""

from typing import Any

from pydantic import ValidationError, field_validator

from lrgui.core.config.base import Config
from lrgui.core.config.schedule import Schedule


class KeptSchedule(Config):
    """A schedule under a name, with its highest rate; ``series`` is its colour, ``shown`` whether it is drawn."""

    name: str
    learning_rate: float
    schedule: Schedule
    series: int = 0
    shown: bool = True


class Shelf(Config):
    """All that were kept, in their order. One that can no longer be read is dropped, and the others stay."""

    kept: tuple[KeptSchedule, ...] = ()

    @field_validator("kept", mode="before")
    @classmethod
    def _drop_what_cannot_be_read(cls, given: Any) -> Any:
        return tuple(entry for entry in map(_read, given) if entry) if isinstance(given, list | tuple) else given


def _read(given: Any) -> KeptSchedule | None:
    try:
        return KeptSchedule.model_validate(given)
    except ValidationError:
        return None


def free_name(wanted: str, taken: list[str]) -> str:
    """Return the name, or with a number behind it the first that is not taken: ``Cosine``, ``Cosine 2``."""
    numbered = (f"{wanted} {number}" for number in range(2, len(taken) + 3))
    return next(name for name in (wanted, *numbered) if name not in taken)
