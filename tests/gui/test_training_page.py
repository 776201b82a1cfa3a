"""The page of training and its table of runs, under real hands."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from lrgui.core.config import TrainingConfig
from lrgui.core.events import FactorMoved
from lrgui.core.runs import RunStatus
from lrgui.gui.theme import themes
from tests.gui.fake_jobs import STEPS_PER_EPOCH, fake_jobs, training
from tests.gui.plotting import settle
from tests.gui.windows import cells, find, make_window, press, shown, train

NAME, RATE, ACCURACY, BEST = 0, 4, 5, 6


@pytest.fixture
def open_window(qtbot, tmp_path):

    def make(**jobs):
        window = shown(qtbot, make_window(tmp_path / "profile", fake_jobs(**jobs)))
        window.train_page.form.set_value(TrainingConfig(epochs=4))
        window.pages.show_page("train")
        return window

    yield make


@pytest.fixture
def window(open_window):
    """Three runs with accuracies of their own, the second the best."""
    accuracies = iter((0.90, 0.97, 0.93))
    return open_window(train=lambda *args: training(accuracy=next(accuracies))(*args))


@pytest.fixture
def three_runs(window, qtbot):
    return [train_at(qtbot, window, rate) for rate in (1e-3, 1e-2, 1e-1)]


def train_at(qtbot, window, learning_rate):
    window.train_page.form.set_value(TrainingConfig(learning_rate=learning_rate, epochs=4))
    return train(qtbot, window)


def cell(window, row, column, role):
    model = window.train_page.runs
    return model.data(model.index(row, column), role)


def click_row(window, row, column=NAME):
    table = window.train_page.table
    place = table.visualRect(table.model().index(row, column)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)


# Live


def test_that_all_that_is_measured_is_on_the_plots_per_step_and_per_epoch(window, qtbot):
    run = train(qtbot, window)
    page, ends = window.train_page, [44, 88, 132, 176]
    assert run.status is RunStatus.FINISHED
    assert (page.drawn.batch_loss.y == run.steps["loss"]).all()
    assert (page.drawn.rate.y == run.steps["learning_rate"]).all()
    assert list(page.drawn.loss.x) == list(page.drawn.epoch_rate.x) == ends
    assert (page.drawn.loss.y == run.epochs["loss"]).all()
    assert (page.drawn.val_loss.y == run.epochs["val_loss"]).all()
    assert (page.drawn.accuracy.y == run.epochs["accuracy"]).all()
    [accuracies] = page.drawn.accuracies.values()
    assert (accuracies.y == run.epochs["val_accuracy"]).all()
    assert list(accuracies.x) == [1, 2, 3, 4]


def test_that_the_plan_is_drawn_before_the_first_step(open_window, qtbot):
    window = open_window(train=training(seconds=0.05))
    press(window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    run = window.runner.run
    qtbot.waitUntil(lambda: run.planned is not None)
    assert len(window.train_page.drawn.plan.x) == 4 * STEPS_PER_EPOCH
    assert len(window.train_page.drawn.rate.x) < 4 * STEPS_PER_EPOCH


def test_that_a_slider_multiplies_the_rate_while_it_runs_and_its_moves_are_recorded(open_window, qtbot):
    window = open_window(train=training(seconds=0.02))
    press(window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    run, slider = window.runner.run, window.train_page.factor
    qtbot.waitUntil(lambda: len(run.steps) > 20)
    assert slider.isEnabled()
    slider._slider.setFocus()
    QTest.keyClick(slider._slider, Qt.Key.Key_PageUp)
    factor = slider.factor
    assert factor > 1
    with qtbot.waitSignal(window.runner.run_ended):
        pass
    [move] = run.factor_moves
    assert move.factor == factor
    assert 20 < move.step < 4 * STEPS_PER_EPOCH
    rates = run.steps["learning_rate"]
    assert (rates[: move.step] == run.config.learning_rate).all()
    assert (rates[move.step :] == factor * run.config.learning_rate).all()
    assert slider.factor == 1
    assert not slider.isEnabled()


def test_that_in_a_repeat_the_slider_goes_where_the_hand_went(open_window, qtbot):
    window = open_window(train=training(seconds=0.02))
    slider, told = window.train_page.factor, []
    slider.moved.connect(told.append)
    moves = [FactorMoved(44, 0.1), FactorMoved(88, 10.0)]
    config = window.train_page.form.value()
    window.runner.start("training", window.desk.jobs.train, config, repeat_of="other", replay=moves)
    shown = []
    window.runner.run_changed.connect(lambda run, event: shown.append(slider.factor))
    with qtbot.waitSignal(window.runner.run_ended) as ended:
        pass
    assert ended.args[0].factor_moves == moves
    assert list(dict.fromkeys(round(factor, 6) for factor in shown)) == [1.0, 0.1, 10.0]
    assert told == []


def test_that_what_was_planned_is_drawn_under_what_is_reported_and_the_momentum_where_it_is_cycled(open_window, qtbot):
    window = open_window()
    page = window.train_page
    page.form.set_value(TrainingConfig(epochs=4, schedule="one_cycle", optimizer="sgd,momentum=0.9"))
    first = train(qtbot, window)
    assert (page.drawn.plan.y == first.planned.learning_rates).all()
    assert (page.drawn.rate.y == page.drawn.plan.y).all()
    assert page.momentum_plot.isVisible()
    assert (page.drawn.momentum.y == first.steps["momentum"]).all()
    assert page.verdict.text() == "Validation accuracy 96.0 % at 1.0e-3 (One cycle)."
    low, high = first.epochs["learning_rate_low"], first.epochs["learning_rate_high"]
    assert list(page.drawn.rate_band._x) == [0, 44, 44, 88, 88, 132, 132, 176]
    assert [list(edge) for edge in page.drawn.rate_band._ys] == [list(low.repeat(2)), list(high.repeat(2))]
    page.form.set_value(TrainingConfig(epochs=4))
    train(qtbot, window)
    assert not page.momentum_plot.isVisible()
    page.table.select(first)
    assert page.momentum_plot.isVisible()


def test_that_the_slider_of_one_run_does_not_touch_the_next(open_window, qtbot):
    window = open_window(train=training(seconds=0.1))
    window.train_page.form.set_value(TrainingConfig(epochs=1))
    press(window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    first = window.runner.run
    qtbot.waitUntil(lambda: len(first.steps) > 0)
    window.train_page.factor._slider.setValue(-50)
    with qtbot.waitSignal(window.runner.run_ended):
        pass
    second = train(qtbot, window)
    assert second.factor_moves == []
    assert (second.steps["learning_rate"] == second.config.learning_rate).all()


# The table


def test_that_each_run_is_a_line_with_what_it_was_and_what_it_reached(window, three_runs):
    assert [row[NAME] for row in cells(window)] == ["Run 1", "Run 2", "Run 3"]
    assert [row[1:4] for row in cells(window)] == [["Digits", "MLP", "Adam"]] * 3
    assert [row[RATE] for row in cells(window)] == ["1.00e-3", "0.01", "0.1"]
    assert [row[ACCURACY] for row in cells(window)] == ["90.0 %", "97.0 %", "93.0 %"]
    assert all(row[-1].endswith(" s") for row in cells(window))


def test_that_the_best_run_is_marked_by_a_star_and_by_its_weight(window, three_runs):
    assert [row[BEST].startswith("★") for row in cells(window)] == [False, True, False]
    fonts = [cell(window, row, NAME, Qt.ItemDataRole.FontRole) for row in range(3)]
    assert [font is not None and font.bold() for font in fonts] == [False, True, False]


def test_that_each_run_has_a_colour_of_its_own_in_table_and_plot(window, three_runs):
    meanings = [curve.meaning for curve in window.train_page.drawn.accuracies.values()]
    assert len(set(meanings)) == 3
    for row, meaning in enumerate(meanings):
        icon = cell(window, row, NAME, Qt.ItemDataRole.DecorationRole)
        picture = icon.pixmap(12, 12).toImage()
        assert picture.pixelColor(picture.width() // 2, picture.height() // 2) == themes.current.color(meaning)


def test_that_a_click_on_a_row_shows_that_run(window, three_runs):
    click_row(window, 0)
    assert (window.train_page.drawn.rate.y == 1e-3).all()
    click_row(window, 2)
    assert (window.train_page.drawn.rate.y == 1e-1).all()


def test_that_a_box_hides_the_curve_of_its_run_and_shows_it_again(window, three_runs):
    model, page = window.train_page.runs, window.train_page
    curves = list(page.drawn.accuracies.values())
    for state, seen in ((Qt.CheckState.Unchecked, False), (Qt.CheckState.Checked, True)):
        assert model.setData(model.index(1, NAME), state.value, Qt.ItemDataRole.CheckStateRole)
        assert [curve.visible for curve in curves] == [True, seen, True]
        assert model.data(model.index(1, NAME), Qt.ItemDataRole.CheckStateRole) in (state, state.value)


def test_that_f2_renames_the_selected_run_in_table_and_legend(window, three_runs, qtbot):
    click_row(window, 1)
    press(window, Qt.Key.Key_F2)
    editor = window.train_page.table.findChild(QLineEdit)
    editor.selectAll()
    QTest.keyClicks(editor, "ten times")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: three_runs[1].name == "ten times")
    assert [row[NAME] for row in cells(window)] == ["Run 1", "ten times", "Run 3"]
    assert [curve.name for curve in window.train_page.drawn.accuracies.values()] == ["Run 1", "ten times", "Run 3"]


def test_that_an_empty_name_is_not_taken(window, three_runs):
    model = window.train_page.runs
    assert not model.setData(model.index(0, NAME), "  ")
    assert cells(window)[0][NAME] == "Run 1"


def test_that_delete_takes_out_the_selected_run_and_keeps_the_others(window, three_runs, qtbot):
    click_row(window, 1)
    press(window, Qt.Key.Key_Delete)
    assert [row[NAME] for row in cells(window)] == ["Run 1", "Run 3"]
    assert len(window.train_page.drawn.accuracies) == 2
    settle(qtbot, window.train_page.accuracy_plot)
    assert (window.train_page.drawn.rate.y == window.train_page.table.current_run().steps["learning_rate"]).all()
    assert [row[BEST].startswith("★") for row in cells(window)] == [False, True]


def test_that_deleting_the_last_run_empties_the_plots_and_the_next_run_goes_on_counting(window, three_runs, qtbot):
    for _ in range(3):
        window.actions_["delete_run"].trigger()
    assert cells(window) == []
    assert len(window.train_page.drawn.batch_loss.x) == 0
    assert not window.actions_["delete_run"].isEnabled()


def test_that_the_delete_key_takes_nothing_out_from_another_page(window, three_runs, qtbot):
    window.pages.show_page("find")
    window.find_page.plot.setFocus()
    press(window, Qt.Key.Key_Delete)
    assert len(cells(window)) == 3


def test_that_a_run_that_still_goes_cannot_be_deleted(open_window, qtbot):
    window = open_window(train=training(seconds=0.02))
    press(window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    run = window.runner.run
    qtbot.waitUntil(lambda: len(run.steps) > 0)
    assert not window.actions_["delete_run"].isEnabled()
    window.train_page.table.delete_current()
    assert len(cells(window)) == 1


def test_that_an_older_run_can_be_looked_at_while_a_new_one_goes_on(open_window, qtbot):
    pace = iter((0.0, 0.03))
    window = open_window(train=lambda *args: training(seconds=next(pace))(*args))
    first = train_at(qtbot, window, 1e-3)
    window.train_page.form.set_value(TrainingConfig(learning_rate=1e-2, epochs=4))
    press(window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    second = window.runner.run
    qtbot.waitUntil(lambda: len(second.steps) > 10)
    click_row(window, 0)
    with qtbot.waitSignal(window.runner.run_ended):
        pass
    assert (window.train_page.drawn.batch_loss.y == first.steps["loss"]).all()
    assert (window.train_page.drawn.rate.y == 1e-3).all()
    assert len(cells(window)) == 2


def test_that_the_model_that_only_went_through_the_sweep_stands_beside_the_trained_one(window, qtbot):
    find(qtbot, window)
    train(qtbot, window)
    swept, trained = cells(window)
    assert (swept[RATE], swept[ACCURACY]) == ("sweep", "36.0 %")
    assert trained[ACCURACY] == "90.0 %"
    assert "36.0 %" in window.train_page.verdict.text()


def test_that_a_sweep_of_another_experiment_is_not_held_against_a_run(window, qtbot):
    find(qtbot, window)
    window.pages.show_page("train")
    window.train_page.form.findChild(object, "seed").setText("3")
    train(qtbot, window)
    assert "36.0 %" not in window.train_page.verdict.text()


def test_that_rows_colours_and_plots_follow_another_theme(window, three_runs, qtbot):
    before = cell(window, 0, NAME, Qt.ItemDataRole.DecorationRole).pixmap(12, 12).toImage().pixelColor(6, 6)
    window.actions_["theme"].trigger()
    after = cell(window, 0, NAME, Qt.ItemDataRole.DecorationRole).pixmap(12, 12).toImage().pixelColor(6, 6)
    assert before != after == themes.current.color("series0")
    assert [row[NAME] for row in cells(window)] == ["Run 1", "Run 2", "Run 3"]
