"""Watching a run: its pace, its single steps, and what the form says beforehand."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox

from lrgui.core.config import RangeTestConfig, TrainingConfig
from lrgui.core.control import FULL_SPEED, STEPPING
from lrgui.core.events import Finished, Planned
from lrgui.core.messages import say
from lrgui.core.runs import RunStatus
from lrgui.core.schedules import constant
from lrgui.gui.widgets.pace_box import PACES
from lrgui.gui.words import words
from tests.gui.fake_jobs import _steps, fake_jobs
from tests.gui.windows import find, make_window, press, shown

STEPS = 60


def step_by_step(config, emit, control):
    """A run that asks for its turn before every step, as real ones do."""
    rates = constant(1e-3, STEPS)
    emit(Planned(rates, STEPS, 1, 10))
    step = 0
    while step < STEPS:
        control.wait_for_turn()
        if control.stopping:
            break
        emit(_steps(step, rates[step : step + 1], rates[step : step + 1] + 1.0))
        step += 1
    emit(Finished(say("Finished."), {"loss": 0.1, "accuracy": 0.5}))


@pytest.fixture
def window(qtbot, tmp_path):
    window = shown(qtbot, make_window(tmp_path / "profile", fake_jobs(find=step_by_step, train=step_by_step)))
    window.find_page.form.set_value(RangeTestConfig(steps=STEPS - 1))
    yield window


def choose(page, pace):
    """Pick a pace with the keyboard, as one does in a box."""
    box = page.controls.pace
    box.setFocus()
    for _ in range(len(PACES)):
        QTest.keyClick(box, Qt.Key.Key_Up)
    for _ in range(list(PACES).index(pace)):
        QTest.keyClick(box, Qt.Key.Key_Down)


def test_that_the_paces_go_from_full_speed_to_single_steps(window):
    box = window.find_page.controls.pace
    assert isinstance(box, QComboBox)
    texts = [box.itemText(row) for row in range(box.count())]
    paces = ["30 steps / s", "20 steps / s", "10 steps / s", "3 steps / s", "1 step / s"]
    assert texts == ["full speed", *paces, "single steps"]
    assert window.runner.pace is FULL_SPEED


def test_that_every_pace_is_read_whole_after_a_change_of_size_and_language(window, qtbot):
    window.pages.show_page("train")
    box = window.train_page.controls.pace

    def room():
        text = QStyle.SubControl.SC_ComboBoxEditField
        option = QStyleOptionComboBox()
        box.initStyleOption(option)
        return box.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, text, box).width()

    def widest():
        return max(box.fontMetrics().horizontalAdvance(box.itemText(row)) for row in range(box.count()))

    for language in ("zh_TW", "en"):
        words.use(language)
        qtbot.waitUntil(lambda: room() >= widest())
    window.actions_["present"].trigger()
    qtbot.waitUntil(lambda: room() >= widest())


def test_that_single_steps_chosen_before_the_start_are_taken_by_the_key_one_by_one(window, qtbot):
    choose(window.find_page, STEPPING)
    press(window, Qt.Key.Key_F5)
    run = window.runner.run
    qtbot.waitUntil(lambda: run.planned is not None)
    assert window.actions_["step"].isEnabled()
    for count in (1, 2, 3):
        press(window, Qt.Key.Key_N)
        qtbot.waitUntil(lambda count=count: len(run.steps) == count)
    qtbot.wait(50)
    assert len(run.steps) == 3
    assert "Step 3 of 60" in window.find_page.controls._text.text()
    assert "next step: N" in window.find_page.controls._text.text()
    choose(window.find_page, FULL_SPEED)
    qtbot.waitUntil(lambda: run.ended)
    assert len(run.steps) == STEPS
    assert not window.actions_["step"].isEnabled()


def test_that_the_next_step_is_offered_only_to_a_run_that_waits_for_it(window, qtbot):
    step = window.actions_["step"]
    choose(window.find_page, STEPPING)
    assert not step.isEnabled()
    press(window, Qt.Key.Key_F5)
    assert step.isEnabled()
    window.actions_["pause"].trigger()
    assert not step.isEnabled()
    window.actions_["pause"].trigger()
    assert step.isEnabled()
    choose(window.find_page, 1.0)
    assert not step.isEnabled()
    with qtbot.waitSignal(window.runner.run_ended):
        window.actions_["stop"].trigger()


def test_that_both_pages_show_the_pace_and_the_next_run_goes_at_it(window, qtbot):
    window.pages.show_page("train")
    choose(window.train_page, STEPPING)
    assert window.find_page.controls.pace.currentText() == "single steps"
    window.actions_["train"].trigger()
    run = window.runner.run
    qtbot.waitUntil(lambda: run.planned is not None)
    qtbot.wait(50)
    assert len(run.steps) == 0
    window.desk.set_pace(FULL_SPEED)
    qtbot.waitUntil(lambda: run.ended)
    assert window.train_page.controls.pace.currentText() == "full speed"


def test_that_a_run_that_steps_is_stopped_and_cancelled_at_once(window, qtbot):
    for verb, signal in (("stop", window.runner.run_ended), ("cancel", window.runner.idle)):
        window.desk.set_pace(STEPPING)
        press(window, Qt.Key.Key_F5)
        run = window.runner.run
        qtbot.waitUntil(lambda run=run: run.planned is not None)
        with qtbot.waitSignal(signal, timeout=200):
            window.actions_[verb].trigger()


def test_that_the_window_closes_while_a_run_waits_for_its_next_step(window, qtbot):
    window.desk.set_pace(STEPPING)
    press(window, Qt.Key.Key_F5)
    run = window.runner.run
    qtbot.waitUntil(lambda: run.planned is not None)
    assert window.close()
    assert window.runner._thread.isFinished()


def test_that_the_time_left_is_that_of_the_pace(window, qtbot):
    choose(window.find_page, 10.0)
    press(window, Qt.Key.Key_F5)
    run = window.runner.run
    qtbot.waitUntil(lambda: len(run.steps) == 2)
    assert "5.8 s left" in window.find_page.controls._text.text()
    window.actions_["stop"].trigger()
    qtbot.waitUntil(lambda: run.ended)


def test_that_the_form_foretells_a_run_by_those_that_have_ended(window, qtbot):
    estimate = window.find_page.estimate
    assert estimate.text() == "not measured yet on this computer"
    find(qtbot, window)
    qtbot.waitUntil(lambda: "on this computer" in estimate.text() and estimate.text().startswith("about"))
    assert window.train_page.estimate.text().startswith("roughly")
    assert window.train_page.estimate.text().endswith("judging by a run like it")
    window.find_page.form.set_value(RangeTestConfig(model="cnn"))
    assert estimate.text() == "not measured yet on this computer"


def test_that_a_paced_run_is_foretold_by_its_pace_and_teaches_nothing(window, qtbot):
    estimate = window.find_page.estimate
    choose(window.find_page, 30.0)
    assert estimate.text() == "about 2.0 s at this pace"
    with qtbot.waitSignal(window.runner.run_ended):
        press(window, Qt.Key.Key_F5)
    choose(window.find_page, STEPPING)
    assert estimate.text() == "60 steps, one at each press of N"
    choose(window.find_page, FULL_SPEED)
    assert estimate.text() == "not measured yet on this computer"


def test_that_a_wrong_form_foretells_nothing_and_nothing_jumps(window):
    height, estimate = window.find_page.estimate.height(), window.find_page.estimate
    window.find_page.form.findChild(object, "steps").setText("many")
    assert estimate.text() == ""
    assert estimate.height() == height


@pytest.mark.parametrize("size", [(1093, 614), (1280, 800)])
@pytest.mark.parametrize("page", ["find", "train"])
def test_that_the_bar_of_a_run_is_never_too_narrow_for_what_stands_in_it(window, qtbot, size, page):
    window.resize(*size)
    window.pages.show_page(page)
    window.desk.set_pace(STEPPING)
    window.actions_[page].trigger()
    run = window.runner.run
    qtbot.waitUntil(lambda: run.planned is not None)
    window.actions_["pause"].trigger()
    qtbot.wait(20)
    bar = window.pages[page].controls
    assert window.width() == size[0]
    assert bar.minimumSizeHint().width() <= bar.width()
    for verb in bar._verbs:
        assert verb.width() >= verb.minimumSizeHint().width()
        assert bar.rect().contains(verb.geometry())
    told = bar._text.fontMetrics().horizontalAdvance("Step 100 of 100  ·  next step: N")
    assert bar._text.width() >= told
    window.actions_["stop"].trigger()
    qtbot.waitUntil(lambda: run.ended)


def test_that_what_was_foretold_is_still_known_in_the_next_session(window, qtbot, tmp_path):
    find(qtbot, window)
    told = window.find_page.estimate.text()
    assert told.startswith("about")
    window.close()
    again = make_window(tmp_path / "profile", fake_jobs())
    qtbot.addWidget(again)
    assert again.find_page.form.value() == RangeTestConfig(steps=STEPS - 1)
    assert again.find_page.estimate.text().startswith("about")
    assert again.runner.pace is FULL_SPEED
    again.close()


def test_that_a_run_that_was_cancelled_or_failed_teaches_nothing(window, qtbot):
    window.desk.set_pace(STEPPING)
    press(window, Qt.Key.Key_F5)
    with qtbot.waitSignal(window.runner.idle):
        window.actions_["cancel"].trigger()
    window.desk.set_pace(FULL_SPEED)
    assert window.find_page.estimate.text() == "not measured yet on this computer"


def test_that_the_marks_of_a_run_tell_whether_it_was_slowed(window, qtbot):
    window.train_page.form.set_value(TrainingConfig(epochs=1))
    assert not find(qtbot, window).slowed
    window.desk.set_pace(30.0)
    press(window, Qt.Key.Key_F5)
    run = window.runner.run
    window.desk.set_pace(FULL_SPEED)
    qtbot.waitUntil(lambda: run.ended)
    assert run.slowed and run.status is RunStatus.FINISHED
