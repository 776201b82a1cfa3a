"""Adding data from a folder, in the window: progress, the answer, a cancel, and a close in the middle."""

import threading

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QMessageBox, QProgressDialog

from lrgui.core.events import Progressed, Stopped
from lrgui.core.messages import say
from tests.gui.fake_jobs import added, fake_jobs
from tests.gui.windows import make_window, shown


@pytest.fixture
def open_window(qtbot, tmp_path):
    def opened(job):
        return shown(qtbot, make_window(tmp_path / "profile", fake_jobs(add_data=job)))

    return opened


def until_stopped(folder, emit, control):
    emit(Progressed(say("Checking")))
    while not control.stopping:
        threading.Event().wait(0.005)
    emit(Stopped(say("Cancelled; nothing was added.")))


def test_that_what_was_found_is_told_and_the_progress_is_gone(open_window, qtbot, tmp_path):
    window = open_window(added("MNIST was added.", "CIFAR-10 is already there."))
    with qtbot.waitSignal(window.adder.done):
        window.adder.add(str(tmp_path))
    box = window.findChild(QMessageBox, "data_told")
    assert box.text() == "MNIST was added. CIFAR-10 is already there."
    qtbot.waitUntil(lambda: window.findChild(QProgressDialog) is None)
    box.close()


def test_that_it_can_be_cancelled_and_then_asked_for_again(open_window, qtbot, tmp_path):
    window = open_window(until_stopped)
    for _ in range(2):
        window.adder.add(str(tmp_path))
        with qtbot.waitSignal(window.adder.done) as done:
            window.findChild(QProgressDialog).canceled.emit()
        assert isinstance(done.args[0], Stopped)
        box = window.findChild(QMessageBox, "data_told")
        box.close()
        qtbot.waitUntil(lambda: window.findChild(QMessageBox, "data_told") is None)
        qtbot.waitUntil(lambda: window.findChild(QProgressDialog) is None)


def test_that_the_window_can_be_closed_in_the_middle(open_window, qtbot, tmp_path):
    window = open_window(until_stopped)
    window.adder.add(str(tmp_path))
    assert window.close()


def test_that_the_action_waits_for_the_imports_and_asks_for_a_folder(open_window, qtbot):
    window = open_window(added())
    action = window.findChild(QAction, "add_data")
    qtbot.waitUntil(action.isEnabled)
    action.trigger()
    dialog = window.findChild(QFileDialog)
    assert dialog.fileMode() is QFileDialog.FileMode.Directory
    dialog.close()
