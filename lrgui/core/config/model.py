"""Which model a run trains."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from lrgui.core.config.base import Choice, described, parse_choice

Activation = Literal["relu", "tanh", "sigmoid", "elu", "selu", "gelu", "silu"]
_ACTIVATION = "What each hidden layer applies to its sums."


class Mlp(Choice):
    """A multilayer perceptron: Flatten, ``depth`` Dense layers of ``width``, Dense softmax."""

    title = "MLP"
    summary = "A multilayer perceptron: quick, and good enough for digits."

    name: Literal["mlp"] = "mlp"
    width: int = described(64, "Width", "Units in each hidden layer.", ge=1, le=4096)
    depth: int = described(1, "Depth", "How many hidden layers there are.", ge=1, le=20)
    activation: Activation = described("relu", "Activation", _ACTIVATION)


class Cnn(Choice):
    """The article's small convolutional network.

    Conv2D of 3 x 3, MaxPooling2D, Flatten, Dense, Dropout, Dense softmax.
    """

    title = "CNN"
    summary = "A small convolutional network: slower, better on photographs."

    name: Literal["cnn"] = "cnn"
    filters: int = described(32, "Filters", "Filters of 3 x 3 pixels in the convolution.", ge=1, le=512)
    units: int = described(128, "Units", "Units in the dense layer.", ge=1, le=4096)
    activation: Activation = described("relu", "Activation", _ACTIVATION)
    dropout: float = described(
        0.1, "Dropout", "Share of the dense layer's outputs set to zero at each training step.", ge=0, lt=1
    )


MODELS: tuple[type[Choice], ...] = (Mlp, Cnn)

Model = Annotated[Annotated[Mlp | Cnn, Field(discriminator="name")], BeforeValidator(parse_choice)]
