"""What all schedules have: a warm-up in front."""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, ValidationInfo, field_validator

from lrgui.core.config.base import Choice, described, parse_optional, refused
from lrgui.core.config.lengths import Length
from lrgui.core.messages import say

OptionalLength = Annotated[Length | None, BeforeValidator(parse_optional)]


class ScheduleChoice(Choice):
    """A schedule behind a warm-up, in which the rate rises to where the schedule begins (Goyal and others, 1706.02677).

    With the schedule's first rate ``r``, a warm-up of ``n`` steps and its start ``a``, a share of ``r``, the rate at
    step ``k < n`` is ``r (a + (1 - a) k / n)``, or ``r a ** (1 - k / n)`` if it is exponential. The schedule itself
    counts its steps from the end of the warm-up.
    """

    warmup: Length = described(
        Length(0), "Warm-up", "Rise for so long to where the schedule begins, in front of it; 0 is none.", ge=0
    )
    warmup_shape: Literal["linear", "exponential"] = described(
        "linear",
        "Warm-up shape",
        "How the warm-up rises: by the same amount at each step, or by the same factor.",
        advanced=True,
    )
    warmup_start: float = described(
        0.01,
        "Warm-up start",
        "Where the warm-up begins, as a share of the rate that it rises to.",
        ge=0,
        le=1,
        advanced=True,
    )

    @field_validator("warmup_start")
    @classmethod
    def _a_factor_cannot_raise_zero(cls, start: float, info: ValidationInfo) -> float:
        if start == 0 and info.data.get("warmup_shape") == "exponential":
            raise refused(say("An exponential warm-up cannot begin at 0: take a share above it, like 0.01."))
        return start


def floor_share(default: float = 0.0) -> Any:
    """Declare where a decay ends."""
    return described(
        default, "Floor", "Where the rate ends, as a share of the learning rate.", ge=0, le=1, scale="linear"
    )


def whole_length() -> Any:
    """Declare over which steps a decay goes."""
    return described(None, "Length", "How long the decay takes; none: from the warm-up to the end of the run.", gt=0)
