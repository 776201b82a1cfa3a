"""What a model of a person's own is compiled with: its own optimizer and loss, or those that were chosen."""

from typing import Any

import keras

from lrgui.core.config import Choice
from lrgui.core.config.loss import CrossEntropy, OwnLoss, SquaredError
from lrgui.core.config.optimizer import Adam, OwnOptimizer
from lrgui.training.losses import build_loss
from lrgui.training.optimizers import build_optimizer

ANY_RATE = 1e-3
"""Each step is given its own; this one is never used."""


def optimizer_for(model: keras.Model, choice: Choice) -> keras.optimizers.Optimizer:
    """Return the optimizer, built for the model, with a plain number for a rate.

    Parameters
    ----------
    model : keras.Model
        Built.
    choice : OptimizerChoice or OwnOptimizer
        With the latter it is the model's own, in its state; Adam if it has none.
    """
    own = model.optimizer if model.compiled else None
    if isinstance(choice, OwnOptimizer) and own is not None:
        if not own.built:
            own.build(model.trainable_variables)
        return with_plain_rate(own, model)
    chosen = Adam() if isinstance(choice, OwnOptimizer) else choice
    optimizer = build_optimizer(chosen, ANY_RATE, model.layers[-1].name)
    optimizer.build(model.trainable_variables)
    return optimizer


def with_plain_rate(optimizer: keras.optimizers.Optimizer, model: keras.Model) -> keras.optimizers.Optimizer:
    """Return the optimizer, or where it follows a schedule one like it, in the same state, that does not.

    The rates of a run are its own; a model that is saved after it has then a number, which loads anywhere.
    """
    described = optimizer.get_config()
    if not isinstance(described.get("learning_rate"), dict):
        return optimizer
    plain = type(optimizer).from_config({**described, "learning_rate": ANY_RATE})
    plain.build(model.trainable_variables)
    state = {variable.path.partition("/")[2]: variable for variable in optimizer.variables}
    for variable in plain.variables:
        if (kept := state.get(variable.path.partition("/")[2])) is not None:
            variable.assign(kept)
    return plain


def loss_for(model: keras.Model, choice: Choice, width: int, *, regression: bool) -> Any:
    """Return the loss as ``compile`` takes it.

    Parameters
    ----------
    model : keras.Model
        With one output.
    choice : Choice
        With ``OwnLoss`` it is the model's own; if it has none, the usual one for the data.
    width : int
        How many numbers it answers with.
    regression : bool
        Whether a number is predicted.
    """
    if isinstance(choice, OwnLoss):
        if model.compiled and (own := _only(model.loss)) is not None:
            return own
        choice = SquaredError() if regression else CrossEntropy()
    loss = build_loss(choice)
    if "from_logits" not in (described := loss.get_config()):
        return loss
    logits = gives_logits(model)
    if width == 1:
        return keras.losses.BinaryCrossentropy(from_logits=logits, label_smoothing=described.get("label_smoothing", 0))
    return type(loss).from_config({**described, "from_logits": logits})


def takes_class_numbers(loss: Any) -> bool:
    """Return whether a loss compares outputs with class numbers, and not with one-hot targets.

    Of a function of a person's own nobody knows: it is given class numbers, as the data have them.
    """
    found = keras.losses.get(loss) if isinstance(loss, str) else loss
    name = getattr(found, "__name__", type(found).__name__)
    return name.lower().startswith("sparse") or (
        not type(found).__module__.startswith("keras.") and not _is_keras(found)
    )


def gives_logits(model: keras.Model) -> bool:
    """Return whether the last layer leaves its sums as they are: a loss then has to apply softmax or sigmoid itself."""
    last = model.layers[-1] if model.layers else None
    activation = getattr(last, "activation", None)
    if activation is None:
        return not isinstance(last, keras.layers.Softmax)
    return bool(activation is keras.activations.linear)


def threshold_of(loss: Any) -> float:
    """Return from which output on a single one says that it is the second class: half, or 0 where it is a logit."""
    return 0.0 if getattr(loss, "from_logits", False) else 0.5


def _is_keras(function: Any) -> bool:
    return str(getattr(function, "__module__", "")).startswith("keras.")


def _only(loss: Any) -> Any:
    """Return the loss of the only output, however it was given."""
    if isinstance(loss, dict):
        loss = list(loss.values())
    return loss[0] if isinstance(loss, list | tuple) and loss else loss
