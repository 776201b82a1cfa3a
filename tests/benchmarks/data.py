"""Images of Fashion-MNIST's shape and size, in a Keras home of their own, for benchmarks that must not download."""

import atexit
import gzip
import os
import shutil
import struct
import sys
import tempfile
from pathlib import Path

import numpy as np


def fashion_shaped(examples: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Return uint8 images of shape (n, 28, 28) in which each class has a pattern of its own under noise, and labels."""
    random = np.random.default_rng(seed)
    patterns = np.random.default_rng(0).integers(0, 128, (10, 28, 28), np.uint8)
    labels = random.integers(0, 10, examples, np.uint8)
    return patterns[labels] + random.integers(0, 128, (examples, 28, 28), np.uint8), labels


def write_keras_home(home: Path, *, training_examples: int, validation_examples: int) -> None:
    """Write the four files of ``keras.datasets.fashion_mnist``."""
    folder = home / "datasets" / "fashion-mnist"
    folder.mkdir(parents=True)
    for prefix, examples, seed in (("train", training_examples, 1), ("t10k", validation_examples, 2)):
        images, labels = fashion_shaped(examples, seed)
        _write_idx(folder / f"{prefix}-images-idx3-ubyte.gz", images)
        _write_idx(folder / f"{prefix}-labels-idx1-ubyte.gz", labels)


def _write_idx(path: Path, array: np.ndarray) -> None:
    header = bytes((0, 0, 8, array.ndim)) + struct.pack(f">{array.ndim}I", *array.shape)
    path.write_bytes(gzip.compress(header + array.tobytes(), compresslevel=1))


def use_fashion_home(*, training_examples: int, validation_examples: int) -> Path:
    """Let Keras find such data until this process ends.

    To be called before anything imports Keras, which asks for its home only once.
    """
    if "keras" in sys.modules:
        raise RuntimeError("Keras was imported before it was told its home")
    home = tempfile.mkdtemp(prefix="keras-home-")
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    write_keras_home(Path(home), training_examples=training_examples, validation_examples=validation_examples)
    os.environ["KERAS_HOME"] = home
    return Path(home)
