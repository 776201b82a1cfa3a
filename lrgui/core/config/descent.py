"""What the gradient-descent lab is asked: a function, where to start, and who walks."""

import re
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from lrgui.core.config.base import Choice, described, refused
from lrgui.core.config.schedule import Constant, Schedule
from lrgui.core.messages import say

MOST_WALKERS, MOST_STEPS = 8, 100_000

_COMMA = re.compile(r",(?![^()]*\))")
_COLON = re.compile(r":(?![^()]*\))")


def parse_walker(value: Any) -> Any:
    """Read a walker as it is typed, ``sgd,learning_rate=0.2,schedule=cosine:warmup=10``, into a dict.

    Inside the schedule colons stand where commas stand otherwise. Commas and colons in parentheses belong to a
    formula.
    """
    if not isinstance(value, str):
        return value
    fields = _pairs(_COMMA.split(value))
    schedule = fields.get("schedule")
    if schedule is not None:
        fields["schedule"] = _pairs(_COLON.split(schedule))
    return fields


def _pairs(parts: list[str]) -> dict[str, Any]:
    fields: dict[str, Any] = {"name": parts[0].strip()}
    for part in parts[1:]:
        key, equals, text = part.partition("=")
        if not equals:
            raise refused(
                say("After the name come key=value pairs with commas between them; '{part}' is none.", part=part)
            )
        fields[key.strip().replace("-", "_")] = text.strip()
    return fields


def _beta(default: float, title: str, what: str) -> Any:
    return described(default, title, f"Memory of {what}.", ge=0, lt=1)


def _epsilon() -> Any:
    return described(
        1e-7, "Epsilon", "Keeps the division by small gradients finite.", gt=0, le=1, scale="log", advanced=True
    )


def _momentum(default: float) -> Any:
    return described(
        default, "Momentum", "Share of the last step carried into the next; 0 is plain descent.", ge=0, lt=1
    )


class WalkerChoice(Choice):
    """An optimizer with its rate and its schedule. Fields have the names and the defaults of ``keras.optimizers``."""

    learning_rate: float = described(
        0.1, "Learning rate", "The size of a step along the gradient.", gt=0, le=1e3, scale="log"
    )
    schedule: Schedule = described(Constant(), "Schedule", "How the rate changes from step to step.")
    noise: float = described(
        0.0,
        "Noise",
        "How far each gradient is off: the standard deviation of what is added to it, as batches do.",
        ge=0,
        le=1e3,
    )


class Sgd(WalkerChoice):
    """Gradient descent; with momentum if above 0 (``keras.optimizers.SGD``)."""

    title = say("Gradient descent")
    summary = say("A step against the gradient, times the rate.")

    name: Literal["sgd"] = "sgd"
    momentum: float = _momentum(0.0)
    nesterov: bool = described(False, "Nesterov", "Look ahead along the momentum before taking the gradient.")


class Momentum(WalkerChoice):
    """Gradient descent with momentum (Polyak, 1964)."""

    title = say("Momentum")
    summary = say("A heavy ball: each step carries on a share of the last one.")

    name: Literal["momentum"] = "momentum"
    momentum: float = _momentum(0.9)


class Nesterov(WalkerChoice):
    """Gradient descent with Nesterov's momentum (Nesterov, 1983; Sutskever and others, 2013)."""

    title = say("Nesterov")
    summary = say("Momentum that takes the gradient where it is about to be.")

    name: Literal["nesterov"] = "nesterov"
    momentum: float = _momentum(0.9)


class Adagrad(WalkerChoice):
    """AdaGrad (Duchi and others, 2011; ``keras.optimizers.Adagrad``)."""

    title = say("AdaGrad")
    summary = say("Divides by all squared gradients so far: its steps only ever shrink.")

    name: Literal["adagrad"] = "adagrad"
    initial_accumulator_value: float = described(
        0.1, "First sum", "Where the sum of squared gradients begins.", ge=0, le=10
    )
    epsilon: float = _epsilon()


