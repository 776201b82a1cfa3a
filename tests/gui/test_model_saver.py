"""Saving a model, in the window: offered where there is one, written between the runs, told when it is over."""

import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from lrgui.core.events import Failed, Finished
from lrgui.core.messages import Refused, say
from tests.gui.fake_jobs import fake_jobs, saved, training
from tests.gui.windows import dismiss_error, make_window, press, shown, train

CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def open_window(qtbot, tmp_path):
    def opened(save=saved, job=None):
        window = shown(qtbot, make_window(tmp_path / "profile", fake_jobs(train=job, save=save)))
        window.pages.show_page("train")
        return window

    return opened


def save_to(qtbot, window, name):
    """Save by the keys under a name, and return how that ended."""
    press(window, Qt.Key.Key_S, CTRL_SHIFT)
    dialog = window.findChild(QFileDialog)
    with qtbot.waitSignal(window.saver.done) as done:
        dialog.fileSelected.emit(str(name))
    dialog.reject()
    qtbot.waitUntil(lambda: window.findChild(QFileDialog) is None)
    return done.args[0]


def test_that_a_trained_model_is_saved_and_where_is_told(open_window, qtbot, tmp_path):
    window = open_window()
    action = window.actions_["save_model"]
    assert not action.isEnabled()
    train(qtbot, window)
    qtbot.waitUntil(action.isEnabled)
    assert action in window.train_page.table.actions()  # its menu, under the other button of the mouse
    ended = save_to(qtbot, window, tmp_path / "mine")
    assert isinstance(ended, Finished)
    assert (tmp_path / "mine.keras").read_text(encoding="utf-8") == "constant"
    told = window.statusBar().currentMessage()
    assert str(tmp_path / "mine.keras") in told and "The model takes what you have." in told


def test_that_the_window_goes_on_while_it_is_written_and_a_training_waits_for_it(open_window, qtbot, tmp_path):
    let_go, order = threading.Event(), []

    def slow(config, path):
        assert let_go.wait(10)
        order.append("saved")
        return say("Done.")

    def next_job(config, emit, control):
        order.append("training")
        training()(config, emit, control)

    window = open_window(slow, next_job)
    first = train(qtbot, window)
    window.saver.save(first, tmp_path / "model.keras")
    with qtbot.waitSignal(window.runner.run_ended):
        press(window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        qtbot.wait(100)  # the window's own loop turns, and the training that was asked for has not begun
        assert order == ["training"]
        assert not window.actions_["save_model"].isEnabled()
        let_go.set()
    assert order == ["training", "saved", "training"]


def test_that_a_run_whose_weights_another_run_of_the_same_settings_has_replaced_is_refused_in_words(open_window, qtbot):
    window = open_window()
    first = train(qtbot, window)
    train(qtbot, window)
    window.train_page.table.select(first)
    qtbot.waitUntil(window.actions_["save_model"].isEnabled)
    press(window, Qt.Key.Key_S, CTRL_SHIFT)
    assert window.findChild(QFileDialog) is None
    assert "another run has taken its place" in window.statusBar().currentMessage()


@pytest.mark.parametrize(
    ("error", "part"),
    [
        (Refused(say("The model of this run is gone.")), "is gone"),
        (OSError(28, "No space left on device"), "No space left on device"),
    ],
)
def test_that_a_failure_is_told_and_the_window_goes_on(open_window, qtbot, tmp_path, error, part):
    def broken(config, path):
        raise error

    window = open_window(broken)
    train(qtbot, window)
    qtbot.waitUntil(window.actions_["save_model"].isEnabled)
    assert isinstance(save_to(qtbot, window, tmp_path / "model.keras"), Failed)
    assert part in dismiss_error(qtbot, window)[0]
    assert window.actions_["save_model"].isEnabled()


def test_that_a_sweep_has_no_model_to_save(open_window, qtbot):
    window = open_window()
    with qtbot.waitSignal(window.runner.run_ended):
        press(window, Qt.Key.Key_F5)
    window.pages.show_page("train")
    window.train_page.table.selectRow(0)
    assert window.train_page.table.current_run().kind == "range_test"
    assert not window.actions_["save_model"].isEnabled()
