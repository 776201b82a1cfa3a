"""A run read back whole."""

import sqlite3
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lrgui.core.events import ArmEnded, Examined, FactorMoved, Planned, Surface
from lrgui.core.json_text import parsed
from lrgui.core.messages import Refused, say
from lrgui.core.runs import History, Run, RunStatus
from lrgui.core.store import arrays
from lrgui.core.store.cells import is_time
from lrgui.core.store.configs import read_config
from lrgui.core.store.plain import from_json
from lrgui.core.store.queries import no_such_run
from lrgui.core.store.soundness import check_run

Arrays = dict[str, dict[str, NDArray[Any]]]

_DAMAGE = (
    ValueError, KeyError, TypeError, AttributeError, IndexError, ArithmeticError, MemoryError, sqlite3.DatabaseError,
)  # fmt: skip
"""What making a run of a row raises that is damaged."""


def load(connection: sqlite3.Connection, run_id: str) -> Run:
    """Return a run as it was written; one that goes on is here up to its last look.

    Raises
    ------
    Refused
        There is no such run, or what is kept of it is damaged.
    """
    row = connection.execute("SELECT * FROM runs JOIN bodies ON run = number WHERE id = ?", (run_id,)).fetchone()
    if row is None:
        raise no_such_run(run_id)
    try:
        return run_of(row, _arrays(connection, row["number"]))
    except _DAMAGE as error:
        raise Refused(say("What is kept of this run is damaged: {problem}", problem=str(error))) from error


def run_of(row: Mapping[str, Any] | sqlite3.Row, columns: Arrays) -> Run:
    """Return the run of a row with what the tables know of it, and its arrays by part and name.

    Raises
    ------
    ValueError, KeyError, TypeError
        They are not those of a run.
    """
    if not (is_time(row["started"]) and is_time(row["seconds"])):
        raise ValueError("its time is no time")
    run = Run(
        id=row["id"],
        kind=row["kind"],
        config=read_config(row["config_class"], row["config"]),
        name=row["name"],
        status=RunStatus(row["status"]),
        started=row["started"],
        seconds=row["seconds"],
        planned=_planned(row["planned"], columns.get("planned", {})),
        steps=_history(columns.get("steps", {})),
        epochs=_history(columns.get("epochs", {})),
        factor_moves=[FactorMoved(*move) for move in parsed(row["factor_moves"])],
        arm_ends=[ArmEnded(*end) for end in from_json(row["arm_ends"])],
        examined=_examined(row["examined"], columns.get("examined", {})),
        message=None if row["message"] is None else from_json(row["message"]),
        details=row["details"],
        evaluation=from_json(row["evaluation"]),
        slowed=bool(row["slowed"]),
        repeat_of=row["repeat_of"],
    )
    return check_run(run)


def _arrays(connection: sqlite3.Connection, number: int) -> Arrays:
    """Return the arrays of a run by part and name, those of one part in the order in which they were written."""
    chunks: dict[str, dict[str, list[NDArray[Any]]]] = {}
    rows = connection.execute("SELECT part, name, data FROM arrays WHERE run = ? ORDER BY first, rowid", (number,))
    for part, name, data in rows:
        chunks.setdefault(part, {}).setdefault(name, []).append(arrays.unpack(data))
    return {
        part: {name: found[0] if len(found) == 1 else np.concatenate(found) for name, found in columns.items()}
        for part, columns in chunks.items()
    }


def _history(columns: dict[str, NDArray[Any]]) -> History:
    history = History()
    if columns:
        history.append(columns)
    return history


def _planned(stored: str | None, columns: dict[str, NDArray[Any]]) -> Planned | None:
    return None if stored is None else Planned(columns["learning_rates"], **parsed(stored))


def _examined(stored: str | None, found: dict[str, NDArray[Any]]) -> Examined | None:
    if stored is None:
        return None
    about = parsed(stored)
    surface = None
    if about["extent"] is not None:
        planes = {name: found.pop(f"surface_{name}") for name in ("classes", "points", "labels")}
        surface = Surface(extent=tuple(about["extent"]), **planes)
    class_names, feature_names = (tuple(about[name]) for name in ("class_names", "feature_names"))
    return Examined(class_names=class_names, feature_names=feature_names, surface=surface, **found)
