"""Data sets in Keras's home: what is there, and what can be added from a folder copied from another computer."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lrgui.core.config.dataset import DatasetChoice
from lrgui.core.control import Control
from lrgui.core.events import Emit, Ended, Failed, Finished, Progressed, Stopped
from lrgui.core.messages import Message, Refused, say
from lrgui.training import keras_home
from lrgui.training.download import Cancelled
from lrgui.training.sources import SOURCES, KnownFile, Source

_PIECE_BYTES = 1 << 22

_MNIST_SIZES = frozenset((9_912_422, 28_881, 1_648_877, 4_542))
"""Of MNIST's own four files, which bear the same names as those of Fashion-MNIST."""


@dataclass(frozen=True, slots=True)
class Stock:
    """How much of a data set is in Keras's home: ``there`` of ``files`` files, with so many bytes."""

    dataset: type[DatasetChoice]
    there: int
    files: int
    bytes: int

    @property
    def complete(self) -> bool:
        """Whether nothing is left to download."""
        return self.there == self.files


def stocks() -> tuple[Stock, ...]:
    """Return what is there of each data set that would be downloaded; nothing is read or checked."""
    return tuple(_stock(source) for source in SOURCES.values())


def _stock(source: Source) -> Stock:
    found = [path for file in source.files if (path := keras_home.find(file.name)) is not None]
    return Stock(source.dataset, len(found), len(source.files), sum(path.stat().st_size for path in found))


def add_folder(folder: Path, emit: Emit, control: Control) -> None:
    """Add what a folder holds of the known data sets, and emit what comes of it; a job like a run's.

    The folder may be a copied home of Keras, its ``datasets``, or hold the files themselves. Each file is checked,
    and appears in this computer's home whole or not at all. The last event has one sentence for each data set found:
    ``Finished``, or ``Failed`` if a file was damaged, nothing was found, or writing did not work.

    Parameters
    ----------
    folder : pathlib.Path
        Where to look; nothing in it is changed.
    emit : callable
        Takes the events, on this thread.
    control : Control
        Stopping it ends the copying; what has been added stays.
    """
    try:
        end = _add(Path(folder), emit, control)
    except Cancelled:
        end = Stopped(say("Stopped; what was added before stays."))
    except Refused as refused:
        end = Failed(refused.message)
    except OSError as error:
        end = Failed(say("The files could not be copied: {reason}.", reason=str(error)))
    emit(end)


def check_folder(folder: Path) -> None:
    """Make sure that there is a folder to look into.

    Raises
    ------
    Refused
        There is none, or it cannot be read.
    """
    try:
        next(folder.iterdir(), None)
    except NotADirectoryError as error:
        raise Refused(say("{folder} is a file: give the folder that it lies in.", folder=str(folder))) from error
    except FileNotFoundError as error:
        raise Refused(say("There is no folder {folder}.", folder=str(folder))) from error
    except OSError as error:
        raise Refused(say("The folder {folder} cannot be read.", folder=str(folder))) from error


def _add(folder: Path, emit: Emit, control: Control) -> Ended:
    check_folder(folder)
    found = [(source, files) for source in SOURCES.values() if (files := _found(source, folder))]
    if not found:
        names = ", ".join(file.short_name for source in SOURCES.values() for file in source.files)
        raise Refused(say("In {folder} there is none of {names}.", folder=str(folder), names=names))
    outcomes = [_add_files(source, files, emit, control) for source, files in found]
    told = outcomes[0][0]
    for sentence, _ in outcomes[1:]:
        told = say("{first} {second}", first=told, second=sentence)
    return Finished(told) if all(sound for _, sound in outcomes) else Failed(told)


def _found(source: Source, folder: Path) -> dict[str, Path]:
    """Return where the folder has files of a data set, by the names that Keras has for them."""
    found = {file.name: next(_places(file, folder), None) for file in source.files}
    return {name: path for name, path in found.items() if path is not None}


def _places(file: KnownFile, folder: Path) -> Iterator[Path]:
    for root in (folder, folder / "datasets", folder / ".keras" / "datasets"):
        for name in (file.name, file.short_name, *file.other_names):
            path = root / name
            if path.is_file() and not (name == file.short_name != file.name and path.stat().st_size in _MNIST_SIZES):
                yield path


def _add_files(source: Source, found: dict[str, Path], emit: Emit, control: Control) -> tuple[Message, bool]:
    """Add a data set's files; return what to say of it, and whether all were sound."""
    added, damaged, why = 0, "", say("")
    for file in source.files:
        there = keras_home.find(file.name)
        if file.name not in found or (there is not None and file.unreadable(there) is None):
            continue
        problem = _copy(file, found[file.name], emit, control)
        added += problem is None
        if problem is not None:
            damaged, why = str(found[file.name]), problem
    title = source.dataset.title
    if damaged:
        return say("{dataset}: {file} is damaged ({why}).", dataset=title, file=damaged, why=why), False
    return _told(source, added), True


def _told(source: Source, added: int) -> Message:
    title = source.dataset.title
    missing = ", ".join(file.short_name for file in source.files if keras_home.find(file.name) is None)
    if missing:
        return say("{dataset}: added in part, {files} is missing.", dataset=title, files=missing)
    return say("{dataset}: added.", dataset=title) if added else say("{dataset}: already there.", dataset=title)


def _copy(file: KnownFile, path: Path, emit: Emit, control: Control) -> Message | None:
    """Copy a file into this home if the copy is sound; return what is wrong with it otherwise."""
    target = keras_home.folder() / file.name
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f"{target.name}.{os.getpid()}.part")
    try:
        _copy_bytes(path, part, emit, control)
        problem = file.problem(part)
        if problem is None:
            part.replace(target)
        return problem
    finally:
        part.unlink(missing_ok=True)


def _copy_bytes(path: Path, part: Path, emit: Emit, control: Control) -> None:
    total, done = path.stat().st_size, 0
    message = say("Adding {file}, {total:.1f} MB.", file=path.name, total=total / 1e6)
    emit(Progressed(message, 0.0))
    with path.open("rb") as source, part.open("wb") as copy:
        while piece := source.read(_PIECE_BYTES):
            if control.stopping:
                raise Cancelled
            copy.write(piece)
            done += len(piece)
            emit(Progressed(message, min(done / total, 1.0) if total else 1.0))
