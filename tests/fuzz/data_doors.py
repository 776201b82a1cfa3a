"""The doors of ``training``: data and models of a person's own."""

import contextlib
import csv
import gzip
import io
import pickle
import tarfile
import warnings
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import numpy as np
import tensorflow as tf

from lrgui.core.config.dataset import Arrays, CsvTable, IdxFiles, ImageFolder
from lrgui.core.control import Control
from lrgui.core.csv_text import first_rows
from lrgui.core.messages import Refused
from lrgui.training import cifar, data, idx, npz
from lrgui.training.own.keras_file import load_keras_file
from lrgui.training.own_data.blame import blamed
from lrgui.training.own_data.content import content_of
from lrgui.training.own_data.pictures import pictures
from tests.fuzz.core_doors import unzipped, zipped
from tests.fuzz.door import Door
from tests.training.own_data.files import bought, pixels, png, prices, write_idx, write_images, write_table

_GZIP, _NPY = b"\x1f\x8b", b"\x93NUMPY"


def _written(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def read(dataset):
    """Read as a run does, and keep nothing."""
    try:
        return data.load(dataset, lambda event: None, Control())
    finally:
        data._kept.clear()


def _tables() -> list[bytes]:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        found = [
            write_table(Path(folder, "a.csv"), rows, separator).read_bytes()
            for rows, separator in ((bought(24), ","), (prices(24), ";"), (bought(24), "\t"))
        ]
    return [*found, gzip.compress(found[0]), found[1].decode().encode("utf-16")]


def _table(folder: Path, content: bytes) -> None:
    path = _written(folder, "a.csv.gz" if content[:2] == _GZIP else "a.csv", content)
    try:
        assert len(first_rows(path, 20)) <= 20
    except Exception as error:
        # The dialog with the first rows takes these three, as they are told.
        assert isinstance(error, Refused | csv.Error | OSError), repr(error)
    with contextlib.suppress(Refused):
        read(CsvTable(path=str(path), target="1", missing="mode", decimal="comma", header="no", task="classes"))
    read(CsvTable(path=str(path)))


def _npy(array: np.ndarray) -> bytes:
    content = io.BytesIO()
    np.save(content, array)
    return content.getvalue()


def _arrays() -> list[bytes]:
    images, labels = pixels(16)
    table = np.random.default_rng(0).normal(size=(16, 3))
    both = zipped({"x.npy": _npy(images), "y.npy": _npy(labels)})
    four = {"x_train": images, "y_train": labels, "x_test": images[:4], "y_test": labels[:4]}
    return [
        both, zipped({f"{name}.npy": _npy(each) for name, each in four.items()}), _npy(table),
        zipped({"x.npy": _npy(table), "y.npy": _npy(np.array(["a", "b"] * 8))}),
    ]  # fmt: skip


def _array(folder: Path, content: bytes) -> None:
    path = _written(folder, "a.npy" if content[:6] == _NPY else "a.npz", content)
    read(Arrays(path=str(path)))


def _unpacked(content: bytes) -> dict[str, bytes]:
    return {"a.npy": content} if content[:6] == _NPY else unzipped(content)


def _packed(parts: Mapping[str, bytes]) -> bytes:
    return parts["a.npy"] if "a.npy" in parts else zipped(parts)


def _idx() -> list[bytes]:
    import tempfile

    images, _ = pixels(16)
    with tempfile.TemporaryDirectory() as folder:
        plain = write_idx(Path(folder, "a"), images).read_bytes()
    return [plain, gzip.compress(plain)]


def _idx_file(folder: Path, content: bytes) -> None:
    ending = ".gz" if content[:2] == _GZIP else ""
    labels = write_idx(folder / "labels", np.arange(16, dtype=np.uint8) % 2)
    path = _written(folder, f"train-images{ending}", content)
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
    _written(home / "cats", "changed.png", content)
    found = read(ImageFolder(path=str(home), image_size=8, unreadable="skip"))
    paths = np.concatenate([found.train_inputs.numpy(), found.validation_inputs.numpy()])
    try:
        assert _read_pictures()(tf.constant(paths)).shape == (len(paths), 8, 8, 3)
    except tf.errors.OpError as error:
        told = blamed(error, tf.constant(paths), np.arange(len(paths)))
        assert isinstance(told, Refused), repr(told)
        raise told from error


def _mnist() -> list[bytes]:
    images, labels = np.zeros((4, 28, 28), np.uint8), np.arange(4)
    parts = {"x_train": images, "y_train": labels, "x_test": images, "y_test": labels}
    return [zipped({f"{name}.npy": _npy(each) for name, each in parts.items()})]


def _mnist_file(folder: Path, content: bytes) -> None:
    """A downloaded file: what is wrong with it is a message that is returned."""
    told = npz.problem(_written(folder, "mnist.npz", content))
    if told is not None:
        raise Refused(told)


def _downloaded_idx(folder: Path, content: bytes) -> None:
    told = idx.problem(_written(folder, "images.gz", content), (8, 8))
    if told is not None:
        raise Refused(told)


_MEMBERS = (("c/train",), ("c/test",))


def tarred(parts: Mapping[str, bytes]) -> bytes:
    """Return a compressed archive of members."""
    content = io.BytesIO()
    with tarfile.open(fileobj=content, mode="w:gz", compresslevel=1) as archive:
        for name, part in parts.items():
            member = tarfile.TarInfo(name)
            member.size = len(part)
            archive.addfile(member, io.BytesIO(part))
    return content.getvalue()


def _cifar() -> list[bytes]:
    batch = {b"data": np.zeros((4, 3072), np.uint8), b"labels": [0, 1, 2, 3]}
    return [tarred({part: pickle.dumps(batch, protocol) for (part,) in _MEMBERS}) for protocol in (3, 4)]


def _untarred(content: bytes) -> dict[str, bytes]:
    with tarfile.open(fileobj=io.BytesIO(content)) as archive:
        return {member.name: archive.extractfile(member).read() for member in archive}


def _cifar_archive(folder: Path, content: bytes) -> None:
    told = cifar.problem(_written(folder, "cifar.tar.gz", content), _MEMBERS, "labels")
    if told is not None:
        raise Refused(told)


def _models() -> list[bytes]:
    import tempfile

    import keras

    dense = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3, activation="relu"), keras.layers.Dense(2)])
    dense.compile("adam", "mse", metrics=["mae"])
    inputs = keras.Input((8, 8, 1))
    inner = keras.layers.Conv2D(2, 3, kernel_regularizer="l2", name="conv")(inputs)
    inner = keras.layers.Dropout(0.5)(keras.layers.BatchNormalization()(inner))
    image = keras.Model(inputs, keras.layers.Dense(3)(keras.layers.Flatten()(inner)))
    found = []
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of NumPy, about what Keras's variables lack
        for model in (dense, image):
            model.save(Path(folder, "m.keras"))
            found.append(Path(folder, "m.keras").read_bytes())
    return found


