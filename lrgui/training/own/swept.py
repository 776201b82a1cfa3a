"""What a sweep of a user's own model comes to."""

from typing import NamedTuple

from lrgui.core.config.optimizer import OptimizerChoice
from lrgui.core.events import Ended


class Swept(NamedTuple):
    """How a sweep ended, the hash of the model before and after it (they are equal), and the kind of its optimizer."""

    ended: Ended
    before: str
    after: str
    optimizer: OptimizerChoice | None = None
