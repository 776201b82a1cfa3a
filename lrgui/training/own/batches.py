"""A user's own data as batches: what every kind of them has in common."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import keras
import tensorflow as tf

from lrgui.core.messages import Refused, say

ClassWeight = Mapping[int, float]


class DataEnded(Exception):
    """There is no further batch, and the data cannot be begun again."""


@dataclass(frozen=True)
class Pick:
    """Makes a batch of what was fetched, where a step is traced; equal ones make equal graphs, on other data too.

    Attributes
    ----------
    gathers : bool
        Whether all the data were fetched, with the numbers of the examples that are wanted.
    class_weight : tuple of (int, float), optional
        How much the examples of each class count; 1 for those that are not named.
    """

    gathers: bool = False
    class_weight: tuple[tuple[int, float], ...] | None = None

    def __call__(self, *fetched: Any) -> Any:
        """Return ``(x,)``, ``(x, y)`` or ``(x, y, sample_weight)``."""
        if self.gathers:
            data, indices = fetched
            batch = keras.tree.map_structure(lambda array: tf.gather(array, indices), data)
        else:
            batch = as_tuple(keras.tree.map_structure(_or_none, fetched[0]))
        if self.class_weight is None:
            return batch
        x, y, _ = keras.utils.unpack_x_y_sample_weight(batch)
        return x, y, class_weights(y, dict(self.class_weight))


def as_tuple(batch: Any) -> tuple[Any, ...]:
    """Return a batch as Keras reads it: a list is a tuple, and what is neither is ``x`` alone."""
    return tuple(batch) if isinstance(batch, list | tuple) else (batch,)


def _or_none(part: Any) -> Any:
    """Return what stands in a batch of Keras's own iterator: it marks what is not given by an optional."""
    return None if isinstance(part, tf.experimental.Optional) else part


class Batches(ABC):
    """Batches as a step takes them.

    A batch comes in two halves: ``fetch`` is called at each step and returns tensors, ``pick`` makes the batch of them
    where the step is traced, so that both are one call into the graph.

    Parameters
    ----------
    class_weight : mapping of int to float, optional
        How much the examples of each class count.

    Attributes
    ----------
    examples, batch_size : int
        Of arrays; of a stream the number of its batches, and 1, because it brings its batches ready.
    pick : Pick
        The second half.
    signature : list or None
        The types of what ``fetch`` returns, if they are known beforehand.
    """

    examples: int
    batch_size: int
    signature: list[Any] | None = None
    gathers = False

    def __init__(self, class_weight: ClassWeight | None = None) -> None:
        weights = None if class_weight is None else tuple(sorted(class_weight.items()))
        self.pick = Pick(self.gathers, weights)

    @property
    def steps_per_epoch(self) -> int:
        """Full batches in an epoch."""
        return self.examples // self.batch_size

    @abstractmethod
    def first(self) -> Any:
        """Return one batch, to look at and to build a model from; no step misses it."""

    @abstractmethod
    def begin(self) -> None:
        """Start a run at the beginning of the data."""

    @abstractmethod
    def fetch(self, indices: Any) -> tuple[Any, ...]:
        """Return what ``pick`` makes a batch of.

        Parameters
        ----------
        indices : array of int, shape (batch_size,)
            Which examples, where they are held; a stream takes its next ones.

        Raises
        ------
        DataEnded
            There are no more.
        """


def class_weights(y: Any, class_weight: ClassWeight) -> Any:
    """Return the weight of each example, float32 of shape (n,).

    Parameters
    ----------
    y : tensor
        Class numbers, shape (n,) or (n, 1), or one-hot, shape (n, classes).
    class_weight : mapping of int to float
        Of each class; 1 for those that are not named.
    """
    y = tf.convert_to_tensor(y)
    if y.shape.rank > 1:
        y = tf.squeeze(y, -1) if y.shape[-1] == 1 else tf.argmax(y, -1)
    classes = tf.cast(tf.round(y) if y.dtype.is_floating else y, tf.int64)
    weights = tf.ones_like(classes, tf.float32)
    for number, weight in class_weight.items():
        weights = tf.where(classes == int(number), tf.constant(weight, tf.float32), weights)
    return weights


def refuse_weights(y: Any, sample_weight: Any, class_weight: ClassWeight | None) -> None:
    """Refuse, as Keras does, weights that contradict each other or have no classes to weigh.

    Raises
    ------
    Refused
        With the sentence.
    """
    if class_weight is None:
        return
    if sample_weight is not None:
        raise Refused(say("Give either sample_weight or class_weight: both at once are not defined."))
    if y is None or keras.tree.is_nested(y):
        raise Refused(say("class_weight needs one output with class numbers: give sample_weight for others."))


def batches_of(
    x: Any, y: Any = None, *, batch_size: int = 32, sample_weight: Any = None,
    class_weight: ClassWeight | None = None, steps_per_epoch: int | None = None, most_steps: int | None = None,
) -> Batches:  # fmt: skip
    """Make batches of whatever ``fit`` takes, with the same meaning.

    Parameters
    ----------
    x, y, sample_weight : array, or a tuple, list or dict of arrays
        ``x`` may also be a ``tf.data.Dataset``, a ``keras.utils.PyDataset`` or a generator, which bring the others.
    batch_size : int
        Of arrays; streams bring batches.
    class_weight : mapping of int to float, optional
        How much the examples of each class count.
    steps_per_epoch : int, optional
        How many batches of a stream are an epoch; all it has, if left out.
    most_steps : int, optional
        How many steps will be taken at most: arrays are held no longer than that needs, and a stream without an end
        has so many steps an epoch if nothing is said.

    Raises
    ------
    Refused
        A sentence that says what is wrong with them.
    """
    from lrgui.training.own.arrays import ArrayBatches
    from lrgui.training.own.streams import stream_of

    if type(x).__module__.partition(".")[0] == "torch":
        raise Refused(
            say(
                "A torch {kind} cannot be read here: give numpy arrays, a tf.data.Dataset or a keras.utils.PyDataset.",
                kind=type(x).__name__,
            )
        )
    stream = stream_of(x, y, sample_weight, class_weight, steps_per_epoch or None, most_steps)
    if stream is not None:
        return stream
    needed = None if most_steps is None else most_steps * batch_size
    return ArrayBatches(x, y, sample_weight, batch_size=batch_size, class_weight=class_weight, needed=needed)
