"""The whole window under real hands, with jobs that only pretend to train."""

import math
import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from lrgui.core.advice import advice_of
from lrgui.core.config import RangeTestConfig, TrainingConfig
from lrgui.core.config.model import Cnn
from lrgui.core.config.optimizer import Sgd
from lrgui.core.config.schedule import Constant, Cosine
from lrgui.core.runs import RunStatus
from lrgui.gui.theme import themes
from tests.gui.fake_jobs import fake_jobs, sweep, training
from tests.gui.plotting import double_click, settle
from tests.gui.windows import cells, dismiss_error, drag_marker, find, make_window, press, shown, train

SLOW = 0.02
"""Seconds a chunk, so that a hand is in time."""


@pytest.fixture
def profile(tmp_path):
    yield tmp_path / "profile"


@pytest.fixture
def open_window(qtbot, profile):
    def make(**jobs):
        return shown(qtbot, make_window(profile, fake_jobs(**jobs)))

    return make


@pytest.fixture
def window(open_window):
    return open_window()


def action(window, name):
    return window.actions_[name]


def type_into(page, name, text):
    page.form.findChild(object, name).setText(text)


# From the sweep to the training


def test_that_a_fresh_window_offers_the_sweep_and_nothing_that_needs_one(window):
    assert action(window, "find").isEnabled()
    for name in ("train", "pause", "stop", "cancel", "rename_run", "delete_run"):
        assert not action(window, name).isEnabled(), name


def test_that_f5_sweeps_and_the_marker_starts_at_the_recommendation(window, qtbot):
    run = find(qtbot, window)
    recommended = advice_of(run).recommended
    assert run.status is RunStatus.DIVERGED
    assert recommended.learning_rate is not None
    assert window.find_page.learning_rate == recommended.learning_rate
    assert window.find_page.verdict.text() == "The loss passed 4 x its best at 1.3."
    assert window.find_page.reason.text() == str(recommended.reason)


def test_that_the_retrain_uses_exactly_the_rate_to_which_the_mouse_dragged_the_marker(window, qtbot):
    find(qtbot, window)
    drag_marker(qtbot, window, 2e-4)
    plot = window.find_page.plot
    rate = plot.learning_rate
    a_pixel = plot.mapping.x_value(1) / plot.mapping.x_value(0)
    assert abs(math.log(rate / 2e-4)) <= math.log(a_pixel)
    run = train(qtbot, window)
    assert run.kind == "training"
    assert run.config.learning_rate == rate
    assert window.pages.current == "train"
    assert window.train_page.form.value() == run.config


def test_that_the_button_beside_the_marker_trains_at_it_too(window, qtbot):
    find(qtbot, window)
    drag_marker(qtbot, window, 5e-3)
    rate = window.find_page.plot.learning_rate
    button = window.find_page.verdict_card.train_button
    assert button.isEnabled()
    with qtbot.waitSignal(window.runner.run_ended) as ended:
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert ended.args[0].config.learning_rate == rate


def test_that_a_double_click_on_the_curve_moves_the_marker_there_and_the_next_training_with_it(window, qtbot):
    find(qtbot, window)
    plot = window.find_page.plot
    settle(qtbot, plot)
    double_click(plot, plot._view.mapFromScene(plot.area.mapToScene(plot.area.rect().center())))
    middle = plot.mapping.x_value(plot.area.rect().center().x())
    assert plot.learning_rate == pytest.approx(middle, rel=0.05)
    assert train(qtbot, window).config.learning_rate == plot.learning_rate


def test_that_a_rate_typed_beside_the_marker_moves_it_and_enter_trains(window, qtbot):
    find(qtbot, window)
    field = window.find_page.rate_field
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "3e-4")
    assert window.find_page.plot.learning_rate == 3e-4
    with qtbot.waitSignal(window.runner.run_ended) as ended:
        QTest.keyClick(field, Qt.Key.Key_Return)
    assert ended.args[0].config.learning_rate == 3e-4


@pytest.mark.parametrize("text", ["0", "-1", "nan", "soon", ""])
def test_that_a_wrong_rate_beside_the_marker_disables_the_training_until_it_is_right(window, qtbot, text):
    find(qtbot, window)
    field = window.find_page.rate_field
    field.setText(text)
    assert not action(window, "train").isEnabled()
    field.setText("0.01")
    assert action(window, "train").isEnabled()
    assert window.find_page.plot.learning_rate == 0.01


