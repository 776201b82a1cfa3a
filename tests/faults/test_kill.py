"""Killed at any moment: what was finished is whole, what went on is there up to its last second.

``LRGUI_KILLS=100`` kills so many programs, a few of them with real trainings, and prints what became of them.
"""

import contextlib
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from lrgui.core.comparison.unfinished import read
from lrgui.core.runs import RunStatus
from lrgui.core.store import FILE_NAME, Filter, Store
from lrgui.export.exporting import Makers, export
from tests.core.store.runs import EPOCH
from tests.faults.programs import EXPORTED, KINDS, OLD_RUNS, kept_long, write_old_history

ROOT = Path(__file__).parents[2]
KILLS = int(os.environ.get("LRGUI_KILLS", "15"))

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="programs are killed with a signal, as on Linux")


@pytest.fixture
def maker():
    command = [sys.executable, "-m", "tests.faults.programs"]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield process
        process.stdin.close()


def wait_until_gone(pid):
    with contextlib.suppress(ProcessLookupError):
        while True:
            os.kill(pid, 0)
            time.sleep(0.002)


def kill_some(maker, folder, number, random_):
    """Start a program of each kind, kill each at some moment, and return these moments by kind and log."""
    deadlines = []
    for kind in KINDS:
        log = folder / f"{kind}-{number}.log"
        maker.stdin.write(f"{kind}\t{random_.randrange(1000)}\t{folder}\t{log}\n")
        maker.stdin.flush()
        pid = int(maker.stdout.readline())
        deadlines.append((time.monotonic() + random_.uniform(0.05, 2.0), pid, kind, log))
    killed = {}
    for moment, pid, kind, log in sorted(deadlines):
        time.sleep(max(0.0, moment - time.monotonic()))
        os.kill(pid, signal.SIGKILL)
        killed[kind, log] = time.monotonic()
        wait_until_gone(pid)
    return killed


def lines_of(log):
    return [line.split(maxsplit=3) for line in log.read_text().splitlines()] if log.exists() else []


def check_finished(store, lines):
    """Compare what a program had logged as finished with what is kept of it."""
    for _, word, run_id, *_ in lines:
        if word == "finished":
            run = store.load(run_id)
            assert run.status is RunStatus.FINISHED
            if run.kind == "training":
                assert run.steps["step"].tolist() == list(range(2 * EPOCH))
                assert (len(run.epochs), run.evaluation["accuracy"]) == (2, 0.9)
            else:
                assert run.steps["repeat"].tolist() == [0] * 50 + [1] * 50


def check_interrupted(store, lines, killed):
    """Look at the run that went on, and return how many seconds of it are missing."""
    begun = [(float(when), run_id) for when, word, run_id, *_ in lines if word == "begun"]
    if not begun or not store.ids(begun[0][1]):
        return killed - begun[0][0] if begun else 0.0
    run = store.load(begun[0][1])
    assert run.status is RunStatus.INTERRUPTED
    assert "gone" in str(run.message)
    assert len({len(run.steps[name]) for name in run.steps} | {len(run.steps)}) == 1
    for part in np.unique(run.steps["arm"]) if "arm" in run.steps else [None]:
        whose = slice(None) if part is None else run.steps["arm"] == part
        count = len(run.steps["step"][whose])
        assert run.steps["step"][whose].tolist() == list(range(count))
        assert run.steps["loss"][whose] == pytest.approx(2.3 / (1 + 0.01 * np.arange(count)))
    missing = [float(line[0]) for line in lines if line[1] == "steps" and int(line[3]) > len(run.steps)]
    return killed - missing[0] if missing else 0.0


def check_unfinished(lines):
    """See that a comparison can go on: from the last epochs that were kept, or one more."""
    kept = [(path, int(number)) for _, word, path, *number in lines if word == "kept" for number in number]
    if not kept:
        return
    path, epochs = kept[-1]
    found = read(Path(path))
    assert found is not None
    there = len(found.epochs["epoch"]) // 2
    assert there in (epochs, epochs + 1)
    assert len(found.steps["step"]) == 2 * EPOCH * there
    assert {tuple(np.unique(state)) for state in found.states.values()} == {((there - 1) % 251,)}


