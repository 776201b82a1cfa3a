"""Files that are older, newer, damaged, on a full disk, or where nobody may write."""

import contextlib
import hashlib
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from lrgui.core.config import TrainingConfig
from lrgui.core.messages import Refused
from lrgui.core.runs import Run, RunStatus
from lrgui.core.store import FILE_NAME, Filter, Store, arrays
from lrgui.core.store.schema import VERSION
from tests.core.store.runs import a_training, fill, started

ROOT = Path(__file__).parents[3]


@pytest.fixture
def path(tmp_path):
    return tmp_path / FILE_NAME


def opened(path):
    """Return a store that has been opened, and what it told."""
    told = []
    store = Store(path, told=told.append)
    store.open()
    store.count()
    return store, told


def fingerprints(folder):
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in sorted(folder.iterdir())}


# As it was released first: never to be changed.
VERSION_1 = """
CREATE TABLE runs (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, name TEXT NOT NULL DEFAULT '',
    status TEXT NOT NULL, started REAL NOT NULL, seconds REAL NOT NULL DEFAULT 0,
    dataset TEXT, model TEXT, optimizer TEXT, schedule TEXT, learning_rate REAL, seed INTEGER,
    epochs INTEGER, steps INTEGER, steps_done INTEGER NOT NULL DEFAULT 0,
    final_loss REAL, final_accuracy REAL, best_accuracy REAL,
    note TEXT NOT NULL DEFAULT '', tags TEXT NOT NULL DEFAULT '', starred INTEGER NOT NULL DEFAULT 0,
    repeat_of TEXT, deleted REAL, writer TEXT);
CREATE TABLE bodies (
    run INTEGER PRIMARY KEY REFERENCES runs(number) ON DELETE CASCADE,
    config_class TEXT NOT NULL, config TEXT NOT NULL, versions TEXT NOT NULL, environment TEXT NOT NULL,
    planned TEXT, message TEXT, details TEXT NOT NULL DEFAULT '', evaluation TEXT NOT NULL DEFAULT '{}',
    factor_moves TEXT NOT NULL DEFAULT '[]', examined TEXT, slowed INTEGER NOT NULL DEFAULT 0, thumbnail BLOB);
CREATE TABLE arrays (
    run INTEGER NOT NULL REFERENCES runs(number) ON DELETE CASCADE,
    part TEXT NOT NULL, name TEXT NOT NULL, first INTEGER NOT NULL, data BLOB NOT NULL);
CREATE UNIQUE INDEX arrays_of_a_run ON arrays (run, part, name, first);
CREATE INDEX runs_by_start ON runs (started);
CREATE INDEX runs_being_written ON runs (writer) WHERE writer IS NOT NULL;
PRAGMA application_id = 0x4C524C61;
PRAGMA user_version = 1;
PRAGMA journal_mode = WAL;
INSERT INTO runs VALUES (1, 'abc', 'training', 'Old Lesson', 'finished', 1000.0, 2.5, 'digits', 'mlp', 'adam', NULL,
    0.001, 0, 10, 3, 3, 0.5, 0.75, 0.75, 'ÄPFEL', char(10) || 'tag' || char(10), 1, NULL, NULL, NULL);
INSERT INTO bodies VALUES (1, 'TrainingConfig', '{"learning_rate": 0.001}', '{"lrgui": "0.1.0"}', '{"cores": 2}',
    '{"steps_per_epoch": 3, "epochs": 1, "parameters": 7, "repeats": 1}',
    '{"$message": "Done in {n}.", "values": {"n": 3}}', '', '{"loss": 0.5, "accuracy": 0.75}', '[[1, 0.5]]', NULL, 0,
    NULL);
"""


def write_version_1(path):
    with sqlite3.connect(path) as connection:
        connection.executescript(VERSION_1)
        columns = {"step": np.arange(3), "learning_rate": np.full(3, 1e-3), "loss": np.array([3.0, 2.0, np.nan])}
        rows = [(1, "steps", name, 0, arrays.pack(column)) for name, column in columns.items()]
        rows.append((1, "planned", "learning_rates", 0, arrays.pack(np.full(3, 1e-3))))
        connection.executemany("INSERT INTO arrays VALUES (?, ?, ?, ?, ?)", rows)
    connection.close()


def test_that_an_older_file_is_brought_up_with_all_that_is_in_it(path):
    write_version_1(path)
    store, told = opened(path)
    assert told == []
    (entry,) = store.page(Filter(text="old äpfel MLP", tags=["tag"]))
    assert (entry.name, entry.final_accuracy, entry.starred) == ("Old Lesson", 0.75, True)
    run = store.load("abc")
    assert run.steps["loss"][:2].tolist() == [3.0, 2.0]
    assert (str(run.message), run.factor_moves[0].factor, run.planned.parameters) == ("Done in 3.", 0.5, 7)
    a_training(store)
    assert store.close()
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (VERSION,)
        assert connection.execute("SELECT count(*) FROM runs").fetchone() == (2,)
    connection.close()


