"""Data sets of images by ``keras.datasets``: downloaded into Keras's own folder, checked, and read."""

import numpy as np

from lrgui.core.config.dataset import ProvidedDataset
from lrgui.core.control import Control
from lrgui.core.events import Emit, Progressed
from lrgui.core.messages import Message, Refused, Text, say
from lrgui.training import keras_home
from lrgui.training.download import DownloadFailed, download
from lrgui.training.raw import Pair, Raw
from lrgui.training.sources import SOURCES, UNREADABLE, KnownFile, Source


def images(dataset: ProvidedDataset, emit: Emit, control: Control) -> Raw:
    """Return training and validation data, images as uint8 of shape (n, height, width, channels).

    Files that are missing are downloaded. A file that cannot be read is set aside, beside where it was, and
    downloaded again. What can be read is taken as it is: a part of a data set is as good as all of it.

    Parameters
    ----------
    dataset : ProvidedDataset
        One of those in ``SOURCES``.

    Raises
    ------
    Refused
        What is needed could not be downloaded, or the files do not belong together.
    Cancelled
        Stopped during the download.
    """
    source = SOURCES[type(dataset)]
    _fetch(source, [file for file in source.files if keras_home.find(file.name) is None], emit, control)
    try:
        return _read(source)
    except UNREADABLE:
        broken = [file for file in source.files if _is_broken(file)]
    for file in broken:
        _set_aside(file, emit)
    _fetch(source, broken, emit, control)
    try:
        return _read(source)
    except UNREADABLE as error:
        raise Refused(_do_not_belong_together(source)) from error


def _read(source: Source) -> Raw:
    paths = [keras_home.find(file.name) for file in source.files]
    train, validation = (_fitting(source.dataset, part) for part in source.read(*paths))
    return Raw(train, validation, scale=1 / 255)


def _fitting(dataset: type[ProvidedDataset], part: Pair) -> Pair:
    """Return a part with its axis of channels; refuse what is not what the data set is known to be."""
    inputs, labels = part
    inputs = inputs if inputs.ndim == 4 else inputs[..., np.newaxis]
    if len(inputs) != len(labels) or inputs.shape[1:] != dataset.example_shape:
        raise ValueError("not as many labels as images, or images of another shape")
    if labels.min() < 0 or labels.max() >= len(dataset.class_names):
        raise ValueError("labels beyond the last class")
    return inputs, labels


def _is_broken(file: KnownFile) -> bool:
    path = keras_home.find(file.name)
    return path is not None and file.unreadable(path) is not None


def _set_aside(file: KnownFile, emit: Emit) -> None:
    """Put a broken file aside; one in a home that can only be read stays, and the new one goes before it."""
    path = keras_home.find(file.name)
    if path is None:
        return
    folder = str(path.parent)
    if path == keras_home.folder() / file.name:
        path.replace(path.with_name(f"{path.name}.broken"))
    emit(Progressed(say("{file} in {folder} was broken; it is downloaded again.", file=file.short_name, folder=folder)))


def _fetch(source: Source, files: list[KnownFile], emit: Emit, control: Control) -> None:
    """Download these files, with one progress over all of them."""
    title, total, before = source.dataset.title, sum(file.bytes for file in files), 0
    for file in files:
        _report(emit, title, before, total)
        try:
            download(
                file.url,
                keras_home.folder() / file.name,
                control=control,
                on_progress=lambda received, before=before: _report(emit, title, before + received, total),  # type: ignore[misc]
                problem=file.problem,
            )
        except DownloadFailed as error:
            raise Refused(_not_downloaded(source, file, str(error))) from error
        before += file.bytes
    if files:
        _report(emit, title, total, total)


def _report(emit: Emit, title: Text, received: int, total: int) -> None:
    received = min(received, total)
    message = say(
        "Downloading {dataset}: {done:.1f} of {total:.1f} MB.", dataset=title, done=received / 1e6, total=total / 1e6
    )
    emit(Progressed(message, received / total))


def _not_downloaded(source: Source, file: KnownFile, reason: str) -> Message:
    return say(
        "{dataset} could not be downloaded ({file}: {reason}). {files} can be added from a folder copied from another "
        "computer, or copied into {folder} by hand; digits needs no download.",
        dataset=source.dataset.title,
        file=file.short_name,
        reason=reason,
        files=_its_files(source),
        folder=str((keras_home.folder() / file.name).parent),
    )


def _do_not_belong_together(source: Source) -> Message:
    return say(
        "The files of {dataset} in {folder} do not belong together: remove them, and they are downloaded again; "
        "digits needs no download.",
        dataset=source.dataset.title,
        folder=str((keras_home.folder() / source.files[0].name).parent),
    )


def _its_files(source: Source) -> Message:
    count = len(source.files)
    return say("Its {count} files", count=count) if count > 1 else say("Its file")
