"""Points of a drawn curve, as a person types them."""

import math
from typing import Annotated, Any, NamedTuple

from pydantic import BeforeValidator, FailFast, GetCoreSchemaHandler, PlainSerializer
from pydantic_core import CoreSchema, core_schema

from lrgui.core.config.lengths import written


class Point(NamedTuple):
    """A point of a drawn schedule: ``x`` a share of the run, ``y`` a share of the learning rate, both from 0 to 1."""

    x: float
    y: float

    def __str__(self) -> str:
        return f"{self.x:.6g}:{self.y:.6g}"

    @classmethod
    def read(cls, given: Any) -> "Point":
        """Return the point that was typed, ``0.5:0.3``, or given as a pair, with six digits.

        Raises
        ------
        ValueError
            It is no point, or outside of the run or above its learning rate.
        """
        x, y = (float(part) for part in (given.split(":") if isinstance(given, str) else given))
        if not (math.isfinite(x) and math.isfinite(y) and 0 <= x <= 1 and 0 <= y <= 1):
            raise ValueError("no point of the run")
        return cls(float(f"{x:.6g}"), float(f"{y:.6g}"))

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(cls.read)


def _read_points(given: Any) -> Any:
    return given.split() if isinstance(given, str) else given


Points = Annotated[tuple[Point, ...], FailFast(), BeforeValidator(_read_points), PlainSerializer(written)]
"""Points with spaces between them: ``0:1 0.5:0.3 1:0.01``."""
