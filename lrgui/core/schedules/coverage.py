"""How much of a schedule a run will see, in a sentence."""

from lrgui.core.config.schedule import ScheduleChoice
from lrgui.core.messages import Message


def coverage(schedule: ScheduleChoice, steps: int, steps_per_epoch: int) -> Message | None:
    """Say it; None where there is nothing to say."""
    return None