def _model(folder: Path, content: bytes) -> None:
    path = _written(folder, "m.keras", content)
    assert content_of(path)
    for compiled in (False, True):
        assert load_keras_file(path, compiled=compiled).count_params() >= 0


_HEADER = (b"'descr': '|O'", b"'descr': '<f8'", b"(9999999999,)", b"(0,)", b"(-1,)", b"True", b"<U9", b"V8", b"M8[s]")

DOORS: dict[str, Door] = {
    door.name: door
    for door in (
        Door(
            name="table", seeds=_tables, open=_table, seconds=3.0, megabytes=120,
            tokens=(b"price", b"yes", b"NaN", b",,,,", b"\n\n", b'"""', b"1e308", b"#N/A", b"=1+1", b"1;2", b"3,14"),
        ),
        Door(
            name="arrays", seeds=_arrays, open=_array, unpack=_unpacked, pack=_packed, seconds=2.0, megabytes=120,
            tokens=_HEADER,
        ),
        Door(name="idx", seeds=_idx, open=_idx_file, seconds=2.0, megabytes=120, tokens=(b"\0\0\x08\x03", b"\0\0\x0e")),
        Door(
            name="images", seeds=_images, open=_image_folder, seconds=4.0, megabytes=400,
            tokens=(b"IHDR", b"IDAT", b"IEND", b"\xff\xd8\xff", b"\xff\xd9", b"\xff\xc0\0\x11\x08", b"GIF89a", b";"),
        ),
        Door(
            name="downloaded arrays", seeds=_mnist, open=_mnist_file, unpack=unzipped, pack=zipped, megabytes=120,
            tokens=_HEADER,
        ),
        Door(name="downloaded idx", seeds=lambda: _idx()[1:], open=_downloaded_idx, megabytes=120),
        Door(
            name="downloaded pickles", seeds=_cifar, open=_cifar_archive, unpack=_untarred, pack=tarred, megabytes=120,
            tokens=(b"cos\nsystem\n", b"(S'id'\ntR.", b"\x94R.", b"cnumpy\nndarray\n", b"cnumpy\ndtype\n", b"\x85R",
                    b"(I9999999999\ntR", b"b\x80\x02", b"Nb.", b"}b.", b"\x8b\xff\xff\xff\x7f", b"X\xff\xff\xff\x7f"),
        ),
        Door(
            name="model", seeds=_models, open=_model, unpack=unzipped, pack=zipped, seconds=10.0, megabytes=400,
            tokens=(b'"Lambda"', b'"__lambda__"', b'"module": "os"', b'"units": 99999999999', b"null", b"[[[["),
        ),
    )
}  # fmt: skip
