"""Killed at any moment: what was finished is whole, what went on is there up to its last second."""

import contextlib
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from lrgui.core.runs import RunStatus
from lrgui.core.store import FILE_NAME, Store
from tests.core.store.runs import EPOCH

ROOT = Path(__file__).parents[3]
ROUNDS, AT_ONCE = 6, 5

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="programs are killed with a signal, as on Linux")


@pytest.fixture
def maker():
    command = [sys.executable, "-m", "tests.core.store.writing"]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield process
        process.stdin.close()


def wait_until_gone(pid):
    with contextlib.suppress(ProcessLookupError):
        while True:
            os.kill(pid, 0)
            time.sleep(0.002)


def kill_some(maker, path, logs, random_):
    """Start programs on one history, kill each at some moment, and return these moments by their logs."""
    deadlines = []
    for log in logs:
        maker.stdin.write(f"{random_.randrange(1000)}\t{path}\t{log}\n")
        maker.stdin.flush()
        pid = int(maker.stdout.readline())
        deadlines.append((time.monotonic() + random_.uniform(0.02, 1.7), pid, log))
    killed = {}
    for moment, pid, log in sorted(deadlines):
        time.sleep(max(0.0, moment - time.monotonic()))
        os.kill(pid, signal.SIGKILL)
        killed[log] = time.monotonic()
        wait_until_gone(pid)
    return killed


def lines_of(log):
    return [line.split() for line in log.read_text().splitlines()] if log.exists() else []


def check(store, log, killed):
    """Compare what a program had logged with what is kept of it, and return how many seconds are missing."""
    lines = lines_of(log)
    assert [line for line in lines if line[1] == "told"] == []
    for _, word, run_id, *_ in lines:
        if word == "finished":
            run = store.load(run_id)
            assert run.status is RunStatus.FINISHED
            assert run.steps["step"].tolist() == list(range(2 * EPOCH))
            assert (len(run.epochs), run.evaluation["accuracy"]) == (2, 0.9)
    begun = [(float(when), run_id) for when, word, run_id, *_ in lines if word == "begun"]
    if not begun or not store.ids(begun[0][1]):
        return killed - begun[0][0] if begun else 0.0
    run = store.load(begun[0][1])
    assert run.status is RunStatus.INTERRUPTED
    assert "gone" in str(run.message)
    assert run.steps["step"].tolist() == list(range(len(run.steps)))
    assert run.steps["loss"] == pytest.approx(2.3 / (1 + 0.01 * np.arange(len(run.steps))))
    missing = [float(line[0]) for line in lines if line[1] == "steps" and int(line[3]) > len(run.steps)]
    return killed - missing[0] if missing else 0.0


def test_that_thirty_programs_killed_at_any_moment_leave_all_but_their_last_second(tmp_path, maker):
    path, random_, missing = tmp_path / FILE_NAME, random.Random(20), []
    for number in range(ROUNDS):
        logs = [tmp_path / f"{number}-{each}.log" for each in range(AT_ONCE)]
        killed = kill_some(maker, path, logs, random_)
        with contextlib.closing(sqlite3.connect(path)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        store = Store(path, told=missing.append)
        store.count()
        missing += [check(store, log, moment) for log, moment in killed.items()]
        assert store.close()
    assert len(missing) == ROUNDS * AT_ONCE
    assert sum(lines_of(log)[-1:] != [] for log in tmp_path.glob("*.log")) > 15, "they were killed too early"
    assert max(missing) < 1.0


def test_that_a_real_training_killed_while_it_runs_is_there_and_marked(tmp_path):
    path = tmp_path / FILE_NAME
    command = [sys.executable, "-m", "lrgui", "train", "--epochs", "10000", "--profile", str(tmp_path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as program:
        try:
            store = Store(path, told=print)
            until = time.monotonic() + 90
            while not any(entry.steps_done > 500 for entry in store.page()):
                assert program.poll() is None and time.monotonic() < until
                time.sleep(0.05)
        finally:
            program.kill()
    assert store.page()[0].status is RunStatus.RUNNING
    assert store.close()
    store = Store(path, told=print)
    (entry,) = store.page()
    run = store.load(entry.id)
    assert (entry.status, run.config.epochs, run.planned.epochs) == (RunStatus.INTERRUPTED, 10_000, 10_000)
    assert run.steps["step"].tolist() == list(range(entry.steps_done))
    assert np.isfinite(run.steps["loss"]).all()
    assert entry.thumbnail.curve.shape == (2, 64)
    assert store.close()
