"""What the model is to make small. Labels are class numbers, or numbers where a target of one's own is one."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from lrgui.core.config.base import Choice, described, parse_choice
from lrgui.core.config.model import not_without_own_model
from lrgui.core.messages import Message, say


class CrossEntropy(Choice):
    """Sparse categorical cross-entropy: minus the logarithm of the probability given to the true class.

    With label smoothing s the target is ``1 - s`` for the true class plus ``s / classes`` for each (Szegedy and
    others, arXiv 1512.00567, section 7).
    """

    title = say("Cross-entropy")
    summary = say("Minus the logarithm of the probability of the true class: the usual loss for classes.")

    name: Literal["cross_entropy"] = "cross_entropy"
    label_smoothing: float = described(
        0.0, "Smoothing", "Share of each target that is spread over all classes.", ge=0, lt=1, advanced=True
    )


class Focal(Choice):
    """Focal loss: cross-entropy times ``(1 - p) ** gamma`` (Lin and others, arXiv 1708.02002, equation 4)."""

    title = say("Focal")
    summary = say("Cross-entropy that cares less for what is already right.")

    name: Literal["focal"] = "focal"
    gamma: float = described(2.0, "Gamma", "How little the easy examples count; 0 is plain cross-entropy.", ge=0, le=10)


class SquaredError(Choice):
    """Mean squared error: from a number to be predicted, or between probabilities and one-hot target."""

    title = say("Squared error")
    summary = say("The mean squared distance from the target: for numbers; for classes, from the one-hot target.")

    name: Literal["squared_error"] = "squared_error"


class AbsoluteError(Choice):
    """Mean absolute error: from a number to be predicted, or between probabilities and one-hot target."""

    title = say("Absolute error")
    summary = say("The mean distance from the target: for numbers; less moved by outliers than the squared error.")

    name: Literal["absolute_error"] = "absolute_error"


class Hinge(Choice):
    """Categorical hinge: ``max(0, 1 + best wrong output - true output)`` (Keras's ``CategoricalHinge``).

    The last layer then has no softmax: a margin of 1 is asked of scores. A best wrong score below 0 counts as 0.
    """

    title = say("Hinge")
    summary = say("Asks that the true class lead the best wrong one by a margin.")

    name: Literal["hinge"] = "hinge"


class OwnLoss(Choice):
    """The loss that a model of a person's own was compiled with; cross-entropy, or for numbers squared error, if not.

    With its metrics and its loss weights.
    """

    title = say("The file's own")
    summary = say("What the model in the file was compiled with; if it was not, what goes with the data.")
    comes_along = True

    name: Literal["own"] = "own"

    @classmethod
    def why_not(cls, chosen: Mapping[str, Any]) -> Message | None:
        """Refuse models that are built here."""
        return not_without_own_model(chosen)


LOSSES: tuple[type[Choice], ...] = (CrossEntropy, Focal, SquaredError, AbsoluteError, Hinge)

Loss = Annotated[
    Annotated[CrossEntropy | Focal | SquaredError | AbsoluteError | Hinge | OwnLoss, Field(discriminator="name")],
    BeforeValidator(parse_choice),
]