def test_that_a_rate_beyond_the_sweep_is_held_at_its_end_in_marker_and_field(window, qtbot):
    run = find(qtbot, window)
    field = window.find_page.rate_field
    field.setFocus()
    field.setText("900")
    QTest.keyClick(field, Qt.Key.Key_Tab)
    end = run.steps["learning_rate"][-1]
    assert window.find_page.plot.learning_rate == end
    assert field.raw() == end
    assert train(qtbot, window).config.learning_rate == end


def test_that_a_chip_moves_the_marker_to_its_suggestion(window, qtbot):
    find(qtbot, window)
    chip = next(chip for chip in window.find_page.chips._chips if str(chip.title) == "Valley")
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert window.find_page.plot.learning_rate == chip.rate
    assert chip.isChecked()


def test_that_training_takes_over_the_experiment_that_was_swept_whatever_the_form_says_by_now(window, qtbot):
    swept = RangeTestConfig(seed=7, model=Cnn(filters=4), optimizer=Sgd(momentum=0.5), batch_size=64)
    window.find_page.form.set_value(swept)
    find(qtbot, window)
    window.find_page.form.set_value(RangeTestConfig(seed=1))
    type_into(window.train_page, "epochs", "3")
    run = train(qtbot, window)
    rate = window.find_page.plot.learning_rate
    assert run.config == TrainingConfig.of(swept, learning_rate=rate, epochs=3)


def test_that_both_pages_show_the_same_experiment(window):
    type_into(window.find_page, "batch_size", "50")
    window.find_page.form.findChild(object, "model").show_value("cnn")
    assert window.train_page.form.value().batch_size == 50
    assert window.train_page.form.value().model == Cnn()
    type_into(window.train_page, "seed", "9")
    assert window.find_page.form.value().seed == 9


def test_that_a_wrong_field_disables_the_start_and_what_is_right_again_enables_it(window):
    type_into(window.find_page, "steps", "none")
    assert not action(window, "find").isEnabled()
    assert not window.find_page.button.isEnabled()
    type_into(window.find_page, "steps", "50")
    assert action(window, "find").isEnabled()


def test_that_the_sweep_grows_on_the_screen_while_it_runs(open_window, qtbot):
    window = open_window(find=sweep(seconds=SLOW))
    sizes = set()
    window.runner.run_changed.connect(
        lambda *_: sizes.add(sum(len(sweep.losses) for sweep in window.find_page.plot.sweeps))
    )
    find(qtbot, window)
    assert len(sizes) > 5


def test_that_smoothing_again_needs_no_new_run_and_leaves_the_losses_alone(window, qtbot):
    run = find(qtbot, window)
    plot = window.find_page.plot
    settle(qtbot, plot)
    before = plot._line_curve.y.copy()
    window.find_page.smoothing.setValue(20)
    settle(qtbot, plot)
    assert not (plot._line_curve.y == before).all()
    assert (plot._raw_curve.y == run.steps["loss"]).all()
    assert window.runner.run is None


# Pause, stop, cancel, close


def start(qtbot, window, name, steps=15):
    action(window, name).trigger()
    run = window.runner.run
    qtbot.waitUntil(lambda: len(run.steps) > steps)
    return run


def test_that_a_sweep_stopped_half_way_keeps_its_curve_and_can_be_picked_from(open_window, qtbot):
    window = open_window(find=sweep(seconds=2 * SLOW))
    run = start(qtbot, window, "find", steps=30)
    with qtbot.waitSignal(window.runner.run_ended):
        press(window, Qt.Key.Key_Escape)
    assert run.status is RunStatus.STOPPED
    assert 30 < len(run.steps) < 101
    assert sum(len(sweep.losses) for sweep in window.find_page.plot.sweeps) == len(run.steps)
    drag_marker(qtbot, window, 1e-5)
    assert train(qtbot, window).config.learning_rate == window.find_page.plot.learning_rate


def test_that_space_holds_a_run_and_lets_it_go_on_where_it_was(open_window, qtbot):
    window = open_window(find=sweep(seconds=SLOW))
    run = start(qtbot, window, "find")
    press(window, Qt.Key.Key_Space)
    assert window.runner.paused
    assert action(window, "pause").text() == "Resume"
    qtbot.wait(60)
    held = len(run.steps)
    qtbot.wait(100)
    assert len(run.steps) == held
    with qtbot.waitSignal(window.runner.run_ended):
        press(window, Qt.Key.Key_Space)
    assert run.status is RunStatus.DIVERGED
    assert list(run.steps["step"]) == list(range(101))
    assert action(window, "pause").text() == "Pause"
    assert not action(window, "pause").isChecked()