class RmsProp(WalkerChoice):
    """RMSprop (Tieleman and Hinton, 2012, lecture 6.5; ``keras.optimizers.RMSprop``)."""

    title = say("RMSprop")
    summary = say("Divides each axis's step by the recent size of its gradient.")

    name: Literal["rmsprop"] = "rmsprop"
    rho: float = _beta(0.9, "Rho", "the squared gradient")
    momentum: float = _momentum(0.0)
    epsilon: float = _epsilon()
    centered: bool = described(False, "Centered", "Divide by the spread of the gradient, not its size.")


class TwoMoments(WalkerChoice):
    """A walker of Adam's family: it remembers the gradient and its size."""

    beta_1: float = _beta(0.9, "Beta 1", "the mean of the gradient")
    beta_2: float = _beta(0.999, "Beta 2", "the size of the gradient")
    epsilon: float = _epsilon()
    bias_correction: bool = described(
        True, "Bias correction", "Make up for memories that begin at zero. Keras always does."
    )


class Adam(TwoMoments):
    """Adam (Kingma and Ba, arXiv 1412.6980, algorithm 1; ``keras.optimizers.Adam``)."""

    title = say("Adam")
    summary = say("Momentum, divided on each axis by the recent size of the gradient.")

    name: Literal["adam"] = "adam"
    amsgrad: bool = described(False, "AMSGrad", "Never forget the largest squared gradient seen.")


class AmsGrad(TwoMoments):
    """AMSGrad (Reddi and others, arXiv 1904.09237; ``keras.optimizers.Adam`` with ``amsgrad``)."""

    title = say("AMSGrad")
    summary = say("Adam that never forgets the largest gradient: its steps do not grow again.")

    name: Literal["amsgrad"] = "amsgrad"


class AdamW(TwoMoments):
    """AdamW (Loshchilov and Hutter, arXiv 1711.05101; ``keras.optimizers.AdamW``)."""

    title = say("AdamW")
    summary = say("Adam with weight decay: it pulls towards 0, and comes to rest a little beside the minimum.")

    name: Literal["adamw"] = "adamw"
    weight_decay: float = described(
        0.004,
        "Weight decay",
        "At each step the place shrinks by this share times the learning rate; 0 is Adam.",
        ge=0,
        le=1,
    )
    amsgrad: bool = described(False, "AMSGrad", "Never forget the largest squared gradient seen.")


class Adadelta(WalkerChoice):
    """AdaDelta (Zeiler, arXiv 1212.5701; ``keras.optimizers.Adadelta``)."""

    title = say("Adadelta")
    summary = say("Finds its own step sizes; the rate multiplies them, and 1 is as in the paper.")

    name: Literal["adadelta"] = "adadelta"
    rho: float = _beta(0.95, "Rho", "squared gradients and steps")
    epsilon: float = _epsilon()


class Lion(WalkerChoice):
    """Lion: steps by the sign alone (Chen and others, arXiv 2302.06675; ``keras.optimizers.Lion``)."""

    title = say("Lion")
    summary = say("Steps by the sign of the momentum alone: each step is as long as the rate says.")

    name: Literal["lion"] = "lion"
    beta_1: float = _beta(0.9, "Beta 1", "the gradient in the step")
    beta_2: float = _beta(0.99, "Beta 2", "the gradient in the momentum")


WALKERS: tuple[type[WalkerChoice], ...] = (
    Sgd, Momentum, Nesterov, Adagrad, RmsProp, Adam, AmsGrad, AdamW, Adadelta, Lion,
)  # fmt: skip

Walker = Annotated[
    Annotated[
        Sgd | Momentum | Nesterov | Adagrad | RmsProp | Adam | AmsGrad | AdamW | Adadelta | Lion,
        Field(discriminator="name"),
    ],
    BeforeValidator(parse_walker),
]
