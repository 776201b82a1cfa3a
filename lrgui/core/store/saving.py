"""Runs into the tables: a row at the begin, what is new at each look, whole columns at the end.

Nothing is buffered: a run holds all that it has measured, and a look at it writes the rows since the last one that was
committed. So a disk that was full for a while has lost nothing.
"""

import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lrgui.core.events import Examined
from lrgui.core.runs import History, Run, RunStatus
from lrgui.core.store import arrays, origin
from lrgui.core.store.configs import stored_config
from lrgui.core.store.flat import Row, asked, body, measured
from lrgui.core.store.searching import search_text
from lrgui.core.store.thumbnails import thumbnail_of

_GROWN = 1.1
"""A thumbnail is drawn again when there are so many times more steps."""

SEARCHED = ("name", "note", "tags", "kind", "dataset", "model", "optimizer", "schedule", "learning_rate")


@dataclass(frozen=True, slots=True)
class Written:
    """What of a run the tables hold. ``seen`` are the values of its last look: the same again need not be written."""

    number: int
    steps: int = 0
    epochs: int = 0
    planned: bool = False
    examined: bool = False
    drawn: int = 0
    seen: tuple[Row, Row] | None = None


def begin(connection: sqlite3.Connection, run: Run, writer: str) -> Written:
    """Write the row of a run that has just begun, and return what there is of it."""
    row = {
        **{name: getattr(run, name) for name in ("id", "kind", "name", "started", "repeat_of")},
        **asked(run.config),
        "status": RunStatus.RUNNING,
        "writer": writer,
    }
    row["search"] = search_text(*(row.get(name, "") for name in SEARCHED))
    number = _insert(connection, "runs", row)
    config = dict(zip(("config_class", "config"), stored_config(run.config), strict=True))
    made = {"versions": origin.versions(), "environment": origin.environment()}
    _insert(connection, "bodies", {"run": number, **config, **made})
    return Written(number)


def look(connection: sqlite3.Connection, run: Run, before: Written, *, ended: bool = False) -> Written:
    """Write what a run has that the tables have not; all that ends it too, if it has ``ended``.

    The run may go on in another thread: of its columns only the rows that are whole by now are read.
    """
    steps, epochs = snapshot(run.steps), snapshot(run.epochs)
    row, rest = measured(run, steps, epochs), body(run)
    if not ended and (row, rest) == before.seen:
        return before
    after = replace(before, steps=len(steps), epochs=len(epochs), seen=(row, rest))
    for part, history, first in (("steps", steps, before.steps), ("epochs", epochs, before.epochs)):
        _add_rows(connection, before.number, part, history, first)
    if run.planned is not None and not before.planned:
        _add(connection, before.number, "planned", "learning_rates", run.planned.learning_rates)
        after = replace(after, planned=True)
    if run.examined is not None and not before.examined:
        for name, array in _of_what_was_examined(run.examined):
            _add(connection, before.number, "examined", name, array, effort=arrays.SMALL)
        after = replace(after, examined=True)
    if ended or len(steps) + len(epochs) > _GROWN * before.drawn:
        rest = {**rest, "thumbnail": thumbnail_of(run, steps, epochs).packed()}
        after = replace(after, drawn=len(steps) + len(epochs))
    if ended:
        row = {**row, "status": run.status, "writer": None}
        merge(connection, before.number)
    _update(connection, "runs", "number", before.number, row)
    _update(connection, "bodies", "run", before.number, rest)
    return after


def snapshot(history: History) -> History:
    """Return what a history holds now; it may be growing in another thread.

    Its length is read first: rows below it are never written again, whatever becomes of the arrays behind them.
    """
    kept, length = History(), len(history)
    if length:
        kept.append({name: history[name][:length] for name in list(history)})
    return kept


def merge(connection: sqlite3.Connection, number: int) -> None:
    """Make one blob of the chunks of each column of a run."""
    chunked = connection.execute(
        "SELECT part, name FROM arrays WHERE run = ? AND part IN ('steps', 'epochs') GROUP BY part, name", (number,)
    ).fetchall()
    for part, name in chunked:
        whole = column(connection, number, part, name)
        connection.execute("DELETE FROM arrays WHERE run = ? AND part = ? AND name = ?", (number, part, name))
        _add(connection, number, part, name, whole, effort=arrays.SMALL)


