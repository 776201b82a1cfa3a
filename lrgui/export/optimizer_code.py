"""An optimizer as a call of Keras's own class."""

from typing import Any

from lrgui.core.config.base import Choice
from lrgui.core.config.fields import choice_name
from lrgui.core.config.optimizer import Muon
from lrgui.core.messages import plainly

_CLASSES = {"LAMB": "Lamb"}
"""Titles under which Keras has no class."""

_UNLIKE_KERAS = frozenset({("adafactor", "epsilon_1")})
"""Fields that have another default here than there: they are written in any case."""


def optimizer_code(choice: Choice, *, first: str = "learning_rate", cls: str = "") -> str:
    """Write the optimizer with the fields that are not Keras's own defaults.

    Parameters
    ----------
    choice : OptimizerChoice
        Which one.
    first : str
        What stands for the rate.
    cls : str
        Another class than Keras's own, which takes the same.
    """
    name = choice_name(type(choice))
    fields: list[tuple[str, Any]] = []
    for field, info in type(choice).model_fields.items():
        value = getattr(choice, field)
        if field != "name" and (value != info.default or (name, field) in _UNLIKE_KERAS):
            fields.append((field, value))
    if isinstance(choice, Muon):
        # As Keras's documentation advises, the last layer takes AdamW's step; what AdamW moves decays alike.
        fields += [("exclude_layers", ["output"]), ("adam_weight_decay", choice.weight_decay)]
    words = [first, *(f"{field}={_word(value)}" for field, value in fields)]
    return (
        f"{cls or f'keras.optimizers.{_CLASSES.get(plainly(choice.title), plainly(choice.title))}'}({', '.join(words)})"
    )


def _word(value: Any) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(f'"{each}"' for each in value) + "]"
    return repr(value)