def test_that_two_programs_that_bring_up_a_file_at_the_same_time_do_it_once(path):
    write_version_1(path)
    stores = [Store(path, told=print) for _ in range(4)]
    for store in stores:
        store.open()
    assert [store.count() for store in stores] == [1] * 4
    assert [store.close() for store in stores] == [True] * 4


@pytest.mark.parametrize("in_the_log", [False, True], ids=["in the file", "in the log alone"])
def test_that_a_newer_file_is_refused_in_a_sentence_and_not_touched(path, in_the_log):
    store, _ = opened(path)
    a_training(store)
    assert store.close()
    newer = sqlite3.connect(path)
    newer.execute(f"PRAGMA user_version = {VERSION + 1}")
    newer.commit()
    if not in_the_log:
        newer.close()
    before = {name: each for name, each in fingerprints(path.parent).items() if not name.endswith("-shm")}
    store, told = opened(path)
    run = a_training(store)
    assert not store.flush()
    assert "newer version" in str(store.notice)
    assert told == [store.notice]
    assert (store.count(), store.page(), store.choices("model"), store.readable) == (0, [], [], False)
    with pytest.raises(Refused, match="newer version"):
        store.load(run.id)
    assert store.close()
    after = {name: each for name, each in fingerprints(path.parent).items() if not name.endswith("-shm")}
    assert after == before
    newer.close()


def sound_file(path):
    fill(path, 20)
    return path.read_bytes()


