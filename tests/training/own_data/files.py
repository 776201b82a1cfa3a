"""Small files of every kind that people bring, written for tests."""

import csv
import gzip
import struct
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lrgui.core.config import RangeTestConfig, TrainingConfig
from lrgui.core.control import Control
from lrgui.core.runs import Run
from lrgui.training.trainer import range_test, train


def write_table(path: Path, rows: Sequence[Sequence[Any]], separator: str = ",") -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, delimiter=separator).writerows(rows)
    return path


def bought(count: int = 60) -> list[list[Any]]:
    """Rows with a header, two numbers, a colour, and whether it was bought; one number in ten is missing."""
    random = np.random.default_rng(0)
    rows: list[list[Any]] = [["price", "size", "colour", "bought"]]
    for number in range(count):
        price, size = random.normal(size=2).round(3)
        colour = ("red", "green", "blue")[number % 3]
        rows.append(["" if number % 10 == 0 else price, size, colour, "yes" if price + size > 0 else "no"])
    return rows


def prices(count: int = 80) -> list[list[Any]]:
    """Rows with a header, two numbers, and a price that follows from them."""
    random = np.random.default_rng(0)
    features = random.normal(size=(count, 2)).round(4)
    return [["rooms", "age", "price"], *([a, b, round(200 + 50 * a - 20 * b, 3)] for a, b in features)]


def pixels(count: int = 40, size: int = 8) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    random = np.random.default_rng(0)
    labels = np.arange(count) % 2
    return (random.integers(0, 100, (count, size, size)) + 100 * labels[:, None, None]).astype(np.uint8), labels


def write_idx(path: Path, array: NDArray[np.uint8]) -> Path:
    header = bytes((0, 0, 8, array.ndim)) + struct.pack(f">{array.ndim}I", *array.shape)
    content = header + array.tobytes()
    path.write_bytes(gzip.compress(content) if path.suffix == ".gz" else content)
    return path


def png(image: NDArray[np.uint8]) -> bytes:
    """Return a PNG of a picture of shape (height, width, 3)."""
    height, width, _ = image.shape
    rows = b"".join(b"\0" + row.tobytes() for row in image)
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows)),
        (b"IEND", b""),
    )
    chunks = (
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def write_images(folder: Path, each: int = 12, size: int = 8) -> Path:
    """Write dark images into ``cats`` and bright ones into ``dogs``."""
    random = np.random.default_rng(0)
    for brightness, name in ((0, "cats"), (120, "dogs")):
        (folder / name).mkdir(parents=True)
        for number in range(each):
            image = (random.integers(0, 100, (size, size, 3)) + brightness).astype(np.uint8)
            (folder / name / f"{number}.png").write_bytes(png(image))
    return folder


def swept(dataset: str, **fields: Any) -> Run:
    """Sweep on some data, in a few steps, and return what came of it."""
    return done(RangeTestConfig(dataset=dataset, **{"batch_size": 8, "steps": 6, **fields}))


def trained(dataset: str, **fields: Any) -> Run:
    return done(TrainingConfig(dataset=dataset, **{"batch_size": 8, "epochs": 2, "learning_rate": 0.01, **fields}))


def done(config: RangeTestConfig | TrainingConfig) -> Run:
    run = Run("", "training", config)
    job = range_test if isinstance(config, RangeTestConfig) else train
    job(config, run.apply, Control())
    return run
