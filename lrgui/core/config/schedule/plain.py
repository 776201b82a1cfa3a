"""No change at all."""

from typing import Literal

from lrgui.core.config.schedule.base import ScheduleChoice


class Constant(ScheduleChoice):
    """The learning rate itself, at every step."""

    title = "Constant"
    summary = "The same rate at every step."

    name: Literal["constant"] = "constant"
