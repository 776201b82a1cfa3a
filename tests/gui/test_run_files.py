"""Whole runs that come as files: dropped on the window, and on the command line, as a double click hands them over."""

import os
import subprocess
import sys
import time

import pytest

from lrgui.core.config import RangeTestConfig
from lrgui.core.control import Control
from lrgui.core.runs import Run, fresh_id
from lrgui.core.store import FILE_NAME, Kept, Store
from lrgui.core.store.run_file import write_run_file
from tests.gui.fake_jobs import fake_jobs, sweep
from tests.gui.test_opening import drop
from tests.gui.windows import make_window, shown

PATIENCE_SECONDS = 60


@pytest.fixture
def file(tmp_path):
    run = Run(fresh_id(), "range_test", RangeTestConfig())
    sweep()(run.config, run.apply, Control())
    write_run_file(Kept.of(run), tmp_path / "sweep.lrrun")
    return tmp_path / "sweep.lrrun"


def test_that_a_run_that_is_dropped_on_the_window_is_kept_and_shown(qtbot, tmp_path, file):
    window = shown(qtbot, make_window(tmp_path / "profile", fake_jobs()))
    window.pages.show_page("descent")
    drop(window, file)
    qtbot.waitUntil(lambda: window.pages.current == "find" and window.find_page.run is not None, timeout=10_000)
    assert "4 x its best" in window.find_page.verdict.text()
    assert window.history.store.knows(window.find_page.run.id)
    first = window.find_page.run
    window.opener.open_path(file)
    qtbot.waitUntil(lambda: window.find_page.run is not first, timeout=10_000)
    assert window.history.store.count() == 1


def test_that_a_run_on_the_command_line_is_opened_in_the_window(tmp_path, file):
    environment = {**os.environ, "LRGUI_PROFILE": str(tmp_path / "profile"), "QT_QPA_PLATFORM": "offscreen"}
    window = subprocess.Popen([sys.executable, "-m", "lrgui", str(file)], env=environment, stderr=subprocess.PIPE)
    try:
        until = time.monotonic() + PATIENCE_SECONDS
        while not kept(tmp_path / "profile" / FILE_NAME) and window.poll() is None and time.monotonic() < until:
            time.sleep(0.2)
        assert window.poll() is None, window.stderr.read()
        assert kept(tmp_path / "profile" / FILE_NAME) == 1
    finally:
        window.kill()
        window.communicate()


def kept(history):
    if not history.exists():
        return 0
    store = Store(history, told=lambda told: None)
    try:
        return store.count()
    finally:
        store.close()
