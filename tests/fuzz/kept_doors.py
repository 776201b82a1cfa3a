"""The doors for what the program keeps: run files, the history, small notes."""

import contextlib
import hashlib
import json
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from lrgui.core.config import RangeTestConfig, TrainingConfig
from lrgui.core.lessons.progress import from_json
from lrgui.core.messages import Refused
from lrgui.core.runs import Run, fresh_id
from lrgui.core.store import FILE_NAME, Kept, Store
from lrgui.core.store.run_file import read_run_file, write_run_file
from lrgui.core.timing import Timings
from lrgui.core.trust import Trust
from lrgui.export.exporting import text_of
from lrgui.export.formats import FORMATS, why_not
from tests.core.store.runs import a_sweep, a_training, sweep_events, training_events
from tests.fuzz.archives import unzipped, zipped
from tests.fuzz.door import Door


def _a_run(kind: str) -> Run:
    run = Run(fresh_id(), kind, TrainingConfig() if kind == "training" else RangeTestConfig(repeats=2))
    for event in training_events(1) if kind == "training" else sweep_events():
        run.apply(event)
    return run


def _run_files() -> list[bytes]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "run.lrrun")
        found = []
        for kind in ("training", "range_test"):
            write_run_file(Kept(_a_run(kind), "a name", "a note", ("tag",), True), path)
            found.append(path.read_bytes())
    return found


def honest(members: Mapping[str, bytes]) -> bytes:
    """Return a run file whose checksums are those of its members, where it has a manifest at all."""
    members = dict(members)
    with contextlib.suppress(ValueError, TypeError, RecursionError):
        manifest = json.loads(members["manifest.json"])
        if isinstance(manifest.get("sha256"), dict) if isinstance(manifest, dict) else False:
            manifest["sha256"] = {
                name: hashlib.sha256(content).hexdigest()
                for name, content in members.items()
                if name != "manifest.json"
            }
            members["manifest.json"] = json.dumps(manifest).encode()
    return zipped(members)


def _run_file(folder: Path, content: bytes) -> None:
    (folder / "run.lrrun").write_bytes(content)
    kept = read_run_file(folder / "run.lrrun")
    store = Store(folder / FILE_NAME, told=lambda message: None)
    try:
        store.add(kept)
        assert store.flush()
        show_all(store)
    finally:
        assert store.close()


def show_all(store: Store) -> None:
    """Do with all runs in a history what the window does: list them, open them, tell their messages, export them."""
    for entry in _asked(lambda: store.page()):
        for kept in _asked(lambda entry=entry: [store.kept(entry.id)]):
            assert isinstance(str(kept.run.message), str)
            for each in FORMATS.values():
                if each.is_text and why_not(each.name, kept.run) is None:
                    with contextlib.suppress(Refused):
                        text_of(kept, each.name)


def _asked(question) -> Sequence:
    try:
        return question()
    except Refused as refused:
        assert str(refused)
        return []


def _histories() -> list[bytes]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, FILE_NAME)
        store = Store(path, told=print)
        a_training(store)
        a_sweep(store)
        assert store.flush() and store.close()
        return [path.read_bytes()]


def _history(folder: Path, content: bytes) -> None:
    path = folder / FILE_NAME
    path.write_bytes(content)
    told: list = []
    store = Store(path, told=told.append)
    try:
        store.open()
        show_all(store)
        for column in ("dataset", "status", "tags"):
            _asked(lambda column=column: store.choices(column))
        with contextlib.suppress(Refused):
            a_training(store)
            store.flush()
    finally:
        assert store.close()
    assert all(str(message) for message in told)


def cells(content: bytes) -> dict[str, bytes]:
    """Return the values of a history by table, row and column."""
    with _open(content) as connection:
        found = {}
        for table in ("runs", "bodies", "arrays"):
            names = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
            for row in connection.execute(f"SELECT rowid, * FROM {table} LIMIT 4"):
                for name, value in zip(names, row[1:], strict=True):
                    written = value if isinstance(value, bytes) else str(value).encode()
                    found[f"{table} {row[0]} {name} {type(value).__name__}"] = written
        return found


def with_cells(changed: Mapping[str, bytes]) -> bytes:
    """Return the history of ``_histories`` with other values."""
    content = DOORS["history"].valid[0]
    with _open(content) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        before = cells(content)
        for place, value in changed.items():
            if value == before.get(place):
                continue
            table, row, column, kind = place.split()
            given = value if kind == "bytes" else value.decode("utf-8", "replace")
            with contextlib.suppress(sqlite3.Error, OverflowError):
                connection.execute(f"UPDATE {table} SET {column} = ? WHERE rowid = ?", (given, int(row)))
        return connection.serialize()


@contextlib.contextmanager
def _open(content: bytes) -> Iterator[sqlite3.Connection]:
    with contextlib.closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        # A file in WAL mode cannot be opened in memory: bytes 18 and 19 say which mode it is.
        connection.deserialize(content[:18] + b"\x01\x01" + content[20:])
        yield connection


_LITTLE = ("timings.json", "trusted.json", "lessons.json")


def _notes() -> list[bytes]:
    timing = [{
        "kind": "training", "dataset": "digits", "model": "mlp", "optimizer": "adam", "batch_size": 32, "cores": 2,
        "step": 0.001, "evaluation": 0.1, "first": 1.0, "again": 0.1,
    }]  # fmt: skip
    trusted = {"ab" * 32: {"file": "m.py", "allowed": "2026-01-01 00:00:00"}}
    lessons = {"first": {"place": 1, "records": [{"done": True, "guess": 1.0, "outcome": 2.0, "values": {"x": None}}]}}
    return [json.dumps(each).encode() for each in (timing, trusted, lessons)]


def _little_notes(folder: Path, content: bytes) -> None:
    for name in _LITTLE:
        (folder / name).write_bytes(content)
    timings = Timings(folder / "timings.json", 0)
    assert str(timings.told(TrainingConfig(), None)) if hasattr(timings, "told") else timings
    trust = Trust(folder)
    assert not trust.allows("cd" * 32)
    for each in from_json(content.decode("utf-8", "replace")).values():
        each.fitted(3)


def _json_parts(content: bytes) -> dict[str, bytes]:
    return {"note": content}


DOORS: dict[str, Door] = {
    door.name: door
    for door in (
        Door(name="run file", seeds=_run_files, open=_run_file, unpack=unzipped, pack=honest, seconds=3.0),
        Door(
            name="history", seeds=_histories, open=_history, unpack=cells, pack=with_cells, seconds=3.0,
            tokens=(b"SQLite format 3\0", b"CREATE TABLE", b"\x00\x00\x10\x00", b"NULL"),
        ),
        Door(name="notes", seeds=_notes, open=_little_notes, unpack=_json_parts, pack=lambda parts: parts["note"]),
    )
}  # fmt: skip
