"""IDX files, as MNIST comes: images and labels in two files, and a test pair beside them if there is one.

Format: Yann LeCun, http://yann.lecun.com/exdb/mnist/. Two zeros, a type, the number of axes, the size of each axis as
big-endian uint32, then the values, big-endian.
"""

import gzip
import math
import struct
import zlib
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lrgui.core.config.dataset import IdxFiles
from lrgui.core.messages import Message, Refused, say
from lrgui.training.own_data.found import Found
from lrgui.training.own_data.npy import MOST_BYTES
from lrgui.training.own_data.pairs import Named, Parts, examples_of

_TYPES = {0x08: ">u1", 0x09: ">i1", 0x0B: ">i2", 0x0C: ">i4", 0x0D: ">f4", 0x0E: ">f8"}


def read_idx(dataset: IdxFiles) -> Found:
    """Return the examples of IDX files, plain or compressed by gzip.

    Raises
    ------
    Refused
        A file is no such one, or one is missing.
    """
    path = dataset.file
    images = _array(path)
    if images[0].ndim < 2:
        raise Refused(
            say("{file} holds labels: choose the file with the images, and these as its labels.", file=path.name)
        )
    labels = Path(dataset.labels).expanduser() if dataset.labels else _labels_beside(path)
    if labels is None or not labels.exists():
        raise Refused(
            say(
                "{file} has no labels beside it: choose the file with the labels, or name it as MNIST does "
                "(train-images-idx3-ubyte, train-labels-idx1-ubyte).",
                file=path.name,
            )
        )
    return examples_of(Parts(images, _array(labels), _test_pair(path)), dataset)


def _labels_beside(path: Path) -> Path | None:
    for other in (path.name.replace("images", "labels").replace("idx3", "idx1"), path.name.replace("images", "labels")):
        if other != path.name and path.with_name(other).exists():
            return path.with_name(other)
    return None


def _test_pair(path: Path) -> tuple[Named, Named] | None:
    """Return the files for validation, if they lie beside those for training, named as MNIST names them."""
    for word in ("t10k", "test"):
        images = path.with_name(path.name.replace("train", word))
        labels = _labels_beside(images)
        if images != path and images.exists() and labels is not None:
            return _array(images), _array(labels)
    return None


def _array(path: Path) -> tuple[NDArray[Any], Message]:
    where = say("{file}", file=path.name)
    opened = gzip.open if path.name.lower().endswith(".gz") else open
    try:
        with opened(path, "rb") as stream:
            dtype, axes = _told_by(stream.read(4), path)
            sizes = struct.unpack(f">{axes}I", stream.read(4 * axes))
            claimed = math.prod(sizes) * dtype.itemsize
            content = stream.read(min(claimed, MOST_BYTES) + 1)
    except (EOFError, zlib.error, struct.error, gzip.BadGzipFile) as error:
        raise Refused(say("{file} is cut short or damaged: copy it again.", file=path.name)) from error
    if len(content) != claimed:
        raise Refused(
            say(
                "{file} claims {claimed:,} bytes, and has {there}: it is cut short or damaged; copy it again.",
                file=path.name,
                claimed=claimed,
                there=len(content) if len(content) < claimed else say("more"),
            )
        )
    return np.frombuffer(content, dtype).reshape(sizes).astype(dtype.newbyteorder("=")), where


def _told_by(start: bytes, path: Path) -> tuple[np.dtype[Any], int]:
    """Return the type of the values and the number of axes, which the first four bytes tell."""
    known = len(start) == 4 and start[:2] == b"\0\0" and start[2] in _TYPES and 1 <= start[3] <= 4
    if not known:
        raise Refused(say("{file} is no IDX file: choose one as MNIST has them.", file=path.name))
    return np.dtype(_TYPES[start[2]]), start[3]