def column(connection: sqlite3.Connection, number: int, part: str, name: str) -> NDArray[Any]:
    """Return a whole column from its chunks."""
    chunks = connection.execute(
        "SELECT data FROM arrays WHERE run = ? AND part = ? AND name = ? ORDER BY first", (number, part, name)
    )
    return np.concatenate([arrays.unpack(data) for (data,) in chunks])


def interrupt(connection: sqlite3.Connection, writer: str, message: str) -> list[str]:
    """Mark the runs of a writer that is gone, and return their ids."""
    rows = connection.execute("SELECT number, id FROM runs WHERE writer = ?", (writer,)).fetchall()
    give_up([number for number, _ in rows], message)(connection)
    return [id for _, id in rows]


def give_up(numbers: Sequence[int], message: str) -> Callable[[sqlite3.Connection], None]:
    """Return what marks runs as interrupted, of which no more will come."""

    def mark(connection: sqlite3.Connection) -> None:
        for number in numbers:
            _update(connection, "runs", "number", number, {"status": RunStatus.INTERRUPTED, "writer": None})
            _update(connection, "bodies", "run", number, {"message": message})

    return mark


def edit(connection: sqlite3.Connection, run_id: str, changed: Row) -> None:
    """Change what a person may change of a run."""
    _update(connection, "runs", "id", run_id, changed)
    row = connection.execute(f"SELECT {', '.join(SEARCHED)} FROM runs WHERE id = ?", (run_id,)).fetchone()
    if row is not None:
        _update(connection, "runs", "id", run_id, {"search": search_text(*row)})


def mark_deleted(connection: sqlite3.Connection, run_id: str, *, deleted: bool) -> None:
    """Put a run aside, or take it back."""
    _update(connection, "runs", "id", run_id, {"deleted": time.time() if deleted else None})


def delete(run_ids: Sequence[str], *, only_marked: bool = False) -> Callable[[sqlite3.Connection], None]:
    """Return what forgets these runs; of those ``only_marked``, the ones that were put aside and do not go on."""
    condition = " AND deleted IS NOT NULL AND writer IS NULL" if only_marked else ""

    def delete(connection: sqlite3.Connection) -> None:
        connection.executemany(f"DELETE FROM runs WHERE id = ?{condition}", [(run_id,) for run_id in run_ids])

    return delete


def _add_rows(connection: sqlite3.Connection, number: int, part: str, history: History, first: int) -> None:
    if len(history) > first:
        for name in history:
            _add(connection, number, part, name, history[name][first:], first)


def _add(
    connection: sqlite3.Connection,
    number: int,
    part: str,
    name: str,
    array: NDArray[Any],
    first: int = 0,
    effort: int = arrays.FAST,
) -> None:
    row = {"run": number, "part": part, "name": name, "first": first, "data": arrays.pack(array, effort)}
    _insert(connection, "arrays", row)


def arrays_of(run: Run) -> Iterator[tuple[str, str, NDArray[Any]]]:
    """Yield all arrays of a run with their part and name, as the tables have them."""
    for part, history in (("steps", run.steps), ("epochs", run.epochs)):
        whole = snapshot(history)
        yield from ((part, name, whole[name]) for name in whole)
    if run.planned is not None:
        yield "planned", "learning_rates", run.planned.learning_rates
    if run.examined is not None:
        yield from (("examined", *named) for named in _of_what_was_examined(run.examined))


def _of_what_was_examined(examined: Examined) -> Iterator[tuple[str, NDArray[Any]]]:
    for name in ("labels", "predictions", "outputs", "shown", "inputs"):
        yield name, getattr(examined, name)
    if examined.surface is not None:
        for name in ("classes", "points", "labels"):
            yield f"surface_{name}", getattr(examined.surface, name)


def _insert(connection: sqlite3.Connection, table: str, row: Row) -> int:
    places = ", ".join("?" * len(row))
    cursor = connection.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({places})", [*row.values()])
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def _update(connection: sqlite3.Connection, table: str, key: str, value: Any, row: Row) -> None:
    settings = ", ".join(f"{name} = ?" for name in row)
    connection.execute(f"UPDATE {table} SET {settings} WHERE {key} = ?", [*row.values(), value])
