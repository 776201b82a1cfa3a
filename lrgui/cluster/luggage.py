"""A person's own files on their way to the workers: packed once, unpacked once at each, and only what they opened.

Data by name do not travel: a worker loads them itself.
"""

import hashlib
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lrgui.cluster.orders import Order, Parcel
from lrgui.core.config import Experiment, RangeTestConfig, TrainingConfig
from lrgui.core.config.dataset import Arrays, IdxFiles, OwnData
from lrgui.core.config.model import OwnModel
from lrgui.core.messages import Refused, say
from lrgui.core.own_files import programs_of

MOST_BYTES = 2_000_000_000
"""More is not sent to every worker."""

_MODEL, _DATA, _LABELS = "model", "data", "labels"


@dataclass(frozen=True)
class Luggage:
    """What is sent, and what tells a worker how to use it."""

    parcel: Parcel
    data: bytes


def packed_luggage(config: Experiment) -> Luggage | None:
    """Pack the files that a config speaks of; None where it speaks of none.

    Raises
    ------
    Refused
        One is gone, a program was not allowed to be run or does not run, or all are too large to be sent.
    """
    files = dict(_files(config))
    if not files:
        return None
    programs = _programs(config)
    try:
        _check_size(files)
        data = _zipped(files)
    except OSError as error:
        raise Refused(say("A file that is to be sent cannot be read: {reason}", reason=str(error))) from error
    places = {part: next((name for name in files if name.startswith(f"{part}/")), "") for part in (_MODEL, _LABELS)}
    dataset = getattr(config, "dataset", None)
    where = f"{_DATA}/{dataset.file.name}" if isinstance(dataset, OwnData) else ""
    content = hashlib.sha256(data).hexdigest()
    return Luggage(Parcel(content, places[_MODEL], where, places[_LABELS], programs), data)


def _files(config: Experiment) -> Iterator[tuple[str, Path]]:
    """Yield each file that travels, by its place there."""
    if isinstance(config.model, OwnModel):
        yield f"{_MODEL}/{config.model.file.name}", config.model.file
    dataset = config.dataset
    if not isinstance(dataset, OwnData):
        return
    path = dataset.file
    if path.is_dir():
        for file in sorted(path.rglob("*")):
            if file.is_file():
                yield f"{_DATA}/{path.name}/{file.relative_to(path).as_posix()}", file
        return
    yield f"{_DATA}/{path.name}", path
    for file in _beside(dataset):
        yield f"{_DATA}/{file.name}", file
    if labels := getattr(dataset, "labels", ""):
        yield f"{_LABELS}/{Path(labels).name}", Path(labels).expanduser()


def _beside(dataset: OwnData) -> Iterator[Path]:
    """Yield what the reader of these data looks for in the same folder: no labels where others were named."""
    path, names = dataset.file, set[str]()
    if isinstance(dataset, Arrays) and path.suffix == ".npy" and not dataset.labels:
        names = {"y.npy"}
    if isinstance(dataset, IdxFiles):
        images = [path.name, *(path.name.replace("train", word) for word in ("t10k", "test"))]
        labels = [name.replace("images", "labels") for name in images if name != path.name or not dataset.labels]
        names = {*images, *labels, *(name.replace("idx3", "idx1") for name in labels)}
    for name in sorted(names - {path.name}):
        if path.with_name(name).is_file():
            yield path.with_name(name)


def _programs(config: Experiment) -> dict[str, tuple[str, ...]]:
    """Return what may be run there: what a person has allowed, and what has gone well in a child of this process."""
    found: dict[str, tuple[str, ...]] = {}
    for path in programs_of(config):
        from lrgui.training.own.python_file import check_trusted
        from lrgui.training.own.trial import try_file

        content = check_trusted(path)
        model = config.model
        if isinstance(model, OwnModel) and model.file == path:
            try_file(path, model.time_limit)
            found[content] = ("model",)
        else:
            found.setdefault(content, ())
    return found


def _check_size(files: dict[str, Path]) -> None:
    size = sum(path.stat().st_size for path in files.values())
    if size > MOST_BYTES:
        raise Refused(
            say(
                "Your own files have {size:.1f} GB, more than the {most:.0f} GB that are sent to every worker: take a "
                "part of them.",
                size=size / 1e9,
                most=MOST_BYTES / 1e9,
            )
        )


def _zipped(files: dict[str, Path]) -> bytes:
    """Return an archive that is the same for the same content."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
        for name, path in files.items():
            packed.writestr(zipfile.ZipInfo(name), path.read_bytes(), zipfile.ZIP_DEFLATED)
    return archive.getvalue()


def unpacked_config(order: Order, data: bytes | None, folder: str) -> TrainingConfig | RangeTestConfig:
    """Return the config with its files where they lie at this worker; they are unpacked once in its process.

    Parameters
    ----------
    order : Order
        What came.
    data : bytes or None
        And with it.
    folder : str
        Where the worker keeps what goes with it.
    """
    if order.parcel is None or data is None:
        return order.config
    place = Path(folder) / "lrgui" / order.parcel.content
    if place not in _unpacked:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            packed.extractall(place)
        _allow(order.parcel, Path(folder) / "lrgui")
        _unpacked.add(place)
    return _moved(order.config, order.parcel, place)


_unpacked: set[Path] = set()


def _allow(parcel: Parcel, profile: Path) -> None:
    """Let the programs run that were allowed there: the answers of the sender hold in this process alone."""
    from lrgui.core.trust import keep_in, trust
    from lrgui.training.own.trial import remember

    keep_in(profile)
    for content, parts in parcel.programs.items():
        trust().allow(content, parcel.content)
        remember(content, ["model" for part in parts if part == "model"])


def _moved(config: Any, parcel: Parcel, place: Path) -> Any:
    changes: dict[str, Any] = {}
    if parcel.model:
        changes["model"] = config.model.model_copy(update={"path": str(place / parcel.model)})
    if parcel.dataset:
        paths = {"path": str(place / parcel.dataset)}
        if parcel.labels:
            paths["labels"] = str(place / parcel.labels)
        changes["dataset"] = config.dataset.model_copy(update=paths)
    return config.model_copy(update=changes)
