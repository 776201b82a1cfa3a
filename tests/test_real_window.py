"""The program on a real display: ``xvfb-run -a -s '-screen 0 1280x800x24' python -m pytest -m window``."""

import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from lrgui.core.runs import RunStatus

pytestmark = pytest.mark.window

ROOT = Path(__file__).parents[1]
PATIENCE_S = 180
"""TensorFlow's import and a short training, on two cores that have other things to do."""


@pytest.fixture
def window(qtbot, tmp_path):
    from lrgui.app import create_application, create_window
    from tests.gui.windows import shown

    create_application()
    return shown(qtbot, create_window(tmp_path / "profile"))


def test_that_keys_and_mouse_lead_from_the_launch_to_a_retrained_model(window, qtbot, tmp_path):
    from PySide6.QtGui import QGuiApplication

    from tests.gui.windows import cells, drag_marker, find, train

    assert QGuiApplication.platformName() in ("xcb", "wayland")
    swept = find(qtbot, window, timeout=1000 * PATIENCE_S)
    assert swept.status is RunStatus.DIVERGED
    drag_marker(qtbot, window, 5e-3)
    rate = window.find_page.plot.learning_rate
    assert rate == pytest.approx(5e-3, rel=0.1)
    run = train(qtbot, window, timeout=1000 * PATIENCE_S)
    qtbot.wait(200)
    assert run.config.learning_rate == rate
    assert run.evaluation["accuracy"] > 0.9
    shown_accuracy = f"{100 * run.evaluation['accuracy']:.1f} %"
    assert shown_accuracy in window.train_page.verdict.text()
    assert cells(window)[-1][5] == shown_accuracy
    picture = tmp_path / "retrained.png"
    assert window.screen().grabWindow(window.winId()).save(str(picture))
    assert picture.stat().st_size > 20_000


def test_that_the_program_itself_takes_keys_from_a_keyboard_and_closes_when_asked(tmp_path):
    if not os.environ.get("DISPLAY"):
        pytest.skip("needs an X server")
    from tests.x11 import Desktop

    settings = tmp_path / "lrgui" / "settings.ini"
    inherited = {name: value for name, value in os.environ.items() if name != "LRGUI_PROFILE"}
    environment = {**inherited, "HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path), "QT_QPA_PLATFORM": "xcb"}
    with Desktop() as desktop, program(environment) as process:
        window = desktop.wait_for_window("Learning-Rate Lab", process.pid, PATIENCE_S)
        desktop.focus(window)
        time.sleep(0.5)
        desktop.press("F5")
        wait_until(lambda: "RangeTestConfig" in text_of(settings))
        # The key is taken once the sweep has ended; until then the program has nothing to train at.
        wait_until(lambda: desktop.press("Control", "Return") or trained_at(settings) is not None, every=1)
        assert trained_at(settings) != 1e-3
        # The training may still go on: then the window asks, and Escape answers that it may.
        wait_until(lambda: closed_or_answered(desktop, window, process), every=1)
        _, complaints = process.communicate(timeout=PATIENCE_S)
    assert process.returncode == 0
    assert "Traceback" not in complaints


class program:
    """``main.py`` in a process of its own, which is ended in any case."""

    def __init__(self, environment):
        self._process = subprocess.Popen(
            [sys.executable, str(ROOT / "main.py")], env=environment, stderr=subprocess.PIPE, text=True
        )

    def __enter__(self):
        return self._process

    def __exit__(self, *_):
        if self._process.poll() is None:
            self._process.kill()
            self._process.communicate()


def closed_or_answered(desktop, window, process):
    desktop.ask_to_close(window)
    desktop.press("Escape")
    return process.poll() is not None


def wait_until(true, every=0.1):
    end = time.monotonic() + PATIENCE_S
    while not true():
        assert time.monotonic() < end, "waited too long"
        time.sleep(every)


def text_of(file):
    return file.read_text(encoding="utf-8") if file.exists() else ""


def trained_at(settings):
    """Return the rate of the last training that was begun, None before the first."""
    found = re.search(r'TrainingConfig="(.*)"', text_of(settings))
    return json.loads(found.group(1).replace('\\"', '"'))["learning_rate"] if found else None
