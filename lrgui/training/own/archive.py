"""A ``.keras`` file looked at before Keras opens it: whether it is one, whether it is whole, and what it asks for.

Nothing of it is run and no array is made: what could fill the memory, or run code, is refused here.
"""

import os
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from lrgui.core.json_text import parsed
from lrgui.core.messages import Message, Refused, say

CONFIG, METADATA = "config.json", "metadata.json"
_WEIGHTS = ("model.weights.h5", "model.weights.npz")

MOST_CONFIG_BYTES = 64_000_000
"""The description of a model with thousands of layers has some megabytes."""

BOMB_BYTES, BOMB_RATIO = 200_000_000, 20
"""Keras packs nothing. A file that would unpack to so much, and to so many times its size, was not made by it."""

_OLD_SUFFIXES = (".h5", ".hdf5")
_BUILT_IN = "keras"


@dataclass(frozen=True)
class Archive:
    """What the file says of itself.

    Attributes
    ----------
    path : Path
        Where it lies.
    version : str
        The Keras that wrote it; empty if it does not say.
    config : dict
        Keras's description of the model, of what it was compiled with, and of how it was built.
    weights_bytes : int
        How much room its weights take.
    """

    path: Path
    version: str
    config: dict[str, Any]
    weights_bytes: int

    @property
    def compiled(self) -> bool:
        """Whether it was compiled: it then has an optimizer, and nearly always a loss."""
        return bool(self.config.get("compile_config"))

    def look_through(self) -> None:
        """Find out all that follows.

        Raises
        ------
        RecursionError
            The description is nested deeper than that of any model.
        """
        _ = self.strangers, self.strangers_compiled, self.lambdas

    @cached_property
    def strangers(self) -> tuple[str, ...]:
        """The classes and functions of the model itself that are not part of Keras, by name."""
        return tuple(dict.fromkeys(_strangers({**self.config, "compile_config": None})))

    @cached_property
    def strangers_compiled(self) -> tuple[str, ...]:
        """The same of what it was compiled with: an optimizer, a loss, metrics."""
        return tuple(dict.fromkeys(_strangers(self.config.get("compile_config"))))

    @cached_property
    def lambdas(self) -> tuple[str, ...]:
        """The names of what holds Python code as bytes: Lambda layers, and lambdas as activations or losses."""
        return tuple(dict.fromkeys(_lambdas(self.config, "")))


def open_archive(path: Path) -> Archive:
    """Read what a ``.keras`` file says of itself.

    Raises
    ------
    Refused
        It is not there, is no such file, is damaged, or would unpack to far more than it is.
    """
    _check_kind(path)
    try:
        with zipfile.ZipFile(path) as archive:
            sizes = {entry.filename: entry.file_size for entry in archive.infolist()}
            _check_parts(path, sizes)
            return Archive(
                path,
                str(_read(archive, METADATA).get("keras_version", "")),
                _read(archive, CONFIG),
                sum(sizes.get(name, 0) for name in _WEIGHTS),
            )
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError) as error:
        raise Refused(damaged(path)) from error
    except (ValueError, AttributeError) as error:
        raise Refused(_no_keras_file(path)) from error
    except OSError as error:
        raise Refused(unreadable(path, error)) from error


def check_there(path: Path) -> None:
    """Make sure that there is a file which can be read.

    Raises
    ------
    Refused
        There is none.
    """
    if os.path.isdir(path):  # which takes a name that is too long for no folder, and Path raises
        raise Refused(_folder(path))
    try:
        with path.open("rb"):
            return
    except FileNotFoundError as error:
        raise Refused(gone(path)) from error
    except OSError as error:
        raise Refused(unreadable(path, error)) from error


def damaged(path: Path) -> Message:
    """Say that a file is cut short or changed."""
    return say(
        "{file} is damaged or cut short: copy it again, or save the model again with model.save().", file=path.name
    )


def unreadable(path: Path, error: OSError) -> Message:
    """Say that a file cannot be read."""
    return say("{file} cannot be read ({reason}): see to it that it may be, or choose another file.", file=path.name,
               reason=error.strerror or type(error).__name__)  # fmt: skip


def gone(path: Path) -> Message:
    """Say that a file is not where it was."""
    return say(
        "{file} is not at {folder}: put it there, or open the model from where it is now.",
        file=path.name,
        folder=str(path.parent),
    )


