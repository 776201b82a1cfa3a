"""The data sets that have to be downloaded: their files as ``keras.datasets`` names them, and how they are read."""

import hashlib
import pickle
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath

from lrgui.core.config.dataset import Cifar10, Cifar100, DatasetChoice, FashionMnist, Mnist, ProvidedDataset
from lrgui.core.messages import Message, say
from lrgui.training import cifar, idx, keras_home, npz
from lrgui.training.raw import Pair

UNREADABLE = (
    EOFError, OSError, ValueError, KeyError, zlib.error, zipfile.BadZipFile, tarfile.TarError, pickle.UnpicklingError,
)  # fmt: skip
"""What reading a broken file raises."""

_GOOGLE = "https://storage.googleapis.com/tensorflow/tf-keras-datasets/"
_TORONTO = "https://www.cs.toronto.edu/~kriz/"
_PIECE_BYTES = 1 << 20


@dataclass(frozen=True)
class KnownFile:
    """One file of a data set.

    Attributes
    ----------
    name : str
        Where Keras has it, under ``datasets``.
    url : str
        Where ``keras.datasets`` itself has it from.
    bytes : int
        About how large it is: its share of the progress shown.
    unreadable : callable
        Says what is wrong with what the file holds, or None.
    sha256 : str
        Of the whole file, as Keras knows it; empty where Keras knows none.
    other_names : tuple of str
        What else it is called: by those who publish it, and by earlier versions of Keras.
    """

    name: str
    url: str
    bytes: int
    unreadable: Callable[[Path], Message | None]
    sha256: str = ""
    other_names: tuple[str, ...] = ()

    @property
    def short_name(self) -> str:
        """The name without a folder."""
        return PurePosixPath(self.name).name

    def problem(self, path: Path) -> Message | None:
        """Say why a file that comes from elsewhere is not to be kept, or return None.

        The checksum decides where Keras knows one, or Keras would not take the file; what it holds decides elsewhere.
        """
        if not self.sha256:
            return self.unreadable(path)
        return None if _sha256(path) == self.sha256 else say("it is not the original, or broken: its checksum differs")


@dataclass(frozen=True)
class Source:
    """A data set's files, and how they are read: ``read`` takes their paths in the order of ``files``."""

    dataset: type[ProvidedDataset]
    files: tuple[KnownFile, ...]
    read: Callable[..., tuple[Pair, Pair]]


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(_PIECE_BYTES):
            digest.update(piece)
    return digest.hexdigest()


def _idx_file(name: str, size: int) -> KnownFile:
    shape = (28, 28) if "images" in name else ()
    return KnownFile(f"fashion-mnist/{name}", _GOOGLE + name, size, partial(idx.problem, shape=shape))


def _read_fashion(train_labels: Path, train_images: Path, labels: Path, images: Path) -> tuple[Pair, Pair]:
    train = idx.read(train_images, (28, 28)), idx.read(train_labels, ())
    return train, (idx.read(images, (28, 28)), idx.read(labels, ()))


_FASHION_MNIST = Source(
    FashionMnist,
    (
        _idx_file("train-labels-idx1-ubyte.gz", 29_515),
        _idx_file("train-images-idx3-ubyte.gz", 26_421_880),
        _idx_file("t10k-labels-idx1-ubyte.gz", 5_148),
        _idx_file("t10k-images-idx3-ubyte.gz", 4_422_102),
    ),
    _read_fashion,
)

_MNIST_FILE = KnownFile(
    "mnist.npz",
    f"{_GOOGLE}mnist.npz",
    11_490_434,
    npz.problem,
    sha256="731c5ac602752760c8e48fbffcf8c3b850d9dc2a2aedcf2cc48468fc17b673d1",
)


def _cifar(
    dataset: type[ProvidedDataset],
    folder: str,
    published: str,
    members: tuple[tuple[str, ...], tuple[str, ...]],
    label_key: str,
    sha256: str,
) -> Source:
    train, validation = (tuple(f"{folder}/{name}" for name in part) for part in members)
    inside = (train, validation)
    archive = KnownFile(
        f"{folder}-target_archive",
        _TORONTO + published,
        dataset.download_bytes,
        partial(cifar.problem, members=inside, label_key=label_key),
        sha256=sha256,
        other_names=(f"{folder}.tar.gz", published),
    )
    return Source(dataset, (archive,), partial(cifar.read, members=inside, label_key=label_key))


_CIFAR_10 = _cifar(
    Cifar10,
    "cifar-10-batches-py",
    "cifar-10-python.tar.gz",
    (tuple(f"data_batch_{number}" for number in range(1, 6)), ("test_batch",)),
    "labels",
    "6d958be074577803d12ecdefd02955f39262c83c16fe9348329d7fe0b5c001ce",
)

_CIFAR_100 = _cifar(
    Cifar100,
    "cifar-100-python",
    "cifar-100-python.tar.gz",
    (("train",), ("test",)),
    "fine_labels",
    "85cd44d02ba6437773c5bbd22e183051d648de2e7d6b014e1ef29b855ba677a7",
)

SOURCES: Mapping[type[ProvidedDataset], Source] = {
    source.dataset: source
    for source in (_FASHION_MNIST, Source(Mnist, (_MNIST_FILE,), npz.read), _CIFAR_10, _CIFAR_100)
}
"""The data sets that are downloaded, by their choice."""


def is_at_hand(dataset: DatasetChoice) -> bool:
    """Return whether all files of a data set are on this computer; one without files of its own always is."""
    source = SOURCES.get(type(dataset)) if isinstance(dataset, ProvidedDataset) else None
    return source is None or all(keras_home.find(file.name) is not None for file in source.files)
