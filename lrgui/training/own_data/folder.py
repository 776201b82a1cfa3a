"""A folder of images -> the paths of its files and their classes; the images themselves are read batch by batch."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import keras
import numpy as np
from numpy.typing import NDArray

from lrgui.core.config.dataset import ImageFolder
from lrgui.core.messages import Message, Refused, say
from lrgui.training.own_data.found import Found
from lrgui.training.own_data.signatures import is_sound_image
from lrgui.training.own_data.splitting import check_count, held_back, told
from lrgui.training.raw import Pair, Raw

_VALIDATION = ("validation", "val", "valid", "test")


def read_folder(dataset: ImageFolder) -> Found:
    """Return the files of a folder, with one folder in it for each class, or with ``train`` and ``validation`` first.

    Which files and classes there are is found by ``keras.utils.image_dataset_from_directory``. Of each file the first
    and last bytes are looked at: what is no image, or cut short, is told.

    Raises
    ------
    Refused
        There are no classes, no images, or unreadable ones that are not to be skipped.
    """
    folder = dataset.file
    if not folder.is_dir():
        raise Refused(say("{file} is no folder: choose the folder with one folder for each class.", file=dataset.label))
    notes: list[Message] = []
    train_folder, validation_folder = _parts(folder)
    paths, labels, names = _files(train_folder, dataset, notes)
    check_count(len(paths), dataset.label)
    if validation_folder is None:
        back = held_back(labels, dataset.validation_share, dataset.split_seed)
        train, validation = (paths[~back], labels[~back]), (paths[back], labels[back])
        notes.append(told(len(train[0]), len(validation[0]), dataset.split_seed))
    else:
        train, validation = (paths, labels), _validation(validation_folder, names, dataset, notes)
    shape = (dataset.image_size, dataset.image_size, 3 if dataset.colors == "colour" else 1)
    notes.insert(0, say("Images are brought to {size} x {size} pixels, and read when they are needed.",
                        size=dataset.image_size))  # fmt: skip
    raw = Raw(train, validation, scale=1 / 255, image_shape=shape, notes=tuple(notes))
    return Found(raw, "images", names)


def _parts(folder: Path) -> tuple[Path, Path | None]:
    """Return the folders to train and to validate on, where there are some for that."""
    inside = {each.name.lower(): each for each in folder.iterdir() if each.is_dir()}
    validation = next((inside[name] for name in _VALIDATION if name in inside), None)
    if "train" in inside and validation is not None:
        return inside["train"], validation
    return folder, None


def _validation(folder: Path, names: tuple[str, ...], dataset: ImageFolder, notes: list[Message]) -> Pair:
    paths, labels, found = _files(folder, dataset, notes)
    if unknown := [name for name in found if name not in names]:
        raise Refused(
            say(
                "{file} has the class '{name}' to validate on, and no images to train on: add some, or remove it.",
                file=dataset.label,
                name=unknown[0],
            )
        )
    return paths, np.array([names.index(name) for name in found])[labels]


def _files(
    folder: Path, dataset: ImageFolder, notes: list[Message]
) -> tuple[NDArray[np.object_], NDArray[np.int64], tuple[str, ...]]:
    """Return paths and class numbers of all images that are sound, shape (n,) each, and the classes that have some."""
    found = _listed(folder, dataset)
    sound = np.array([is_sound_image(path) for path in found], bool)
    _tell_unreadable([path for path, good in zip(found, sound, strict=True) if not good], dataset, notes)
    _tell_others(folder, len(found), notes)
    paths = np.array([path for path, good in zip(found, sound, strict=True) if good], object)
    of_each = [Path(path).relative_to(folder).parts[0] for path in paths]
    names, labels = np.unique(of_each, return_inverse=True) if len(paths) else (np.empty(0, str), np.empty(0, int))
    if len(names) < 2:
        raise Refused(
            say(
                "{file} has {count} classes with images in it: lay the images of each class into a folder of their own "
                "inside it, at least two.",
                file=dataset.label,
                count=len(names),
            )
        )
    return paths, labels.astype(np.int64), tuple(map(str, names))


def _listed(folder: Path, dataset: ImageFolder) -> list[str]:
    try:
        listed = keras.utils.image_dataset_from_directory(
            str(folder), label_mode=None, shuffle=False, batch_size=None,
            image_size=(dataset.image_size, dataset.image_size), verbose=False,
        )  # fmt: skip
    except ValueError as error:
        raise Refused(
            say(
                "{file} has no images: lay those of each class into a folder of their own inside it (PNG, JPEG, GIF "
                "or BMP).",
                file=dataset.label,
            )
        ) from error
    # Those that lie in no folder of a class belong to none.
    return [path for path in listed.file_paths if len(Path(path).relative_to(folder).parts) > 1]


def _tell_unreadable(paths: Sequence[str], dataset: ImageFolder, notes: list[Message]) -> None:
    if not paths:
        return
    some = ", ".join(Path(path).name for path in paths[:3]) + (", ..." if len(paths) > 3 else "")
    if dataset.unreadable == "refuse":
        raise Refused(
            say(
                "{file} has {count} files that are no sound images ({some}): remove them, or have them skipped.",
                file=dataset.label,
                count=len(paths),
                some=some,
            )
        )
    if len(paths) == 1:
        notes.append(say("1 file is no sound image, and was left out: {some}.", some=some))
    else:
        notes.append(say("{count} files are no sound images, and were left out: {some}.", count=len(paths), some=some))


def _tell_others(folder: Path, images: int, notes: list[Message]) -> None:
    others = sum(1 for _ in _walked(folder)) - images
    if others == 1:
        notes.append(say("1 file has no name of an image, and was left out."))
    elif others > 1:
        notes.append(say("{count} files have no name of an image, and were left out.", count=others))


def _walked(folder: Path) -> Iterator[str]:
    for path, _, files in os.walk(folder):
        if Path(path) != folder:
            yield from files
