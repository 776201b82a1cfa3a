"""Runs that hang, that cannot be kept, and that the last program did not end."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox

from lrgui.core.events import Finished
from lrgui.core.messages import say
from lrgui.core.patience import Limits
from lrgui.core.runs import RunStatus
from lrgui.core.store import FILE_NAME, Store
from lrgui.core.store.run_file import read_run_file
from tests.core.store.runs import feed, started, steps
from tests.gui.fake_jobs import fake_jobs, sweep, training
from tests.gui.windows import error_of, find, make_window, press, shown, train

ROOT = Path(__file__).parents[2]


def hanging(released):
    """Return a range test that stands still after its first steps until it is released."""
    goes = sweep()

    def job(config, emit, control):
        def emit_and_hang(event):
            emit(event)
            if type(event).__name__ == "StepsEnded" and not released.is_set():
                released.wait(60)

        goes(config, emit_and_hang, control)

    return job


@pytest.fixture
def profile(tmp_path):
    return tmp_path / "profile"


def opened(qtbot, profile, **jobs):
    window = shown(qtbot, make_window(profile, fake_jobs(**jobs)))
    qtbot.waitUntil(lambda: window.safety is not None)
    watchdog = window.safety.stuck.watchdog
    watchdog.limits = Limits(stepping=0.2, slow=0.4)
    watchdog.look_closely(20)
    return window


def test_that_a_run_that_hangs_is_told_of_and_waited_for_and_the_bar_goes_when_it_goes_on(qtbot, profile):
    released = threading.Event()
    window = opened(qtbot, profile, find=hanging(released))
    bar = window.safety.stuck.bar
    press(window, Qt.Key.Key_F5)
    qtbot.waitUntil(bar.isVisible)
    assert "no progress" in bar.text
    assert "since step 11" in bar.text
    qtbot.mouseClick(bar.ways[0], Qt.MouseButton.LeftButton)
    assert not bar.isVisible()
    qtbot.waitUntil(bar.isVisible)  # again, after twice the time
    with qtbot.waitSignal(window.runner.run_ended):
        released.set()
    assert not bar.isVisible()
    window.close()


def test_that_a_run_that_is_paused_is_not_told_of(qtbot, profile):
    window = opened(qtbot, profile, find=sweep(seconds=0.03))
    press(window, Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: window.runner.run is not None and len(window.runner.run.steps) > 0)
    window.actions_["pause"].trigger()
    qtbot.wait(900)
    assert not window.safety.stuck.bar.isVisible()
    with qtbot.waitSignal(window.runner.run_ended):
        window.actions_["pause"].trigger()
    window.close()


def test_that_a_cancelled_run_that_does_not_end_is_told_of(qtbot, profile):
    released = threading.Event()
    window = opened(qtbot, profile, find=hanging(released))
    press(window, Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: window.runner.run is not None and len(window.runner.run.steps) > 0)
    window.runner.cancel()
    bar = window.safety.stuck.bar
    qtbot.waitUntil(bar.isVisible)
    assert "cancelled" in bar.text
    with qtbot.waitSignal(window.runner.idle):
        released.set()
    assert not bar.isVisible()
    window.close()


WINDOW = """
import resource, signal, sys, time
from pathlib import Path
from PySide6.QtCore import QTimer
from lrgui.app import create_application
from lrgui.core.patience import Limits
from tests.gui.fake_jobs import fake_jobs, sweep, training
from tests.gui.windows import make_window

app = create_application()
profile = Path(sys.argv[1])

def until(condition, then):
    timer = QTimer(app, interval=20)
    def look():
        if condition():
            timer.stop()
            then()
    timer.timeout.connect(look)
    timer.start()
"""

HANGS_FOR_EVER = """
def job(config, emit, control):
    sweep()(config, lambda event: (emit(event), type(event).__name__ == "StepsEnded" and time.sleep(1000)), control)

window = make_window(profile, fake_jobs(find=job))
window.show()

def begin():
    stuck = window.safety.stuck
    stuck.watchdog.limits = Limits(0.2, 0.2)
    stuck.watchdog.look_closely(20)
    window.desk.start_sweep()
    until(stuck.bar.isVisible, lambda: stuck.bar.ways[1].click())

until(lambda: window.safety is not None, begin)
app.exec()
"""

FULL_DISK = """
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
window = make_window(profile, fake_jobs())
window.show()

