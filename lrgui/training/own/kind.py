"""Which of our optimizers a user's own is of the kind of: the advice differs with the kind."""

from typing import Any

import keras

from lrgui.core.config.fields import choice_name
from lrgui.core.config.optimizer import OPTIMIZERS, OptimizerChoice, Sgd
from lrgui.training.own.rate import innermost


def kind_of(optimizer: keras.optimizers.Optimizer) -> OptimizerChoice | None:
    """Return the choice by the name of its class, or of one that it was made from; None for any other.

    Its fields are not those of the optimizer, but SGD has a momentum if that one has.
    """
    own: Any = innermost(optimizer)
    ours = {choice_name(choice): choice for choice in OPTIMIZERS}
    names = [kind.__name__.lower() for kind in type(own).__mro__]
    choice = next((ours[name] for name in names if name in ours), None)
    if choice is Sgd:
        return Sgd(momentum=0.9 if own.momentum else 0.0)
    return None if choice is None else choice()
