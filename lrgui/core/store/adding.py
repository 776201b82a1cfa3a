"""A run from elsewhere into the tables, all of it at once."""

import contextlib
import sqlite3

from lrgui.core.messages import Refused, say
from lrgui.core.store import saving
from lrgui.core.store.flat import tags_as_text
from lrgui.core.store.kept import Kept
from lrgui.core.store.plain import to_json
from lrgui.core.store.schema import migrate


def add(connection: sqlite3.Connection, kept: Kept) -> None:
    """Write a run that has ended, with what belongs to it; one that is there already stays as it is, and is shown."""
    run = kept.run
    if connection.execute("UPDATE runs SET deleted = NULL WHERE id = ?", (run.id,)).rowcount:
        return
    written = saving.begin(connection, run, "")
    saving.look(connection, run, written, ended=True)
    connection.execute(
        "UPDATE bodies SET versions = ?, environment = ? WHERE run = ?",
        (to_json(dict(kept.versions)), to_json(dict(kept.environment)), written.number),
    )
    people = {"name": kept.name, "note": kept.note, "tags": tags_as_text(kept.tags), "starred": bool(kept.starred)}
    saving.edit(connection, run.id, people)


def check(kept: Kept) -> None:
    """Try it in memory: what is damaged is to be refused here, and not in the middle of the history.

    Raises
    ------
    Refused
        It goes on, or is not what a run is.
    """
    if not kept.run.ended:
        raise Refused(say("This run goes on: wait until it has ended."))
    with contextlib.closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        try:
            migrate(connection)
            add(connection, kept)
        except Exception as error:  # whatever it is, it is a reason not to take the run in
            raise Refused(say("What is kept of this run is damaged: {problem}", problem=str(error))) from error
