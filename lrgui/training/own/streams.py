"""Data that come batch by batch: a ``tf.data.Dataset``, a ``keras.utils.PyDataset``, a generator."""

from abc import abstractmethod
from collections.abc import Iterator
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from lrgui.core.messages import Refused, say
from lrgui.training.own.batches import Batches, ClassWeight, DataEnded, as_tuple

_SEED = 0


class _Stream(Batches):
    """Batches that come one after the other. The first can be looked at before the run takes it.

    Parameters
    ----------
    steps_per_epoch : int
        How many batches are an epoch.
    class_weight : mapping of int to float, optional
        How much the examples of each class count.
    """

    batch_size = 1

    def __init__(self, steps_per_epoch: int, class_weight: ClassWeight | None) -> None:
        super().__init__(class_weight)
        self.examples = steps_per_epoch
        self._batches: Iterator[Any] = self._from_the_beginning()
        self._waiting: list[Any] = []

    @abstractmethod
    def _from_the_beginning(self) -> Iterator[Any]:
        """Return all the batches; what has no beginning goes on where it is."""

    def first(self) -> Any:
        """Return the first batch."""
        self.begin()
        if not self._waiting:
            self._waiting.append(self.fetch(None))
        return self.pick(*self._waiting[0])

    def begin(self) -> None:
        """Go to the beginning of the data, unless nothing but ``first`` has been asked for yet."""
        if not self._waiting:
            self._batches = self._from_the_beginning()

    def fetch(self, indices: Any) -> tuple[Any, ...]:
        """Return the next batch."""
        if self._waiting:
            return self._waiting.pop()
        try:
            return (next(self._batches),)
        except StopIteration:
            raise DataEnded from None


class DatasetBatches(_Stream):
    """The batches of a ``tf.data.Dataset``, from its beginning again when it is through.

    Autotune is off: its thread would hold up the end of a run by seconds.

    Parameters
    ----------
    dataset : tf.data.Dataset
        Batched. It may be endless.
    steps_per_epoch : int
        Its batches, or how many of an endless one are an epoch.
    class_weight : mapping of int to float, optional
        How much the examples of each class count.
    """

    def __init__(self, dataset: Any, steps_per_epoch: int, class_weight: ClassWeight | None = None) -> None:
        options = tf.data.Options()
        options.autotune.enabled = False
        self._dataset = dataset.repeat().with_options(options)
        self.signature = [dataset.element_spec]
        super().__init__(steps_per_epoch, class_weight)

    def _from_the_beginning(self) -> Iterator[Any]:
        # Not begun before the first batch is asked for: an iterator of a dataset reads ahead at once.
        yield from self._dataset


class PythonBatches(_Stream):
    """The batches of a ``keras.utils.PyDataset``, in an order of each epoch's own, or those of a generator.

    Parameters
    ----------
    source : PyDataset or iterator
        A generator is used up as far as it is read, and cannot be begun again.
    steps_per_epoch : int
        Its batches, or how many of an endless one are an epoch.
    class_weight : mapping of int to float, optional
        How much the examples of each class count.
    """

    def __init__(self, source: Any, steps_per_epoch: int, class_weight: ClassWeight | None = None) -> None:
        self._source = source
        super().__init__(steps_per_epoch, class_weight)

    def _from_the_beginning(self) -> Iterator[Any]:
        source = self._source
        batches = _of_py_dataset(source) if isinstance(source, keras.utils.PyDataset) else source
        return (keras.tree.map_structure(_tensor, as_tuple(batch)) for batch in batches)


def _of_py_dataset(source: keras.utils.PyDataset) -> Iterator[Any]:
    """Yield its batches, epoch after epoch, without telling it: what it does at an epoch's end is the user's."""
    order, count = np.random.default_rng(_SEED), source.num_batches
    epoch = 0
    while True:
        indices = order.permutation(count) if count is not None else range(epoch * 2**20, (epoch + 1) * 2**20)
        for index in indices:
            yield source[int(index)]
        epoch += 1


def _tensor(array: Any) -> Any:
    tensor = tf.convert_to_tensor(array)
    return tf.cast(tensor, keras.config.floatx()) if tensor.dtype.is_floating else tensor


def stream_of(
    source: Any, y: Any, sample_weight: Any, class_weight: ClassWeight | None,
    steps_per_epoch: int | None, most_steps: int | None,
) -> Batches | None:  # fmt: skip
    """Return the batches of a stream; None if it is none. The parameters are those of ``batches_of``.

    Raises
    ------
    Refused
        It is empty, or without an end and nobody says how long, or what it brings by itself was given beside it.
    """
    kind = type(source).__name__
    is_dataset, is_py_dataset = isinstance(source, tf.data.Dataset), isinstance(source, keras.utils.PyDataset)
    if not (is_dataset or is_py_dataset or isinstance(source, Iterator)):
        return None
    if y is not None or sample_weight is not None:
        raise Refused(say("A {kind} brings y and sample_weight itself: leave them out beside it.", kind=kind))
    steps = source.num_batches if is_py_dataset else int(source.cardinality()) if is_dataset else None
    if steps == 0:
        raise Refused(say("The {kind} is empty: it has no batch.", kind=kind))
    known = steps if steps is not None and steps > 0 else None
    wanted = steps_per_epoch or known or most_steps
    if wanted is None:
        raise Refused(
            say("The {kind} has no end that is known: say how many steps an epoch has (steps_per_epoch).", kind=kind)
        )
    return DatasetBatches(source, wanted, class_weight) if is_dataset else PythonBatches(source, wanted, class_weight)
