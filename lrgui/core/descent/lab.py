"""What the gradient-descent lab is asked as a whole, and the paths that come of it."""

import math
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, ValidationInfo, field_validator

from lrgui.core.config.base import Config, described, refused
from lrgui.core.config.descent import MOST_STEPS, MOST_WALKERS, Sgd, Walker
from lrgui.core.descent.path import Path
from lrgui.core.functions.function import Point
from lrgui.core.functions.named import FARTHEST, function_of
from lrgui.core.messages import Refused, say


def _numbers(value: Any) -> Any:
    """Read a place as it is typed: ``1,2`` or ``1 2``."""
    if not isinstance(value, str):
        return value
    wrong = refused(say("Give a number, or two with a comma between them, not '{value}'.", value=value))
    try:
        numbers = tuple(float(word) for word in value.replace(",", " ").split())
    except ValueError as error:
        raise wrong from error
    if not all(map(math.isfinite, numbers)):
        raise wrong
    return numbers


class Ground(Config):
    """What is walked on: a function, the start, and for how long."""

    function: str = described(
        "parabola",
        "Function",
        "A ready function by its name, or a formula in x, or in x and y; else the parabola.",
        group="Walk",
    )
    start: Annotated[tuple[float, ...], BeforeValidator(_numbers)] = described(
        (),
        "Start",
        "Where the walk begins, a number for each variable; else where it is worth seeing.",
        group="Walk",
    )
    steps: int = described(
        100,
        "Steps",
        "How many steps each walker takes, 100 unless it is said; schedules are spread over them.",
        group="Walk",
        ge=1,
        le=MOST_STEPS,
    )
    seed: int = described(0, "Seed", "Of the noise; all walkers meet the same.", group="Walk", ge=0, le=2**32 - 1)

    @field_validator("function")
    @classmethod
    def _there_is_such_a_function(cls, function: str) -> str:
        try:
            function_of(function)
        except Refused as error:
            raise refused(error.message) from error
        return function.strip()

    @field_validator("start")
    @classmethod
    def _a_number_a_variable(cls, start: Point, info: ValidationInfo) -> Point:
        if "function" not in info.data or not start:
            return start
        count = len(function_of(info.data["function"]).variables)
        if len(start) != count:
            few = say("The function has one variable, x: give one number.")
            raise refused(few if count == 1 else say("The function has two variables, x and y: give two numbers."))
        if any(abs(place) > FARTHEST for place in start):
            raise refused(say("Start within {most:number} of 0.", most=FARTHEST))
        return start


class DescentConfig(Ground):
    """What is walked on, and who walks."""

    walkers: tuple[Walker, ...] = Field(
        (Sgd(),), min_length=1, max_length=MOST_WALKERS, title="Walkers", description="Who walks."
    )


def paths_of(config: DescentConfig) -> tuple[Path, ...]:
    """Return a path for each walker, of which only the start is computed yet."""
    function = function_of(config.function)
    start = config.start or function.start
    return tuple(Path(function, start, walker, config.steps, config.seed) for walker in config.walkers)
