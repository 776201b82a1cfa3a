"""Model choice -> keras.Model, optimizer choice -> keras.Optimizer."""

import keras

from lrgui.core.config import Choice
from lrgui.core.config.model import Cnn, Mlp
from lrgui.core.config.optimizer import Adam, Sgd


def build_model(choice: Choice, example_shape: tuple[int, ...], classes: int) -> keras.Model:
    """Make a model with fresh weights; Keras's global seed decides which.

    Parameters
    ----------
    choice : Mlp or Cnn
        Which one, and its fields.
    example_shape : tuple of int
        Height, width, channels of one image. The batch dimension stays unspecified.
    classes : int
        Width of the softmax at the end.

    Returns
    -------
    keras.Model
        Built, not compiled. Names are the same every time: TensorFlow keeps something for every name that a variable
        ever had, so that automatic ones (``dense_107``) would take half a megabyte a run.
    """
    match choice:
        case Mlp():
            hidden = _mlp(choice)
        case Cnn():
            hidden = _cnn(choice)
        case _:
            raise TypeError(f"no model for {choice!r}")
    image = keras.Input(example_shape, name="image")
    output = keras.layers.Dense(classes, activation="softmax", name="output")
    return keras.Sequential([image, *hidden, output], name=choice.name)


def _mlp(choice: Mlp) -> list[keras.layers.Layer]:
    names = [f"hidden_{number}" for number in range(1, choice.depth + 1)]
    hidden = [keras.layers.Dense(choice.width, activation=choice.activation, name=name) for name in names]
    return [keras.layers.Flatten(name="flatten"), *hidden]


def _cnn(choice: Cnn) -> list[keras.layers.Layer]:
    return [
        keras.layers.Conv2D(choice.filters, 3, activation=choice.activation, name="convolution"),
        keras.layers.MaxPooling2D(name="pooling"),
        keras.layers.Flatten(name="flatten"),
        keras.layers.Dense(choice.units, activation=choice.activation, name="hidden"),
        keras.layers.Dropout(choice.dropout, name="dropout"),
    ]


def build_optimizer(choice: Choice, learning_rate: float) -> keras.optimizers.Optimizer:
    """Make an optimizer with a plain float rate, so that what is saved with it loads anywhere.

    Parameters
    ----------
    choice : Sgd or Adam
        Which one, and its fields.
    learning_rate : float
        Above 0.
    """
    fields = choice.model_dump()  # with the name, that of its variables is the same every time, as for models
    match choice:
        case Sgd():
            return keras.optimizers.SGD(float(learning_rate), **fields)
        case Adam():
            return keras.optimizers.Adam(float(learning_rate), **fields)
    raise TypeError(f"no optimizer for {choice!r}")
