"""The doors of ``core`` and of the command line: what is typed, and files with lessons, runs and the history."""

import contextlib
import hashlib
import io
import json
import os
import sqlite3
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
from pydantic import ValidationError

from lrgui.__main__ import main
from lrgui.cli.commands import COMMANDS
from lrgui.core import schedules
from lrgui.core.config import TrainingConfig
from lrgui.core.config.fields import problems
from lrgui.core.expressions import parse
from lrgui.core.expressions.scalar import as_scalar
from lrgui.core.lessons.progress import from_json
from lrgui.core.lessons.reading import read_lesson
from lrgui.core.messages import Refused, say
from lrgui.core.runs import Run, fresh_id
from lrgui.core.store import FILE_NAME, Kept, Store
from lrgui.core.store.run_file import read_run_file, write_run_file
from lrgui.core.timing import Timings
from lrgui.core.trust import Trust
from lrgui.export.exporting import text_of
from lrgui.export.formats import FORMATS, why_not
from lrgui.resources import resource
from tests.core.lessons.lesson_files import LESSON
from tests.core.store.runs import a_sweep, a_training, sweep_events, training_events
from tests.fuzz.door import Door

NAMES = ("step", "epoch", "steps", "epochs", "rate")


def text(content: bytes) -> str:
    """Return bytes as a text with all that a text may hold, halves of letters among it."""
    return content.decode("utf-8", "surrogateescape")


def _formulas() -> list[bytes]:
    return [
        b"rate * (1 - step / steps) ** 2", b"where(epoch < 3, rate, max(rate / 10, 1e-5))",
        b"0.5 * (1 + cos(pi * step))",
        b"exp(-step) + log(1 + epoch) - sqrt(abs(tan(step))) % 3 // 2", b"not step > 3 and epoch <= 2 or rate == 1",
    ]  # fmt: skip


def _formula(folder: Path, content: bytes) -> None:
    formula = parse(text(content), NAMES)
    given = dict.fromkeys(NAMES, np.array([0.0, 1.0, -2.5, 1e300]))
    slope = formula.derivative("step")
    assert formula(**given).shape == slope(**given).shape == (4,)
    flat = parse(text(content).replace("epoch", "rate"), ("step", "rate", "steps", "rates"))
    if flat.uses <= {"step", "rate"}:
        with contextlib.suppress(ArithmeticError, ValueError):
            as_scalar([flat, flat.derivative("step")], ("step", "rate"))(0.5, 2.0)


_SCHEDULES = (
    b"cosine,warmup=10,floor=0.1", b"step,every=1ep,factor=0.5", b"one_cycle", b"expression,formula=rate*0.9",
    b"piecewise,points=0 1 0.5 0.1", b"sgdr", b"triangular2", b"drawn,points=0 1 1 0.1",
    b"exponential,factor=0.99", b"polynomial,power=2", b"hold_then_decay", b"inverse_sqrt,warmup=1ep",
)  # fmt: skip


def _schedule(folder: Path, content: bytes) -> None:
    try:
        config = TrainingConfig(schedule=text(content), epochs=50)
    except ValidationError as error:
        told = problems(TrainingConfig, error)
        assert told
        raise Refused(next(iter(told.values()))) from error
    assert schedules.rates(config.schedule, config.learning_rate, 2200, 44).shape == (2200,)


_LINES = (
    "find --start 1e-7 --end 10 --steps 30 --repeats 2 --optimizer adam,beta_1=0.8 --seed 3 --confirm 3",
    "train --learning-rate 1e-3 --epochs 2 --batch-size 64 --model mlp,width=32,depth=2 --save model.keras",
    "train --dataset csv,path=a.csv,target=y --loss mse --schedule cosine,warmup=1ep --threads 2",
    "train --model own,path=m.py --trust --plot run.png --details --no-history",
    "compare --arm optimizer=adam,learning_rate=1e-3 --arm optimizer=sgd --seeds 3 --epochs 2 --on processes,workers=2",
    "descend --function bowl,condition=50 --start 1,2 --steps 5 --walker sgd,learning_rate=0.2,schedule=cosine",
    "descend --function x**4-3*x --walker adam --json out.json --plot path.png",
    "history --last 5 --status finished --delete abc", "history abc --json -",
    "export abc --to notebook --output x.ipynb --force --size 800x600", "import run.lrrun other.lrrun", "data",
    "--version", "find --help", "export --help",
)  # fmt: skip
_RUNS_NOTHING = ("--json", "/nowhere/at/all.json")
_NOT_HERE = ("demo", "desktop", "self-test", "--run-module")
"""They open a window, change the desktop or try the installation."""


