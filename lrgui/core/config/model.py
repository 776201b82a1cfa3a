"""Which model a run trains."""

from collections.abc import Mapping
from pathlib import Path, PureWindowsPath
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Field, field_validator

from lrgui.core.config.base import Choice, described, parse_choice, refused
from lrgui.core.config.dataset import dataset_of
from lrgui.core.messages import Message, say

Activation = Literal[
    "relu", "leaky_relu", "relu6", "elu", "celu", "selu", "gelu", "silu", "mish", "softplus", "softsign", "squareplus",
    "tanh", "sigmoid", "log_sigmoid", "hard_sigmoid", "hard_silu", "hard_tanh", "exponential", "linear", "softmax",
    "log_softmax", "sparsemax", "sparse_plus", "sparse_sigmoid", "hard_shrink", "soft_shrink", "tanh_shrink",
]  # fmt: skip
"""Keras's activations that keep the shape and need no argument of their own."""

Initializer = Literal[
    "glorot_uniform", "glorot_normal", "he_uniform", "he_normal", "lecun_uniform", "lecun_normal", "orthogonal",
    "random_normal", "random_uniform", "truncated_normal", "too_large", "zeros", "ones",
]  # fmt: skip
"""Keras's initializers for kernels, and ``too_large``: normal with a deviation of 1, to see what goes wrong."""

_ACTIVATION = "What each hidden layer applies to its sums."
_INITIALIZER = "How the first weights are drawn; too_large, zeros and ones are there to see what goes wrong."


class ModelChoice(Choice):
    """A model.

    ``hidden_matrices`` tells whether it has dense layers before the last one.
    """

    hidden_matrices: ClassVar[bool] = True

    @property
    def label(self) -> str:
        """What a person calls it."""
        return str(self.title)


class BuiltModel(ModelChoice):
    """A model that this program builds, with what all of these have."""

    kernel_initializer: Initializer = described("glorot_uniform", "First weights", _INITIALIZER, advanced=True)


class HiddenLayers(BuiltModel):
    """A model with hidden layers."""

    activation: Activation = described("relu", "Activation", _ACTIVATION)


class ImageModel(HiddenLayers):
    """A model that convolves, and so needs images."""

    @classmethod
    def why_not(cls, chosen: Mapping[str, Any]) -> Message | None:
        """Refuse tables: there is nothing to convolve."""
        dataset = dataset_of(chosen)
        if dataset is None or dataset.kind in ("images", None):
            return None
        return say("{model} needs images, and {dataset} is a table.", model=cls.title, dataset=dataset.title)


class Softmax(BuiltModel):
    """Softmax regression: Flatten, Dense softmax. No hidden layer at all."""

    title = say("Softmax")
    summary = say("No hidden layer: a straight border between each two classes.")
    hidden_matrices = False

    name: Literal["softmax"] = "softmax"


class Mlp(HiddenLayers):
    """A multilayer perceptron: ``depth`` Dense layers of ``width``, each with Dropout if any; Dense softmax."""

    title = say("MLP")
    summary = say("A multilayer perceptron: quick, and good enough for digits.")

    name: Literal["mlp"] = "mlp"
    width: int = described(64, "Width", "Units in each hidden layer.", ge=1, le=4096)
    depth: int = described(1, "Depth", "How many hidden layers there are.", ge=1, le=20)
    dropout: float = described(
        0.0, "Dropout", "Share of a hidden layer's outputs set to zero at each step.", ge=0, lt=1, advanced=True
    )


class DeepMlp(HiddenLayers):
    """A deep perceptron: ``depth`` times Dense, BatchNormalization and Dropout if wanted, activation; Dense softmax.

    BatchNormalization stands before the activation (Ioffe and Szegedy, arXiv 1502.03167, section 3.2).
    """

    title = say("Deep MLP")
    summary = say("Many layers, with or without BatchNormalization: see what that does to the rates that work.")

    name: Literal["deep_mlp"] = "deep_mlp"
    width: int = described(64, "Width", "Units in each hidden layer.", ge=1, le=4096)
    depth: int = described(6, "Depth", "How many hidden layers there are.", ge=1, le=50)
    batch_normalization: bool = described(
        True, "Normalize", "BatchNormalization between each layer's sums and its activation."
    )
    dropout: float = described(
        0.0, "Dropout", "Share of a hidden layer's outputs set to zero at each step.", ge=0, lt=1, advanced=True
    )


