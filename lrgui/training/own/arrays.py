"""Arrays of the user's own, of any structure, held once where TensorFlow reads them."""

from typing import Any

import keras
import numpy as np
import tensorflow as tf

from lrgui.core.messages import Refused, say
from lrgui.training.own.batches import Batches, ClassWeight, refuse_weights

_SEED = 0


class ArrayBatches(Batches):
    """Batches gathered from arrays, in an order that the run decides.

    Parameters
    ----------
    x, y, sample_weight : array, or a tuple, list or dict of arrays
        As for ``fit``: numpy, TensorFlow, pandas, or what numpy can make arrays of by ``__array__``.
    batch_size : int
        Examples of a step; all there are if there are fewer.
    class_weight : mapping of int to float, optional
        How much the examples of each class count.
    needed : int, optional
        How many examples will be looked at. Of longer arrays only so many are held, the same at each call.

    Raises
    ------
    Refused
        They are no arrays, are empty, or do not have the same length.
    """

    gathers = True

    def __init__(
        self, x: Any, y: Any = None, sample_weight: Any = None, *, batch_size: int = 32,
        class_weight: ClassWeight | None = None, needed: int | None = None,
    ) -> None:  # fmt: skip
        super().__init__(class_weight)
        refuse_weights(y, sample_weight, class_weight)
        examples = _common_length({"x": x, "y": y, "sample_weight": sample_weight})
        if sample_weight is not None and keras.tree.is_nested(y) and not keras.tree.is_nested(sample_weight):
            sample_weight = keras.tree.map_structure(lambda _: sample_weight, y)
        chosen: Any = slice(None)
        if needed is not None and needed < examples:
            chosen = np.sort(np.random.default_rng(_SEED).permutation(examples)[:needed])
            examples = needed
        data = keras.utils.pack_x_y_sample_weight(x, y, sample_weight)
        packed = data if isinstance(data, tuple) else (data,)
        self._data = keras.tree.map_structure(lambda array: _held(array, chosen), packed)
        self.examples, self.batch_size = examples, min(batch_size, examples)

    def first(self) -> Any:
        """Return the first examples."""
        return self.pick(*self.fetch(np.arange(self.batch_size, dtype=np.int32)))

    def begin(self) -> None:
        """Do nothing: the run says which examples it wants."""

    def fetch(self, indices: Any) -> tuple[Any, ...]:
        """Return all the data and which examples are wanted."""
        return self._data, tf.constant(indices, tf.int32)


def _common_length(named: dict[str, Any]) -> int:
    """Return how many examples there are in each of the arrays."""
    lengths = {
        name: {_length(name, array) for array in keras.tree.flatten(arrays)}
        for name, arrays in named.items()
        if arrays is not None
    }
    if len(different := sorted(set().union(*lengths.values()))) > 1:
        raise Refused(
            say(
                "The arrays do not have the same number of examples: {told}.",
                told=", ".join(f"{name} {' / '.join(map(str, sorted(lengths[name])))}" for name in lengths),
            )
        )
    if not different or not different[0]:
        raise Refused(say("There are no examples: x is empty."))
    return different[0]


def _length(name: str, array: Any) -> int:
    shape = getattr(array, "shape", None)
    if shape is None or not hasattr(array, "__array__") or not len(shape) or shape[0] is None:
        raise Refused(
            say(
                "{name} holds a {kind}, which is no array with one row for each example: give numpy arrays (or a dict "
                "or tuple of them), a tf.data.Dataset or a keras.utils.PyDataset.",
                name=name,
                kind=type(array).__name__,
            )
        )
    return int(shape[0])


def _held(array: Any, chosen: Any) -> Any:
    """Return some rows as a tensor; numbers with a point as Keras's float type, as ``fit`` takes them."""
    if tf.is_tensor(array):
        rows = array if isinstance(chosen, slice) else tf.gather(array, chosen)
    else:
        values = np.asarray(array) if not hasattr(array, "iloc") else array.to_numpy()
        rows = values[chosen]
        if rows.dtype == object and not isinstance(rows.flat[0], str | bytes):
            rows = rows.astype(keras.config.floatx())
    rows = tf.convert_to_tensor(rows)
    return tf.cast(rows, keras.config.floatx()) if rows.dtype.is_floating else rows
