"""Arrays as small blobs, exactly as they were: narrowed where nothing is lost, bytes of equal weight together, zlib."""

import json
import math
import zlib
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lrgui.core.json_text import parsed

_NARROWER: dict[str, tuple[str, ...]] = {"f": ("<f4",), "i": ("|i1", "<i2", "<i4"), "u": ("|u1", "<u2", "<u4")}
"""To which types an array of a kind is narrowed if all its values survive that, the narrowest first."""

FAST, SMALL = 1, 6
"""How hard zlib tries: while a run goes on, and once it is over."""


def pack(array: NDArray[Any], effort: int = FAST) -> bytes:
    """Return an array as bytes that say themselves what they are.

    A line of JSON (the array's type, the type that it was narrowed to, its shape), then the compressed values. These
    are stored byte by byte (all lowest bytes, then all second ones, ...): neighbours in a curve share most of their
    bytes, so that a constant or an even column takes next to nothing.

    Parameters
    ----------
    array : array of numbers or truth values, any shape
        Of any byte order; what is not finite is kept, NaN by NaN.
    effort : int
        Of zlib, 1 to 9.
    """
    narrow = _narrowed(np.asarray(array))
    header = json.dumps([array.dtype.newbyteorder("<").str, narrow.dtype.str, list(array.shape)])
    raw = np.frombuffer(np.ascontiguousarray(narrow).tobytes(), np.uint8)
    planes = raw.reshape(-1, narrow.dtype.itemsize).T
    return header.encode() + b"\n" + zlib.compress(planes.tobytes(), effort)


def unpack(blob: bytes) -> NDArray[Any]:
    """Return the array, with its type and shape.

    Raises
    ------
    ValueError
        These bytes are not what was packed.
    """
    header, _, packed = blob.partition(b"\n")
    try:
        dtype, narrow, shape = parsed(header)
        # Never more than it says: a few bytes may unpack to a thousand times as many.
        content = zlib.decompressobj().decompress(packed, math.prod(shape) * np.dtype(narrow).itemsize + 1)
        planes = np.frombuffer(content, np.uint8).reshape(np.dtype(narrow).itemsize, -1)
        values = np.frombuffer(planes.T.tobytes(), narrow).reshape(shape)
        return np.asarray(values.astype(dtype))
    except (zlib.error, TypeError) as error:
        raise ValueError(f"damaged array: {error}") from error


def _narrowed(array: NDArray[Any]) -> NDArray[Any]:
    array = array.astype(array.dtype.newbyteorder("<"), copy=False)
    for dtype in _NARROWER.get(array.dtype.kind, ()):
        if np.dtype(dtype).itemsize >= array.dtype.itemsize:
            break
        with np.errstate(over="ignore", invalid="ignore"):
            narrow = array.astype(dtype)
        # Byte by byte: minus zero and the many kinds of NaN are to come back, too.
        if narrow.astype(array.dtype).tobytes() == array.tobytes():
            return narrow
    return array
