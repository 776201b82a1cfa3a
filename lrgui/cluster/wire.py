"""Columns as they travel: every value comes back as it was, in about a third of the bytes."""

import zlib
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lrgui.core.decimals import decimals
from lrgui.core.events import Columns

Array = NDArray[Any]
Packed = Mapping[str, tuple[str, str, int, bytes]]
"""A column by its name: how it is written, its type, its length, and what was written."""

_LEVEL = 1
"""Of compression: a worker has better things to do than to go for the last tenth."""


def packed(columns: Columns) -> Packed:
    """Return equal-length columns of numbers as plain data and bytes."""
    return {name: _packed(np.asarray(column)) for name, column in columns.items()}


def unpacked(data: Packed) -> dict[str, Array]:
    """Return the columns that were packed, as arrays of shape (n,) that may be written to."""
    return {name: _unpacked(*column) for name, column in data.items()}


def rows_in(data: Packed) -> int:
    """Return how long the columns are."""
    return next((length for _, _, length, _ in data.values()), 0)


def _packed(column: Array) -> tuple[str, str, int, bytes]:
    way, kept = next((way, kept) for way, kept in _attempts(column) if _same(_WAYS[way](kept, len(column)), column))
    return f"{way}/{kept.dtype.str}", column.dtype.str, len(column), zlib.compress(kept.tobytes(), _LEVEL)


def _unpacked(way: str, dtype: str, length: int, data: bytes) -> Array:
    name, _, kept_as = way.partition("/")
    kept = np.frombuffer(zlib.decompress(data), kept_as)
    return np.array(_WAYS[name](kept, length), dtype)


def _attempts(column: Array) -> list[tuple[str, Array]]:
    """Return the ways in which a column could be written, the shortest first; the last one always goes."""
    attempts = [("as it is", column)]
    if column.dtype == np.float64:
        with np.errstate(over="ignore"):
            half = column.astype(np.float32)
        attempts = [("as it is", half), ("decimals", half), *attempts]
    return [("all alike", column[:1]), ("counted", column[:1]), *attempts]


def _counted(kept: Array, length: int) -> Array:
    return np.arange(kept[0], kept[0] + length) if len(kept) and kept.dtype.kind in "iu" else kept[:0]


_WAYS: Mapping[str, Callable[[Array, int], Array]] = {
    "all alike": lambda kept, length: np.repeat(kept, length) if len(kept) else kept,
    "counted": _counted,
    "as it is": lambda kept, length: kept,
    "decimals": lambda kept, length: decimals(kept),
}
"""What makes a column again of what was written."""


def _same(made: Array, column: Array) -> bool:
    return len(made) == len(column) and np.array_equal(made, column, equal_nan=made.dtype.kind == "f")
