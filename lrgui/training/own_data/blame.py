"""Which file it was that could not be read in the middle of a run."""

from pathlib import Path
from typing import Any

import tensorflow as tf
from numpy.typing import NDArray

from lrgui.core.messages import Refused, say


def blamed(error: tf.errors.OpError, inputs: Any, which: NDArray[Any]) -> Exception:
    """Return what to raise in place of an error in the graph: a sentence that names the file, where it was one.

    Parameters
    ----------
    error : tf.errors.OpError
        What the graph raised.
    inputs : tf.Tensor
        The examples; paths, if they are files.
    which : array of int
        Those that the graph was to read.
    """
    if inputs.dtype != tf.string:
        return error
    for path in tf.gather(inputs, which.reshape(-1)).numpy():
        try:
            tf.io.decode_image(tf.io.read_file(path), expand_animations=False)
        except tf.errors.NotFoundError:
            return _refused(path, say("is gone: it was moved or removed during the run. Lay it back, and start again"))
        except tf.errors.OpError:
            return _refused(path, say("is no sound image: remove it, and start again"))
    return error


def _refused(path: bytes, problem: Any) -> Refused:
    place = Path(path.decode("utf-8", "replace"))
    return Refused(
        say(
            "{folder}/{file} {problem}; what was measured before is kept.",
            folder=place.parent.name,
            file=place.name,
            problem=problem,
        )
    )
