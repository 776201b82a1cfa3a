import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QDialogButtonBox

from lrgui.gui.settings import Settings
from tests.gui.fake_jobs import fake_jobs
from tests.gui.windows import make_window, shown


@pytest.fixture
def window(qtbot, tmp_path):
    yield shown(qtbot, make_window(tmp_path, fake_jobs()))


def open_dialog(window):
    window.actions_["cores"].trigger()
    return window.findChild(QDialog, "cores")


def press_ok(dialog):
    QTest.mouseClick(dialog._buttons.button(QDialogButtonBox.StandardButton.Ok), Qt.MouseButton.LeftButton)


def test_that_all_cores_are_taken_unless_told_otherwise(window):
    dialog = open_dialog(window)
    assert dialog.every.isChecked()
    assert dialog.threads() is None
    press_ok(dialog)
    assert window.settings.threads is None


def test_that_a_number_is_kept_for_the_next_start_and_the_dialog_says_so(window, tmp_path):
    window.loading.begin()
    dialog = open_dialog(window)
    assert not dialog.count.isEnabled()
    dialog.some.click()
    dialog.count.setText("1")
    press_ok(dialog)
    window.settings.save()
    assert Settings(tmp_path).threads == 1
    shown_again = open_dialog(window)
    assert shown_again.some.isChecked() and shown_again.threads() == 1
    shown_again.every.setChecked(True)
    press_ok(shown_again)
    window.settings.save()
    assert Settings(tmp_path).threads is None


@pytest.mark.parametrize("text", ["0", "-1", "many", "1.5", ""])
def test_that_a_wrong_number_cannot_be_taken(window, text):
    dialog = open_dialog(window)
    dialog.some.setChecked(True)
    dialog.count.setText(text)
    button = dialog._buttons.button(QDialogButtonBox.StandardButton.Ok)
    assert not button.isEnabled()
    dialog.every.setChecked(True)
    assert button.isEnabled()
    dialog.reject()
    assert window.settings.threads is None


def test_that_a_damaged_setting_means_all_cores(tmp_path, qapp):
    settings = Settings(tmp_path)
    settings._file.setValue("threads", "lots")
    assert settings.threads is None