def begin():
    window.history.store.flush()
    resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))
    window.runner.run_ended.connect(lambda run: QTimer.singleShot(0, begin_again))
    begin_again()

count = 0
def begin_again():
    global count
    count += 1
    if count <= 12:
        window.desk.start_sweep()
    else:
        until(lambda: len(window.history.store.unwritten) > 1, offered)

def offered():
    print(window.notice.text.partition("(")[0].strip(), "|", window.notice.ways[0].text(), flush=True)
    window.close()
    print(window.isVisible(), flush=True)
    box = window.findChild(object, "unkept_runs")
    print(box.text(), flush=True)
    box.defaultButton().click()
    dialog = window.findChild(object, "unkept_folder")
    dialog.fileSelected.emit(str(profile.parent / "elsewhere"))
    dialog.close()

until(lambda: window.safety is not None, begin)
print("closed", app.exec(), flush=True)
"""


def ran(code, profile):
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", WINDOW + code, str(profile)]
    ended = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60)
    assert (ended.returncode, ended.stderr.replace("This plugin does not support propagateSizeHints()\n", "")) == (
        0,
        "",
    )
    return ended.stdout.splitlines()


def test_that_a_run_that_hangs_for_ever_is_saved_and_the_program_ends(profile):
    ran(HANGS_FOR_EVER, profile)
    store = Store(profile / FILE_NAME, told=print)
    (entry,) = store.page()
    assert (entry.status, entry.steps_done) == (RunStatus.STOPPED, 11)
    assert "showed no progress any more" in str(store.load(entry.id).message)
    assert store.close()
    assert (profile / "settings.ini").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="a limit on the size of files, as on Linux and macOS")
def test_that_runs_that_a_full_disk_does_not_take_are_saved_elsewhere_before_the_window_closes(profile):
    elsewhere = profile.parent / "elsewhere"
    elsewhere.mkdir()
    told, still_there, asked, end = ran(FULL_DISK, profile)
    assert told == "The history cannot be written to " + str(profile / FILE_NAME) + " now | Save the runs elsewhere ..."
    assert (still_there, end) == ("True", "closed 0")
    assert "of this session are not in the history" in asked
    files = sorted(elsewhere.glob("*.lrrun"))
    assert len(files) == int(asked.split()[0])
    assert all(len(read_run_file(file).run.steps) > 40 for file in files)


def test_that_a_run_that_the_last_program_did_not_end_is_told_of_and_run_again(qtbot, profile):
    before = Store(profile / FILE_NAME, told=print)
    gone = started(before, "range_test", None)
    feed(before, gone, [steps(0, 5)])
    assert before.flush()
    assert before.close()  # as if it had been killed: its run has not ended
    window = opened(qtbot, profile)
    qtbot.waitUntil(lambda: window.notice is not None and window.notice.isVisible())
    assert "broken off" in window.notice.text
    qtbot.mouseClick(window.notice.ways[1], Qt.MouseButton.LeftButton)
    assert window.pages.current == "history"
    qtbot.waitUntil(lambda: [entry.id for entry in window.history_desk.page.selected()] == [gone.id])
    with qtbot.waitSignal(window.runner.run_ended) as ended:
        window.history_desk.opener.repeat(gone.id)
    assert ended.args[0].repeat_of == gone.id
    window.close()


def test_that_of_several_such_runs_the_newest_is_offered(qtbot, profile):
    before = Store(profile / FILE_NAME, told=print)
    for _ in range(2):
        feed(before, started(before, "range_test", None), [steps(0, 5)])
    assert before.flush()
    assert before.close()
    window = opened(qtbot, profile)
    qtbot.waitUntil(lambda: window.notice is not None and window.notice.isVisible())
    assert window.notice.text.startswith("2 runs")
    assert [way.text() for way in window.notice.ways] == ["Run the newest again", "Show the newest"]


def test_that_nothing_is_said_where_all_runs_have_ended(qtbot, profile):
    before = Store(profile / FILE_NAME, told=print)
    feed(before, started(before), [steps(0, 5), Finished(say("Done."))])
    assert before.close()
    window = opened(qtbot, profile, train=training())
    find(qtbot, window)
    train(qtbot, window)
    assert window.history.store.flush()
    assert window.notice is None
    assert error_of(window) is None
    window.close()
    assert window.findChild(QMessageBox, "unkept_runs") is None
