"""The preview under real hands, with inspections that only pretend to look."""

import threading

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from lrgui.core.config import TrainingConfig
from lrgui.core.config.dataset import Cifar10
from lrgui.core.data_summary import DataSummary, column_statistics
from lrgui.core.events import Failed, Progressed
from lrgui.core.messages import say
from tests.gui.fake_jobs import described, fake_jobs, training
from tests.gui.test_data_table import texts, titles
from tests.gui.windows import make_window, shown


def picture_data():
    inputs, labels = np.full((6, 8, 8, 1), 100, np.uint8), np.arange(6) % 2
    return DataSummary("images", ("a", "b"), np.array([30, 10]), 40, 8, inputs, labels, (), {})


def table_data():
    rows = np.arange(12.0).reshape(4, 3)
    names = ("length", "width", "height")
    labels = np.array([0, 1, 0, 1])
    return DataSummary("table", ("a", "b"), np.array([2, 2]), 4, 1, rows, labels, names, column_statistics(rows))


def point_data():
    points = np.array([[0.0, 0.0], [1.0, 1.0]])
    return DataSummary("points", ("a", "b"), np.array([1, 1]), 2, 1, points, np.array([0, 1]), ("x", "y"), {})


@pytest.fixture
def open_window(qtbot, tmp_path):
    def make(**jobs):
        window = make_window(tmp_path / "profile", fake_jobs(**jobs))
        with qtbot.waitSignal(window.runner.prepared, timeout=5000):
            shown(qtbot, window)
        return window

    return make


def press_preview(window):
    QTest.keyClick(window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)


def opened(qtbot, window):
    dialog = window.desk.previews.dialog
    press_preview(window)
    qtbot.waitUntil(dialog.isVisible)
    qtbot.waitUntil(lambda: dialog.status.text() == "")
    return dialog


def test_that_images_are_shown_with_their_classes_and_counts(open_window, qtbot):
    dialog = opened(qtbot, open_window(preview=described(picture_data())))
    assert dialog.images.isVisible()
    assert [caption.text for caption in dialog.images._canvas.captions] == ["a", "b"] * 3
    assert dialog.title.text() == "Digits"
    assert dialog.counts.text() == "40 examples to train on, 8 to validate  ·  2 classes  ·  8 x 8 pixels, grey"
    assert dialog.histogram.accessibleDescription() == "a: 30; b: 10"
    assert dialog.model.total.text() == "64 parameters"


def test_that_a_table_is_shown_as_rows_and_as_statistics_of_its_columns(open_window, qtbot):
    dialog = opened(qtbot, open_window(preview=described(table_data())))
    assert titles(dialog.rows) == ["Class", "length", "width", "height"]
    assert texts(dialog.rows)[0] == ["a", "0", "1", "2"]
    assert titles(dialog.statistics) == ["Column", "min", "mean", "max", "standard deviation", "missing"]
    assert texts(dialog.statistics)[0] == ["length", "0", "4.5", "9", "3.354", "0"]


def test_that_points_are_shown_in_the_plane(open_window, qtbot):
    dialog = opened(qtbot, open_window(preview=described(point_data())))
    assert dialog.plane.isVisible()
    assert dialog.plane.accessibleDescription() == "2 points of 2 classes: a, b"


def test_that_the_preview_follows_the_form(open_window, qtbot):
    window = open_window(preview=described(picture_data()))
    dialog = opened(qtbot, window)
    width = window.find_page.form.findChild(object, "model.mlp.width")
    width.setText("12")
    qtbot.waitUntil(lambda: dialog.model.total.text() == "12 parameters", timeout=2000)
    width.setText("none")
    assert dialog.status.text().startswith("The form has a field to put right")
    assert dialog.model.total.text() == "12 parameters"


def test_that_the_parameters_are_counted_under_the_form_without_any_preview(open_window, qtbot):
    window = open_window()
    notes = [page.form._notes["Model"] for page in (window.find_page, window.train_page)]
    qtbot.waitUntil(lambda: [note.text() for note in notes] == ["64 parameters"] * 2, timeout=2000)
    window.find_page.form.findChild(object, "model.mlp.width").setText("1024")
    qtbot.waitUntil(lambda: [note.text() for note in notes] == ["1,024 parameters"] * 2, timeout=2000)


