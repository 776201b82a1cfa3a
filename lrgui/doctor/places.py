"""The folders that the program writes into, the history there, and the data sets at hand."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from lrgui.core.messages import Text, joined, say
from lrgui.core.profile import log_folder, user_profile
from lrgui.core.store import FILE_NAME
from lrgui.core.store.opening import open_to_read
from lrgui.core.store.schema import APPLICATION_ID, VERSION
from lrgui.doctor.finding import Finding

_LITTLE_BYTES = 1_000_000_000


def folders() -> Iterator[Finding]:
    """Look at whether each folder is there and may be written to."""
    from lrgui.training import keras_home  # which imports nothing of Keras

    yield _folder("profile", say("Settings and history"), user_profile())
    yield _folder("log", say("Log files"), log_folder())
    yield _folder("data", say("Data sets of Keras"), keras_home.folder())
    yield from _disk(user_profile())


def _folder(name: str, title: Text, folder: Path) -> Finding:
    values = {"folder": str(folder), "there": folder.is_dir(), "writable": _may_be_written(folder)}
    if not values["writable"]:
        told, remedy = say("{folder}: cannot be written to", folder=str(folder)), say("Allow this user to write there.")
        return Finding(name, title, told, "wrong" if name == "profile" else "hint", remedy, values)
    if not values["there"]:
        return Finding(name, title, say("{folder}: made when it is needed", folder=str(folder)), values=values)
    return Finding(name, title, str(folder), values=values)


def _may_be_written(folder: Path) -> bool:
    there = _nearest(folder)
    return there.is_dir() and os.access(there, os.W_OK)


def _nearest(folder: Path) -> Path:
    """Return the folder, or the one above it that is there."""
    while not folder.exists() and folder.parent != folder:
        folder = folder.parent
    return folder


def _disk(folder: Path) -> Iterator[Finding]:
    free = shutil.disk_usage(_nearest(folder)).free
    told, title = say("{free:.1f} GB free", free=free / 1e9), say("Disk")
    values = {"free_bytes": free}
    if free < _LITTLE_BYTES:
        remedy = say("Free some room: runs that are kept and data sets that are downloaded need it.")
        yield Finding("disk", title, told, "hint", remedy, values)
    else:
        yield Finding("disk", title, told, values=values)


def history() -> Iterator[Finding]:
    """Look at whether the history opens and is sound; it is only read."""
    path, title = user_profile() / FILE_NAME, say("History")
    if not path.exists():
        yield Finding("history", title, say("no runs yet"), values={"runs": 0})
        return
    try:
        with closing(open_to_read(path)) as connection:
            yield _history_of(connection, title)
    except sqlite3.Error as error:
        remedy = say("When the window is opened, a damaged history is set aside and a new one begun.")
        yield Finding("history", title, str(error), "wrong", remedy)


def _history_of(connection: sqlite3.Connection, title: Text) -> Finding:
    (application,), (version,), (checked,) = (
        connection.execute(f"PRAGMA {name}").fetchone() for name in ("application_id", "user_version", "quick_check(1)")
    )
    if checked != "ok" or application not in (APPLICATION_ID, 0):
        raise sqlite3.DatabaseError(checked if checked != "ok" else "not a history")
    if version > VERSION:
        told = say("made by a newer version of this program: runs are not kept")
        return Finding("history", title, told, "wrong", say("Install the newer version again."), {"schema": version})
    (runs,) = connection.execute("SELECT count(*) FROM runs").fetchone() if version else (0,)
    told = say("{count:number} runs, sound", count=runs)
    return Finding("history", title, told, values={"runs": runs, "schema": version})


def data_sets() -> Iterator[Finding]:
    """Tell which data sets are here, and which would have to be downloaded."""
    from lrgui.training.keras_cache import stocks

    found = stocks()
    here = [stock.dataset.title for stock in found if stock.complete]
    away = [stock.dataset.title for stock in found if not stock.complete]
    told = joined(here, ", ") if here else say("only those that come with the program")
    if away:
        told = say("{here}; not here: {away}", here=told, away=joined(away, ", "))
    values = {stock.dataset.__name__: stock.complete for stock in found}
    yield Finding("data_sets", say("Data sets"), told, values=values)
