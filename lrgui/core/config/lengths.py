"""How long something lasts in a run, in steps or in epochs, as a person types it."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, FailFast, GetCoreSchemaHandler, PlainSerializer
from pydantic_core import CoreSchema, core_schema

Unit = Literal["steps", "epochs"]

LONGEST = 1e9
"""No run is longer, in whatever unit."""

_NUMBER = r"(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:e[+-]?[0-9]+)?"
_LENGTH = re.compile(rf"\s*({_NUMBER})\s*(ep|epochs?|steps?)?(?![^\s])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Length:
    """A number of steps, which is whole, or of epochs: ``100`` or ``3 epochs``.

    It compares with plain numbers by its amount, so that a field of lengths is bounded like one of numbers.
    """

    amount: float
    unit: Unit = "steps"

    def __str__(self) -> str:
        if self.unit == "steps":
            return str(int(self.amount))
        return f"{_exactly(self.amount)} {'epoch' if self.amount == 1 else 'epochs'}"

    def __gt__(self, bound: float) -> bool:
        return self.amount > bound

    def __ge__(self, bound: float) -> bool:
        return self.amount >= bound

    def __lt__(self, bound: float) -> bool:
        return self.amount < bound

    def __le__(self, bound: float) -> bool:
        return self.amount <= bound

    def steps(self, steps_per_epoch: int) -> int:
        """Return how many steps it is, rounded; at least one, unless it is nothing at all."""
        steps = self.amount * (steps_per_epoch if self.unit == "epochs" else 1)
        return max(1, round(steps)) if steps > 0 else 0

    def epochs(self, steps_per_epoch: int) -> float:
        """Return how many epochs it is."""
        return self.amount / (1 if self.unit == "epochs" else steps_per_epoch)

    @classmethod
    def read(cls, given: Any) -> "Length":
        """Return the length that was typed; a bare number is one in steps.

        Raises
        ------
        ValueError
            It is none, or no whole number of steps.
        """
        if isinstance(given, Length):
            return given
        found = _LENGTH.fullmatch(str(given).strip())
        if found is None or isinstance(given, bool):
            raise ValueError("no length")
        amount, unit = float(found[1]), (found[2] or "steps").lower()
        if not math.isfinite(amount) or amount > LONGEST or (unit.startswith("step") and not amount.is_integer()):
            raise ValueError("no length")
        return cls(amount, "steps" if unit.startswith("step") else "epochs")

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            cls.read, serialization=core_schema.plain_serializer_function_ser_schema(str)
        )


def epochs(amount: float) -> Length:
    """Return a length in epochs."""
    return Length(amount, "epochs")


def _read_lengths(given: Any) -> Any:
    if not isinstance(given, str):
        return given
    found, position, text = [], 0, given.strip()
    while position < len(text):
        if (match := _LENGTH.match(text, position)) is None:
            raise ValueError("no lengths")
        found.append(match.group())
        position = match.end()
    return found


def written(parts: Sequence[Any]) -> str:
    """Write a tuple as it is typed, with spaces between its parts."""
    return " ".join(_exactly(part) if isinstance(part, float) else str(part) for part in parts)


def _exactly(number: float) -> str:
    return repr(float(number)).removesuffix(".0")


def _read_numbers(given: Any) -> Any:
    if isinstance(given, str):
        return given.split()
    return [given] if isinstance(given, int | float) else given


Lengths = Annotated[tuple[Length, ...], FailFast(), BeforeValidator(_read_lengths), PlainSerializer(written)]
"""Lengths with spaces between them: ``5 epochs 10 epochs``."""

READ_NUMBERS, WRITE_LIST = BeforeValidator(_read_numbers), PlainSerializer(written)
"""What lets a tuple of numbers be typed with spaces between them: ``Annotated[tuple[float, ...], ...]``."""