class Cnn(ImageModel):
    """The article's small convolutional network.

    Conv2D of 3 x 3, MaxPooling2D, Flatten, Dense, Dropout, Dense softmax.
    """

    title = say("CNN")
    summary = say("A small convolutional network: slower, better on photographs.")

    name: Literal["cnn"] = "cnn"
    filters: int = described(32, "Filters", "Filters of 3 x 3 pixels in the convolution.", ge=1, le=512)
    units: int = described(128, "Units", "Units in the dense layer.", ge=1, le=4096)
    dropout: float = described(
        0.1, "Dropout", "Share of the dense layer's outputs set to zero at each training step.", ge=0, lt=1
    )


class ResNet(ImageModel):
    """A small residual network: a convolution, ``blocks`` residual blocks, global average pooling, Dense softmax.

    A block is BatchNormalization, activation, Conv2D of 3 x 3, twice, added to its input (He and others, arXiv
    1603.05027, figure 1 b: full pre-activation). The filters double and the image halves at every second block, where
    a convolution of 1 x 1 makes the input fit. BatchNormalization and activation follow the last block, too.
    """

    title = say("ResNet")
    summary = say("A small residual network: the slowest, and the best on colour photographs.")
    hidden_matrices = False

    name: Literal["resnet"] = "resnet"
    filters: int = described(16, "Filters", "Filters in the first block.", ge=1, le=128)
    blocks: int = described(3, "Blocks", "Residual blocks of two convolutions each.", ge=1, le=12)


class OwnModel(ModelChoice):
    """A model of a person's own, from a file: of ``model.save()``, or of Python with a function ``build_model()``.

    A run begins with the weights that the file gives it; what ``build_model()`` draws it draws from the seed.
    """

    title = say("Own model")
    summary = say("A model of your own: a .keras file, or a Python file with build_model().")

    name: Literal["own"] = "own"
    path: str = described("", "File", "A .keras file, or a Python file that defines build_model().", kind="path")
    time_limit: int = described(
        60,
        "Time limit",
        "How long a Python file may take to build its model, and to load its data if it does, when it is tried.",
        ge=1,
        le=3600,
        unit="s",
        advanced=True,
    )

    @field_validator("path")
    @classmethod
    def _path_is_given(cls, path: str) -> str:
        if not path.strip() or "\0" in path:  # the mark of a text's end in the system: no path holds it
            raise refused(say("Say where your model lies: choose a .keras file or a Python file."))
        given = path.strip()
        # A run that is looked at later, in another folder, is to say where its model lay; also one of another system.
        return given if PureWindowsPath(given).is_absolute() else str(Path(given).expanduser().absolute())

    @property
    def file(self) -> Path:
        """Where it lies."""
        return Path(self.path)

    @property
    def is_python(self) -> bool:
        """Whether it is a program, which is run only if a person has allowed it."""
        return is_python(self.file)

    @property
    def label(self) -> str:
        """The name of the file."""
        return self.file.name


def is_python(path: Path) -> bool:
    """Return whether a file is a Python file, by its name."""
    return path.suffix.lower() == ".py"


def brings_its_own(model: Any) -> bool:
    """Return whether a model, however it is given, may come with an optimizer and a loss of its own."""
    if isinstance(model, str):
        return model.partition(",")[0].strip() == "own"
    return (model.get("name") if isinstance(model, Mapping) else getattr(model, "name", None)) == "own"


def not_without_own_model(chosen: Mapping[str, Any]) -> Message | None:
    """Say why "the file's own" cannot be chosen: the model is none from a file."""
    model = chosen.get("model")
    if not (isinstance(model, type) and issubclass(model, BuiltModel)):
        return None
    return say("{model} is built here, and comes with no optimizer or loss: choose them.", model=model.title)


MODELS: tuple[type[BuiltModel], ...] = (Softmax, Mlp, DeepMlp, Cnn, ResNet)
"""Those that this program builds."""

Model = Annotated[
    Annotated[Softmax | Mlp | DeepMlp | Cnn | ResNet | OwnModel, Field(discriminator="name")],
    BeforeValidator(parse_choice),
]
