"""IDX files, as MNIST's kin come: read, and what is wrong with one, if anything."""

import gzip
import math
import struct
import zlib
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from lrgui.core.messages import Message, say

_UNSIGNED_BYTES = 0x08
_PIECE_BYTES = 1 << 20
_MOST_BYTES = 200_000_000
"""The largest real file has 47 MB; what unpacks to more is none."""


def read(path: Path, shape: tuple[int, ...]) -> NDArray[np.uint8]:
    """Return the examples of a compressed IDX file of unsigned bytes, shape (n, *shape).

    Raises
    ------
    ValueError, OSError, EOFError, zlib.error
        It is no such file, or broken.
    """
    with gzip.open(path, "rb") as file:
        header, content = file.read(_header_bytes(shape)), file.read(_MOST_BYTES + 1)
    if not _agrees(header, len(content), shape):
        raise ValueError(f"{path.name} is not the IDX file expected")
    return np.frombuffer(content, np.uint8).reshape(-1, *shape)


def problem(path: Path, shape: tuple[int, ...]) -> Message | None:
    """Say what is wrong with a compressed IDX file of unsigned bytes, or return None.

    The whole file is read, so that gzip's checksum (CRC-32) is tested too.

    Parameters
    ----------
    path : pathlib.Path
        An existing file.
    shape : tuple of int
        Of one example: () for labels, (28, 28) for images.
    """
    try:
        with gzip.open(path, "rb") as file:
            header = file.read(_header_bytes(shape))
            length = 0
            while length <= _MOST_BYTES and (piece := file.read(_PIECE_BYTES)):
                length += len(piece)
    except EOFError:
        return say("it is cut short")
    except (OSError, zlib.error):
        return say("it is not a sound gzip file")
    return None if _agrees(header, length, shape) else say("it is not the IDX file expected")


def _header_bytes(shape: tuple[int, ...]) -> int:
    return 4 + 4 * (1 + len(shape))


def _agrees(header: bytes, length: int, shape: tuple[int, ...]) -> bool:
    """Compare the header (two zeros, type, number of axes, size of each axis as big-endian uint32) with the data."""
    axes = 1 + len(shape)
    if len(header) != _header_bytes(shape) or tuple(header[:4]) != (0, 0, _UNSIGNED_BYTES, axes):
        return False
    count, *sizes = struct.unpack(f">{axes}I", header[4:])
    return tuple(sizes) == shape and count > 0 and length == count * math.prod(shape)
