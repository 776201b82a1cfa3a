"""The doors for data of a person's own: tables, arrays, IDX files, folders of images."""

import contextlib
import csv
import gzip
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import numpy as np
import tensorflow as tf

from lrgui.core.config.dataset import Arrays, CsvTable, IdxFiles, ImageFolder
from lrgui.core.control import Control
from lrgui.core.csv_text import first_rows
from lrgui.core.messages import Refused
from lrgui.training import data
from lrgui.training.own_data.blame import blamed
from lrgui.training.own_data.pictures import pictures
from tests.fuzz.archives import HEADERS, npy, unzipped, zipped
from tests.fuzz.door import Door, written
from tests.training.own_data.files import bought, pixels, png, prices, write_idx, write_images, write_table

_GZIP, _NPY = b"\x1f\x8b", b"\x93NUMPY"


def read(dataset):
    """Read as a run does, and keep nothing."""
    try:
        return data.load(dataset, lambda event: None, Control())
    finally:
        data._kept.clear()


def _tables() -> list[bytes]:
    with tempfile.TemporaryDirectory() as folder:
        found = [
            write_table(Path(folder, "a.csv"), rows, separator).read_bytes()
            for rows, separator in ((bought(24), ","), (prices(24), ";"), (bought(24), "\t"))
        ]
    return [*found, gzip.compress(found[0]), found[1].decode().encode("utf-16")]


def _table(folder: Path, content: bytes) -> None:
    path = written(folder, "a.csv.gz" if content[:2] == _GZIP else "a.csv", content)
    try:
        assert len(first_rows(path, 20)) <= 20
    except Exception as error:
        # The dialog with the first rows takes these three, as they are told.
        assert isinstance(error, Refused | csv.Error | OSError), repr(error)
    with contextlib.suppress(Refused):
        read(CsvTable(path=str(path), target="1", missing="mode", decimal="comma", header="no", task="classes"))
    read(CsvTable(path=str(path)))


def _arrays() -> list[bytes]:
    images, labels = pixels(16)
    table = np.random.default_rng(0).normal(size=(16, 3))
    both = zipped({"x.npy": npy(images), "y.npy": npy(labels)})
    four = {"x_train": images, "y_train": labels, "x_test": images[:4], "y_test": labels[:4]}
    return [
        both, zipped({f"{name}.npy": npy(each) for name, each in four.items()}), npy(table),
        zipped({"x.npy": npy(table), "y.npy": npy(np.array(["a", "b"] * 8))}),
    ]  # fmt: skip


def _array(folder: Path, content: bytes) -> None:
    path = written(folder, "a.npy" if content[:6] == _NPY else "a.npz", content)
    read(Arrays(path=str(path)))


def _unpacked(content: bytes) -> dict[str, bytes]:
    return {"a.npy": content} if content[:6] == _NPY else unzipped(content)


def _packed(parts: Mapping[str, bytes]) -> bytes:
    return parts["a.npy"] if "a.npy" in parts else zipped(parts)


def idx_files() -> list[bytes]:
    """Return a file of 16 images, plain and compressed."""
    images, _ = pixels(16)
    with tempfile.TemporaryDirectory() as folder:
        plain = write_idx(Path(folder, "a"), images).read_bytes()
    return [plain, gzip.compress(plain)]


def _idx_file(folder: Path, content: bytes) -> None:
    ending = ".gz" if content[:2] == _GZIP else ""
    labels = write_idx(folder / "labels", np.arange(16, dtype=np.uint8) % 2)
    path = written(folder, f"train-images{ending}", content)
    read(IdxFiles(path=str(path), labels=str(labels)))


def _images() -> list[bytes]:
    picture = np.random.default_rng(0).integers(0, 255, (12, 9, 3)).astype(np.uint8)
    gif = (
        b"GIF89a\x02\0\x02\0\x91\0\0\0\0\0\xff\xff\xff\xff\0\0\0\xff\0!\xf9\x04\0\0\0\0\0,\0\0\0\0\x02\0\x02\0\0"
        b"\x02\x03D\x02\x05\0;"
    )
    bmp = b"BM" + (54 + 16).to_bytes(4, "little") + bytes(4) + (54).to_bytes(4, "little") + (40).to_bytes(4, "little")
    bmp += (2).to_bytes(4, "little") * 2 + b"\1\0\x18\0" + bytes(24) + b"\xff\0\0\0\xff\0\0\0" * 2
    return [png(picture), tf.io.encode_jpeg(picture).numpy(), gif, bmp]


@cache
def _read_pictures():
    return tf.function(lambda paths: pictures(paths, (8, 8, 3)), input_signature=[tf.TensorSpec((None,), tf.string)])


def _image_folder(folder: Path, content: bytes) -> None:
    home = write_images(folder / "pets", each=6)
    written(home / "cats", "changed.png", content)
    found = read(ImageFolder(path=str(home), image_size=8, unreadable="skip"))
    paths = np.concatenate([found.train_inputs.numpy(), found.validation_inputs.numpy()])
    try:
        assert _read_pictures()(tf.constant(paths)).shape == (len(paths), 8, 8, 3)
    except tf.errors.OpError as error:
        told = blamed(error, tf.constant(paths), np.arange(len(paths)))
        assert isinstance(told, Refused), repr(told)
        raise told from error


DOORS: dict[str, Door] = {
    door.name: door
    for door in (
        Door(
            name="table", seeds=_tables, open=_table, seconds=3.0, megabytes=120,
            tokens=(b"price", b"yes", b"NaN", b",,,,", b"\n\n", b'"""', b"1e308", b"#N/A", b"=1+1", b"1;2", b"3,14"),
        ),
        Door(
            name="arrays", seeds=_arrays, open=_array, unpack=_unpacked, pack=_packed, seconds=2.0, megabytes=120,
            tokens=HEADERS,
        ),
        Door(
            name="idx", seeds=idx_files, open=_idx_file, seconds=2.0, megabytes=120,
            tokens=(b"\0\0\x08\x03", b"\0\0\x0e"),
        ),
        Door(
            name="images", seeds=_images, open=_image_folder, seconds=4.0, megabytes=400,
            tokens=(b"IHDR", b"IDAT", b"IEND", b"\xff\xd8\xff", b"\xff\xd9", b"\xff\xc0\0\x11\x08", b"GIF89a", b";"),
        ),
    )
}  # fmt: skip
