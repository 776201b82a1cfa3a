"""Whether a model of a person's own fits the data that were chosen for it, said in shapes."""

from typing import Any

import keras
import numpy as np

from lrgui.core.messages import Message, Refused, say
from lrgui.training.failures import first_line

Shape = tuple[int | None, ...]


def build_on(model: keras.Model, shape: tuple[int, ...], file: str) -> None:
    """Build a model that has no shapes yet on examples of this one.

    Raises
    ------
    Refused
        It does not take them.
    """
    if all(layer.built for layer in model._flatten_layers()):  # noqa: SLF001 - there is no public way to all layers
        return
    try:
        model(np.zeros((1, *shape), np.float32), training=False)
    except Exception as error:
        raise Refused(
            say(
                "{file} does not take examples of {shape} ({reason}): choose data that it was made for.",
                file=file,
                shape=written(shape),
                reason=first_line(error).rstrip("."),
            )
        ) from error


def input_shape(model: keras.Model, shape: tuple[int, ...], file: str, data: str) -> tuple[int, ...]:
    """Return the shape in which a model takes examples of this one: the same, or as many numbers in another order.

    Raises
    ------
    Refused
        It takes something else.
    """
    wanted = _only_shape(getattr(model, "input_shape", (None, *shape)))
    if wanted is None:
        raise Refused(
            say(
                "{file} takes {count} inputs, and {data} has one: write load_data() beside build_model() in a Python "
                "file, and choose it as the data.",
                file=file,
                count=len(model.inputs),
                data=data,
            )
        )
    inner = wanted[1:]
    if len(inner) == len(shape) and all(size in (None, given) for size, given in zip(inner, shape, strict=True)):
        return shape
    if None not in inner and _numbers(inner) == _numbers(shape) and _same_in_order(inner, shape):
        return tuple(int(size or 0) for size in inner)
    raise Refused(
        say(
            "{file} takes examples of {wanted}, and those of {data} are {given}: choose data of that shape, or change "
            "the model's first layer.",
            file=file,
            wanted=written(inner),
            data=data,
            given=written(shape),
        )
    )


def output_width(
    model: keras.Model, shape: tuple[int, ...], outputs: int, file: str, data: str, *, regression: bool
) -> int:
    """Return how many numbers a model answers with, which can be compared with the labels.

    Parameters
    ----------
    model : keras.Model
        Built.
    shape : tuple of int
        In which it takes an example.
    outputs : int
        How many classes there are, or 1 for a number.
    file, data : str
        What model and data are called.
    regression : bool
        Whether a number is predicted.

    Raises
    ------
    Refused
        It answers with something else.
    """
    given = _only_shape(_output_shape(model, shape))
    if given is None:
        raise Refused(
            say(
                "{file} has several outputs, and {data} one label for each example: write load_data() beside "
                "build_model() in a Python file, and choose it as the data.",
                file=file,
                data=data,
            )
        )
    if given[1:] == (outputs,) or (not regression and outputs == 2 and given[1:] == (1,)):
        return int(given[1] or 0)
    raise Refused(
        say(
            "{file} answers with {given}, and {wanted}: change the model's last layer to {outputs} outputs, or "
            "choose other data.",
            file=file,
            given=_outputs(given[1:]),
            wanted=_wanted(outputs, data, regression=regression),
            outputs=outputs,
        )
    )


def _output_shape(model: keras.Model, shape: tuple[int, ...]) -> Any:
    """Return the shape of what comes out; a model that is a class of its own has to be asked."""
    try:
        return model.output_shape
    except AttributeError:
        answer = model(np.zeros((1, *shape), np.float32), training=False)
        return keras.tree.map_structure(lambda part: tuple(part.shape), answer)


def written(shape: Shape) -> str:
    """Write a shape as people say it: ``28 x 28 x 1``."""
    return " x ".join("?" if size is None else str(size) for size in shape) or "1"


def _outputs(shape: Shape) -> Message:
    if len(shape) == 1:
        return say("{count} outputs", count=shape[0])
    return say("{shape} numbers", shape=written(shape))


def _wanted(outputs: int, data: str, *, regression: bool) -> Message:
    if regression:
        return say("the target of {data} is one number", data=data)
    return say("{data} has {classes} classes", data=data, classes=outputs)


def _only_shape(shape: Any) -> Shape | None:
    """Return the shape of the only input or output; None where there are several."""
    if isinstance(shape, dict):
        shape = list(shape.values())
    if isinstance(shape, list):
        return tuple(shape[0]) if len(shape) == 1 else None
    if isinstance(shape, tuple) and shape and isinstance(shape[0], tuple | list):
        return tuple(shape[0]) if len(shape) == 1 else None
    return tuple(shape)


def _numbers(shape: Shape) -> int:
    return int(np.prod([size or 0 for size in shape]))


def _same_in_order(inner: Shape, shape: Shape) -> bool:
    """Return whether one is the other with sizes of 1 left out or added, or is flat."""
    plain = [size for size in inner if size != 1], [size for size in shape if size != 1]
    return plain[0] == plain[1] or 1 in (len(inner), len(shape))
