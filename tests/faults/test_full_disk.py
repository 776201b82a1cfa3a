"""A disk without room: told once, and nothing that was measured is lost as long as the program lives."""

import subprocess
import sys
from pathlib import Path

import pytest

from lrgui.core.runs import RunStatus
from lrgui.core.store import FILE_NAME, Store
from tests.faults.programs import OLD_RUNS, write_old_history

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a limit on the size of files, as on Linux and macOS")

LIMITED = """
import os, resource, signal, sys, time
from pathlib import Path
from lrgui.core.events import Finished
from lrgui.core.messages import say
from lrgui.core.store import Store
from tests.core.store.runs import a_training, feed, started, steps

def room(size=None):
    hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
    resource.setrlimit(resource.RLIMIT_FSIZE, (hard if size is None else size, hard))

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
told = []
store = Store(Path(sys.argv[1]), told=told.append)
"""

ENDS_WITHOUT_ROOM = """
run = started(store, name="mine")
feed(store, run, [steps(0, 44)])
print(store.flush(), store.unwritten)
room(40_000)
feed(store, run, [steps(44, 5000), Finished(say("Done."))])
print(store.flush(1), len(told), store.unwritten == [run], store.entry(run.id).status, store.load(run.id).status)
os._exit(0)
"""

STARTS_WITHOUT_ROOM = """
room(40_000)
print(*(entry.status for entry in store.page()), len(told), flush=True)
os._exit(0)
"""

BRINGS_UP_WITHOUT_ROOM = """
room(33_000)
store.open()
print(store.flush(1), *told)
room()
print(store.flush(10), store.notice, store.count(), len(told), store.close())
"""

GIVES_UP_THE_OLDEST = """
run = started(store, name="mine")
feed(store, run, [steps(0, 44)])
print(store.flush())
room(40_000)
feed(store, run, [steps(44, 5000), Finished(say("Done."))])
for _ in range(130):
    a_training(store)
print(store.flush(1))
until = time.monotonic() + 10
while len(store.unwritten) > 100 and time.monotonic() < until:
    time.sleep(0.01)
room()
print(store.flush(10), store.entry(run.id).status, store.count(), len(told), store.close())
"""


def printed(code, path):
    ended = subprocess.run(
        [sys.executable, "-c", LIMITED + code, str(path)], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert ended.stderr == ""
    return ended.stdout.splitlines()


def test_that_a_run_that_ends_without_room_does_not_stay_running_for_ever(tmp_path):
    path = tmp_path / FILE_NAME
    assert printed(ENDS_WITHOUT_ROOM, path) == ["True []", "False 1 True finished running"]
    # The next program finds no room, either: it cannot mark the run, and shows all the same how it stands.
    assert printed(STARTS_WITHOUT_ROOM, path) == ["interrupted 1"]
    store = Store(path, told=print)
    (entry,) = store.page()
    assert (entry.status, entry.steps_done) == (RunStatus.INTERRUPTED, 44)
    assert store.close()


def test_that_of_many_runs_without_room_those_given_up_are_marked_when_there_is_room_again(tmp_path):
    lines = printed(GIVES_UP_THE_OLDEST, tmp_path / FILE_NAME)
    assert lines == ["True", "False", "True interrupted 101 1 True"]


def test_that_an_older_history_without_room_is_not_taken_for_a_damaged_one(tmp_path):
    path = tmp_path / FILE_NAME
    write_old_history(path)
    without, later = printed(BRINGS_UP_WITHOUT_ROOM, path)
    assert without.startswith("False The history cannot be written")
    assert later == f"True None {OLD_RUNS} 1 True"
    assert [each.name for each in tmp_path.glob("*damaged*")] == []
