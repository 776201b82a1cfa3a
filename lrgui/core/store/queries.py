"""Which runs are wanted, in which order: from the tables, without looking at more than is shown."""

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

from lrgui.core.messages import Refused, say
from lrgui.core.runs import RunStatus
from lrgui.core.store.cells import sound_cells
from lrgui.core.store.flat import tags_from_text
from lrgui.core.store.plain import from_json
from lrgui.core.store.thumbnails import Thumbnail, unpacked


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Which runs are wanted; None and the empty text want all.

    Attributes
    ----------
    text : str
        Words that must all occur, in any case: in name, note, tags, data, model, optimizer, schedule or rate.
    dataset, model, optimizer, schedule, kind : str or None
        As ``Store.choices`` tells them.
    status : RunStatus or None
        How it ended.
    starred : bool or None
        With a star, or without one.
    tags : sequence of str
        It has all of these.
    """

    text: str = ""
    dataset: str | None = None
    model: str | None = None
    optimizer: str | None = None
    schedule: str | None = None
    kind: str | None = None
    status: RunStatus | None = None
    starred: bool | None = None
    tags: Sequence[str] = ()

    def condition(self) -> tuple[str, list[Any]]:
        """Return it as the condition of a query, with its values."""
        parts, values = ["deleted IS NULL"], list[Any]()
        for name in ("dataset", "model", "optimizer", "schedule", "kind", "status", "starred"):
            if (wanted := getattr(self, name)) is not None:
                parts.append(f"{name} = ?")
                values.append(wanted)
        for word in self.text.casefold().split():
            parts.append("instr(search, ?)")
            values.append(word)
        for tag in self.tags:
            parts.append("instr(tags, ?)")
            values.append(f"\n{tag}\n")
        return " AND ".join(parts), values


@dataclass(frozen=True, slots=True)
class Sort:
    """By which column of ``Entry`` runs are sorted; those without a value come last, the newer of equals first."""

    column: str = "started"
    descending: bool = True

    def __post_init__(self) -> None:
        if self.column not in SORTABLE:
            raise ValueError(f"there is no column {self.column}; there are {', '.join(SORTABLE)}")

    def order(self) -> str:
        """Return it as the order of a query."""
        direction = "DESC" if self.descending else "ASC"
        if self.column == "started":
            return f"started {direction}, number {direction}"
        case = " COLLATE NOCASE" if self.column in ("name", "note", "tags") else ""
        missing = f"{self.column} IS NULL OR {self.column} = ''"
        return f"{missing}, {self.column}{case} {direction}, started DESC, number DESC"


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """One line of the history. Accuracies are shares from 0 to 1; None is what the run does not have.

    Attributes
    ----------
    id, kind, name : str
        As those of the run; ``kind`` is ``range_test`` or ``training``.
    started, seconds : float
        The time it began, as ``time.time`` tells it, and how long it took.
    learning_rate : float or None
        Of a training, before its factor moved.
    epochs, steps : int or None
        Asked for; ``steps`` are those of the whole plan as soon as it is known. ``steps_done`` were taken.
    final_loss, final_accuracy : float or None
        On the validation data at the end; before that, and of runs without one, the last ones that were measured.
    best_accuracy : float or None
        The highest on the validation data.
    repeat_of : str or None
        The id of the run that it repeats.
    thumbnail : Thumbnail
        Its curve in a few points.
    """

    id: str
    kind: str
    name: str
    status: RunStatus
    started: float
    seconds: float
    dataset: str | None
    model: str | None
    optimizer: str | None
    schedule: str | None
    learning_rate: float | None
    seed: int | None
    epochs: int | None
    steps: int | None
    steps_done: int
    final_loss: float | None
    final_accuracy: float | None
    best_accuracy: float | None
    note: str
    tags: tuple[str, ...]
    starred: bool
    repeat_of: str | None
    thumbnail: Thumbnail = field(repr=False)


_COLUMNS = tuple(each.name for each in fields(Entry) if each.name != "thumbnail")

_SELECTED = ", ".join(("number", "writer", *_COLUMNS))

SORTABLE = _COLUMNS

CHOOSABLE = ("dataset", "model", "optimizer", "schedule", "kind", "status", "tags")


def count(connection: sqlite3.Connection, wanted: Filter) -> int:
    """Return how many runs there are."""
    condition, values = wanted.condition()
    (number,) = connection.execute(f"SELECT count(*) FROM runs WHERE {condition}", values).fetchone()
    return int(number)


StatusOf = Callable[[str, str], RunStatus | None]
"""From a run's id and writer to how it stands; None if it is as the tables say."""


