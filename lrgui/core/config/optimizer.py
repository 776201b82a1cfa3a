"""Which rule turns gradients into steps. The learning rate itself belongs to the run, not to the optimizer.

Fields have the names and the defaults of ``keras.optimizers``, but for one that does not work there.
"""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, ValidationInfo, field_validator

from lrgui.core.config.base import Choice, described, parse_choice, parse_optional, refused
from lrgui.core.config.model import ModelChoice, not_without_own_model
from lrgui.core.messages import Message, say

_OFF = BeforeValidator(parse_optional)


def _beta(default: float, title: str, what: str) -> Any:
    return described(default, title, f"Memory of {what}.", ge=0, lt=1, advanced=True)


def _epsilon(default: float = 1e-7) -> Any:
    return described(
        default, "Epsilon", "Keeps the division by small gradients finite.", gt=0, le=1, scale="log", advanced=True
    )


def _decay(default: float | None) -> Any:
    return described(
        default,
        "Weight decay",
        "At each step every weight shrinks by this share times the learning rate; off: none.",
        ge=0,
        le=1,
        advanced=True,
    )


def _accumulator() -> Any:
    return described(0.1, "First sum", "Where the sum of squared gradients begins.", ge=0, le=10, advanced=True)


class OptimizerChoice(Choice):
    """An optimizer, with what all of them have."""

    weight_decay: Annotated[float | None, _OFF] = _decay(None)
    clipnorm: Annotated[float | None, _OFF] = described(
        None, "Clip norm", "A longer gradient of a layer is shortened to this length; off: none.",
        gt=0, le=1e6, advanced=True,
    )  # fmt: skip


class TwoMoments(OptimizerChoice):
    """An optimizer of Adam's family: it remembers the gradient and its size."""

    beta_1: float = _beta(0.9, "Beta 1", "the mean of the gradient")
    beta_2: float = _beta(0.999, "Beta 2", "the size of the gradient")
    epsilon: float = _epsilon()


class Sgd(OptimizerChoice):
    """Stochastic gradient descent, with momentum if above 0 (``keras.optimizers.SGD``)."""

    title = say("SGD")
    summary = say("Plain gradient descent; with momentum, the classic for images.")

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


class RmsProp(OptimizerChoice):
    """RMSprop (Tieleman and Hinton, 2012, lecture 6.5; ``keras.optimizers.RMSprop``)."""

    title = say("RMSprop")
    summary = say("Divides each weight's step by the recent size of its gradient.")

    name: Literal["rmsprop"] = "rmsprop"
    rho: float = _beta(0.9, "Rho", "the squared gradient")
    momentum: float = described(0.0, "Momentum", "Share of the last step carried into the next.", ge=0, lt=1)
    epsilon: float = _epsilon()
    centered: bool = described(False, "Centered", "Divide by the spread of the gradient, not its size.", advanced=True)


class Adam(TwoMoments):
    """Adam (Kingma and Ba, arXiv 1412.6980, algorithm 1; ``keras.optimizers.Adam``)."""

    title = say("Adam")
    summary = say("Scales each weight's step by the recent size of its gradient: forgiving of the rate.")

    name: Literal["adam"] = "adam"
    amsgrad: bool = described(False, "AMSGrad", "Never forget the largest squared gradient seen.", advanced=True)


class AdamW(TwoMoments):
    """Adam with decoupled weight decay (Loshchilov and Hutter, arXiv 1711.05101; ``keras.optimizers.AdamW``)."""

    title = say("AdamW")
    summary = say("Adam with weight decay: the usual choice for large networks.")

    name: Literal["adamw"] = "adamw"
    weight_decay: float = described(
        0.004,
        "Weight decay",
        "At each step every weight shrinks by this share times the learning rate; 0 is Adam.",
        ge=0,
        le=1,
    )
    amsgrad: bool = described(False, "AMSGrad", "Never forget the largest squared gradient seen.", advanced=True)


class Nadam(TwoMoments):
    """Adam with Nesterov's look ahead (Dozat, 2016; ``keras.optimizers.Nadam``)."""

    title = say("Nadam")
    summary = say("Adam that looks ahead along its momentum.")

    name: Literal["nadam"] = "nadam"


class Adamax(TwoMoments):
    """Adam by the largest gradient (Kingma and Ba, arXiv 1412.6980, section 7; ``keras.optimizers.Adamax``)."""

    title = say("Adamax")
    summary = say("Adam that scales by the largest recent gradient.")

    name: Literal["adamax"] = "adamax"


class Adagrad(OptimizerChoice):
    """AdaGrad (Duchi and others, 2011; ``keras.optimizers.Adagrad``)."""

    title = say("Adagrad")
    summary = say("Divides by all squared gradients so far: its steps only ever shrink.")

    name: Literal["adagrad"] = "adagrad"
    initial_accumulator_value: float = _accumulator()
    epsilon: float = _epsilon()


class Adadelta(OptimizerChoice):
    """AdaDelta (Zeiler, arXiv 1212.5701; ``keras.optimizers.Adadelta``)."""

    title = say("Adadelta")
    summary = say("Finds its own step sizes; the rate multiplies them, and 1 is as in the paper.")

    name: Literal["adadelta"] = "adadelta"
    rho: float = _beta(0.95, "Rho", "squared gradients and steps")
    epsilon: float = _epsilon()


