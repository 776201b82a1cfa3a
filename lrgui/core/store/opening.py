"""The file of the history opened with care: too new is left alone, damaged is set aside, old is brought up."""

import contextlib
import re
import sqlite3
import time
from dataclasses import dataclass
from pathlib import Path

from lrgui.core.messages import Message, Refused, say
from lrgui.core.store import locks
from lrgui.core.store.schema import APPLICATION_ID, VERSION, migrate

BUSY_SECONDS = 10.0
"""How long one program waits for another that writes; a transaction takes some milliseconds."""

_CHECKED_WHOLE = 64 * 1024 * 1024
"""Files up to this size are looked through at every opening, in a tenth of a second; larger ones when they were not
closed in good order."""

_NO_NAME, _LONGEST_NAME = re.compile(r"[^A-Za-z0-9_.-]"), 100

_HEADER = 100
_VERSION_AT, _APPLICATION_AT = 60, 68


class Damaged(Exception):
    """The file is not a sound history; says what is wrong."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A connection that may write, and what a person has to know of the opening."""

    connection: sqlite3.Connection
    notice: Message | None


def open_history(path: Path) -> Opened:
    """Open the history, or begin one.

    Programs that open it at the same time do so one after the other: each is to find what the last one left, not what
    it is about to set aside.

    Raises
    ------
    Refused
        A newer program made it, or it is damaged and another program uses it now. Nothing was touched.
    sqlite3.Error, OSError
        It cannot be opened or written now.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    _refuse_newer(path)
    with locks.FileLock(path.with_name(f"{path.name}-opening"), BUSY_SECONDS):
        try:
            return Opened(_sound(path), None)
        except Damaged as damage:
            notice = _set_aside(path, damage)
        return Opened(_sound(path), notice)


def open_to_read(path: Path, *, unchanging: bool = False) -> sqlite3.Connection:
    """Return a connection that can only read, for one thread at a time; to an ``unchanging`` file nobody writes."""
    connection = sqlite3.connect(
        f"{path.resolve().as_uri()}?mode=ro{'&immutable=1' if unchanging else ''}",
        uri=True,
        timeout=BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
    )
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.row_factory = sqlite3.Row
    # A letter that is damaged must not hide the run, and all others in the list.
    connection.text_factory = lambda text: text.decode("utf-8", errors="replace")
    return connection


def live_file(path: Path, writer: str) -> Path:
    """Return the file that a program holds as long as it writes into this history."""
    # The writer's name comes from the tables: whatever stands there, the file lies beside the history.
    return path.with_name(f"{path.name}-{_NO_NAME.sub('_', str(writer))[:_LONGEST_NAME]}.live")


def live_files(path: Path) -> list[Path]:
    """Return these files of all programs, also of such as are gone."""
    return sorted(path.parent.glob(f"{path.name}-*.live"))


def _refuse_newer(path: Path) -> None:
    """Look at the version before anything is touched: in the bytes of the file, and where there is a log, with it."""
    header = _header(path)
    application, version = (int.from_bytes(header[at : at + 4], "big") for at in (_APPLICATION_AT, _VERSION_AT))
    if header and path.with_name(f"{path.name}-wal").exists():
        with contextlib.suppress(sqlite3.DatabaseError), contextlib.closing(open_to_read(path)) as connection:
            application, version = _whose(connection)
    if application == APPLICATION_ID and version > VERSION:
        raise Refused(
            say(
                "The history in {file} was made by a newer version of this program: it is left as it is, and what is "
                "run now is not kept.",
                file=str(path),
            )
        )


def _header(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_HEADER)
    except FileNotFoundError:
        return b""


def _whose(connection: sqlite3.Connection) -> tuple[int, int]:
    """Return whose file it is, and its version."""
    (application,), (version,) = (
        connection.execute(f"PRAGMA {name}").fetchone() for name in ("application_id", "user_version")
    )
    return application, version


def _sound(path: Path) -> sqlite3.Connection:
    header = _header(path)
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("PRAGMA trusted_schema = OFF")
        if header:
            _check(connection, path)
        # What is committed is on the disk, whatever happens to the computer; nobody waits for it but the writer.
        for setting in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
            connection.execute(f"PRAGMA {setting}")
        migrate(connection)
    except BaseException as error:
        connection.close()
        if _is_damage(error):
            raise Damaged(str(error)) from error
        raise
    return connection


def _check(connection: sqlite3.Connection, path: Path) -> None:
    """Look through the file: the small tables always, all of it where that is quick or a program broke off.

    Raises
    ------
    Damaged
        What is found.
    """
    whole = path.stat().st_size <= _CHECKED_WHOLE or any(not locks.is_held(live) for live in live_files(path))
    for check in ("quick_check(1)",) if whole else ("quick_check(runs)", "quick_check(bodies)"):
        (found,) = connection.execute(f"PRAGMA {check}").fetchone()
        if found != "ok":
            raise Damaged(found.splitlines()[-1])  # above it stands in which of several files
    application, version = _whose(connection)
    # A program that was killed while it made the file has left it empty, with no version.
    if application != APPLICATION_ID and (version or connection.execute("SELECT 1 FROM sqlite_master").fetchone()):
        raise Damaged("not a history")
    # Triggers and views are programs, which would run when a run is listed or kept; this program writes none.
    programs = connection.execute(
        "SELECT name FROM sqlite_master WHERE type NOT IN ('table', 'index') OR sql LIKE 'CREATE VIRTUAL%'"
    ).fetchone()
    if programs is not None:
        raise Damaged(f"it holds a program, {programs[0]}")
    if version == VERSION:
        for table in ("runs", "bodies", "arrays"):
            connection.execute(f"SELECT 1 FROM {table} LIMIT 0")


def _is_damage(error: BaseException) -> bool:
    """Whether the file itself is at fault: then SQLite raises ``DatabaseError`` and none of the classes below it.

    A table that is missing is an ``OperationalError`` of the general code.
    """
    if isinstance(error, sqlite3.OperationalError):
        return getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_ERROR
    return type(error) is sqlite3.DatabaseError


def _set_aside(path: Path, damage: Damaged) -> Message:
    """Give a damaged file another name, with all that belongs to it, and say so.

    Raises
    ------
    Refused
        Another program uses it now: files must not be moved under its hands.
    """
    if any(locks.is_held(live) for live in live_files(path)):
        raise Refused(
            say(
                "The history in {file} is damaged ({damage}), and another window uses it: what is run now is not kept. "
                "Close all windows, and open one again.",
                file=str(path),
                damage=str(damage),
            )
        )
    aside = _free_name(path)
    for ending in ("-wal", "-shm", ""):
        with contextlib.suppress(FileNotFoundError):
            path.with_name(path.name + ending).rename(aside.with_name(aside.name + ending))
    return say(
        "The history was damaged ({damage}). It was set aside as {file}, and a new one begun.",
        damage=str(damage),
        file=str(aside),
    )


def _free_name(path: Path) -> Path:
    day = time.strftime("%Y-%m-%d")
    number = 1
    while True:
        name = f"{path.stem}-damaged-{day}{'' if number == 1 else f'-{number}'}{path.suffix}"
        if not (aside := path.with_name(name)).exists():
            return aside
        number += 1
