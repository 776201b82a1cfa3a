"""Optimizer choice -> keras.optimizers.Optimizer."""

from typing import Any

import keras

from lrgui.core.config import Choice
from lrgui.core.config.optimizer import Muon
from lrgui.training.models import OUTPUT

_CLASSES: dict[str, Any] = {
    "sgd": keras.optimizers.SGD,
    "rmsprop": keras.optimizers.RMSprop,
    "adam": keras.optimizers.Adam,
    "adamw": keras.optimizers.AdamW,
    "nadam": keras.optimizers.Nadam,
    "adamax": keras.optimizers.Adamax,
    "adagrad": keras.optimizers.Adagrad,
    "adadelta": keras.optimizers.Adadelta,
    "ftrl": keras.optimizers.Ftrl,
    "lion": keras.optimizers.Lion,
    "adafactor": keras.optimizers.Adafactor,
    "lamb": keras.optimizers.Lamb,
    "muon": keras.optimizers.Muon,
}


def build_optimizer(choice: Choice, learning_rate: float, output: str = OUTPUT) -> keras.optimizers.Optimizer:
    """Make an optimizer with a plain float rate, so that what is saved with it loads anywhere.

    Parameters
    ----------
    choice : OptimizerChoice
        Which one, and its fields, which have Keras's names.
    learning_rate : float
        Above 0.
    output : str
        The name of the model's last layer.
    """
    fields = choice.model_dump()  # with the name, that of its variables is the same every time, as for models
    if isinstance(choice, Muon):
        # A dense output layer is not for Muon, as Keras's documentation says; what AdamW moves decays alike.
        fields |= {"exclude_layers": [output], "adam_weight_decay": choice.weight_decay}
    return _CLASSES[fields["name"]](float(learning_rate), **fields)
