"""MNIST's one file: four arrays in a zip archive."""

import zipfile
import zlib
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lrgui.core.messages import Message, Refused, say
from lrgui.training.own_data.npy import read_npy
from lrgui.training.raw import Pair

_MOST_BYTES = 200_000_000
"""The largest real member has 47 MB; what claims to be larger is not read."""


def read(path: Path) -> tuple[Pair, Pair]:
    """Return the two parts, images as uint8 of shape (n, 28, 28) and labels of shape (n,).

    Raises
    ------
    ValueError, OSError, EOFError, KeyError, zipfile.BadZipFile, zlib.error
        It is no such file, or broken. Arrays of objects are refused: reading them could run what they hold.
    """
    with zipfile.ZipFile(path) as archive:
        parts = tuple((_array(archive, f"x_{part}"), _array(archive, f"y_{part}")) for part in ("train", "test"))
    for images, labels in parts:
        if images.dtype != np.uint8 or images.shape != (len(labels), 28, 28) or labels.ndim != 1 or not len(labels):
            raise ValueError(f"{path.name} does not hold the arrays expected")
    return parts[0], parts[1]


def _array(archive: zipfile.ZipFile, name: str) -> NDArray[Any]:
    member = archive.getinfo(f"{name}.npy")
    if member.file_size > _MOST_BYTES:
        raise ValueError(f"{name} is too large")
    try:
        with archive.open(member) as file:
            return read_npy(file, member.file_size, say("{name}", name=name))
    except (Refused, NotImplementedError, RuntimeError) as error:
        raise ValueError(f"{name} is no sound array") from error


def problem(path: Path) -> Message | None:
    """Say what is wrong with the file, or return None."""
    try:
        read(path)
    except (ValueError, OSError, EOFError, KeyError, zipfile.BadZipFile, zlib.error):
        return say("it is not a sound mnist.npz")
    return None