def _folder(path: Path) -> Message:
    return say("{file} is a folder: open a .keras file or a Python file with build_model().", file=path.name)


def _no_keras_file(path: Path) -> Message:
    return say(
        "{file} is no model that Keras 3 has saved: save the model with model.save('name.keras'), and open that file.",
        file=path.name,
    )


def _check_kind(path: Path) -> None:
    if path.suffix.lower() in _OLD_SUFFIXES:
        raise Refused(
            say(
                "{file} is in the old HDF5 format: load it where it was made, with keras.models.load_model('{file}'), "
                "and save it with model.save('{stem}.keras').",
                file=path.name,
                stem=path.stem,
            )
        )
    if os.path.isdir(path):
        if (path / "saved_model.pb").exists():
            raise Refused(
                say(
                    "{file} is a SavedModel, which Keras 3 cannot train on: save the model where it was made with "
                    "model.save('{file}.keras'), and open that file.",
                    file=path.name,
                )
            )
        raise Refused(_folder(path))
    try:
        if path.stat().st_size == 0:
            raise Refused(say("{file} is empty: save the model again with model.save().", file=path.name))
        if not zipfile.is_zipfile(path):
            with path.open("rb") as file:
                begins_as_zip = file.read(2) == b"PK"
            raise Refused(damaged(path) if begins_as_zip else _no_keras_file(path))
    except FileNotFoundError as error:
        raise Refused(gone(path)) from error
    except OSError as error:
        raise Refused(unreadable(path, error)) from error


def _check_parts(path: Path, sizes: dict[str, int]) -> None:
    if CONFIG not in sizes or not any(name in sizes for name in _WEIGHTS):
        raise Refused(_no_keras_file(path))
    unpacked, packed = sum(sizes.values()), path.stat().st_size
    if sizes[CONFIG] > MOST_CONFIG_BYTES or sizes.get(METADATA, 0) > MOST_CONFIG_BYTES:
        unpacked = max(unpacked, BOMB_BYTES + 1, BOMB_RATIO * packed + 1)
    if unpacked > max(BOMB_BYTES, BOMB_RATIO * packed):
        raise Refused(
            say(
                "{file} is {packed:.1f} MB and would unpack to {unpacked:,.0f} MB, which no model that Keras has saved "
                "does: it is not opened. Save the model again with model.save().",
                file=path.name,
                packed=packed / 1e6,
                unpacked=unpacked / 1e6,
            )
        )


def _read(archive: zipfile.ZipFile, name: str) -> dict[str, Any]:
    if name == METADATA and name not in archive.namelist():
        return {}
    found = parsed(archive.read(name))
    if not isinstance(found, dict):
        raise ValueError(f"{name} is no dictionary")
    return found


def _strangers(part: Any) -> Iterator[str]:
    if isinstance(part, list):
        for each in part:
            yield from _strangers(each)
    if not isinstance(part, dict):
        return
    if (name := _stranger(part)) is not None:
        yield name
    for each in part.values():
        yield from _strangers(each)


def _stranger(part: dict[str, Any]) -> str | None:
    """Return the name of a class or a function that Keras would look for and not have."""
    name, module = part.get("class_name"), part.get("module")
    if not isinstance(name, str) or "config" not in part or name.startswith("__") or "registered_name" not in part:
        return None
    if name == "function" and module == "builtins":
        return str(part["config"])
    if isinstance(module, str) and module.split(".")[0] in (_BUILT_IN, "builtins"):
        return None
    return name


def _lambdas(part: Any, owner: str) -> Iterator[str]:
    if isinstance(part, list):
        for each in part:
            yield from _lambdas(each, owner)
    if not isinstance(part, dict):
        return
    config = part.get("config")
    named = str(config.get("name") or owner) if isinstance(config, dict) else owner
    if part.get("class_name") in ("Lambda", "__lambda__") or _is_code(part):
        yield named or str(part.get("class_name", "lambda"))
        return
    for each in part.values():
        yield from _lambdas(each, named)


def _is_code(part: dict[str, Any]) -> bool:
    """Return whether it is what Keras writes for a lambda in the place of an activation: its code and two blanks."""
    return part.keys() == {"value"} and isinstance(part["value"], list) and len(part["value"]) == 3
