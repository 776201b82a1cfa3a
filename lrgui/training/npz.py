"""MNIST's one file: four arrays in a zip archive."""

import zipfile
import zlib
from pathlib import Path

import numpy as np

from lrgui.core.messages import Message, say
from lrgui.training.raw import Pair


def read(path: Path) -> tuple[Pair, Pair]:
    """Return the two parts, images as uint8 of shape (n, 28, 28) and labels of shape (n,).

    Raises
    ------
    ValueError, OSError, EOFError, KeyError, zipfile.BadZipFile, zlib.error
        It is no such file, or broken. Arrays of objects are refused: reading them could run what they hold.
    """
    # Opened here: numpy leaves a file open that turns out to be no archive.
    with path.open("rb") as file:
        if not zipfile.is_zipfile(file):
            raise ValueError(f"{path.name} is no archive")
        file.seek(0)
        with np.load(file, allow_pickle=False) as arrays:
            parts = tuple((arrays[f"x_{part}"], arrays[f"y_{part}"]) for part in ("train", "test"))
    for images, labels in parts:
        if images.dtype != np.uint8 or images.shape != (len(labels), 28, 28) or labels.ndim != 1 or not len(labels):
            raise ValueError(f"{path.name} does not hold the arrays expected")
    return parts[0], parts[1]


def problem(path: Path) -> Message | None:
    """Say what is wrong with the file, or return None."""
    try:
        read(path)
    except (ValueError, OSError, EOFError, KeyError, zipfile.BadZipFile, zlib.error):
        return say("it is not a sound mnist.npz")
    return None
