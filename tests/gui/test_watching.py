"""What looks on while the window is open: the log, what nobody caught, and the crash of the last time."""

import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer, qWarning
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog

from lrgui import logs
from lrgui.core.profile import VARIABLE, log_folder
from lrgui.gui.errors import ExceptHook
from lrgui.gui.watching import Watch
from tests.gui.fake_jobs import fake_jobs, training
from tests.gui.windows import dismiss_error, find, make_window, shown, train

TRACE = 'Fatal Python error: Segmentation fault\n\n  File "{home}/lab/mine.py", line 3 in descend\n'


@pytest.fixture
def profile(tmp_path, monkeypatch):
    monkeypatch.setenv(VARIABLE, str(tmp_path / "profile"))
    monkeypatch.setattr(threading, "excepthook", lambda hooked: None)  # pytest's own fails the test
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    return tmp_path / "profile"


@pytest.fixture
def open_window(qtbot, profile):
    watches = []

    def opened(**jobs):
        window = shown(qtbot, make_window(profile, fake_jobs(**jobs)))
        window.hook = ExceptHook(window)
        window.watch = Watch(window)
        watches.append(window.watch)
        return window

    yield opened
    for watch in watches:
        watch.end()


def log():
    return (log_folder() / logs.FILE).read_text(encoding="utf-8")


def report_of(window):
    return window.findChild(QDialog, "crash_report")


def raised(qtbot, text):
    """Let something raise that Qt calls, and nobody catches."""
    called = []

    def slot():
        called.append(text)
        raise RuntimeError(text)

    QTimer.singleShot(0, slot)
    qtbot.waitUntil(lambda: bool(called))


def test_that_the_log_tells_of_start_and_runs_and_the_end(open_window, qtbot):
    window = open_window(train=training(chunks=3))
    run = find(qtbot, window)
    failed = train(qtbot, window)
    dismiss_error(qtbot, window)
    window.watch.end()
    told = log()
    assert "started: lrgui " in told and "TensorFlow " in told and told.rstrip().endswith("ended")
    assert f"run {run.id[:8]} started: range_test" in told
    assert f"run {run.id[:8]} ended: diverged after {len(run.steps)} steps" in told
    assert f"run {failed.id[:8]} failed:\nTraceback" in told
    assert not list(log_folder().glob("crash*"))


def test_that_what_qt_warns_of_is_logged(open_window):
    open_window()
    qWarning("does not support propagateSizeHints, said by a test")  # what else would fail the test
    assert "WARNING Qt: does not support propagateSizeHints, said by a test" in log()


def test_that_what_a_thread_did_not_catch_is_logged(open_window):
    open_window()
    thread = threading.Thread(target=lambda: 1 / 0, name="divider")
    thread.start()
    thread.join()
    assert "Nobody caught this in divider:\nTraceback" in log() and "ZeroDivisionError" in log()


def test_that_what_nobody_caught_is_one_report_however_often_it_happens(open_window, qtbot):
    window = open_window()
    for _ in range(3):
        raised(qtbot, "the pen is <b>gone</b>")
    report = report_of(window)
    assert report.isVisible() and len(window.findChildren(QDialog, "crash_report")) == 1
    assert "the pen is <b>gone</b>. It goes on." in report.told.text()
    assert report.details.toPlainText().count("RuntimeError: the pen is") == 3
    assert log().count("Nobody caught this:") == 3
    report.close_.click()
    raised(qtbot, "another")
    assert "another" in window.hook._report.told.text()
    window.hook._report.close()


def test_that_the_details_are_copied_without_a_folder(open_window, qtbot):
    window = open_window()
    raised(qtbot, "broken")
    report = report_of(window)
    report.copy_.click()
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith("lrgui ") and 'File "tests/gui/test_watching.py"' in copied
    assert report.copy_.text() == "Copied"
    report.close()


def test_that_what_breaks_in_another_thread_is_shown_in_the_windows_own(open_window, qtbot):
    window = open_window()

    def broken():
        try:
            raise ValueError("far away")
        except ValueError:
            sys.excepthook(*sys.exc_info())

    thread = threading.Thread(target=broken)
    thread.start()
    qtbot.waitUntil(lambda: report_of(window) is not None)
    thread.join()
    assert "far away" in report_of(window).told.text()
    report_of(window).close()


def test_that_the_crash_of_the_last_time_is_offered_once_and_quietly(open_window):
    folder = log_folder()
    folder.mkdir(parents=True)
    (folder / "crash-77.txt").write_text(TRACE.format(home=Path.home()))
    window = open_window()
    assert window.notice.isVisible() and "ended by itself the last time" in window.notice.text
    assert report_of(window) is None
    window.notice.ways[0].click()
    assert not window.notice.isVisible()
    details = report_of(window).details.toPlainText()
    assert "Segmentation fault" in details and 'File "~/lab/mine.py", line 3 in descend' in details
    report_of(window).close()
    window.watch.end()
    assert open_window().notice is None


def test_that_a_log_that_cannot_be_written_stops_nothing(open_window, qtbot, profile):
    profile.mkdir(exist_ok=True)
    log_folder().write_text("a file where the folder should be")
    window = open_window()
    find(qtbot, window)
    raised(qtbot, "told all the same")
    assert report_of(window).isVisible()
    report_of(window).close()
