"""Code that builds a run's model with the run's own first weights, and the loss that it makes small."""

from lrgui.core.config.base import Choice
from lrgui.core.config.experiment import Experiment
from lrgui.core.config.loss import AbsoluteError, CrossEntropy, Focal, Hinge, SquaredError
from lrgui.core.config.model import BuiltModel, Cnn, DeepMlp, Mlp, ResNet
from lrgui.core.messages import Message, Refused, plainly, say
from lrgui.export.cells import Cell
from lrgui.export.data_code import facts_of

_LAYERS = "keras.layers"

_ORDER = "    # Made first: layers draw the seeds of their weights in the order in which they are made.\n"

_SEQUENTIAL = '''\
def make_model():
    """Return a model with fresh weights, which Keras's seed decides."""
{order}    output = {output}
    return keras.Sequential(
        [
            keras.Input({shape}),
{layers}
            output,
        ]
    )'''

_LOOPED = '''\
def make_model():
    """Return a model with fresh weights, which Keras's seed decides."""
{order}    output = {output}
    hidden = [keras.layers.Flatten()]
    for _ in range({depth}):
{layers}
    return keras.Sequential([keras.Input({shape}), *hidden, output])'''

_RESNET = '''\
def convolution(filters, size=3, strides=1):
    """Return a convolution without bias: the BatchNormalization behind it would take it out again."""
    return keras.layers.Conv2D(filters, size, strides, padding="same", use_bias=False{initializer})


def normalized(features):
    """Return the features normalized, and activated."""
    return keras.layers.Activation("{activation}")(keras.layers.BatchNormalization()(features))


def block(trunk, filters, strides):
    """Add to the trunk what two convolutions make of it (He and others, arXiv 1603.05027, figure 1 b)."""
    ready = normalized(trunk)
    branch = convolution(filters, strides=strides)(ready)
    branch = convolution(filters)(normalized(branch))
    if trunk.shape[1:] != branch.shape[1:]:
        trunk = convolution(filters, size=1, strides=strides)(ready)
    return keras.layers.Add()([trunk, branch])


def make_model():
    """Return a model with fresh weights, which Keras's seed decides."""
{order}    output = {output}
    image = keras.Input({shape})
    filters = {filters}
    trunk = convolution(filters)(image)
    for number in range(1, {blocks} + 1):
        narrows = number % 2 == 0
        filters *= 2 if narrows else 1
        trunk = block(trunk, filters, strides=2 if narrows else 1)
    features = keras.layers.GlobalAveragePooling2D()(normalized(trunk))
    return keras.Model(image, output(features))'''

_ONE_HOT = '''


def targets(labels):
    """Return class numbers as this loss compares with them."""
    return keras.utils.to_categorical(labels, {classes})'''

_NUMBERS = '''


def targets(labels):
    """Return class numbers as this loss compares with them."""
    return labels.astype("int32")'''


def model_cell(config: Experiment) -> Cell:
    """Return the cell that defines ``make_model``.

    Raises
    ------
    Refused
        The model is a person's own.
    """
    choice: Choice = config.model
    if (reason := why_no_model(choice)) is not None:
        raise Refused(reason)
    code = _model(choice, config)
    return Cell(f"The model: {plainly(choice.summary)}", code, ("import keras",))


def why_no_model(choice: Choice) -> Message | None:
    """Say why no code can build this model; None if it can."""
    if isinstance(choice, BuiltModel):
        return None
    return say("The model of this run is a file of your own: code for others cannot build it.")


def _model(choice: Choice, config: Experiment) -> str:
    assert isinstance(choice, BuiltModel)
    activation = "linear" if isinstance(config.loss, Hinge) else "softmax"
    facts = facts_of(config.dataset)
    own = _initializer(choice)
    output = f'{_LAYERS}.Dense({facts.outputs}, activation="{activation}"{own}, name="output")'
    words = {"order": _ORDER, "output": output, "shape": repr(tuple(facts.example_shape))}
    match choice:
        case ResNet():
            named = {"filters": choice.filters, "blocks": choice.blocks, "activation": choice.activation}
            return _RESNET.format(**words, **named, initializer=own)
        case Mlp(depth=depth) | DeepMlp(depth=depth) if depth > 1:
            layers = "\n".join(f"        hidden.append({layer})" for layer in _hidden(choice)[1:])
            return _LOOPED.format(**words, depth=depth, layers=layers)
    layers = "\n".join(f"            {layer}," for layer in _hidden(choice))
    order = _ORDER if len(_hidden(choice)) > 1 else ""
    return _SEQUENTIAL.format(**{**words, "order": order}, layers=layers)


def _hidden(choice: BuiltModel) -> list[str]:
    """Return the layers before the last one; those of one round where they come again and again."""
    flatten, own = f"{_LAYERS}.Flatten()", _initializer(choice)
    match choice:
        case Mlp():
            dense = f'{_LAYERS}.Dense({choice.width}, activation="{choice.activation}"{own})'
            return [flatten, dense, *_dropout(choice.dropout)]
        case DeepMlp():
            normalization = [f"{_LAYERS}.BatchNormalization()"] if choice.batch_normalization else []
            layers = [f"{_LAYERS}.Dense({choice.width}{own})", *normalization]
            return [flatten, *layers, f'{_LAYERS}.Activation("{choice.activation}")', *_dropout(choice.dropout)]
        case Cnn():
            activation = f'activation="{choice.activation}"{own}'
            first = [f"{_LAYERS}.Conv2D({choice.filters}, 3, {activation})", f"{_LAYERS}.MaxPooling2D()"]
            return [
                *first,
                flatten,
                f"{_LAYERS}.Dense({choice.units}, {activation})",
                f"{_LAYERS}.Dropout({choice.dropout})",
            ]
    return [flatten]


def _dropout(share: float) -> list[str]:
    return [f"{_LAYERS}.Dropout({share})"] if share > 0 else []


def _initializer(choice: BuiltModel) -> str:
    match choice.kernel_initializer:
        case "glorot_uniform":
            return ""
        case "too_large":
            return ", kernel_initializer=keras.initializers.RandomNormal(stddev=1.0)"
    return f', kernel_initializer="{choice.kernel_initializer}"'


def loss_cell(config: Experiment) -> Cell:
    """Return the cell that defines ``loss``, ``accuracy`` of a batch, and ``targets``."""
    name = _loss(config.loss)
    takes_numbers = isinstance(config.loss, CrossEntropy) and config.loss.label_smoothing == 0
    measure = "sparse_categorical_accuracy" if takes_numbers else "categorical_accuracy"
    targets = _NUMBERS if takes_numbers else _ONE_HOT.format(classes=facts_of(config.dataset).outputs)
    code = f"loss = keras.losses.{name}\naccuracy = keras.metrics.{measure}{targets}"
    return Cell(f"The loss: {plainly(config.loss.summary)}", code, ("import keras",))


def _loss(choice: Choice) -> str:
    match choice:
        case CrossEntropy(label_smoothing=0):
            return "SparseCategoricalCrossentropy()"
        case CrossEntropy():
            return f"CategoricalCrossentropy(label_smoothing={choice.label_smoothing})"
        case Focal():
            return f"CategoricalFocalCrossentropy(alpha=1.0, gamma={choice.gamma})"
        case SquaredError():
            return "MeanSquaredError()"
        case AbsoluteError():
            return "MeanAbsoluteError()"
        case Hinge():
            return "CategoricalHinge()"
    raise Refused(say("There is no code for the loss {loss}.", loss=choice.title))
