"""A whole run as one file, to be opened on another computer.

A zip archive: ``about.json`` with all that is no array, one ``.npy`` file for each array, and ``manifest.json`` with
the version of this format and the SHA-256 of each of the others. Nothing in it is ever run or unpacked to the disk.
"""

import hashlib
import json
import sqlite3
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lrgui.core.computer import memory
from lrgui.core.files import write_whole
from lrgui.core.json_text import parsed
from lrgui.core.messages import Message, Refused, say
from lrgui.core.store import npy, saving
from lrgui.core.store.configs import stored_config
from lrgui.core.store.flat import body
from lrgui.core.store.kept import Kept
from lrgui.core.store.loading import Arrays, run_of
from lrgui.core.store.plain import from_json, to_json
from lrgui.core.store.unknown import check_about

SUFFIX = ".lrrun"

FORMAT, VERSION = "lrgui run", 1

MOST_BYTES = 4 << 30
"""What an archive may hold when it is unpacked; a run of fifty million steps has less."""

_MOST_ABOUT_BYTES, _MOST_MEMBERS = 64 << 20, 1000
_MOST_LETTERS = 200
_MANIFEST, _ABOUT = "manifest.json", "about.json"
_DATE = (1980, 1, 1, 0, 0, 0)

_OF_A_RUN = ("id", "kind", "name", "status", "started", "seconds", "details", "slowed", "repeat_of")
_AS_JSON = ("planned", "message", "evaluation", "factor_moves", "arm_ends", "examined")
_OF_PEOPLE = ("name", "note", "tags", "starred", "versions", "environment")

_DAMAGE = (
    zipfile.BadZipFile, zlib.error, ValueError, KeyError, TypeError, AttributeError, IndexError, EOFError,
    RecursionError, NotImplementedError, RuntimeError, OverflowError, MemoryError, sqlite3.Error,
)  # fmt: skip
"""What reading an archive raises that is damaged, or made to do harm."""


def write_run_file(kept: Kept, path: Path) -> None:
    """Write a run that has ended, whole or not at all.

    Raises
    ------
    OSError
        The file cannot be written.
    """
    write_whole(path, lambda unfinished: _write(kept, unfinished))


def _write(kept: Kept, path: Path) -> None:
    hashes: dict[str, str] = {}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in _members(kept):
            hashes[name] = hashlib.sha256(content).hexdigest()
            archive.writestr(_member(name), content)
        manifest = {"format": FORMAT, "version": VERSION, "sha256": hashes}
        archive.writestr(_member(_MANIFEST), json.dumps(manifest, indent=1).encode())


def _member(name: str) -> zipfile.ZipInfo:
    """Return a member without the hour at which it was made: the same run is the same file."""
    member = zipfile.ZipInfo(name, _DATE)
    member.compress_type = zipfile.ZIP_DEFLATED
    return member


def _members(kept: Kept) -> Iterator[tuple[str, bytes]]:
    yield _ABOUT, to_json(_about(kept)).encode()
    for part, name, array in saving.arrays_of(kept.run):
        yield f"{part}/{name}.npy", npy.written(array)


def _about(kept: Kept) -> dict[str, Any]:
    run, stored = kept.run, body(kept.run)
    config_class, config = stored_config(run.config)
    return {
        "run": {name: getattr(run, name) for name in _OF_A_RUN},
        "config": {"class": config_class, "fields": _parsed(config)},
        "measured": {name: from_json(stored[name]) for name in _AS_JSON if name in stored},
        "people": {
            name: dict(value) if name in ("versions", "environment") else value
            for name in _OF_PEOPLE
            for value in [getattr(kept, name)]
        },
    }


def _parsed(config: str) -> Any:
    """Return the fields of a config; its text, where they cannot even be told apart."""
    try:
        return parsed(config)
    except ValueError:
        return config


def read_run_file(path: Path) -> Kept:
    """Return the run in a file, from whatever computer it comes.

    Raises
    ------
    Refused
        There is no such file, it was made by a newer version, or it is damaged or was changed.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            return _read(archive, path)
    except OSError as error:
        raise Refused(say("{file} cannot be read: {error}", file=path.name, error=error.strerror or "")) from error
    except _DAMAGE as error:
        raise Refused(_damaged(path, error)) from error


def _damaged(path: Path, error: Exception) -> Message:
    if isinstance(error, zipfile.BadZipFile) and not zipfile.is_zipfile(path):
        return say("{file} is no run of this program, or only a part of one.", file=path.name)
    return say("{file} is damaged, or was changed: {problem}", file=path.name, problem=str(error)[:_MOST_LETTERS])


def _read(archive: zipfile.ZipFile, path: Path) -> Kept:
    members = {member.filename: member for member in archive.infolist()}
    if len(members) > _MOST_MEMBERS or sum(member.file_size for member in members.values()) > _room():
        raise ValueError("it is too large")
    manifest = json.loads(_content(archive, members[_MANIFEST], _MOST_ABOUT_BYTES))
    if manifest["format"] != FORMAT:
        raise ValueError("it is of another program")
    if manifest["version"] > VERSION:
        raise Refused(say("{file} was made by a newer version of this program.", file=path.name))
    hashes = manifest["sha256"]
    contents: dict[str, bytes] = {}
    for name in [_ABOUT, *(name for name in hashes if name != _ABOUT)]:
        contents[name] = _content(archive, members[name], _MOST_ABOUT_BYTES if name == _ABOUT else MOST_BYTES)
        if hashlib.sha256(contents[name]).hexdigest() != hashes[name]:
            raise ValueError(f"the checksum of {name} differs")
    return _kept(json.loads(contents.pop(_ABOUT)), contents)


def _room() -> int:
    """Return how many bytes a run may have here: half of the free memory at most, where it is twice for a while."""
    _, free = memory()
    return min(MOST_BYTES, free // 2) if free else MOST_BYTES


def _content(archive: zipfile.ZipFile, member: zipfile.ZipInfo, most: int) -> bytes:
    """Return what a member holds, never more than it says itself that it does."""
    if member.file_size > most:
        raise ValueError(f"{member.filename} is too large")
    with archive.open(member) as file:
        return file.read(member.file_size + 1)


def _kept(about: dict[str, Any], contents: dict[str, bytes]) -> Kept:
    check_about(about)
    config = about["config"]
    fields = config["fields"] if isinstance(config["fields"], str) else json.dumps(config["fields"])
    row = {**about["run"], "config_class": config["class"], "config": fields}
    measured = {name: about["measured"].get(name) for name in _AS_JSON}
    row |= {name: None if value is None else json.dumps(value) for name, value in measured.items()}
    people = {**about["people"], "tags": tuple(about["people"]["tags"])}
    return Kept(run_of(row, _arrays(contents)), **people)


def _arrays(contents: dict[str, bytes]) -> Arrays:
    arrays: Arrays = {}
    for name, content in contents.items():
        part, _, column = name.removesuffix(".npy").partition("/")
        arrays.setdefault(part, {})[column] = npy.read(content)
    return arrays
