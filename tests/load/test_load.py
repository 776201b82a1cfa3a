"""Short versions of what ``python -m tests.load`` does at length."""

import gc
import os
import threading

import pytest
from PySide6.QtWidgets import QApplication

from lrgui.gui.main_window import MainWindow
from tests.load.cycles import Cycles, left_behind
from tests.load.resources import held
from tests.load.retrains import grown

CYCLES = int(os.environ.get("LRGUI_CYCLES", "30"))
RETRAINS = int(os.environ.get("LRGUI_RETRAINS", "40"))
SEED = 1

_OF_QT = 2
"""Threads and files that Qt may open and close by itself."""


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_that_cycles_of_every_verb_at_any_moment_leave_no_window_no_thread_and_no_file_open(qtbot, tmp_path):
    before, threads = set(QApplication.topLevelWidgets()), set(threading.enumerate())
    cycles = Cycles(tmp_path / "profile", SEED)
    with qtbot.capture_exceptions() as raised:
        cycles.go(10)
        first = held()
        cycles.go(CYCLES - 10)
        cycles.finish()
    assert raised == []
    last = held()
    assert all(thread.isFinished() for thread in cycles.threads) and len(cycles.threads) > 3
    assert [thread.name for thread in set(threading.enumerate()) - threads if "history" in thread.name] == []
    assert last.threads <= first.threads + _OF_QT, (first, last)
    assert last.files <= first.files + _OF_QT, (first, last)
    assert last.megabytes <= 1.15 * first.megabytes, (first, last)
    assert [window for window in gc.get_objects() if isinstance(window, MainWindow)] == []
    assert left_behind(before) == []


def test_that_trainings_one_after_the_other_take_no_more_and_no_more_memory():
    first, last = grown(10, RETRAINS - 10)
    assert last.megabytes <= 1.05 * first.megabytes, (first, last)
    assert last.threads <= first.threads, (first, last)
    assert last.files <= first.files, (first, last)
