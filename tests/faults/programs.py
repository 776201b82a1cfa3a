"""A process that makes programs to be killed: each does one kind of work until it is gone, and logs what it has done.

On its input come ``KIND SEED FOLDER LOG``, on its output goes the process id of the program that was made. Forked, not
started anew: a hundred of them would spend two minutes on imports.
"""

import os
import random
import signal
import sqlite3
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from lrgui.core.comparison.unfinished import Unfinished, keep
from lrgui.core.config import Arm, ComparisonConfig, RangeTestConfig
from lrgui.core.events import EpochEnded, Planned, StepsEnded
from lrgui.core.store import FILE_NAME, Kept, Store
from lrgui.export.exporting import Makers, export
from tests.core.store.runs import EPOCH, a_sweep, a_training, epoch, feed, started, steps
from tests.core.store.test_trust import write_version_1
from tests.export.runs import training as exported_training

Note = Callable[..., None]

ARMS = ComparisonConfig(arms=(Arm(name="low"), Arm(name="high")), seeds=1, epochs=1000)

UNFINISHED = "unfinished.npz"

EXPORTED = ("csv", "json", "script", "notebook", "html", "lrrun")

OLD_RUNS = 300

_PLAN = Planned(np.full(1000 * EPOCH, 1e-3), EPOCH, 1000, 10)


def kept_long(epochs: int) -> Kept:
    """Return a run whose files take some milliseconds to be written."""
    kept = exported_training(epochs, seed=epochs)
    kept.run.seconds = 1.0  # the same in every process
    return kept


def _some_finished(store: Store, make: Callable[[Store], object], random_: random.Random, note: Note) -> None:
    for _ in range(random_.randrange(4)):
        run = make(store)
        if store.flush():
            note("finished", run.id)


def train(folder: Path, random_: random.Random, note: Note) -> None:
    """Finish a few short trainings, then go on with a long one."""
    store = Store(folder / FILE_NAME, told=lambda message: note("told", message))
    _some_finished(store, a_training, random_, note)
    run = started(store)
    note("begun", run.id)
    feed(store, run, [_PLAN])
    for number in range(100_000):
        feed(store, run, [steps(EPOCH * number, EPOCH), epoch(number)])
        note("steps", run.id, EPOCH * (number + 1))
        time.sleep(0.005)


def sweep(folder: Path, random_: random.Random, note: Note) -> None:
    """Finish a few range tests, then go on with one of many repeats."""
    store = Store(folder / FILE_NAME, told=lambda message: note("told", message))
    _some_finished(store, a_sweep, random_, note)
    run = started(store, "range_test", RangeTestConfig(repeats=2))
    note("begun", run.id)
    feed(store, run, [Planned(np.tile(np.geomspace(1e-5, 1, 50), 1000), EPOCH, 1, 10, 1000)])
    for number in range(100_000):
        feed(store, run, [steps(50 * number, 50, repeat=number)])
        note("steps", run.id, 50 * (number + 1))
        time.sleep(0.005)


def compare(folder: Path, random_: random.Random, note: Note) -> None:
    """Go on with a comparison, and keep what is needed to go on with it, epoch by epoch."""
    store = Store(folder / FILE_NAME, told=lambda message: note("told", message))
    run, path = started(store, "comparison", ARMS), folder / f"{os.getpid()}-{UNFINISHED}"
    note("begun", run.id)
    feed(store, run, [_PLAN])
    for number in range(100_000):
        for arm in (0, 1):
            owner = {"arm": np.full(EPOCH, arm), "seed": np.zeros(EPOCH, np.int64)}
            measured = epoch(number)
            values = {**measured.values, "arm": arm, "seed": 0, "seconds": 0.1}
            rows = StepsEnded({**owner, **steps(EPOCH * number, EPOCH).columns})
            feed(store, run, [rows, EpochEnded(number, measured.step, values)])
        note("steps", run.id, 2 * EPOCH * (number + 1))
        columns = [{name: history[name] for name in history} for history in (run.steps, run.epochs)]
        states = {(arm, 0): np.full(200_000, number % 251, np.uint8) for arm in (0, 1)}
        keep(path, Unfinished(*columns, [], states))
        note("kept", path, number + 1)


def export_all(folder: Path, random_: random.Random, note: Note) -> None:
    """Write one of two runs as files of all kinds, over and over each other."""
    runs, place = [kept_long(epochs) for epochs in (300, 301)], folder / f"files-{os.getpid()}"
    place.mkdir()
    note("exports", place)
    for number in range(100_000):
        for name in EXPORTED:
            export(runs[number % 2], name, place / f"run.{name}", Makers(), overwrite=True)
            note("exported", place / f"run.{name}")


def migrate(folder: Path, random_: random.Random, note: Note) -> None:
    """Bring copies of an old history up to this version."""
    template = (folder / "old.sqlite3").read_bytes()
    for number in range(100_000):
        path = folder / f"{os.getpid()}-{number}" / FILE_NAME
        path.parent.mkdir()
        whole = path.with_name("being-copied")
        whole.write_bytes(template)
        whole.rename(path)
        note("old", path)
        store = Store(path, told=lambda message: note("told", message))
        store.open()
        store.flush()
        note("new", path)
        store.close()


KINDS = {"training": train, "sweep": sweep, "comparison": compare, "export": export_all, "migration": migrate}


def write_old_history(path: Path) -> None:
    """Write a history of the first version with many runs: it takes a while to be brought up."""
    write_version_1(path)
    connection = sqlite3.connect(path)
    columns = [row[1] for row in connection.execute("PRAGMA table_info(runs)")][2:]
    bodies = [row[1] for row in connection.execute("PRAGMA table_info(bodies)")][1:]
    for number in range(2, OLD_RUNS + 1):
        connection.execute(
            f"INSERT INTO runs SELECT ?, ?, {', '.join(columns)} FROM runs WHERE number = 1", (number, f"run{number}")
        )
        connection.execute(f"INSERT INTO bodies SELECT ?, {', '.join(bodies)} FROM bodies WHERE run = 1", (number,))
    connection.commit()
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.close()


def _be(kind: str, seed: int, folder: Path, log: Path) -> None:
    file = os.open(log, os.O_CREAT | os.O_WRONLY | os.O_APPEND)

    def note(*words: object) -> None:
        os.write(file, (" ".join(map(str, (time.monotonic(), *words))) + "\n").encode())

    try:
        KINDS[kind](folder, random.Random(seed), note)
    except BaseException as error:  # a forked child has nobody else to tell
        note("told", repr(error))
    os._exit(1)


def main() -> None:
    """Make programs until the input ends."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        kind, seed, folder, log = line.rstrip("\n").split("\t")
        if not (child := os.fork()):
            _be(kind, int(seed), Path(folder), Path(log))
        print(child, flush=True)


if __name__ == "__main__":
    main()
