"""Model choice -> keras.Model."""

from typing import Any

import keras

from lrgui.core.config import Choice
from lrgui.core.config.fields import choice_name
from lrgui.core.config.model import BuiltModel, Cnn, DeepMlp, Mlp, ResNet, Softmax

OUTPUT = "output"
"""The name of the last layer."""

_TOO_LARGE = 1.0
"""The deviation of first weights that are there to see what goes wrong."""


def build_model(
    choice: Choice, example_shape: tuple[int, ...], classes: int, output_activation: str = "softmax"
) -> keras.Model:
    """Make a model with fresh weights; Keras's global seed decides which.

    Parameters
    ----------
    choice : BuiltModel
        Which one, and its fields.
    example_shape : tuple of int
        Height, width, channels of one image, or the number of features. The batch dimension stays unspecified.
    classes : int
        Width of the last layer.
    output_activation : str
        What that applies: ``softmax``, or ``linear`` for a loss that looks at scores.

    Returns
    -------
    keras.Model
        Built, not compiled. Names are the same every time: TensorFlow keeps something for every name that a variable
        ever had, so that automatic ones (``dense_107``) would take half a megabyte a run.
    """
    if not isinstance(choice, BuiltModel):
        raise TypeError(f"no model for {choice!r}")
    image = keras.Input(example_shape, name="image" if len(example_shape) == 3 else "features")
    output = keras.layers.Dense(
        classes, activation=output_activation, kernel_initializer=_initializer(choice), name=OUTPUT
    )
    if isinstance(choice, ResNet):
        return keras.Model(image, output(_resnet(choice, image)), name=choice.name)
    return keras.Sequential([image, *_hidden(choice), output], name=choice_name(type(choice)))


def _hidden(choice: BuiltModel) -> list[keras.layers.Layer]:
    match choice:
        case Softmax():
            return [keras.layers.Flatten(name="flatten")]
        case Mlp():
            return _mlp(choice)
        case DeepMlp():
            return _deep_mlp(choice)
        case Cnn():
            return _cnn(choice)
    raise TypeError(f"no model for {choice!r}")


def _initializer(choice: BuiltModel) -> Any:
    """Return what Keras takes for a kernel; for each layer a new one, or they would all draw the same numbers."""
    name = choice.kernel_initializer
    return keras.initializers.RandomNormal(stddev=_TOO_LARGE) if name == "too_large" else name


def _mlp(choice: Mlp) -> list[keras.layers.Layer]:
    layers: list[keras.layers.Layer] = [keras.layers.Flatten(name="flatten")]
    for number in range(1, choice.depth + 1):
        layers.append(
            keras.layers.Dense(
                choice.width,
                activation=choice.activation,
                kernel_initializer=_initializer(choice),
                name=f"hidden_{number}",
            )
        )
        layers += _dropout(choice.dropout, number)
    return layers


def _deep_mlp(choice: DeepMlp) -> list[keras.layers.Layer]:
    layers: list[keras.layers.Layer] = [keras.layers.Flatten(name="flatten")]
    for number in range(1, choice.depth + 1):
        layers.append(
            keras.layers.Dense(choice.width, kernel_initializer=_initializer(choice), name=f"hidden_{number}")
        )
        if choice.batch_normalization:
            layers.append(keras.layers.BatchNormalization(name=f"normalization_{number}"))
        layers.append(keras.layers.Activation(choice.activation, name=f"activation_{number}"))
        layers += _dropout(choice.dropout, number)
    return layers


def _dropout(share: float, number: int) -> list[keras.layers.Layer]:
    return [keras.layers.Dropout(share, name=f"dropout_{number}")] if share > 0 else []


def _cnn(choice: Cnn) -> list[keras.layers.Layer]:
    return [
        keras.layers.Conv2D(
            choice.filters,
            3,
            activation=choice.activation,
            kernel_initializer=_initializer(choice),
            name="convolution",
        ),
        keras.layers.MaxPooling2D(name="pooling"),
        keras.layers.Flatten(name="flatten"),
        keras.layers.Dense(
            choice.units, activation=choice.activation, kernel_initializer=_initializer(choice), name="hidden"
        ),
        keras.layers.Dropout(choice.dropout, name="dropout"),
    ]


def _resnet(choice: ResNet, image: Any) -> Any:
    """Return the features that the last layer looks at, shape (batch, filters)."""
    filters = choice.filters
    trunk = _convolution(choice, filters, "convolution")(image)
    for number in range(1, choice.blocks + 1):
        narrows = number % 2 == 0
        filters *= 2 if narrows else 1
        trunk = _block(choice, trunk, filters, 2 if narrows else 1, f"block_{number}")
    trunk = _normalized(choice, trunk, "last")
    return keras.layers.GlobalAveragePooling2D(name="pooling")(trunk)


def _block(choice: ResNet, trunk: Any, filters: int, strides: int, name: str) -> Any:
    """Add to the trunk what two convolutions make of it; a 1 x 1 convolution fits the trunk where shapes differ."""
    ready = _normalized(choice, trunk, f"{name}_first")
    branch = _convolution(choice, filters, f"{name}_first_convolution", strides=strides)(ready)
    branch = _normalized(choice, branch, f"{name}_second")
    branch = _convolution(choice, filters, f"{name}_second_convolution")(branch)
    if trunk.shape[1:] != branch.shape[1:]:
        trunk = _convolution(choice, filters, f"{name}_shortcut", size=1, strides=strides)(ready)
    return keras.layers.Add(name=f"{name}_sum")([trunk, branch])


def _normalized(choice: ResNet, features: Any, name: str) -> Any:
    features = keras.layers.BatchNormalization(name=f"{name}_normalization")(features)
    return keras.layers.Activation(choice.activation, name=f"{name}_activation")(features)


def _convolution(choice: ResNet, filters: int, name: str, size: int = 3, strides: int = 1) -> keras.layers.Layer:
    """Make a convolution without bias: the BatchNormalization behind would take it out again."""
    return keras.layers.Conv2D(
        filters,
        size,
        strides,
        padding="same",
        use_bias=False,
        kernel_initializer=_initializer(choice),
        name=name,
    )
