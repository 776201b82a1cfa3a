"""Arrays of NumPy -> examples: x and y out of one archive or two files, and a validation pair if there is one."""

import re
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from numpy.typing import NDArray

from lrgui.core.config.dataset import Arrays
from lrgui.core.messages import Message, Refused, say
from lrgui.training.own_data.found import Found
from lrgui.training.own_data.npy import MOST_BYTES, read_npy
from lrgui.training.own_data.pairs import Parts, examples_of

_X = ("x", "data", "features", "inputs", "images", "samples")
_Y = ("y", "target", "targets", "labels", "label", "classes")
_TRAIN, _VALIDATION = ("", "train", "training"), ("val", "valid", "validation", "test", "testing")


def read_arrays(dataset: Arrays) -> Found:
    """Return the examples of an ``.npz`` archive, or of one or two ``.npy`` files; see ``Arrays``.

    Raises
    ------
    Refused
        The arrays that are needed are not there, or nothing can be learned from them.
    """
    path, file = dataset.file, dataset.label
    if path.is_dir():
        raise Refused(say("{file} is a folder, and no array: choose the file in it.", file=file))
    with path.open("rb") as stream:
        start = stream.read(6)
    if start[:4] == b"PK\x03\x04" or path.suffix.lower() == ".npz":
        parts = _of_archive(path, file)
    elif start == b"\x93NUMPY" or path.suffix.lower() == ".npy":
        parts = _of_files(dataset)
    else:
        raise Refused(say("{file} is no array of NumPy: choose an .npz or .npy file.", file=file))
    return examples_of(parts, dataset)


def _of_archive(path: Path, file: str) -> Parts:
    if not zipfile.is_zipfile(path):
        raise Refused(say("{file} is no sound .npz archive: copy it again, or save it again with np.savez.", file=file))
    with zipfile.ZipFile(path) as archive:
        members = {Path(info.filename).stem: info for info in archive.infolist() if info.filename.endswith(".npy")}
        chosen = _chosen(list(members), file)
        total = sum(members[name].file_size for name in chosen.values())
        if total > MOST_BYTES:
            raise Refused(
                say(
                    "{file} unpacks to {size:.1f} GB, more than {most:.0f} GB: take a part of it.",
                    file=file,
                    size=total / 1e9,
                    most=MOST_BYTES / 1e9,
                )
            )
        found = {}
        for role, name in chosen.items():
            with archive.open(members[name]) as stream:
                where = say("'{name}' of {file}", name=name, file=file)
                found[role] = read_npy(stream, members[name].file_size, where), where
    return _parts(found)


def _chosen(names: list[str], file: str) -> dict[str, str]:
    """Return the names of the arrays by what they are: ``x, y`` and, if both are there, ``x_val, y_val``."""
    roles = {
        role: next((name for name in names if _is(name, words, parts)), None)
        for role, words, parts in (("x", _X, _TRAIN), ("y", _Y, _TRAIN), ("x_val", _X, _VALIDATION),
                                   ("y_val", _Y, _VALIDATION))
    }  # fmt: skip
    if roles["x"] is None or roles["y"] is None:
        raise Refused(
            say(
                "{file} has {arrays}, and needs the arrays x and y (or x_train and y_train): save it with "
                "np.savez(file, x=..., y=...).",
                file=file,
                arrays=", ".join(names[:8]) or say("no arrays"),
            )
        )
    if (roles["x_val"] is None) != (roles["y_val"] is None):
        there, lacking = ("x_val", "y_val") if roles["y_val"] is None else ("y_val", "x_val")
        raise Refused(
            say(
                "{file} has {there} and no array {lacking} for it: save both, or neither.",
                file=file,
                there=roles[there],
                lacking=lacking,
            )
        )
    return {role: name for role, name in roles.items() if name is not None}


def _is(name: str, words: tuple[str, ...], parts: tuple[str, ...]) -> bool:
    """Return whether a name says both: ``x_train``, ``TestLabels``, ``images``."""
    plain = re.sub("[^a-z]", "", name.lower())
    return any(plain in (word + part, part + word) for word in words for part in parts)


def _parts(found: Mapping[str, tuple[NDArray[Any], Message]]) -> Parts:
    validation = (found["x_val"], found["y_val"]) if "x_val" in found else None
    return Parts(found["x"], found["y"], validation)


def _of_files(dataset: Arrays) -> Parts:
    path = dataset.file
    inputs, where = _of_file(path)
    labels = Path(dataset.labels).expanduser() if dataset.labels else _beside(path)
    if labels is not None:
        return Parts((inputs, where), _of_file(labels))
    if inputs.ndim != 2 or inputs.shape[1] < 2:
        raise Refused(
            say(
                "{file} has no labels: choose the file with them, or lay y.npy beside x.npy; only of a table with at "
                "least two columns the last one is taken.",
                file=path.name,
            )
        )
    return Parts((inputs[:, :-1], where), (inputs[:, -1], say("The last column of {file}", file=path.name)))


def _of_file(path: Path) -> tuple[NDArray[Any], Message]:
    where = say("{file}", file=path.name)
    try:
        with path.open("rb") as stream:
            return read_npy(stream, path.stat().st_size, where), where
    except FileNotFoundError as error:
        raise Refused(say("{file} is not there: choose the file with the labels again.", file=str(path))) from error


def _beside(path: Path) -> Path | None:
    """Return the file with the labels by its name, if there is one: ``y_train.npy`` beside ``x_train.npy``."""
    for word in _X:
        for other in _Y:
            name = re.sub(rf"(?i)(?<![a-z]){word}(?![a-z])", other, path.stem, count=1)
            found = path.with_name(name + path.suffix)
            if name != path.stem and found.exists():
                return found
    return None
