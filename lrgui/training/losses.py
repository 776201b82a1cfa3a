"""Loss choice -> keras.losses.Loss, the targets that it compares with, and the output that it looks at."""

from typing import Any

import keras

from lrgui.core.config import Choice
from lrgui.core.config.loss import AbsoluteError, CrossEntropy, Focal, Hinge, OwnLoss, SquaredError
from lrgui.core.messages import Message, Refused, say


def build_loss(choice: Choice) -> keras.losses.Loss:
    """Make the loss; one of Keras's own, so that what is saved with it loads anywhere.

    Parameters
    ----------
    choice : CrossEntropy, Focal, SquaredError, AbsoluteError or Hinge
        Which one, and its fields.
    """
    match choice:
        case CrossEntropy(label_smoothing=0):
            return keras.losses.SparseCategoricalCrossentropy()
        case CrossEntropy():
            return keras.losses.CategoricalCrossentropy(label_smoothing=choice.label_smoothing)
        case Focal():
            # Keras also multiplies by 0.25 if not told otherwise, which would only be a lower learning rate.
            return keras.losses.CategoricalFocalCrossentropy(alpha=1.0, gamma=choice.gamma)
        case SquaredError():
            return keras.losses.MeanSquaredError()
        case AbsoluteError():
            return keras.losses.MeanAbsoluteError()
        case Hinge():
            return keras.losses.CategoricalHinge()
    raise TypeError(f"no loss for {choice!r}")


def takes_one_hot(choice: Choice) -> bool:
    """Return whether the loss compares with one-hot targets, and not with class numbers."""
    return not isinstance(choice, CrossEntropy) or choice.label_smoothing > 0


def output_activation(choice: Choice, *, regression: bool = False) -> str:
    """Return what the model's last layer applies: softmax, but nothing at all for a number, and for hinge.

    A margin of 1 is asked of scores, which have no bounds. Probabilities differ by at most 1: no margin could ever be
    kept, and the loss would never come to rest. The likeliest class is that of the highest output either way.
    """
    return "linear" if regression or isinstance(choice, Hinge) else "softmax"


def check_loss(choice: Choice, target: str) -> None:
    """Refuse a loss that measures no distance between numbers.

    Raises
    ------
    Refused
        The target, called so, is a number, and the loss is for classes.
    """
    if not isinstance(choice, SquaredError | AbsoluteError | OwnLoss):
        raise Refused(
            say(
                "The target of {target} is a number, and {loss} is a loss for classes: take the loss squared_error or "
                "absolute_error, or say that the target is classes.",
                target=target,
                loss=Message("{loss:lower}", {"loss": choice.title}),
            )
        )


def build_metrics(*, regression: bool) -> list[Any]:
    """Return what is measured beside the loss: the accuracy, or R2 and mean absolute error of a number."""
    if not regression:
        return ["accuracy"]
    return [keras.metrics.R2Score(name="r2"), keras.metrics.MeanAbsoluteError(name="mae")]
