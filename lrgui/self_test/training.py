"""TensorFlow loads, and a model is trained."""

from pathlib import Path

from lrgui import jobs
from lrgui.core.config import TrainingConfig
from lrgui.core.config.dataset import Digits
from lrgui.core.control import Control
from lrgui.core.events import Event, Finished
from lrgui.core.messages import Refused, say

BATCHES = 3


def check(folder: Path | None) -> None:
    """Train three large batches of digits.

    Raises
    ------
    Refused
        The training ended otherwise than at its end.
    """
    digits = Digits()
    assert digits.training_examples is not None
    config = TrainingConfig(dataset=digits, batch_size=digits.training_examples // BATCHES, epochs=1)
    events: list[Event] = []
    jobs.train(config, events.append, Control())
    end = events[-1]
    if not isinstance(end, Finished):
        raise Refused(getattr(end, "message", None) or say("The training did not come to its end."))