def check_exports(lines, whole):
    """See that every file is one of the two that were written there, byte by byte."""
    for _, word, path, *_ in lines:
        if word == "exported":
            file = Path(path)
            assert file.read_bytes() in whole[file.name], file


def check_migrated(lines):
    """Bring up the history that was being brought up."""
    for _, word, path, *_ in lines[-2:]:
        if word == "old":
            told = []
            store = Store(Path(path), told=told.append)
            assert store.count(Filter(text="old äpfel")) == OLD_RUNS
            assert store.load("abc").steps["loss"][:2].tolist() == [3.0, 2.0]
            assert store.close()
            assert told == []


def whole_files(folder):
    """Return, by name, what each exported file may hold."""
    folder.mkdir()
    found = {}
    for name in EXPORTED:
        for epochs in (300, 301):
            path = folder / f"run.{name}"
            export(kept_long(epochs), name, path, Makers(), overwrite=True)
            found.setdefault(path.name, set()).add(path.read_bytes())
    return found


def test_that_programs_killed_at_any_moment_leave_all_but_their_last_second(tmp_path, maker):
    seed = random.randrange(10**6) if "LRGUI_KILLS" in os.environ else 20
    path, random_, missing, busy = tmp_path / FILE_NAME, random.Random(seed), [], Counter()
    write_old_history(tmp_path / "old.sqlite3")
    whole = whole_files(tmp_path / "whole")
    for number in range(-(-KILLS // len(KINDS))):
        killed = kill_some(maker, tmp_path, number, random_)
        with contextlib.closing(sqlite3.connect(path)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        store = Store(path, told=missing.append)
        store.count()
        for (kind, log), moment in killed.items():
            lines = lines_of(log)
            busy[kind] += len(lines) > 1
            assert [line for line in lines if line[1] == "told"] == []
            check_finished(store, lines)
            missing.append(check_interrupted(store, lines, moment))
            check_unfinished(lines)
            check_exports(lines, whole)
            check_migrated(lines)
        assert store.close()
    print(f"seed {seed}: {len(missing)} killed, at work {dict(busy)}, at most {max(missing):.2f} s lost")
    assert len(missing) >= KILLS
    assert sum(busy.values()) > KILLS // 2, "they were killed too early"
    assert max(missing) < 1.0


REAL = {
    "train": ["train", "--epochs", "10000"],
    "find": ["find", "--steps", "100000", "--end", "1e-6"],
    "compare": ["compare", "--preset", "fixed_or_decay", "--epochs", "1000", "--seeds", "2"],
}


@pytest.mark.parametrize("words", REAL.values() if KILLS > 15 else [REAL["train"]], ids=lambda words: words[0])
def test_that_a_real_run_killed_while_it_goes_on_is_there_and_marked(words, tmp_path):
    path = tmp_path / FILE_NAME
    command = [sys.executable, "-m", "lrgui", *words, "--profile", str(tmp_path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as program:
        try:
            store = Store(path, told=print)
            until = time.monotonic() + 90
            while not any(entry.steps_done > 500 for entry in store.page()):
                assert program.poll() is None and time.monotonic() < until
                time.sleep(0.05)
        finally:
            program.kill()
    assert store.page()[0].status is RunStatus.INTERRUPTED  # though the table does not say so yet
    assert store.close()
    store = Store(path, told=print)
    (entry,) = store.page()
    run = store.load(entry.id)
    assert entry.status is RunStatus.INTERRUPTED
    assert entry.steps_done == len(run.steps) > 500
    assert run.steps["step"][:40].tolist() == list(range(40))
    assert np.isfinite(run.steps["loss"]).all()
    assert 32 <= entry.thumbnail.curve.shape[1] <= 64
    assert store.close()
