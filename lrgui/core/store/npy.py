"""Arrays of numbers as the content of ``.npy`` files, and back without trusting what they say of themselves."""

import io
import tokenize
from typing import Any

import numpy as np
from numpy.lib import format as npy_format
from numpy.typing import NDArray

_HEADER_OF = {(1, 0): npy_format.read_array_header_1_0, (2, 0): npy_format.read_array_header_2_0}


def written(array: NDArray[Any]) -> bytes:
    """Return the content of a ``.npy`` file with an array of numbers or truth values."""
    content = io.BytesIO()
    npy_format.write_array(content, np.ascontiguousarray(array), allow_pickle=False)
    return content.getvalue()


def read(content: bytes) -> NDArray[Any]:
    """Return the array of a ``.npy`` file.

    Raises
    ------
    ValueError
        It is no such file, holds anything but numbers and truth values, or less or more than it says.
    """
    file = io.BytesIO(content)
    version = npy_format.read_magic(file)
    if version not in _HEADER_OF:
        raise ValueError("an array of an unknown version")
    try:
        shape, by_columns, dtype = _HEADER_OF[version](file)
    except (tokenize.TokenError, SyntaxError, RecursionError, MemoryError) as error:
        raise ValueError("an array without a sound header") from error
    if dtype.kind not in "biuf":
        raise ValueError(f"an array of {dtype} and not of numbers")
    # From the bytes that are there: a shape that is not true must not take memory first.
    values = np.frombuffer(content, dtype, offset=file.tell())
    return values.reshape(shape, order="F" if by_columns else "C")
