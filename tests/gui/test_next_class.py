"""The stage cleared for the next class: everything as at the first start, but the history; and a way back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from lrgui.core.config import RangeTestConfig, TrainingConfig
from lrgui.core.control import FULL_SPEED
from lrgui.core.descent_presets import PRESETS
from lrgui.gui.main_window import PAGES
from lrgui.gui.pages.compare import first_config
from tests.gui.fake_jobs import fake_jobs, training
from tests.gui.windows import find, make_window, press, shown, train

KEYS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def used(qtbot, tmp_path):
    """A window after a lesson: a sweep, a training, other settings on every page."""
    window = shown(qtbot, make_window(tmp_path / "profile", fake_jobs()))
    for name in PAGES:
        window.pages[name]
    window.pages["descent"].choose_function("rosenbrock")
    window.pages["compare"].form.arms.add.click()
    window.find_page.form.findChild(QWidget, "steps").setText("123")
    find(qtbot, window)
    window.find_page.pick(1e-3)
    train(qtbot, window)
    window.desk.set_pace(3.0)
    return window


def reset(window):
    press(window, Qt.Key.Key_N, KEYS)


def test_that_all_pages_are_as_at_the_first_start_and_the_history_is_kept(used, qtbot):
    reset(used)
    page = used.find_page
    assert page.form.value() == RangeTestConfig() and used.train_page.form.value() == TrainingConfig()
    assert page.run is None and page.learning_rate is None and page.rate_field.text() == ""
    assert page.verdict.text() == "No sweep yet." and not page.plot.sweeps
    assert used.train_page.runs.lines == [] and "No run yet" in used.train_page.verdict.text()
    assert used.pages["descent"].config() == next(iter(PRESETS.values())).config
    assert used.pages["compare"].config() == first_config()
    assert used.runner.pace == FULL_SPEED
    used.pages.show_page("history")
    qtbot.waitUntil(lambda: used.pages["history"].model.rowCount() == 2)


def test_that_undo_brings_everything_back(used):
    form, rate, runs = used.find_page.form.value(), used.find_page.learning_rate, used.train_page.runs.rowCount()
    descent, compared = used.pages["descent"].config(), used.pages["compare"].config()
    points = len(used.find_page.plot.sweeps[0].learning_rates)
    reset(used)
    assert used.next_class.bar.isVisible() and "history" in used.next_class.bar.text
    used.next_class.bar.undone.emit()
    assert not used.next_class.bar.isVisible()
    assert (used.find_page.form.value(), used.find_page.learning_rate) == (form, rate)
    assert len(used.find_page.plot.sweeps[0].learning_rates) == points > 0
    assert used.train_page.runs.rowCount() == runs == 2
    assert (used.pages["descent"].config(), used.pages["compare"].config()) == (descent, compared)


def test_that_the_next_run_is_the_first_again(used, qtbot):
    reset(used)
    used.pages.show_page("train")
    train(qtbot, used)
    assert [line.run.name for line in used.train_page.runs.lines] == ["Run 1"]
    assert used.train_page.runs.lines[0].series == "series0"
    assert not used.next_class.bar.isVisible()


def test_that_a_run_that_is_going_is_not_swept_away(qtbot, tmp_path):
    window = shown(qtbot, make_window(tmp_path / "profile", fake_jobs(train=training(seconds=0.05))))
    window.pages.show_page("train")
    window.actions_["train"].trigger()
    qtbot.waitUntil(lambda: window.runner.run is not None and len(window.runner.run.steps) > 0)
    reset(window)
    assert window.runner.run is not None and len(window.train_page.runs.lines) == 1
    assert "stop or cancel" in window.statusBar().currentMessage()
    press(window, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window.runner.run is None)
