"""No change at all."""

from typing import Literal

from lrgui.core.config.schedule.base import ScheduleChoice
from lrgui.core.messages import say


class Constant(ScheduleChoice):
    """The learning rate itself, at every step."""

    title = say("Constant")
    summary = say("The same rate at every step.")

    name: Literal["constant"] = "constant"
