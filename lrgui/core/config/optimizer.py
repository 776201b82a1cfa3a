"""Which rule turns gradients into steps. The learning rate itself belongs to the run, not to the optimizer."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, ValidationInfo, field_validator

from lrgui.core.config.base import Choice, described, parse_choice, refused
from lrgui.core.messages import say


class Sgd(Choice):
    """Stochastic gradient descent, with momentum if above 0. Defaults are Keras's (``keras.optimizers.SGD``)."""

    title = "SGD"
    summary = "Plain gradient descent; with momentum, the classic for images."

    name: Literal["sgd"] = "sgd"
    momentum: float = described(
        0.0, "Momentum", "Share of the last step carried into the next; 0 is plain descent.", ge=0, lt=1
    )
    nesterov: bool = described(False, "Nesterov", "Look ahead along the momentum before taking the gradient.")

    @field_validator("nesterov")
    @classmethod
    def _nesterov_needs_momentum(cls, nesterov: bool, info: ValidationInfo) -> bool:
        if nesterov and info.data.get("momentum") == 0:
            raise refused(say("Nesterov needs a momentum above 0: set one, or turn it off."))
        return nesterov


class Adam(Choice):
    """Adam (Kingma and Ba, arXiv 1412.6980, algorithm 1). Defaults are Keras's (``keras.optimizers.Adam``)."""

    title = "Adam"
    summary = "Scales each weight's step by the recent size of its gradient: forgiving of the rate."

    name: Literal["adam"] = "adam"
    beta_1: float = described(0.9, "Beta 1", "Memory of the mean of the gradient.", ge=0, lt=1, advanced=True)
    beta_2: float = described(0.999, "Beta 2", "Memory of the mean of the squared gradient.", ge=0, lt=1, advanced=True)
    epsilon: float = described(
        1e-7, "Epsilon", "Keeps the division by small gradients finite.", gt=0, le=1, scale="log", advanced=True
    )
    amsgrad: bool = described(False, "AMSGrad", "Never forget the largest squared gradient seen.", advanced=True)


OPTIMIZERS: tuple[type[Choice], ...] = (Sgd, Adam)

Optimizer = Annotated[Annotated[Sgd | Adam, Field(discriminator="name")], BeforeValidator(parse_choice)]