def test_that_a_training_stopped_and_kept_stays_in_the_table(open_window, qtbot):
    window = open_window(train=training(seconds=SLOW))
    window.pages.show_page("train")
    run = start(qtbot, window, "train")
    with qtbot.waitSignal(window.runner.run_ended):
        press(window, Qt.Key.Key_Escape)
    assert run.status is RunStatus.STOPPED
    assert [line.run for line in window.train_page.runs.lines] == [run]
    assert cells(window)[0][5] == "48.0 %"
    assert "48.0 %" in window.train_page.verdict.text()


def test_that_a_cancelled_training_leaves_no_row_and_no_curve(open_window, qtbot):
    window = open_window(train=training(seconds=SLOW))
    window.pages.show_page("train")
    start(qtbot, window, "train")
    with qtbot.waitSignal(window.runner.idle):
        action(window, "cancel").trigger()
    assert window.train_page.runs.lines == []
    assert window.train_page.drawn.accuracies == {}
    assert len(window.train_page.drawn.loss.x) == len(window.train_page.drawn.batch_loss.x) == 0
    assert action(window, "train").isEnabled()
    assert train(qtbot, window).status is RunStatus.FINISHED


def test_that_a_cancelled_sweep_leaves_an_empty_plot_and_no_rate_to_train_at(open_window, qtbot):
    window = open_window(find=sweep(seconds=SLOW))
    start(qtbot, window, "find")
    with qtbot.waitSignal(window.runner.idle):
        action(window, "cancel").trigger()
    assert sum(len(sweep.losses) for sweep in window.find_page.plot.sweeps) == 0
    assert window.find_page.learning_rate is None
    assert not action(window, "train").isEnabled()
    assert find(qtbot, window).status is RunStatus.DIVERGED


def test_that_nothing_else_can_be_started_while_a_run_goes_on(open_window, qtbot):
    window = open_window(find=sweep(seconds=SLOW))
    run = start(qtbot, window, "find")
    assert not action(window, "find").isEnabled()
    window.pages.show_page("train")
    assert not action(window, "train").isEnabled()
    window.desk.start_training()
    assert window.runner.run is run
    assert "A run is still going" in window.statusBar().currentMessage()
    with qtbot.waitSignal(window.runner.run_ended):
        pass
    assert action(window, "train").isEnabled()


def test_that_closing_in_the_middle_of_a_run_ends_it_and_the_thread(open_window, qtbot):
    window = open_window(train=training(seconds=SLOW))
    window.pages.show_page("train")
    start(qtbot, window, "train")
    assert window.close()
    assert window.runner._thread.isFinished()


def test_that_closing_while_paused_does_not_hang(open_window, qtbot):
    window = open_window(train=training(seconds=SLOW))
    window.pages.show_page("train")
    start(qtbot, window, "train")
    press(window, Qt.Key.Key_Space)
    assert window.close()
    assert window.runner._thread.isFinished()


# TensorFlow comes later


def test_that_a_run_asked_for_before_tensorflow_is_there_starts_when_it_is(open_window, qtbot):
    loaded = threading.Event()
    window = open_window(load=lambda: loaded.wait(10))
    assert window.isVisible()
    qtbot.waitUntil(lambda: "TensorFlow" in window.note.text())
    press(window, Qt.Key.Key_F5)
    run = window.runner.run
    qtbot.wait(50)
    assert run.status is RunStatus.WAITING
    assert "TensorFlow" in window.find_page.controls._text.text()
    with qtbot.waitSignal(window.runner.run_ended):
        loaded.set()
    assert run.status is RunStatus.DIVERGED
    assert window.note.text() == "Ready."


def test_that_a_run_cancelled_before_tensorflow_is_there_never_comes(open_window, qtbot):
    loaded = threading.Event()
    window = open_window(load=lambda: loaded.wait(10))
    qtbot.waitUntil(lambda: "TensorFlow" in window.note.text())
    press(window, Qt.Key.Key_F5)
    action(window, "cancel").trigger()
    with qtbot.waitSignal(window.runner.idle):
        loaded.set()
    assert sum(len(sweep.losses) for sweep in window.find_page.plot.sweeps) == 0


def test_that_a_tensorflow_which_cannot_be_loaded_is_told_and_the_window_goes_on(open_window, qtbot):
    def broken():
        raise ImportError("libcudart.so.12: cannot open shared object file")

    window = open_window(load=broken)
    qtbot.waitUntil(lambda: window.note.text() == "TensorFlow could not be loaded.")
    assert window.isVisible()


