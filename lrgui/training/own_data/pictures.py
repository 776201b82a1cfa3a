"""Images read from their files in the graph, a batch at a time."""

from typing import Any

import tensorflow as tf

_AT_A_TIME = 8


def pictures(paths: Any, shape: tuple[int, ...]) -> Any:
    """Read images, as ``keras.utils.image_dataset_from_directory`` does: decoded, then resized bilinearly.

    Only the batch that is asked for is in memory. It is part of the graph: a step that needs these files reads them.

    Parameters
    ----------
    paths : tf.Tensor of string, shape (n,)
        Of PNG, JPEG, GIF or BMP files; of an animation the first picture is taken.
    shape : tuple of int
        Height, width and channels (1 or 3) that they are brought to.

    Returns
    -------
    tf.Tensor of float32, shape (n, height, width, channels)
        Values from 0 to 255.

    Raises
    ------
    tf.errors.NotFoundError, tf.errors.InvalidArgumentError
        A file is gone, or no image; when the graph runs.
    """
    spec = tf.TensorSpec(shape, tf.float32)
    read = tf.map_fn(
        lambda path: _picture(path, shape), paths, fn_output_signature=spec, parallel_iterations=_AT_A_TIME
    )
    return tf.ensure_shape(read, (None, *shape))


def _picture(path: Any, shape: tuple[int, ...]) -> Any:
    height, width, channels = shape
    image = tf.io.decode_image(tf.io.read_file(path), channels=channels, expand_animations=False)
    image.set_shape((None, None, channels))
    return tf.ensure_shape(tf.image.resize(image, (height, width)), shape)
