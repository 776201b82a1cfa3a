"""TensorFlow that cannot be loaded, as the window shows it."""

import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from lrgui.core.messages import Refused, say
from lrgui.gui import loading_desk
from lrgui.gui.words import words
from tests.gui.fake_jobs import fake_jobs
from tests.gui.windows import dismiss_error, find, make_window, shown

WHY = say("TensorFlow is not installed for this Python: {command}", command="pip install tensorflow")


def refuse(*_):
    raise Refused(WHY)


class Loads:
    """Fails as often as it is told to, and then succeeds."""

    def __init__(self, failures):
        self.failures = failures

    def __call__(self):
        self.failures -= 1
        if self.failures >= 0:
            refuse()


@pytest.fixture
def open_window(qtbot, tmp_path):
    def open_one(jobs):
        window = make_window(tmp_path, jobs)
        with qtbot.waitSignal(window.runner.prepared):
            shown(qtbot, window)
        return window

    return open_one


def test_that_a_window_whose_tensorflow_loads_has_no_banner(open_window):
    assert open_window(fake_jobs()).loading.banner is None


def test_that_the_banner_says_why_in_the_readers_language_until_it_has_worked(open_window, qtbot):
    window = open_window(fake_jobs(load=Loads(2)))
    banner = window.loading.banner
    assert banner.isVisible()
    assert banner.text == str(WHY)
    assert window.note.text() == "TensorFlow could not be loaded."
    words.use("zh_TW")
    assert banner.again.text() != "" and banner.text == str(WHY)
    words.use("en")
    with qtbot.waitSignal(window.runner.prepared):
        banner.again.click()
        assert not banner.again.isEnabled()
    assert banner.isVisible() and banner.again.isEnabled()
    with qtbot.waitSignal(window.runner.prepared):
        banner.again.click()
    assert not banner.isVisible()
    assert window.note.text() == "Ready."


def test_that_a_run_asked_for_meanwhile_ends_with_the_sentence_and_the_window_goes_on(open_window, qtbot):
    window = open_window(fake_jobs(find=refuse, load=refuse))
    find(qtbot, window)
    assert dismiss_error(qtbot, window)[0] == str(WHY)
    window.pages.show_page("descent")
    window.pages.show_page("schedules")
    assert window.loading.banner.isVisible()


def test_that_an_import_which_takes_minutes_is_told_while_it_goes_on(qtbot, tmp_path, monkeypatch):
    monkeypatch.setattr(loading_desk, "_LONG_LOAD_MS", 50)
    over = threading.Event()
    window = shown(qtbot, make_window(tmp_path, fake_jobs(load=lambda: over.wait(30))))
    qtbot.waitUntil(lambda: window.loading.banner is not None)
    assert "did not finish loading" in window.loading.banner.text
    assert not window.loading.banner.again.isEnabled()
    with qtbot.waitSignal(window.runner.prepared):
        over.set()
    assert not window.loading.banner.isVisible()


@pytest.fixture
def without_tensorflow(tmp_path, monkeypatch):
    """Let processes that are started from here find one that breaks, and at once."""
    package = tmp_path / "fake" / "tensorflow"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("raise ImportError('numpy.core.multiarray failed to import')")
    monkeypatch.setenv("PYTHONPATH", str(package.parent))


@pytest.mark.usefixtures("without_tensorflow")
def test_that_the_details_are_what_doctor_reports_and_can_be_copied(open_window, qtbot):
    window = open_window(fake_jobs(load=refuse))
    window.loading.banner.details.click()
    dialog = window.loading.details
    assert dialog.isVisible() and not dialog.copy.isEnabled()
    qtbot.waitUntil(dialog.copy.isEnabled, timeout=120_000)
    dialog.copy.click()
    assert "NumPy and TensorFlow do not fit together" in QGuiApplication.clipboard().text()
    assert "ok      Python: " in dialog.report.toPlainText()
    assert [button.text() for button in dialog.findChildren(QPushButton) if button.isDefault()] == ["Close"]
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert not dialog.isVisible()


@pytest.mark.usefixtures("without_tensorflow")
def test_that_closing_waits_for_no_details(open_window):
    window = open_window(fake_jobs(load=refuse))
    window.loading.banner.details.click()
    assert window.close()
