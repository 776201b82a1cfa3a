"""What a training run is asked."""

from lrgui.core.config.base import described
from lrgui.core.config.experiment import Experiment


class TrainingConfig(Experiment):
    """A training from fresh weights at a constant rate."""

    learning_rate: float = described(
        1e-3,
        "Learning rate",
        "The size of a step along the gradient.",
        group="Training",
        gt=0,
        le=1e3,
        scale="log",
    )
    epochs: int = described(10, "Epochs", "How often the model sees all the data.", group="Training", ge=1, le=10_000)
