"""Fashion-MNIST by ``keras.datasets``: downloaded into Keras's own folder, checked, and read."""

import os
import shutil
import tempfile
import zlib
from pathlib import Path

import keras
import numpy as np
from numpy.typing import NDArray

from lrgui.core.control import Control
from lrgui.core.events import Emit, Progressed
from lrgui.core.messages import Message, Refused, say
from lrgui.training import idx
from lrgui.training.download import Cancelled, DownloadFailed, download

__all__ = ["CLASS_NAMES", "Cancelled", "folder", "load"]

CLASS_NAMES = (
    "T-shirt/top",
    "Trouser",
    "Pullover",
    "Dress",
    "Coat",
    "Sandal",
    "Shirt",
    "Sneaker",
    "Bag",
    "Ankle boot",
)

SOURCE = "https://storage.googleapis.com/tensorflow/tf-keras-datasets/"
"""Where ``keras.datasets`` itself has the files from."""

SIZES = {
    "train-labels-idx1-ubyte.gz": 29_515,
    "train-images-idx3-ubyte.gz": 26_421_880,
    "t10k-labels-idx1-ubyte.gz": 5_148,
    "t10k-images-idx3-ubyte.gz": 4_422_102,
}
"""The four files, with about so many bytes each: the shares of the progress shown."""

Pair = tuple[NDArray[np.uint8], NDArray[np.uint8]]
_SUBFOLDER = Path("datasets", "fashion-mnist")
_UNREADABLE = (EOFError, OSError, ValueError, zlib.error)


def folder() -> Path:
    """Return where Keras looks for the four files: in ``KERAS_HOME``, by default ``~/.keras``.

    Keras turns to the temporary folder where its home cannot be written to, and so does this.
    """
    home = _home()
    return (home if os.access(home, os.W_OK) else _temporary_home()) / _SUBFOLDER


def _home() -> Path:
    return Path(os.environ.get("KERAS_HOME") or os.path.join("~", ".keras")).expanduser()


def _temporary_home() -> Path:
    return Path("/tmp" if os.path.isdir("/tmp") else tempfile.gettempdir(), ".keras")


def load(emit: Emit, control: Control) -> tuple[Pair, Pair]:
    """Return training and validation data, images as uint8 of shape (n, 28, 28) and labels as uint8 of shape (n,).

    Files that are missing are downloaded. A file that cannot be read is set aside, beside where it was, and
    downloaded again.

    Raises
    ------
    Refused
        What is needed could not be downloaded, or the files do not belong together.
    Cancelled
        Stopped during the download.
    """
    _adopt_read_only_files()
    _fetch([name for name in SIZES if not (folder() / name).exists()], emit, control)
    try:
        return _read()
    except _UNREADABLE:
        broken = [name for name in SIZES if _problem(name, folder() / name) is not None]
    for name in broken:
        _set_aside(name, emit)
    _fetch(broken, emit, control)
    try:
        return _read()
    except _UNREADABLE as error:
        raise Refused(_do_not_belong_together()) from error


def _adopt_read_only_files() -> None:
    """Copy what lies in a home that can only be read, as in a class room: Keras itself would pass it over."""
    source, target = _home() / _SUBFOLDER, folder()
    if source == target:
        return
    for name in SIZES:
        if (source / name).exists() and not (target / name).exists():
            target.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source / name, target / name)


def _read() -> tuple[Pair, Pair]:
    """Let Keras read its files; nothing is left for it to download."""
    (train_images, train_labels), (validation_images, validation_labels) = keras.datasets.fashion_mnist.load_data()
    if max(train_labels.max(), validation_labels.max()) >= len(CLASS_NAMES):
        raise ValueError("labels beyond the last class")
    return (train_images, train_labels), (validation_images, validation_labels)


def _problem(name: str, path: Path) -> Message | None:
    return idx.problem(path, (28, 28) if "images" in name else ())


def _set_aside(name: str, emit: Emit) -> None:
    path = folder() / name
    path.replace(path.with_name(f"{name}.broken"))
    emit(Progressed(say("{file} in {folder} was broken; it is downloaded again.", file=name, folder=str(folder()))))


def _fetch(names: list[str], emit: Emit, control: Control) -> None:
    """Download these files, with one progress over all of them."""
    total, before = sum(SIZES[name] for name in names), 0
    for name in names:
        _report(emit, before, total)
        try:
            download(
                SOURCE + name,
                folder() / name,
                control=control,
                on_progress=lambda received, before=before: _report(emit, before + received, total),  # type: ignore[misc]
                problem=lambda path, name=name: _problem(name, path),  # type: ignore[misc]
            )
        except DownloadFailed as error:
            raise Refused(_not_downloaded(name, str(error))) from error
        before += SIZES[name]
    if names:
        _report(emit, total, total)


def _report(emit: Emit, received: int, total: int) -> None:
    received = min(received, total)
    message = say("Downloading Fashion-MNIST: {done:.1f} of {total:.1f} MB.", done=received / 1e6, total=total / 1e6)
    emit(Progressed(message, received / total))


def _not_downloaded(name: str, reason: str) -> Message:
    return say(
        "Fashion-MNIST could not be downloaded ({file}: {reason}). Its four files belong in {folder} and can be "
        "copied there by hand; digits needs no download.",
        file=name,
        reason=reason,
        folder=str(folder()),
    )


def _do_not_belong_together() -> Message:
    return say(
        "The four files of Fashion-MNIST in {folder} do not belong together: remove them, and they are downloaded "
        "again; digits needs no download.",
        folder=str(folder()),
    )
