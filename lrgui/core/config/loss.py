"""What the model is to make small. Labels are class numbers; accuracy is measured beside every loss."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from lrgui.core.config.base import Choice, described, parse_choice


class CrossEntropy(Choice):
    """Sparse categorical cross-entropy: minus the logarithm of the probability given to the true class.

    With label smoothing s the target is ``1 - s`` for the true class plus ``s / classes`` for each (Szegedy and
    others, arXiv 1512.00567, section 7).
    """

    title = "Cross-entropy"
    summary = "Minus the logarithm of the probability of the true class: the usual loss for classes."

    name: Literal["cross_entropy"] = "cross_entropy"
    label_smoothing: float = described(
        0.0, "Smoothing", "Share of each target that is spread over all classes.", ge=0, lt=1, advanced=True
    )


class Focal(Choice):
    """Focal loss: cross-entropy times ``(1 - p) ** gamma`` (Lin and others, arXiv 1708.02002, equation 4)."""

    title = "Focal"
    summary = "Cross-entropy that cares less for what is already right."

    name: Literal["focal"] = "focal"
    gamma: float = described(2.0, "Gamma", "How little the easy examples count; 0 is plain cross-entropy.", ge=0, le=10)


class SquaredError(Choice):
    """Mean squared error between the probabilities and the one-hot target, over all classes."""

    title = "Squared error"
    summary = "The mean squared distance from the one-hot target: learns slowly where it is very wrong."

    name: Literal["squared_error"] = "squared_error"


class Hinge(Choice):
    """Categorical hinge: ``max(0, 1 + best wrong output - true output)`` (Keras's ``CategoricalHinge``).

    The last layer then has no softmax: a margin of 1 is asked of scores. A best wrong score below 0 counts as 0.
    """

    title = "Hinge"
    summary = "Asks that the true class lead the best wrong one by a margin."

    name: Literal["hinge"] = "hinge"


LOSSES: tuple[type[Choice], ...] = (CrossEntropy, Focal, SquaredError, Hinge)

Loss = Annotated[
    Annotated[CrossEntropy | Focal | SquaredError | Hinge, Field(discriminator="name")], BeforeValidator(parse_choice)
]
