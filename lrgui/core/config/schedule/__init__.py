"""How the learning rate changes during a run. The run's learning rate is the highest that a schedule plans.

Floors and starts are shares of it, so that one marker moves any schedule as a whole.
"""

from typing import Annotated

from pydantic import BeforeValidator, Field

from lrgui.core.config.base import parse_choice
from lrgui.core.config.schedule.base import ScheduleChoice
from lrgui.core.config.schedule.cycles import ExpRange, OneCycle, Sgdr, Triangular, Triangular2
from lrgui.core.config.schedule.decays import (
    Cosine,
    Exponential,
    FlatCosine,
    HoldThenDecay,
    InverseSqrt,
    InverseTime,
    Linear,
    Polynomial,
    Shrink,
    Step,
)
from lrgui.core.config.schedule.own import Drawn, Formula, Piecewise
from lrgui.core.config.schedule.plain import Constant

__all__ = [
    "SCHEDULES",
    "Constant",
    "Cosine",
    "Drawn",
    "ExpRange",
    "Exponential",
    "FlatCosine",
    "Formula",
    "HoldThenDecay",
    "InverseSqrt",
    "InverseTime",
    "Linear",
    "OneCycle",
    "Piecewise",
    "Polynomial",
    "Schedule",
    "ScheduleChoice",
    "Sgdr",
    "Shrink",
    "Step",
    "Triangular",
    "Triangular2",
]

SCHEDULES: tuple[type[ScheduleChoice], ...] = (
    Constant, Step, Piecewise, Exponential, Shrink, HoldThenDecay, InverseTime, InverseSqrt, Linear, Polynomial,
    Cosine, FlatCosine, Sgdr, Triangular, Triangular2, ExpRange, OneCycle, Formula, Drawn,
)  # fmt: skip

Schedule = Annotated[
    Annotated[
        Constant | Step | Piecewise | Exponential | Shrink | HoldThenDecay | InverseTime | InverseSqrt | Linear
        | Polynomial | Cosine | FlatCosine | Sgdr | Triangular | Triangular2 | ExpRange | OneCycle | Formula | Drawn,
        Field(discriminator="name"),
    ],
    BeforeValidator(parse_choice),
]  # fmt: skip
