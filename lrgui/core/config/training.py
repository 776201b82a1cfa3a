"""What a training run is asked."""

from lrgui.core.config.base import described
from lrgui.core.config.experiment import Experiment
from lrgui.core.config.plateau import NoPlateau, Plateau
from lrgui.core.config.schedule import Constant, Schedule


class TrainingConfig(Experiment):
    """A training from fresh weights, at a rate that follows a schedule."""

    learning_rate: float = described(
        1e-3,
        "Learning rate",
        "The size of a step along the gradient; of a schedule, the highest.",
        group="Training",
        gt=0,
        le=1e3,
        scale="log",
    )
    epochs: int = described(10, "Epochs", "How often the model sees all the data.", group="Training", ge=1, le=10_000)
    schedule: Schedule = described(
        Constant(), "Schedule", "How the learning rate changes during the run.", group="Training"
    )
    plateau: Plateau = described(
        NoPlateau(), "Plateau", "Whether the rate is lowered when the model no longer gets better.", group="Training"
    )
