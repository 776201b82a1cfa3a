"""The tables of the history, version by version."""

import sqlite3
from collections.abc import Callable

from lrgui.core.store.searching import search_text

APPLICATION_ID = 0x4C524C61
"""Stands in the file's header, and says whose file it is ("LRLa")."""

_FIRST = (
    # What lists, filters and sorts look at: rows are kept short, so that ten thousand of them are read in no time.
    """CREATE TABLE runs (
        number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, name TEXT NOT NULL DEFAULT '',
        status TEXT NOT NULL, started REAL NOT NULL, seconds REAL NOT NULL DEFAULT 0,
        dataset TEXT, model TEXT, optimizer TEXT, schedule TEXT, learning_rate REAL, seed INTEGER,
        epochs INTEGER, steps INTEGER, steps_done INTEGER NOT NULL DEFAULT 0,
        final_loss REAL, final_accuracy REAL, best_accuracy REAL,
        note TEXT NOT NULL DEFAULT '', tags TEXT NOT NULL DEFAULT '', starred INTEGER NOT NULL DEFAULT 0,
        repeat_of TEXT, deleted REAL, writer TEXT)""",
    # The rest of a run but for its arrays. Values are JSON of ``plain``, the config is that of its class.
    """CREATE TABLE bodies (
        run INTEGER PRIMARY KEY REFERENCES runs(number) ON DELETE CASCADE,
        config_class TEXT NOT NULL, config TEXT NOT NULL, versions TEXT NOT NULL, environment TEXT NOT NULL,
        planned TEXT, message TEXT, details TEXT NOT NULL DEFAULT '', evaluation TEXT NOT NULL DEFAULT '{}',
        factor_moves TEXT NOT NULL DEFAULT '[]', examined TEXT, slowed INTEGER NOT NULL DEFAULT 0, thumbnail BLOB)""",
    # Columns by name, in chunks by their first row while the run goes on, whole when it has ended.
    """CREATE TABLE arrays (
        run INTEGER NOT NULL REFERENCES runs(number) ON DELETE CASCADE,
        part TEXT NOT NULL, name TEXT NOT NULL, first INTEGER NOT NULL, data BLOB NOT NULL)""",
    "CREATE UNIQUE INDEX arrays_of_a_run ON arrays (run, part, name, first)",
    "CREATE INDEX runs_by_start ON runs (started)",
    "CREATE INDEX runs_being_written ON runs (writer) WHERE writer IS NOT NULL",
)


def _create(connection: sqlite3.Connection) -> None:
    for statement in _FIRST:
        connection.execute(statement)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")


def _make_searchable(connection: sqlite3.Connection) -> None:
    """Keep what a search looks through beside the run, in small letters: SQLite folds those of ASCII only."""
    connection.execute("ALTER TABLE runs ADD COLUMN search TEXT NOT NULL DEFAULT ''")
    columns = "name, note, tags, kind, dataset, model, optimizer, schedule, learning_rate"
    for number, *texts in connection.execute(f"SELECT number, {columns} FROM runs").fetchall():
        connection.execute("UPDATE runs SET search = ? WHERE number = ?", (search_text(*texts), number))


def _keep_arms(connection: sqlite3.Connection) -> None:
    """Keep how the arms of a comparison ended, each with each seed."""
    connection.execute("ALTER TABLE bodies ADD COLUMN arm_ends TEXT NOT NULL DEFAULT '[]'")


Migration = Callable[[sqlite3.Connection], None]

MIGRATIONS: tuple[Migration, ...] = (_create, _make_searchable, _keep_arms)
"""What makes of each version the next; the first makes the tables. Those that were released never change."""

VERSION = len(MIGRATIONS)
"""The version that this program writes, kept in ``PRAGMA user_version``."""


def migrate(connection: sqlite3.Connection) -> None:
    """Bring the tables to this version, in one transaction: all or nothing.

    A program that opens the same file at the same moment waits, and then finds it done.
    """
    connection.execute("BEGIN IMMEDIATE")
    try:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        for migration in MIGRATIONS[version:]:
            migration(connection)
        if version < VERSION:
            connection.execute(f"PRAGMA user_version = {VERSION}")
        connection.execute("COMMIT")
    except BaseException:
        # A full disk has ended the transaction already; an error of our own would look like a damaged file.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
