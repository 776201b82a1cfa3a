"""The menu of help, by the hand that opens it."""

import sys

import pytest
from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog

from lrgui.core.profile import VARIABLE, log_folder
from tests.gui.fake_jobs import fake_jobs
from tests.gui.windows import make_window, shown


@pytest.fixture
def window(qtbot, tmp_path, monkeypatch):
    monkeypatch.setenv(VARIABLE, str(tmp_path / "profile"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    return shown(qtbot, make_window(tmp_path / "profile", fake_jobs()))


def action(window, name):
    menu = next(entry.menu() for entry in window.menuBar().actions() if entry.menu().objectName() == "help")
    menu.aboutToShow.emit()
    return next(entry for entry in menu.actions() if entry.objectName() == name)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such entries")
def test_that_the_program_comes_to_the_desktop_and_goes_from_there(window, tmp_path):
    entry = tmp_path / "share" / "applications" / "lrgui.desktop"
    assert action(window, "desktop").text() == "Add to the desktop"
    action(window, "desktop").trigger()
    assert entry.is_file() and "among the programs of the desktop now" in window.notice.text
    assert action(window, "desktop").text() == "Remove from the desktop"
    action(window, "desktop").trigger()
    assert not entry.exists() and "no longer" in window.notice.text


def test_that_about_shows_the_folders_of_this_window(window, tmp_path):
    action(window, "about").trigger()
    about = window.findChild(QDialog, "about")
    assert about.isVisible()
    assert about.links[0][1].text().endswith("profile") and about.links[1][1].text().endswith("log")
    about.close()


class Files(QObject):
    """The file manager of a desktop."""

    def __init__(self):
        super().__init__()
        self.shown = []

    @Slot(QUrl)
    def show_folder(self, url):
        self.shown.append(url.toLocalFile())


def test_that_the_log_folder_is_shown(window):
    files = Files()
    QDesktopServices.setUrlHandler("file", files, "show_folder")
    try:
        action(window, "log").trigger()
    finally:
        QDesktopServices.unsetUrlHandler("file")
    assert files.shown == [str(log_folder())] and log_folder().is_dir()
