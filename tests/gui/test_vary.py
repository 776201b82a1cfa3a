"""Several runs that differ in one field: the dialog, and the runs that follow each other."""

import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QDialog

from lrgui.core.config import TrainingConfig
from lrgui.core.events import Finished, Stopped
from lrgui.core.messages import Refused, say
from lrgui.core.runs import RunStatus
from tests.gui.fake_jobs import fake_jobs, training
from tests.gui.windows import error_of, make_window, press, shown

BASE = TrainingConfig(epochs=2)


def by_rate(config, emit, control):
    """A training whose accuracy is its rate; the highest rate breaks it."""
    if config.learning_rate >= 1:
        raise Refused(say("Too much."))
    training(accuracy=config.learning_rate)(config, emit, control)


@pytest.fixture
def open_window(qtbot, tmp_path):

    def make(train=by_rate):
        window = shown(qtbot, make_window(tmp_path / "profile", fake_jobs(train=train)))
        window.train_page.form.set_value(BASE)
        window.pages.show_page("train")
        return window

    yield make


@pytest.fixture
def window(open_window):
    return open_window()


def open_dialog(window):
    press(window, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    return window.findChild(QDialog, "vary")


def ask_for(window, text, field="learning_rate"):
    """Open the dialog, type values, and press its button."""
    dialog = open_dialog(window)
    dialog.field.show_value(field)
    dialog.values.setText(text)
    QTest.mouseClick(dialog.go, Qt.MouseButton.LeftButton)


def runs(window):
    return [line.run for line in window.train_page.runs.lines]


# The dialog


def test_that_the_dialog_proposes_rates_around_that_of_the_form(window):
    dialog = open_dialog(window)
    assert dialog.path == ("learning_rate",)
    assert dialog.values.text() == "1e-4, 1e-3, 1e-2"
    assert dialog.go.text() == "Train 3 runs"
    assert dialog._told.text() == "3 runs, one after the other: not measured yet on this computer."
    dialog.reject()


def test_that_it_offers_every_field_that_counts_and_no_other(window):
    dialog = open_dialog(window)
    titles = [dialog.field.itemText(row) for row in range(dialog.field.count())]
    assert {"Data set", "Optimizer", "Batch size", "Learning rate", "Epochs", "Adam: Beta 1", "MLP: Width"} <= set(
        titles
    )
    assert not [title for title in titles if title.startswith(("SGD", "CNN"))]
    dialog.reject()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("1e-3, fast", "Learning rate takes a number above 0, at most 1,000, not 'fast'."),
        ("1e-3", "Give at least two different values."),
        ("", "Give at least two different values."),
    ],
)
def test_that_wrong_values_are_said_to_be_and_cannot_be_run(window, text, told):
    dialog = open_dialog(window)
    dialog.values.setText(text)
    assert dialog._told.text() == told
    assert not dialog.go.isEnabled()
    QTest.keyClick(dialog.values, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert not window.runner.busy
    dialog.reject()


def boxes(dialog):
    return {box.text(): box for box in dialog._boxes.findChildren(QCheckBox)}


def test_that_words_are_checked_and_what_does_not_fit_is_not_offered(window):
    window.train_page.form.set_value(TrainingConfig(model="cnn"))
    dialog = open_dialog(window)
    dialog.field.show_value("dataset")
    offered = boxes(dialog)
    assert [title for title, box in offered.items() if box.isChecked()] == ["Digits"]
    assert offered["Fashion-MNIST"].isEnabled()
    assert not offered["Iris"].isEnabled()
    assert offered["Iris"].toolTip()
    dialog.reject()


def test_that_a_flag_has_two_boxes(window):
    dialog = open_dialog(window)
    dialog.field.show_value("optimizer.adam.amsgrad")
    offered = boxes(dialog)
    assert {title: box.isChecked() for title, box in offered.items()} == {"off": True, "on": False}
    assert not dialog.go.isEnabled()
    offered["on"].click()
    assert [task.name for task in dialog.tasks()] == ["amsgrad off", "amsgrad on"]
    dialog.reject()


def test_that_the_dialog_fits_the_small_screen_in_every_field(window, qtbot):
    window.resize(1093, 614)
    dialog = open_dialog(window)
    for row in range(dialog.field.count()):
        dialog.field.setCurrentIndex(row)
        qtbot.wait(1)
        assert dialog.height() <= 560 and dialog.width() <= 700
    dialog.reject()


# The runs


def test_that_each_value_is_a_run_in_the_table_named_by_it_and_the_best_is_told(window, qtbot):
    with qtbot.waitSignal(window.desk.series.done, timeout=10_000):
        ask_for(window, "0.2, 0.8, 0.5")
    assert [run.name for run in runs(window)] == ["learning rate 0.2", "learning rate 0.8", "learning rate 0.5"]
    assert [run.config.learning_rate for run in runs(window)] == [0.2, 0.8, 0.5]
    assert all(run.status is RunStatus.FINISHED for run in runs(window))
    told = "3 of 3 runs are done. The best is learning rate 0.8, with 80.0 %."
    assert window.train_page.verdict.text() == told
    assert window.train_page.form.value() == BASE
    assert not window.desk.series.active
    assert window.actions_["vary"].isEnabled()


def test_that_the_place_among_the_runs_is_shown_and_gone_afterwards(open_window, qtbot):
    window = open_window(training(seconds=0.01))
    places = []
    window.runner.run_changed.connect(lambda *_: places.append(window.train_page.controls.series))
    with qtbot.waitSignal(window.desk.series.done, timeout=10_000):
        ask_for(window, "1e-3, 1e-2")
        assert window.train_page.verdict.text() == "Training run 1 of 2: learning rate 1e-3 ..."
        assert not window.actions_["vary"].isEnabled()
        assert not window.actions_["train"].isEnabled()
    assert dict.fromkeys(map(str, places)) == dict.fromkeys(["run 1 of 2", "run 2 of 2"])
    assert window.train_page.controls.series == ""


def test_that_after_a_failure_the_next_run_goes_on_without_a_dialog_in_the_way(window, qtbot):
    said = []
    window.statusBar().messageChanged.connect(said.append)
    with qtbot.waitSignal(window.desk.series.done, timeout=10_000):
        ask_for(window, "0.2, 5, 0.5")
    assert [run.status for run in runs(window)] == [RunStatus.FINISHED, RunStatus.FAILED, RunStatus.FINISHED]
    assert "learning rate 5 failed, the others go on: Too much." in said
    assert error_of(window) is None
    told = "2 of 3 runs are done. The best is learning rate 0.5, with 50.0 %. Failed: learning rate 5."
    assert window.train_page.verdict.text() == told


class Held:
    """A training that waits to be stopped or let go."""

    def __init__(self):
        self.go = threading.Event()
        self.begun = []

    def __call__(self, config, emit, control):
        self.begun.append(config.learning_rate)
        while not control.stopping and not self.go.wait(0.005):
            pass
        emit(Stopped(say("Stopped.")) if control.stopping else Finished(say("Done."), {"accuracy": 0.5}))


def test_that_stop_ends_the_current_run_and_the_next_begins(open_window, qtbot):
    job = Held()
    window = open_window(job)
    ask_for(window, "0.1, 0.2, 0.3")
    qtbot.waitUntil(lambda: job.begun == [0.1])
    window.actions_["stop"].trigger()
    qtbot.waitUntil(lambda: job.begun == [0.1, 0.2])
    with qtbot.waitSignal(window.desk.series.done):
        job.go.set()
    assert [run.status for run in runs(window)] == [RunStatus.STOPPED, RunStatus.FINISHED, RunStatus.FINISHED]


def test_that_cancel_ends_them_all(open_window, qtbot):
    job = Held()
    window = open_window(job)
    ask_for(window, "0.1, 0.2, 0.3")
    qtbot.waitUntil(lambda: job.begun == [0.1])
    with qtbot.waitSignal(window.runner.idle):
        window.actions_["cancel"].trigger()
    qtbot.wait(50)
    assert job.begun == [0.1]
    assert not window.desk.series.active and not window.runner.busy
    assert runs(window) == []


def test_that_closing_the_window_ends_them_all(open_window, qtbot):
    job = Held()
    window = open_window(job)
    ask_for(window, "0.1, 0.2, 0.3")
    qtbot.waitUntil(lambda: job.begun == [0.1])
    assert window.close()
    qtbot.wait(50)
    assert job.begun == [0.1]


def test_that_on_the_page_of_the_sweep_the_experiment_at_the_marker_is_varied(window, qtbot):
    from tests.gui.windows import find

    find(qtbot, window)
    rate = window.find_page.learning_rate
    dialog = open_dialog(window)
    assert dialog._config.learning_rate == rate
    dialog.reject()