def _command_lines() -> list[bytes]:
    return ["\0".join(line.split()).encode() for line in _LINES]


def _command_line(folder: Path, content: bytes) -> None:
    words = [text(word) for word in content.split(b"\0")]
    if words[0] in _NOT_HERE or "--add" in words or os.path.exists(words[0]):
        return
    if words[0] in COMMANDS or words[0] == "descend":
        words += _RUNS_NOTHING
    elif words[0] in ("history", "export", "import"):
        words += ["--profile", str(folder / "profile")]
    told = io.TextIOWrapper(io.BytesIO(), "utf-8")
    complained = io.StringIO()
    with contextlib.chdir(folder), contextlib.redirect_stdout(told), contextlib.redirect_stderr(complained):
        code = main(words)
        told.flush()
    lines = complained.getvalue().splitlines()
    assert code in (0, 1, 2) and "Traceback" not in complained.getvalue(), complained.getvalue()
    assert code != 2 or len(lines) == 1, lines
    if code:
        raise Refused(say("{told}", told=lines[0] if lines else "it ended otherwise"))


def _lessons() -> list[bytes]:
    shipped = sorted(resource("lessons").glob("*.toml"))
    return [LESSON.encode(), *(file.read_bytes() for file in shipped[:2])]


def _lesson(folder: Path, content: bytes) -> None:
    (folder / "lesson.toml").write_bytes(content)
    lesson = read_lesson(folder / "lesson.toml")
    assert lesson.step and lesson.name == "lesson"


def _a_run(kind: str) -> Run:
    run = Run(fresh_id(), kind, TrainingConfig() if kind == "training" else _sweep_config())
    for event in training_events(1) if kind == "training" else sweep_events():
        run.apply(event)
    return run


def _sweep_config():
    from lrgui.core.config import RangeTestConfig

    return RangeTestConfig(repeats=2)


def _run_files() -> list[bytes]:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "run.lrrun")
        found = []
        for kind in ("training", "range_test"):
            write_run_file(Kept(_a_run(kind), "a name", "a note", ("tag",), True), path)
            found.append(path.read_bytes())
    return found


def unzipped(content: bytes) -> dict[str, bytes]:
    """Return the members of an archive."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(members: Mapping[str, bytes]) -> bytes:
    """Return an archive of members."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, member in members.items():
            archive.writestr(name, member)
    return content.getvalue()


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
    import tempfile

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
        Door(
            name="formula", seeds=_formulas, open=_formula, seconds=0.5, megabytes=20,
            tokens=(b"step", b"rate", b"where(", b"**", b"//", b" and ", b" not ", b"exp(", b"floor(", b"9", b"**9**9"),
        ),
        Door(
            name="schedule", seeds=lambda: list(_SCHEDULES), open=_schedule, seconds=0.5, megabytes=20,
            tokens=(b"warmup=", b"ep", b"points=", b",formula=", b"every=", b"0.5", b"1e9", b"none", b"off", b'"'),
        ),
        Door(
            name="command line", seeds=_command_lines, open=_command_line, seconds=2.0, megabytes=60,
            tokens=(b"\0", b"--seed\0", b"--profile", b"--json\0-", b"--arm\0", b"=", b"--", b"-h", b"%(prog)s", b"@a"),
        ),
        Door(
            name="lesson", seeds=_lessons, open=_lesson, seconds=2.0, megabytes=60,
            tokens=(b"[[step]]", b"[step.question]", b"do = [", b"seen = ", b"'''", b"1979-05-27T07:32:00Z",
                    b"a.b.c = 1", b"inf", b"{ en = ", b"true", b"values.x = ", b"[[step.question.option]]"),
        ),
        Door(name="run file", seeds=_run_files, open=_run_file, unpack=unzipped, pack=honest, seconds=3.0),
        Door(
            name="history", seeds=_histories, open=_history, unpack=cells, pack=with_cells, seconds=3.0,
            tokens=(b"SQLite format 3\0", b"CREATE TABLE", b"\x00\x00\x10\x00", b"NULL"),
        ),
        Door(name="notes", seeds=_notes, open=_little_notes, unpack=_json_parts, pack=lambda parts: parts["note"]),
    )
}  # fmt: skip