# What breaks


def test_that_a_failed_training_says_so_with_the_details_folded_and_keeps_what_it_measured(open_window, qtbot):
    window = open_window(train=training(chunks=6))
    window.pages.show_page("train")
    run = train(qtbot, window)
    assert run.status is RunStatus.FAILED
    sentence, details = dismiss_error(qtbot, window)
    assert "shapes (3,) and (4,) differ" in sentence
    assert "Traceback" not in sentence
    assert "Traceback" in details
    assert len(window.train_page.drawn.batch_loss.x) == 66
    assert len(window.train_page.runs.lines) == 1
    assert action(window, "train").isEnabled()


def test_that_a_failed_sweep_keeps_its_curve_which_can_be_picked_from_and_trained_at(open_window, qtbot):
    window = open_window(find=sweep(chunks=7))
    run = find(qtbot, window)
    assert run.status is RunStatus.FAILED
    dismiss_error(qtbot, window)
    assert sum(len(sweep.losses) for sweep in window.find_page.plot.sweeps) == len(run.steps) == 77
    assert window.find_page.verdict.text() == str(run.message)
    drag_marker(qtbot, window, 1e-4)
    assert train(qtbot, window).config.learning_rate == window.find_page.plot.learning_rate


def test_that_a_sweep_which_fails_at_once_leaves_a_sentence_and_a_window_that_goes_on(open_window, qtbot):
    window = open_window(find=sweep(chunks=0))
    find(qtbot, window)
    dismiss_error(qtbot, window)
    assert window.find_page.reason.text() == "Nothing was measured."
    assert window.find_page.learning_rate is None
    assert action(window, "find").isEnabled()
    assert not action(window, "train").isEnabled()


def test_that_a_failed_sweep_after_a_good_one_does_not_leave_the_old_suggestions(open_window, qtbot):
    jobs = iter([sweep(), sweep(chunks=0)])
    window = open_window(find=lambda *args: next(jobs)(*args))
    find(qtbot, window)
    assert window.find_page.chips._chips
    find(qtbot, window)
    dismiss_error(qtbot, window)
    assert not window.find_page.chips._chips
    assert window.find_page.learning_rate is None


# Themes, and a second window


def test_that_another_theme_recolours_a_window_with_everything_on_it(window, qtbot):
    find(qtbot, window)
    train(qtbot, window)
    before = window.grab().toImage().pixelColor(640, 400)
    name = themes.current.name
    press(window, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    assert themes.current.name != name
    assert window.grab().toImage().pixelColor(640, 400) != before


def test_that_a_second_window_after_the_first_was_deleted_changes_its_theme_without_a_complaint(qtbot, profile, capsys):
    first = make_window(profile, fake_jobs())
    first.show()
    assert first.close()
    first.deleteLater()
    qtbot.wait(10)
    second = shown(qtbot, make_window(profile, fake_jobs()))
    action(second, "theme").trigger()
    assert "Error" not in capsys.readouterr().err
    assert len(cells(second)) == 0


# The schedule of the training page, at the marker


def test_that_the_rate_at_the_marker_is_trained_with_the_schedule_of_the_training_page(window, qtbot):
    window.train_page.form.set_value(TrainingConfig(schedule="cosine,warmup=10", epochs=3))
    find(qtbot, window)
    config = train(qtbot, window).config
    assert config.learning_rate == window.find_page.plot.learning_rate
    assert (config.schedule, config.epochs) == (Cosine(warmup=10), 3)


def test_that_a_schedule_that_does_not_go_with_the_sweep_is_left_out(window, qtbot):
    swept = RangeTestConfig(optimizer=Sgd())
    window.find_page.form.set_value(swept)
    find(qtbot, window)
    cycled = TrainingConfig(optimizer=Sgd(momentum=0.9), schedule="one_cycle,momentum=cycled", epochs=3)
    config = window.find_page.training_config(cycled)
    assert (config.optimizer, config.schedule, config.epochs) == (Sgd(), Constant(), 3)


def test_that_the_note_stays_hidden_under_a_message_when_the_bar_becomes_higher(open_window, qtbot):
    window = open_window()
    window.tell("A message.")
    bar, before = window.statusBar(), window.statusBar().height()
    try:
        themes.enlarge(1.5, far=False)
        qtbot.waitUntil(lambda: bar.height() > before)
        qtbot.wait(20)
        assert bar.currentMessage() == "A message." and not window.note.isVisible()
        bar.clearMessage()
        assert window.note.isVisible()
    finally:
        themes.enlarge(1.0, far=False)
