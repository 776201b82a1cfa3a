"""One array in NumPy's format, from a file or an archive: what its header claims is checked before memory is taken."""

import math
import tokenize
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from lrgui.core.messages import Message, Refused, say

MOST_BYTES = 2_000_000_000
"""More is not held in memory: a folder of images is read batch by batch."""

_LAST_LETTER = 0x10FFFF

LARGEST = 1e15
"""Squares of larger numbers, summed over some million examples, overflow in float32, in which models compute."""


def read_npy(stream: IO[bytes], size: int, where: Message) -> NDArray[Any]:
    """Return an array, never by way of pickle.

    Parameters
    ----------
    stream : binary file
        At its beginning; it can seek.
    size : int
        Bytes that it has.
    where : Message
        What the array is called, with its file: it begins the sentences.

    Raises
    ------
    Refused
        It is no such array, holds objects, claims more than there is, or takes more than ``MOST_BYTES``.
    """
    shape, dtype = _header(stream, where)
    _check_kind(dtype, where)
    _check_size(math.prod(shape) * dtype.itemsize, size - stream.tell(), shape, where)
    stream.seek(0)
    array = np.lib.format.read_array(stream, allow_pickle=False)
    if array.dtype.kind == "U" and not _is_text(array):
        raise Refused(
            say("{where} holds letters that there are not: save it again with np.save or np.savez.", where=where)
        )
    return array


def _is_text(array: NDArray[Any]) -> bool:
    """Return whether all numbers in an array of text stand for letters."""
    return not array.nbytes or bool(array.reshape(-1).view(f"{array.dtype.str[0]}u4").max() <= _LAST_LETTER)


def _header(stream: IO[bytes], where: Message) -> tuple[tuple[int, ...], np.dtype[Any]]:
    try:
        version = np.lib.format.read_magic(stream)
        read = np.lib.format.read_array_header_1_0 if version == (1, 0) else np.lib.format.read_array_header_2_0
        shape, _, dtype = read(stream)
    except (ValueError, TypeError, SyntaxError, EOFError, RecursionError, tokenize.TokenError) as error:
        raise Refused(
            say("{where} is no sound array of NumPy: save it again with np.save or np.savez.", where=where)
        ) from error
    return shape, dtype


def _check_kind(dtype: np.dtype[Any], where: Message) -> None:
    if dtype.hasobject:
        raise Refused(
            say(
                "{where} holds Python objects, and reading those could run what is in them: save plain numbers, with "
                "np.savez or np.save and without allow_pickle.",
                where=where,
            )
        )
    if dtype.names or dtype.subdtype or dtype.kind not in "biufUS":
        raise Refused(
            say("{where} holds {dtype}, and no plain numbers: save it as numbers.", where=where, dtype=str(dtype)[:60])
        )


def _check_size(claimed: int, there: int, shape: tuple[int, ...], where: Message) -> None:
    """Refuse what has not the bytes that it claims, or too many."""
    if claimed > there or min(shape, default=0) < 0:
        raise Refused(
            say(
                "{where} claims {claimed:.1f} MB, and the file has {there:.1f} MB of it: it is cut short or damaged; "
                "copy it again.",
                where=where,
                claimed=claimed / 1e6,
                there=there / 1e6,
            )
        )
    if claimed > MOST_BYTES:
        raise Refused(
            say(
                "{where} takes {claimed:.1f} GB of memory, more than {most:.0f} GB: take a part of it, or images from "
                "a folder, which are read batch by batch.",
                where=where,
                claimed=claimed / 1e9,
                most=MOST_BYTES / 1e9,
            )
        )
