"""CIFAR's archives, read where they lie: nothing in them is unpacked to the disk, and nothing in them is run.

The members are pickles of dictionaries with an array and a list in them. Only what it takes to make an array may be
called while they are read; see the notes of Python's ``pickle`` on restricting globals.
"""

import io
import pickle
import pickletools
import tarfile
import zlib
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lrgui.core.messages import Message, say
from lrgui.training.raw import Pair

_MOST_BYTES = 200_000_000
"""The largest real member has 155 MB; what claims to be larger is not read."""

_MOST_NAMES = 1_000_000
"""Parts of a pickle that others refer to; the real ones have some for each file name, 50,000."""

_PIXELS = 3 * 32 * 32
_MAKES_AN_ARRAY: Any = np.zeros(0).__reduce__()[0]

UNREADABLE = (ValueError, OSError, EOFError, KeyError, tarfile.TarError, zlib.error, pickle.UnpicklingError)
"""What reading a broken archive raises."""


def read(path: Path, members: tuple[tuple[str, ...], tuple[str, ...]], label_key: str) -> tuple[Pair, Pair]:
    """Return training and validation part, images as uint8 of shape (n, 32, 32, 3) and labels of shape (n,).

    Parameters
    ----------
    path : pathlib.Path
        A compressed tar archive.
    members : two tuples of str
        The names of the members that make up each part.
    label_key : str
        What the labels are called in them.

    Raises
    ------
    Those of ``UNREADABLE``
        It is no such archive, or broken.
    """
    wanted = {name for part in members for name in part}
    found: dict[str, Pair] = {}
    with tarfile.open(path, "r:gz") as archive:
        # In the archive's own order: to go back would mean to decompress all of it again.
        for member in archive:
            if member.name in wanted and member.isfile():
                found[member.name] = _batch(archive, member, label_key)
            if len(found) == len(wanted):
                break
    train, validation = (_joined([found[name] for name in part]) for part in members)
    return train, validation


def problem(path: Path, members: tuple[tuple[str, ...], tuple[str, ...]], label_key: str) -> Message | None:
    """Say what is wrong with the archive, or return None."""
    try:
        read(path, members, label_key)
    except UNREADABLE:
        return say("it is not the archive expected, or broken")
    return None


def _batch(archive: tarfile.TarFile, member: tarfile.TarInfo, label_key: str) -> Pair:
    if member.size > _MOST_BYTES:
        raise ValueError(f"{member.name} is too large")
    file = archive.extractfile(member)
    if file is None:
        raise ValueError(f"{member.name} is no file")
    return _parse(file.read(), label_key)


def _parse(content: bytes, label_key: str) -> Pair:
    try:
        _check_names(content)
        batch = _ArraysOnly(io.BytesIO(content), encoding="bytes").load()
        data, labels = batch[b"data"], np.asarray(batch[label_key.encode()], np.int32)
    except (TypeError, AttributeError, IndexError, OverflowError, MemoryError, ImportError) as error:
        raise ValueError("no dictionary of an array and its labels") from error
    if not isinstance(data, np.ndarray) or data.dtype != np.uint8 or data.shape != (len(labels), _PIXELS):
        raise ValueError("not the array expected")
    return data, labels


def _check_names(content: bytes) -> None:
    """Refuse what numbers its parts by the billion: Python makes a table of that length for them.

    Raises
    ------
    ValueError
        It does, or is no pickle.
    """
    for code, number, _ in pickletools.genops(content):
        if code.name in ("PUT", "LONG_BINPUT") and isinstance(number, int) and number > _MOST_NAMES:
            raise ValueError("too many parts")


class _ArraysOnly(pickle.Unpickler):
    """Reads arrays and plain Python data, and refuses the rest before it is called."""

    def find_class(self, module: str, name: str) -> Any:
        """Return what a pickle may name."""
        if name == "_reconstruct" and module in ("numpy.core.multiarray", "numpy._core.multiarray"):
            return _MAKES_AN_ARRAY
        if module == "numpy" and name in ("ndarray", "dtype"):
            return getattr(np, name)
        raise pickle.UnpicklingError(f"{module}.{name} has no place in a file of images")


def _joined(batches: list[Pair]) -> Pair:
    """Join batches, and turn channels, height, width into height, width, channels."""
    images: NDArray[np.uint8] = np.concatenate([data for data, _ in batches])
    channels_last = images.reshape(-1, 3, 32, 32).transpose(0, 2, 3, 1)
    return np.ascontiguousarray(channels_last), np.concatenate([labels for _, labels in batches])
