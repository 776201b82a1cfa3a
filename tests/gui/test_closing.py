"""Closing the window while something goes on: one question, and none where nothing does."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QMessageBox

from lrgui.core.config import RangeTestConfig, TrainingConfig
from lrgui.core.messages import say
from lrgui.core.runs import RunStatus
from lrgui.core.vary import Variation
from lrgui.gui.closing import Closing
from lrgui.gui.words import words
from tests.gui.fake_jobs import fake_jobs, sweep, training
from tests.gui.windows import find, make_window, shown


@pytest.fixture
def window(qtbot, tmp_path):
    jobs = fake_jobs(find=sweep(seconds=0.02), train=training(seconds=0.02))
    window = make_window(tmp_path / "profile", jobs)
    window.closing = Closing(window)
    qtbot.addWidget(window, before_close_func=lambda _: window.closing._session_ends())  # which is the test's own
    return shown(qtbot, window)


def closed(window):
    """Close the window as the desktop does, and return whether it let itself be closed."""
    event = QCloseEvent()
    QCoreApplication.sendEvent(window, event)
    return event.isAccepted()


def begun(qtbot, window, kind="training", config=None):
    job = {"training": window.jobs.train, "range_test": window.jobs.find}[kind]
    with qtbot.waitSignal(window.runner.run_changed):
        window.desk.start(kind, job, config or TrainingConfig(epochs=1000), "a name")
    return window.runner.run


def answer(window, words):
    """Click the button of the question that begins with these words."""
    button = next(button for button in window.closing.question.buttons() if button.text().startswith(words))
    button.click()


def questions(window):
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return window.findChildren(QMessageBox, "closing")


def test_that_a_window_in_which_nothing_goes_on_closes_without_a_word(window, qtbot):
    find(qtbot, window)
    assert closed(window)
    assert not questions(window) and not window.isVisible()


def test_that_a_training_goes_on_if_one_wants_it_to(window, qtbot):
    run = begun(qtbot, window)
    assert not closed(window)
    box = window.closing.question
    assert box.isVisible() and "training is still going" in box.text() and "in the history" in box.informativeText()
    assert box.defaultButton().text() == "Go on"
    answer(window, "Go on")
    assert window.isVisible() and not questions(window)
    steps = len(run.steps)
    qtbot.waitUntil(lambda: len(run.steps) > steps)


def test_that_it_is_asked_in_the_language_of_the_window(window, qtbot):
    begun(qtbot, window)
    words.use("zh_TW")
    assert not closed(window)
    QApplication.processEvents()  # by which Qt tells its own buttons of the language
    assert [button.text() for button in window.closing.question.buttons()] == [
        str(say(text)) for text in ("Stop and keep what is measured", "Go on")
    ]


def test_that_a_training_that_is_stopped_is_kept(window, qtbot):
    run = begun(qtbot, window)
    assert not closed(window)
    answer(window, "Stop and keep")
    assert not window.isVisible()
    assert run.status is RunStatus.STOPPED and len(run.steps) > 0


def test_that_it_is_asked_once_however_often_the_window_is_closed(window, qtbot):
    begun(qtbot, window)
    for _ in range(3):
        assert not closed(window)
    assert len(questions(window)) == 1
    answer(window, "Go on")
    assert not closed(window)
    assert len(questions(window)) == 1, "another time, another question"


def test_that_a_run_that_ends_meanwhile_leaves_the_answer_to_the_person(window, qtbot):
    begun(qtbot, window, "range_test", RangeTestConfig(steps=100))
    assert not closed(window)
    assert "sweep" in window.closing.question.text()
    qtbot.waitUntil(lambda: window.runner.run is None)
    assert window.isVisible()
    answer(window, "Stop and keep")
    assert not window.isVisible()


def test_that_a_series_is_told_of_as_one(window, qtbot):
    tasks = [Variation(name, TrainingConfig(epochs=100, seed=seed)) for seed, name in enumerate(("one", "two"))]
    window.desk.series.begin(tasks)
    qtbot.waitUntil(lambda: window.runner.run is not None)
    assert not closed(window)
    assert "run 1 of 2" in window.closing.question.text()
    answer(window, "Stop and keep")
    assert not window.isVisible() and not window.desk.series.active


def test_that_the_end_of_the_session_is_not_held_up(window, qtbot):
    run = begun(qtbot, window)
    QApplication.instance().commitDataRequest.emit(None)
    assert closed(window)
    assert run.status is RunStatus.STOPPED and not questions(window)


def test_that_a_session_which_went_on_after_all_is_asked_about_again(window, qtbot):
    begun(qtbot, window)
    QApplication.instance().commitDataRequest.emit(None)
    window.closing._session_went_on()
    assert not closed(window)


def test_that_what_is_being_written_may_be_waited_for(window, monkeypatch):
    monkeypatch.setattr(window.export_desk, "_order", object())
    assert not closed(window)
    assert "being written" in window.closing.question.text()
    answer(window, "Wait")
    assert window.isVisible()
    assert not closed(window)
    answer(window, "Close all the same")
    assert not window.isVisible()