def damage(kind, whole):
    page = 4096
    match kind:
        case "garbage":
            return bytes(range(256)) * 100
        case "a word":
            return b"hello"
        case "truncated":
            return whole[: len(whole) // 2]
        case "no header":
            return bytes(100) + whole[100:]
        case "page of the tables":
            return whole[:page] + bytes(page) + whole[2 * page :]
        case "another program's":
            return whole[:68] + b"1234" + whole[72:]
        case "a later page":
            return whole[: 4 * page] + bytes(range(256)) * (page // 64) + whole[8 * page :]
    return bytes(byte ^ 0x55 if 100 <= at < 120 else byte for at, byte in enumerate(whole))


@pytest.mark.parametrize(
    "kind",
    [
        "garbage",
        "a word",
        "truncated",
        "no header",
        "page of the tables",
        "another program's",
        "a later page",
        "flipped bits",
    ],
)
def test_that_a_damaged_file_is_set_aside_and_a_new_one_begun(path, kind):
    broken = damage(kind, sound_file(path))
    path.write_bytes(broken)
    Path(f"{path}-wal").write_bytes(b"no log")
    store, told = opened(path)
    assert told == [store.notice]
    (aside,) = path.parent.glob("history-damaged-*.sqlite3")
    assert aside.name in str(store.notice) and "\n" not in str(store.notice)
    assert aside.read_bytes() == broken
    run = a_training(store)
    assert store.flush()
    assert store.load(run.id).status is RunStatus.FINISHED
    assert store.count() == 1
    assert store.close()
    path.write_bytes(broken)
    store, _ = opened(path)
    assert store.close()
    assert len(list(path.parent.glob("history-damaged-*.sqlite3"))) == 2


def test_that_any_byte_may_be_lost_and_nothing_is_overwritten(path):
    whole = sound_file(path)
    random = np.random.default_rng(0)
    for at in [*random.integers(0, 100, 12), *random.integers(100, len(whole), 12)]:
        broken = whole[:at] + bytes([whole[at] ^ (1 << int(random.integers(8)))]) + whole[at + 1 :]
        path.write_bytes(broken)
        store, _ = opened(path)
        kept, damaged = store.count(), 0
        for entry in store.page():
            try:
                store.load(entry.id)
            except Refused as refused:
                assert "damaged" in str(refused)
                damaged += 1
        assert damaged <= 1
        newer = store.notice is not None and "newer" in str(store.notice)
        aside = [file.read_bytes() for file in path.parent.glob("history-damaged-*")]
        assert kept == 20 or broken in aside or (newer and path.read_bytes() == broken)
        assert store.close()
        for file in path.parent.iterdir():
            file.unlink()


def test_that_a_damaged_file_is_not_moved_under_the_hands_of_another_program(path):
    store, _ = opened(path)
    a_training(store)
    assert store.flush()
    whole = path.read_bytes()
    path.write_bytes(b"garbage" * 1000)
    Path(f"{path}-wal").unlink()
    other, told = opened(path)
    assert "Close all windows" in str(other.notice)
    assert told == [other.notice]
    assert other.close()
    path.write_bytes(whole)
    store.close()


def test_that_damage_met_while_writing_is_told_once_and_the_next_program_sets_the_file_aside(path):
    fill(path, 20)
    store, told = opened(path)
    store._writer.change([], lambda connection: connection.execute("PRAGMA cache_size = 1"))
    store._writer.change([], lambda connection: connection.execute("PRAGMA shrink_memory"))
    assert store.flush()
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(os.urandom(path.stat().st_size - 4096))
    for _ in range(3):
        a_training(store)
        store.flush(5)
    assert len(told) == 1
    assert "damaged" in str(told[0])
    assert store.close()
    again, _ = opened(path)
    assert "set aside" in str(again.notice)
    assert again.close()


def test_that_a_folder_in_which_nothing_can_be_made_is_told_once_and_runs_go_on(tmp_path):
    (tmp_path / "profile").write_text("a file, not a folder")
    store, told = opened(tmp_path / "profile" / FILE_NAME)
    run = a_training(store)
    assert not store.flush(0.2)
    assert run.status is RunStatus.FINISHED
    assert store.count() == 0
    assert store.close()
    assert len(told) == 1
    assert "cannot be written" in str(told[0])
    assert (tmp_path / "profile").read_text() == "a file, not a folder"


def test_that_it_goes_on_by_itself_when_a_disk_that_was_full_has_room_again(path):
    store, told = opened(path)
    before = a_training(store, name="before")
    assert store.flush()
    connection = store._writer._connection
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    connection.execute(f"PRAGMA max_page_count = {pages}")
    runs = [a_training(store, name=f"run {number}") for number in range(8)]
    assert not store.flush(1.5)
    assert len(told) == 1
    assert "full" in str(told[0])
    there = [store.load(entry.id) for entry in store.page()]
    assert 1 <= len(there) < 9
    for run in there:
        assert run.steps["step"].tolist() == list(range(len(run.steps)))
        assert run.status is RunStatus.RUNNING or len(run.steps) == 88
    connection.execute("PRAGMA max_page_count = 1000000")
    assert store.flush(10)
    assert store.count() == 9
    assert all(len(store.load(run.id).steps) == 88 for run in [before, *runs])
    assert store.close()
    assert len(told) == 1


def test_that_what_waits_for_a_full_disk_is_bounded(path):
    store, _ = opened(path)
    assert store.flush()
    connection = store._writer._connection
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    connection.execute(f"PRAGMA max_page_count = {pages}")
    going_on = started(store, name="goes on")
    runs = [a_training(store) for _ in range(130)]
    assert not store.flush(1.0)
    assert len(store._writer._followed) <= 101
    connection.execute("PRAGMA max_page_count = 1000000")
    assert store.flush(10)
    kept = {entry.id for entry in store.page(limit=200)}
    assert {going_on.id, *(run.id for run in runs[-100:])} <= kept
    assert len(kept) < 110  # a few may have gone into the last free pages
    assert store.close()


# Runs out of room for its files, tells what happens, gets room again.
ON_A_FULL_DISK = """
import resource, signal, sys
from pathlib import Path
from lrgui.core.store import Store
from tests.core.store.runs import a_training
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
told = []
store = Store(Path(sys.argv[1]), told=told.append)
a_training(store)
print(store.flush())
_, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
resource.setrlimit(resource.RLIMIT_FSIZE, (70_000, hard))
for _ in range(20):
    a_training(store)
print(store.flush(1), len(told), store.count())
resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
print(store.flush(10), len(told), store.count(), store.close())
"""


@pytest.mark.skipif(sys.platform == "win32", reason="a limit on the size of files, as on Linux and macOS")
def test_that_a_system_that_writes_no_more_leaves_nothing_half_written(path):
    command = [sys.executable, "-c", ON_A_FULL_DISK, str(path)]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert ended.stderr == ""
    assert ended.stdout.splitlines() == ["True", "False 1 1", "True 1 21 True"]
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()


def test_that_what_nobody_foresaw_is_told_and_ends_neither_run_nor_program(path):
    store, told = opened(path)
    kept = a_training(store)
    assert store.flush()
    store.begin(Run(kept.id, "training", TrainingConfig()))
    assert not store.flush(5)
    assert len(told) == 1
    assert "cannot be used any more" in str(told[0])
    run = a_training(store)
    assert run.status is RunStatus.FINISHED
    assert store.close()
    again, _ = opened(path)
    assert (again.notice, [entry.id for entry in again.page()]) == (None, [kept.id])
    assert again.close()


def test_that_a_run_of_a_program_that_goes_while_another_looks_on_is_marked_as_interrupted(path):
    store, told = opened(path)
    gone_on = started(store)
    with another_program(path) as (process, run_id):
        store.bury_the_dead()
        assert store.flush() and store.entry(run_id).status is RunStatus.RUNNING
        process.kill()
        process.wait()
        changed = []
        store.changed.append(changed.append)
        store.bury_the_dead()
        assert store.flush() and store.entry(run_id).status is RunStatus.INTERRUPTED
    assert any(run_id in ids for ids in changed)
    assert store.entry(gone_on.id).status is RunStatus.RUNNING
    assert told == [] and store.close()


ANOTHER = """
import sys, time
from pathlib import Path
from lrgui.core.store import Store
from tests.core.store.runs import started
store = Store(Path(sys.argv[1]), told=print)
run = started(store)
assert store.flush()
print(run.id, flush=True)
time.sleep(60)
"""


@contextlib.contextmanager
def another_program(path):
    """Have another program run something on this history; yield it and the id of its run."""
    command = [sys.executable, "-c", ANOTHER, str(path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process, process.stdout.readline().strip()
        finally:
            process.kill()