def page(
    connection: sqlite3.Connection, wanted: Filter, sort: Sort, offset: int, limit: int, status_of: StatusOf
) -> list[Entry]:
    """Return some of the runs, from ``offset`` on, at most ``limit``."""
    condition, values = wanted.condition()
    rows = connection.execute(
        f"SELECT {_SELECTED} FROM runs WHERE {condition} ORDER BY {sort.order()} LIMIT ? OFFSET ?",
        [*values, limit, offset],
    ).fetchall()
    pictures = _pictures(connection, [row["number"] for row in rows])
    return [_entry(row, pictures.get(row["number"]), status_of) for row in rows]


def entry(connection: sqlite3.Connection, run_id: str, status_of: StatusOf) -> Entry:
    """Return the line of one run.

    Raises
    ------
    Refused
        There is no such run.
    """
    row = connection.execute(f"SELECT {_SELECTED} FROM runs WHERE id = ?", (run_id,)).fetchone()
    if row is None:
        raise no_such_run(run_id)
    return _entry(row, _pictures(connection, [row["number"]]).get(row["number"]), status_of)


def origin(connection: sqlite3.Connection, run_id: str) -> dict[str, Any]:
    """Return the versions and the computer that a run was made with.

    Raises
    ------
    Refused
        There is no such run.
    """
    row = connection.execute(
        "SELECT versions, environment FROM bodies JOIN runs ON run = number WHERE id = ?", (run_id,)
    ).fetchone()
    if row is None:
        raise no_such_run(run_id)
    return {name: _dictionary(row[name]) for name in ("versions", "environment")}


def _dictionary(stored: str) -> dict[str, Any]:
    """Return what was kept; nothing of what is damaged."""
    try:
        found = from_json(stored)
    except (ValueError, TypeError, KeyError):
        return {}
    return found if isinstance(found, dict) else {}


def no_such_run(run_id: str) -> Refused:
    """Return what is raised for an id that no run has."""
    return Refused(say("There is no run {run_id} in the history.", run_id=run_id))


def ids(connection: sqlite3.Connection, prefix: str) -> list[str]:
    """Return the ids that begin so, the newest run's first."""
    if not prefix.isascii():
        return []
    rows = connection.execute(
        "SELECT id FROM runs WHERE deleted IS NULL AND substr(id, 1, ?) = ? ORDER BY started DESC",
        (len(prefix), prefix.lower()),
    )
    return [str(row["id"]) for row in rows]


def choices(connection: sqlite3.Connection, column: str) -> list[str]:
    """Return the values that a column has, each once, in the order of the alphabet."""
    if column not in CHOOSABLE:
        raise ValueError(f"there is no choice of {column}; there is one of {', '.join(CHOOSABLE)}")
    rows = connection.execute(
        f"SELECT DISTINCT {column} AS value FROM runs WHERE deleted IS NULL AND {column} IS NOT NULL"
    ).fetchall()
    if column == "tags":
        return sorted({tag for row in rows for tag in tags_from_text(str(row["value"]))}, key=str.casefold)
    return sorted(str(row["value"]) for row in rows)


def _pictures(connection: sqlite3.Connection, numbers: list[int]) -> dict[int, bytes | None]:
    """Return the thumbnails of some runs: beside the short rows, so that sorting those never reads them."""
    found: dict[int, bytes | None] = {}
    for first in range(0, len(numbers), 500):
        some = numbers[first : first + 500]
        places = ", ".join("?" * len(some))
        rows = connection.execute(f"SELECT run, thumbnail FROM bodies WHERE run IN ({places})", some)
        found.update((row["run"], row["thumbnail"]) for row in rows)
    return found


def true_status(row: sqlite3.Row, status_of: StatusOf) -> RunStatus:
    """Return how a run of this row stands; a word that nobody knows is that of a failure."""
    known = row["status"] in RunStatus.__members__.values()
    there = None if row["writer"] is None else status_of(row["id"], row["writer"])
    return there or (RunStatus(row["status"]) if known else RunStatus.FAILED)


def _entry(row: sqlite3.Row, picture: bytes | None, status_of: StatusOf) -> Entry:
    values = sound_cells({name: row[name] for name in _COLUMNS})
    values |= {"status": true_status(row, status_of), "tags": tags_from_text(values["tags"])}
    return Entry(**values, thumbnail=unpacked(picture))