class Ftrl(OptimizerChoice):
    """Follow the regularized leader (McMahan and others, 2013; ``keras.optimizers.Ftrl``)."""

    title = say("Ftrl")
    summary = say("Made for wide, sparse models without hidden layers: its first step forgets the first weights.")

    name: Literal["ftrl"] = "ftrl"
    learning_rate_power: float = described(
        -0.5, "Rate power", "How fast the steps shrink; 0 is a constant rate.", ge=-5, le=0, advanced=True
    )
    initial_accumulator_value: float = _accumulator()
    l1_regularization_strength: float = described(
        0.0, "L1", "Pulls small weights to exactly zero.", ge=0, le=1, advanced=True
    )
    l2_regularization_strength: float = described(0.0, "L2", "Pulls weights towards zero.", ge=0, le=1, advanced=True)
    l2_shrinkage_regularization_strength: float = described(
        0.0, "Shrinkage", "Adds the weights to the gradient, times twice this.", ge=0, le=1, advanced=True
    )
    beta: float = described(
        0.0, "Beta", "Added to the root of the sum: smaller first steps.", ge=0, le=10, advanced=True
    )


class Lion(OptimizerChoice):
    """Lion: steps by the sign alone (Chen and others, arXiv 2302.06675; ``keras.optimizers.Lion``)."""

    title = say("Lion")
    summary = say("Steps by the sign of the momentum alone: takes a rate 3 to 10 times below Adam's.")

    name: Literal["lion"] = "lion"
    beta_1: float = _beta(0.9, "Beta 1", "the gradient in the step")
    beta_2: float = _beta(0.99, "Beta 2", "the gradient in the momentum")


class Adafactor(OptimizerChoice):
    """Adafactor (Shazeer and Stern, arXiv 1804.04235; ``keras.optimizers.Adafactor``)."""

    title = say("Adafactor")
    summary = say("Adam for little memory; with its relative step, the rate is only an upper limit.")

    name: Literal["adafactor"] = "adafactor"
    beta_2_decay: float = described(
        -0.8, "Beta 2 decay", "How the memory of squared gradients grows.", ge=-2, lt=0, advanced=True
    )
    epsilon_1: float = described(
        1e-15,
        "Epsilon 1",
        "Added to squared gradients. Keras's own 1e-30 is lost in float32: where a pixel is always dark and a unit "
        "dead, weights are no numbers after one step.",
        gt=0,
        le=1,
        scale="log",
        advanced=True,
    )
    epsilon_2: float = described(
        1e-3, "Epsilon 2", "The least size that a layer's weights count with.", gt=0, le=1, scale="log", advanced=True
    )
    clip_threshold: float = described(1.0, "Clip", "Larger steps are scaled down to it.", gt=0, le=100, advanced=True)
    relative_step: bool = described(
        True, "Relative step", "Let the rate be at most one over the root of the step's number."
    )


class Lamb(TwoMoments):
    """LAMB: Adam with each layer's step scaled to its weights (You and others, arXiv 1904.00962)."""

    title = say("LAMB")
    summary = say("Adam with a step in proportion to each layer's weights: made for large batches.")

    name: Literal["lamb"] = "lamb"


class Muon(OptimizerChoice):
    """Muon: orthogonalised momentum for the hidden matrices, AdamW for the rest (``keras.optimizers.Muon``).

    Source: Liu and others, arXiv 2502.16982. As its authors advise, the output layer takes AdamW's step.
    """

    title = say("Muon")
    summary = say("Orthogonal steps for the hidden matrices, AdamW for the rest.")

    name: Literal["muon"] = "muon"
    momentum: float = described(0.95, "Momentum", "Share of the last step carried into the next.", ge=0, lt=1)
    nesterov: bool = described(True, "Nesterov", "Look ahead along the momentum.", advanced=True)
    ns_steps: int = described(5, "Iterations", "Newton-Schulz iterations of each step.", ge=1, le=20, advanced=True)
    weight_decay: Annotated[float | None, _OFF] = _decay(0.004)

    @classmethod
    def why_not(cls, chosen: Mapping[str, Any]) -> Message | None:
        """Refuse models without a hidden matrix: nothing would be left that Muon itself moves."""
        model = chosen.get("model")
        if not (isinstance(model, type) and issubclass(model, ModelChoice)) or model.hidden_matrices:
            return None
        return say("{model} has no hidden dense layer for Muon: AdamW does the same there.", model=model.title)


class OwnOptimizer(Choice):
    """The optimizer that a model of a person's own was compiled with, in the state that the file has; Adam if not."""

    title = say("The file's own")
    summary = say("What the model in the file was compiled with, Adam if it was not; its rate is the run's.")
    comes_along = True

    name: Literal["own"] = "own"

    @classmethod
    def why_not(cls, chosen: Mapping[str, Any]) -> Message | None:
        """Refuse models that are built here."""
        return not_without_own_model(chosen)


OPTIMIZERS: tuple[type[OptimizerChoice], ...] = (
    Sgd, RmsProp, Adam, AdamW, Nadam, Adamax, Adagrad, Adadelta, Ftrl, Lion, Adafactor, Lamb, Muon,
)  # fmt: skip

Optimizer = Annotated[
    Annotated[
        Sgd
        | RmsProp
        | Adam
        | AdamW
        | Nadam
        | Adamax
        | Adagrad
        | Adadelta
        | Ftrl
        | Lion
        | Adafactor
        | Lamb
        | Muon
        | OwnOptimizer,
        Field(discriminator="name"),
    ],
    BeforeValidator(parse_choice),
]
