"""The clock of the computer is set back, or forward, in the middle of everything."""

import ctypes.util
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from lrgui.core.runs import Run
from lrgui.core.store import FILE_NAME, Store
from tests.core.store.runs import a_training, feed, started, steps, training_events

ROOT = Path(__file__).parents[2]


class Clock:
    """Stands for ``time.time``, and can be set."""

    def __init__(self, monkeypatch):
        self.real, self.ahead = time.time, 0.0
        monkeypatch.setattr(time, "time", lambda: self.real() + self.ahead)


def test_that_runs_stay_in_their_order_and_their_durations_right(tmp_path, monkeypatch):
    clock, store = Clock(monkeypatch), Store(tmp_path / FILE_NAME, told=print)
    a_training(store, name="first")
    run = started(store, name="second")
    events = training_events()
    feed(store, run, [events[0], steps(0, 20)])
    clock.ahead = -3 * 3600
    time.sleep(0.05)
    feed(store, run, [events[-1]])
    a_training(store, name="third")
    clock.ahead = -10 * 24 * 3600
    a_training(store, name="fourth")
    clock.ahead = 0
    a_training(store, name="fifth")
    assert store.flush()
    assert [entry.name for entry in reversed(store.page())] == ["first", "second", "third", "fourth", "fifth"]
    assert 0.05 <= store.entry(run.id).seconds < 10
    assert store.close()


def test_that_a_deleted_run_can_be_taken_back_though_the_clock_was_set_back(tmp_path, monkeypatch):
    clock, store = Clock(monkeypatch), Store(tmp_path / FILE_NAME, told=print)
    run = a_training(store)
    store.delete([run.id])
    clock.ahead = -400 * 24 * 3600
    store.restore([run.id])
    assert store.flush()
    assert [entry.id for entry in store.page()] == [run.id]
    assert store.close()


def test_that_a_clock_that_is_right_again_is_believed():
    first, second = Run("a", "training", None), Run("b", "training", None)
    assert 0 < second.started - first.started < 5
    assert abs(second.started - time.time()) < 5


TRAINING = """
import sys, time
from pathlib import Path
from lrgui.core.config import TrainingConfig
from lrgui.core.control import Control
from lrgui.core.events import StepsEnded
from lrgui.training.trainer import train

chunks = []

def emit(event):
    if isinstance(event, StepsEnded):
        chunks.append(len(event.columns["step"]))
        if len(chunks) == 2:
            Path(sys.argv[1]).write_text("-3d\\n")
    last[:] = [event]

last = []
start = time.monotonic()
train(TrainingConfig(epochs=20), emit, Control())
print(type(last[0]).__name__, sum(chunks), max(chunks) < 880, time.monotonic() - start < 60)
"""


def faketime():
    """Return the library that sets the clock of one process, if it is here (Debian's ``faketime``)."""
    found = [*Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"), ctypes.util.find_library("faketimeMT")]
    return next((str(path) for path in found if path), None)


@pytest.mark.skipif(faketime() is None, reason="no libfaketime here")
def test_that_a_real_training_goes_on_when_the_clock_is_set_back(tmp_path):
    setting = tmp_path / "clock"
    setting.write_text("+0\n")
    environment = {
        **os.environ, "LD_PRELOAD": faketime(), "FAKETIME_TIMESTAMP_FILE": str(setting), "FAKETIME_NO_CACHE": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    }  # fmt: skip
    command = [sys.executable, "-c", TRAINING, str(setting)]
    ended = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120)
    assert ended.stdout == "Finished 880 True True\n", ended.stderr