def test_that_missing_data_are_offered_for_download_and_not_fetched_unasked(open_window, qtbot):
    fetched = []

    def fetch(config, emit, control):
        fetched.append(str(config.dataset.title))
        described(picture_data())(config, emit, control)

    note = say("CIFAR-10 is not on this computer yet: 170 MB to download.")
    window = open_window(preview=described(note=note), fetch=fetch)
    window.train_page.form.set_value(TrainingConfig(dataset=Cifar10()))
    dialog = opened(qtbot, window)
    assert dialog.note.text() == str(note)
    assert dialog.fetch_button.isVisible() and not fetched
    QTest.mouseClick(dialog.fetch_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(dialog.images.isVisible)
    assert fetched == ["CIFAR-10"]
    assert not dialog.fetch_button.isVisible()


def test_that_a_download_shows_how_far_it_is_and_can_be_given_up(open_window, qtbot):
    given_up = threading.Event()

    def fetch(config, emit, control):
        emit(Progressed(say("Downloading."), 0.4))
        while not control.stopping:
            given_up.wait(0.001)
        given_up.set()

    window = open_window(preview=described(note=say("Not here.")), fetch=fetch)
    dialog = opened(qtbot, window)
    QTest.mouseClick(dialog.fetch_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.status.text() == "Downloading.")
    assert dialog._bar.value() == 400
    QTest.mouseClick(dialog.cancel_button, Qt.MouseButton.LeftButton)
    assert given_up.wait(5)
    qtbot.waitUntil(dialog.fetch_button.isVisible)
    assert not dialog.cancel_button.isVisible()


def test_that_a_failure_is_told_where_the_data_would_be(open_window, qtbot):
    dialog = opened(qtbot, open_window(preview=lambda config, emit, control: emit(Failed(say("The file is broken.")))))
    assert dialog.note.isVisible() and dialog.note.text() == "The file is broken."


def test_that_nothing_of_other_data_stands_under_the_title_of_those_that_are_looked_at(open_window, qtbot):
    looking = threading.Event()

    def look(config, emit, control):
        if config.dataset.name == "digits":
            emit(Failed(say("The file is broken.")))
        else:
            looking.wait(10)

    window = open_window(preview=look)
    dialog = opened(qtbot, window)
    assert dialog.note.text() == "The file is broken." and dialog.note.property("meaning") == "error"
    window.find_page.form.set_value(TrainingConfig(dataset="wine"), ("dataset",))
    qtbot.waitUntil(lambda: dialog.title.text() == "Wine")
    assert dialog.note.text() == "Looking ..." and dialog.note.property("meaning") != "error"
    looking.set()


def test_that_a_preview_is_made_while_a_run_goes_on_and_the_window_can_still_be_used(open_window, qtbot):
    window = open_window(preview=described(picture_data()), train=training(seconds=0.02))
    window.pages.show_page("train")
    window.actions_["train"].trigger()
    run = window.runner.run
    dialog = opened(qtbot, window)
    assert dialog.images.isVisible() and not dialog.isModal()
    assert window.runner.run is run and not run.ended
    with qtbot.waitSignal(window.runner.run_ended):
        window.actions_["stop"].trigger()


def test_that_closing_the_preview_by_its_own_means_unchecks_its_button(open_window, qtbot):
    window = open_window(preview=described(picture_data()))
    dialog = opened(qtbot, window)
    assert window.actions_["preview"].isChecked()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not dialog.isVisible())
    assert not window.actions_["preview"].isChecked()
    with qtbot.waitActive(window, timeout=5000):
        window.activateWindow()
    assert opened(qtbot, window).images.isVisible()


def test_that_the_parameters_are_counted_again_when_the_preview_was_closed_before_its_answer(open_window, qtbot):
    begun = threading.Event()

    def slow(config, emit, control):
        begun.set()
        while not control.stopping:
            begun.wait(0.001)

    window = open_window(preview=slow)
    press_preview(window)
    assert begun.wait(5)
    window.train_page.form.findChild(object, "model.mlp.width").setText("7")
    window.desk.previews.dialog.close()
    note = window.train_page.form._notes["Model"]
    qtbot.waitUntil(lambda: note.text() == "7 parameters", timeout=2000)
