"""What a sweep over learning rates is asked."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, ValidationInfo, field_validator

from lrgui.core.config.base import Config, described, parse_optional, refused
from lrgui.core.config.experiment import Experiment
from lrgui.core.messages import say


class SweepConfig(Config):
    """How the rate rises from ``start`` to ``end``, and what ends it; whatever is trained meanwhile."""

    start: float = described(
        1e-7, "From", "The learning rate of the first step.", group="Range test", gt=0, le=1e3, scale="log"
    )
    end: float = described(
        10.0, "To", "The learning rate of the last step.", group="Range test", gt=0, le=1e3, scale="log"
    )
    steps: int = described(
        100,
        "Steps",
        "How often the rate is raised; there is one point more, because both ends are included.",
        group="Range test",
        ge=2,
        le=100_000,
    )
    spacing: Literal["exponential", "linear"] = described(
        "exponential",
        "Spacing",
        "How the rate rises: by the same factor at each step, or by the same amount, as in Smith's paper.",
        group="Range test",
        advanced=True,
    )
    batches_per_rate: int = described(
        1,
        "Batches",
        "How many steps are taken at each rate; their mean loss is the point. More is steadier, and slower.",
        group="Range test",
        ge=1,
        le=1000,
        advanced=True,
    )
    repeats: int = described(
        1,
        "Repeats",
        "Sweep so often, each time from another seed: the median is drawn, and a band from least to most.",
        group="Range test",
        ge=1,
        le=50,
    )
    smoothing: float = described(
        0.9,
        "Smoothing",
        "Memory of the drawn line and of the stop rule: 0 draws the raw losses.",
        group="Range test",
        ge=0,
        lt=1,
        advanced=True,
    )
    stop_factor: Annotated[float | None, BeforeValidator(parse_optional)] = described(
        4.0,
        "Stop at",
        "The sweep ends when the smoothed loss passes this many times its best; off: it goes to the end.",
        group="Range test",
        gt=1,
        le=1e6,
        unit="x best loss",
        advanced=True,
    )

    @field_validator("end")
    @classmethod
    def _end_is_above_start(cls, end: float, info: ValidationInfo) -> float:
        start = info.data.get("start")
        if start is not None and end <= start:
            raise refused(say("To is {end:rate}, and must be above From, {start:rate}.", end=end, start=start))
        return end


class RangeTestConfig(SweepConfig, Experiment):
    """A range test: an experiment that is trained while the rate rises."""
