"""The doors for what others have packed: downloaded data, and models."""

import pickle
import tempfile
import warnings
from pathlib import Path

import numpy as np

from lrgui.core.messages import Refused
from lrgui.training import cifar, idx, npz
from lrgui.training.own.keras_file import load_keras_file
from lrgui.training.own_data.content import content_of
from tests.fuzz.archives import HEADERS, npy, tarred, untarred, unzipped, zipped
from tests.fuzz.data_doors import idx_files
from tests.fuzz.door import Door, written


def _mnist() -> list[bytes]:
    images, labels = np.zeros((4, 28, 28), np.uint8), np.arange(4)
    parts = {"x_train": images, "y_train": labels, "x_test": images, "y_test": labels}
    return [zipped({f"{name}.npy": npy(each) for name, each in parts.items()})]


def _mnist_file(folder: Path, content: bytes) -> None:
    """A downloaded file: what is wrong with it is a message that is returned."""
    told = npz.problem(written(folder, "mnist.npz", content))
    if told is not None:
        raise Refused(told)


def _downloaded_idx(folder: Path, content: bytes) -> None:
    told = idx.problem(written(folder, "images.gz", content), (8, 8))
    if told is not None:
        raise Refused(told)


_MEMBERS = (("c/train",), ("c/test",))


def _cifar() -> list[bytes]:
    batch = {b"data": np.zeros((4, 3072), np.uint8), b"labels": [0, 1, 2, 3]}
    return [tarred({part: pickle.dumps(batch, protocol) for (part,) in _MEMBERS}) for protocol in (3, 4)]


def _cifar_archive(folder: Path, content: bytes) -> None:
    told = cifar.problem(written(folder, "cifar.tar.gz", content), _MEMBERS, "labels")
    if told is not None:
        raise Refused(told)


def _models() -> list[bytes]:
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
    path = written(folder, "m.keras", content)
    assert content_of(path)
    for compiled in (False, True):
        assert load_keras_file(path, compiled=compiled).count_params() >= 0


DOORS: dict[str, Door] = {
    door.name: door
    for door in (
        Door(
            name="downloaded arrays", seeds=_mnist, open=_mnist_file, unpack=unzipped, pack=zipped, megabytes=120,
            tokens=HEADERS,
        ),
        Door(name="downloaded idx", seeds=lambda: idx_files()[1:], open=_downloaded_idx, megabytes=120),
        Door(
            name="downloaded pickles", seeds=_cifar, open=_cifar_archive, unpack=untarred, pack=tarred, megabytes=120,
            tokens=(b"cos\nsystem\n", b"(S'id'\ntR.", b"\x94R.", b"cnumpy\nndarray\n", b"cnumpy\ndtype\n", b"\x85R",
                    b"(I9999999999\ntR", b"b\x80\x02", b"Nb.", b"}b.", b"\x8b\xff\xff\xff\x7f", b"X\xff\xff\xff\x7f"),
        ),
        Door(
            name="model", seeds=_models, open=_model, unpack=unzipped, pack=zipped, seconds=10.0, megabytes=400,
            tokens=(b'"Lambda"', b'"__lambda__"', b'"module": "os"', b'"units": 99999999999', b"null", b"[[[["),
        ),
    )
}  # fmt: skip
