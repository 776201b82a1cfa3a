"""The live plot in a process of its own: whatever becomes of it, the script goes on, and nothing of it stays behind."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from lrgui.core.events import Planned, StepsEnded
from lrgui.core.live import SweepEnded
from lrgui.core.messages import say
from lrgui.script.live_window import LiveWindow

ROOT = Path(__file__).parents[2]
needs_qt = pytest.mark.skipif(sys.platform != "linux", reason="processes are looked at as on Linux")


def steps(count):
    numbers = np.arange(count)
    return StepsEnded(
        {"step": numbers, "learning_rate": 1e-5 * 1.1**numbers, "loss": 1.0 / (1 + numbers), "accuracy": 0.0 * numbers}
    )


def sweep_in(window):
    window.show(Planned(1e-5 * 1.1 ** np.arange(50), 10, 5, 0))
    window.show(steps(50))
    window.show(SweepEnded(say("Reached the end.")))


def gone(pid, seconds=20.0):
    """Return whether a process has ended, within some seconds."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False


def test_that_a_window_takes_a_sweep_and_closes_without_a_complaint(capfd):
    window = LiveWindow()
    sweep_in(window)
    process = window._process
    process.stdin.flush()
    time.sleep(0.2)
    window._lines.put(None)
    assert process.wait(30) == 0
    window.close()
    assert capfd.readouterr().err == ""


@needs_qt
def test_that_without_a_display_a_sentence_says_so_and_the_sweep_goes_on(monkeypatch, capfd):
    for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    window = LiveWindow()
    sweep_in(window)
    window.wait()
    told = capfd.readouterr().err
    assert told.startswith("There is no live plot: ") and len(told.splitlines()) == 1


def test_that_a_window_that_was_closed_harms_nothing():
    window = LiveWindow()
    window._process.terminate()
    window._process.wait()
    for _ in range(40):
        window.show(steps(500))
    window.close()
    window.close()


@needs_qt
def test_that_no_window_outlives_a_script_that_is_killed():
    code = (
        "from lrgui.script.live_window import LiveWindow; import sys, time;"
        "print(LiveWindow()._process.pid, flush=True); time.sleep(60)"
    )
    script = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    pid = int(script.stdout.readline())
    os.kill(script.pid, signal.SIGKILL)
    script.communicate()
    assert gone(pid)


@needs_qt
def test_that_a_script_that_comes_to_its_end_takes_its_window_along_and_never_has_qt_itself(tmp_path):
    (tmp_path / "json.py").write_text("raise SystemExit('a file of the user, not of Python')")
    code = (
        "import sys; from lrgui.script.live_window import LiveWindow\n"
        "window = LiveWindow(); print(window._process.pid)\n"
        "print(sorted({'PySide6', 'pyqtgraph', 'tensorflow'} & set(sys.modules)))"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONSAFEPATH": "1"}
    command = [sys.executable, "-c", code]
    ended = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=60)
    pid, modules = ended.stdout.splitlines()
    assert (ended.returncode, modules, ended.stderr) == (0, "[]", "")
    assert gone(int(pid), 0.5)
