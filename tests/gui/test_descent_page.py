"""The page of gradient descent under real hands: rate, start, time, walkers, formulas, the table, presets."""

import csv
import itertools
import re

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMainWindow, QWidget

from lrgui.core.config.descent import Momentum
from lrgui.core.descent import DescentConfig, stability
from lrgui.core.descent_presets import PRESETS
from lrgui.core.functions import function_of
from lrgui.gui.actions import Actions
from lrgui.gui.pages.descent import DescentPage
from lrgui.gui.widgets.descent_pictures import PATHS, SURFACE, TABLE
from tests.gui.fake_jobs import fake_jobs, training
from tests.gui.plotting import at, double_click, drag, settle, viewport, wheel
from tests.gui.test_layout import cut_off, outside
from tests.gui.windows import make_window, press, shown


@pytest.fixture
def window(qtbot, tmp_path):
    return open_descent(qtbot, tmp_path / "profile")


def open_descent(qtbot, profile, jobs=None):
    window = shown(qtbot, make_window(profile, jobs or fake_jobs()))
    press(window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert window.pages.current == "descent"
    return window


@pytest.fixture
def page(qtbot):
    """The page by itself, in a window with nothing else: what needs no other page is tried on it."""
    window = QMainWindow()
    page = DescentPage(Actions(window), next(iter(PRESETS.values())).config)
    window.setCentralWidget(page)
    qtbot.addWidget(window)
    window.resize(1180, 740)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    computed(qtbot, page)
    yield page  # as long as the window is held


def descent_page(window, qtbot):
    page = window.pages["descent"]
    computed(qtbot, page)
    return page


def computed(qtbot, page):
    """Wait until all paths are known and drawn."""
    qtbot.waitUntil(lambda: page.walks.complete)
    settle(qtbot, page.plot)
    QTest.qWait(5)  # another sentence above may have moved the plot
    settle(qtbot, page.plot)


def show(qtbot, page, name):
    """Pick a preset from the menu."""
    action = next(a for a in page.presets.menu.actions() if a.text() == str(PRESETS[name].title))
    action.trigger()
    computed(qtbot, page)
    return page.walks.paths


def typed(widget, text):
    widget.setFocus()
    widget.selectAll()
    QTest.keyClicks(widget, text)


def field(page, name):
    return page.findChild(QWidget, name)


def selected(page):
    return page.walks.paths[page.selected]


# The rate


def test_that_the_whole_path_follows_the_rate_slider_while_it_is_dragged(page, qtbot):
    show(qtbot, page, "just_right")
    slider, seen = page.step.slider, []
    start, end = QPoint(round(slider.pixel(0.2)), 22), QPoint(round(slider.pixel(0.6)), 22)
    QTest.mousePress(slider, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
    for share in (0.25, 0.5, 0.75, 1.0):
        QTest.mouseMove(slider, start + (end - start) * share)
        QTest.qWait(5)
        rate, path = slider.learning_rate, selected(page)
        seen.append(rate)
        assert path.known == 41
        np.testing.assert_array_equal(path.w[:, 0], descended(5.0, rate, 40))
    QTest.mouseRelease(slider, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, end)
    assert seen == sorted(seen)
    assert seen[-1] == pytest.approx(0.6, rel=0.05)
    assert float(field(page, "walker.learning_rate").raw()) == seen[-1] == page.config().walkers[0].learning_rate


def descended(start, rate, steps):
    """Return plain descent on x**2, computed by a plain loop."""
    places = [start]
    for _ in range(steps):
        places.append(places[-1] - rate * (2 * places[-1]))
    return places


def test_that_keys_step_the_rate_by_a_tenth_of_a_decade_and_with_shift_by_a_hundredth(page, qtbot):
    show(qtbot, page, "just_right")
    page.step.slider.setFocus()
    press(page.window(), Qt.Key.Key_Up)
    assert selected(page).walker.learning_rate == 0.252
    press(page.window(), Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert selected(page).walker.learning_rate == 0.246


def test_that_the_limit_on_the_slider_is_that_at_the_step_of_now_and_the_regime_is_named(page, qtbot):
    page.choose_function("double_well")
    computed(qtbot, page)
    limits = []
    for step in (0, 1, 4):
        page.player.go_to(step)
        limit = stability(selected(page).walker, page.walks.function, tuple(selected(page).w[step])).limit
        assert page.step.slider._limit == limit
        limits.append(limit)
    assert len(set(limits)) == 3
    show(qtbot, page, "above_the_limit")
    assert page.step.regime.text() == "Diverges: each step leads further away"
    show(qtbot, page, "just_right")
    assert page.step.regime.text().startswith("Converges straight")


def test_that_momentum_has_a_limit_of_its_own_and_adaptive_rules_have_none(page, qtbot):
    show(qtbot, page, "momentum_in_a_ravine")
    page.select(1)
    assert page.step.slider._formula == "2(1+beta)/L"
    assert page.step.slider._limit == pytest.approx(2 * 1.9 / 100)
    show(qtbot, page, "adam_at_a_saddle")
    page.select(1)
    assert page.step.slider._limit is None
    assert "no limit" in page.step.regime.text()


# The start, and what is walked on


def test_that_a_hand_drags_the_start_of_all_walkers_on_a_map(page, qtbot):
    show(qtbot, page, "momentum_in_a_ravine")
    drag(page.plot, at(page.plot, 5, 2), at(page.plot, -3, -1))
    np.testing.assert_allclose(page.config().start, (-3, -1), atol=0.05)
    assert {path.start for path in page.walks.paths} == {page.config().start}
    assert field(page, "walk.start").text() == " ".join(f"{place:g}" for place in page.config().start)


def test_that_a_double_click_puts_the_start_on_a_curve_there(page, qtbot):
    show(qtbot, page, "just_right")
    double_click(page.plot, at(page.plot, -2, 20))
    assert page.config().start[0] == pytest.approx(-2, abs=0.05)
    assert selected(page).w[0, 0] == page.config().start[0]


def test_that_the_view_is_zoomed_and_reset_while_the_start_stays(page, qtbot):
    show(qtbot, page, "momentum_in_a_ravine")
    before, start = page.plot.mapping, page.config().start
    wheel(page.plot, at(page.plot, 0, 0), 4)
    QTest.qWait(20)
    assert page.plot.mapping.x[1] - page.plot.mapping.x[0] < before.x[1] - before.x[0]
    page.reset_view()
    settle(qtbot, page.plot)
    assert page.plot.mapping == before
    assert page.config().start == start


def test_that_a_formula_of_ones_own_is_walked_on_and_its_derivative_is_shown(page, qtbot):
    formula = page.function.formula
    typed(formula, "x**4 + 2*y**2")
    computed(qtbot, page)
    assert formula.text() == "x**4 + 2*y**2"
    assert page.function.choice.currentText() == "Own formula"
    assert [line.text() for line in page.function.derivatives] == ["∂f/∂x = 4*x**3", "∂f/∂y = 4*y"]
    assert page.walks.function.value_at((1.0, 2.0)) == 9.0


def test_that_a_formula_is_refused_at_the_field_with_the_place_and_the_last_good_one_stays(page):
    typed(page.function.formula, "x**2 + 1")
    wrong = {"x**2 + foo(3)": "Column 8", "9**9**9 + x": "Column", "x.__class__": "Column 2", "": ""}
    for text, told in wrong.items():
        # As a paste does: of what is typed letter by letter, the beginning may be right.
        page.function.formula.setText(text)
        page.function.formula.textEdited.emit(text)
        assert page.function.complaint.isVisible()
        assert told in page.function.complaint.text()
        assert page.config().function == "x**2 + 1"
    typed(page.function.formula, "x**2 + 3")
    assert not page.function.complaint.isVisible()
    assert page.config().function == "x**2 + 3"


@pytest.mark.parametrize("formula", ["1e308*x**2", "-1e308*x**2 + y", "1e-308*x", "x**x**x**x", "tan(1000*x)/y"])
def test_that_a_formula_of_any_size_is_drawn(page, qtbot, formula):
    typed(page.function.formula, formula)
    computed(qtbot, page)
    page.plot.reset_view()
    for position in (0, page.player.last):
        page.player.go_to(position)
        computed(qtbot, page)
    assert page.function.complaint.text() == ""
    assert np.isfinite(page.plot.area.viewRange()).all()


def test_that_a_wrong_number_of_steps_or_start_is_told_at_its_field(page):
    typed(field(page, "walk.steps"), "0")
    assert "1 to 100,000" in page.function.rows["steps"]._complaint.text()
    typed(field(page, "walk.steps"), "50")
    assert page.config().steps == 50
    typed(field(page, "walk.start"), "1 2")
    assert "one variable" in page.function.rows["start"]._complaint.text()
    assert page.config().steps == 50


def test_that_another_function_is_walked_on_at_rates_that_suit_it_in_proportion(page, qtbot):
    show(qtbot, page, "fixed_against_shrinking")
    page.function.choice.show_value("rosenbrock")
    computed(qtbot, page)
    good = function_of("rosenbrock").learning_rate
    assert [walker.learning_rate for walker in page.config().walkers] == [good, good]
    page.function.choice.show_value("parabola")
    assert [walker.learning_rate for walker in page.config().walkers] == [0.2, 0.2]


def test_that_the_condition_number_of_the_bowl_is_a_field(page, qtbot):
    page.function.choice.show_value("bowl")
    assert page.function.condition.isVisible()
    typed(page.function.condition.input, "50")
    assert page.config().function == "bowl,condition=50"
    assert page.function.formula.text() == "(x**2 + 50*y**2)/2"


def test_that_dragging_a_data_point_moves_the_minimum_of_the_loss_of_its_line(page, qtbot):
    page.function.choice.show_value("line")
    computed(qtbot, page)
    plot, before = page.side.data, page.walks.function
    settle(qtbot, plot)
    (first, *rest), start = before.points, page.walks.start
    drag(plot, at(plot, *first), at(plot, first[0] + 0.5, first[1] + 2))
    after = page.walks.function
    np.testing.assert_allclose(after.points[0], (first[0] + 0.5, first[1] + 2), atol=0.1)
    assert list(after.points[1:]) == rest
    assert after.minima[0].position != before.minima[0].position
    assert page.walks.start == start


# Walkers


def test_that_there_are_up_to_eight_walkers_and_at_least_one(window, qtbot):
    page = descent_page(window, qtbot)
    for _ in range(9):
        window.actions_["add_walker"].trigger()
    assert len(page.walks.paths) == len(page.walkers.lines) == 8
    assert not window.actions_["add_walker"].isEnabled()
    assert len({type(walker) for walker in page.config().walkers}) > 5
    for _ in range(9):
        window.actions_["remove_walker"].trigger()
    assert len(page.walks.paths) == len(page.walkers.lines) == 1
    assert not window.actions_["remove_walker"].isEnabled()


def test_that_a_duplicate_is_the_same_walker_and_is_the_one_that_is_looked_at(window, qtbot):
    page = descent_page(window, qtbot)
    show(qtbot, page, "momentum_in_a_ravine")
    QTest.mouseClick(page.walkers.lines[1], Qt.MouseButton.LeftButton)
    window.actions_["duplicate_walker"].trigger()
    assert page.selected == 3
    assert page.config().walkers[3] == page.config().walkers[1]


def test_that_another_optimizer_keeps_rate_schedule_and_noise(page, qtbot):
    show(qtbot, page, "noise")
    QTest.mouseClick(page.walkers.lines[1], Qt.MouseButton.LeftButton)
    before = page.config().walkers[1]
    field(page, "walker.optimizer").show_value("momentum")
    after = page.config().walkers[1]
    assert isinstance(after, Momentum)
    assert (after.learning_rate, after.schedule, after.noise) == (before.learning_rate, before.schedule, before.noise)
    typed(field(page, "walker.optimizer.momentum.momentum"), "0.5")
    assert page.config().walkers[1].momentum == 0.5
    assert (
        field(page, "walker.optimizer.sgd.momentum") is None
        or not field(page, "walker.optimizer.sgd.momentum").isVisible()
    )


def test_that_a_schedule_is_chosen_with_its_fields_and_a_wrong_one_says_what_it_takes(page, qtbot):
    show(qtbot, page, "just_right")
    field(page, "walker.schedule").show_value("exponential")
    factor = field(page, "walker.schedule.exponential.factor")
    typed(factor, "0.5")
    np.testing.assert_array_equal(selected(page).learning_rate[:4], [0.2, 0.1, 0.05, 0.025])
    typed(factor, "-1")
    assert factor.property("wrong")
    assert page.config().walkers[0].schedule.factor == 0.5


def test_that_the_selected_walker_folds_its_fields_at_a_click(page):
    line = page.walkers.lines[0]
    QTest.mouseClick(line, Qt.MouseButton.LeftButton)
    assert not page.walkers.form.isVisible()
    QTest.mouseClick(line, Qt.MouseButton.LeftButton)
    assert page.walkers.form.isVisible()


# Time


def test_that_space_plays_and_holds_on_this_page_and_pauses_a_run_on_the_others(qtbot, tmp_path):
    window = open_descent(qtbot, tmp_path / "profile", fake_jobs(train=training(seconds=0.03)))
    page = descent_page(window, qtbot)
    window.desk.start_training()
    run = window.runner.run
    press(window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    press(window, Qt.Key.Key_Space)
    assert page.player.playing
    assert not window.runner.paused
    qtbot.waitUntil(lambda: page.player.position > 1)
    press(window, Qt.Key.Key_Space)
    assert not page.player.playing
    assert page.player.position == int(page.player.position)
    press(window, Qt.Key.Key_4, Qt.KeyboardModifier.ControlModifier)
    press(window, Qt.Key.Key_Space)
    assert window.runner.paused
    press(window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: run.ended)


def test_that_space_typed_in_a_formula_is_a_space(page):
    typed(page.function.formula, "x + 1")
    assert page.function.formula.text() == "x + 1"
    assert not page.player.playing


def test_that_arrow_keys_go_step_by_step_and_ctrl_home_to_the_start(window, qtbot):
    page = descent_page(window, qtbot)
    page.plot.setFocus()
    for _ in range(3):
        press(window, Qt.Key.Key_Right)
    press(window, Qt.Key.Key_Left)
    assert page.player.position == 2
    assert page.step.player.step_label.text() == "step 2 of 120"
    press(window, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    assert page.player.position == 0


def test_that_arrow_keys_step_as_soon_as_the_page_is_opened_and_after_a_function_is_chosen(window, qtbot):
    page = descent_page(window, qtbot)
    press(window, Qt.Key.Key_Right)
    assert page.player.position == 1
    page.function.choice.setFocus()
    press(window, Qt.Key.Key_Right)
    assert page.player.position == 2
    assert page.function.choice.raw() == "parabola"


def test_that_it_plays_to_the_end_and_stops_there_or_begins_again_in_a_loop(window, qtbot):
    page = descent_page(window, qtbot)
    show(qtbot, page, "just_right")
    page.step.player.speed.show_value("20")
    window.actions_["play"].trigger()
    assert window.actions_["play"].text() == "Pause"
    qtbot.waitUntil(lambda: not page.player.playing)
    assert page.player.position == 40
    window.actions_["loop"].setChecked(True)
    window.actions_["play"].trigger()
    positions = []
    page.player.moved.connect(positions.append)
    qtbot.waitUntil(lambda: any(after < before for before, after in itertools.pairwise(positions)))
    assert page.player.playing
    window.actions_["play"].trigger()


def test_that_nothing_plays_on_while_another_page_is_in_front(window, qtbot):
    page = descent_page(window, qtbot)
    window.actions_["play"].trigger()
    press(window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    assert not page.player.playing
    assert not window.actions_["play"].isEnabled()


def test_that_scrubbing_shows_the_formula_of_the_step_with_its_numbers(page, qtbot):
    show(qtbot, page, "just_right")
    page.step.player.slider.setValue(1)
    assert page.step.lines[0].text() == "w = 3 - 0.2 × 6 = 1.8"  # noqa: RUF001
    page.step.player.slider.setValue(40)
    assert page.step.lines[0].text() == "The walk is over."


# What it looks like


def test_that_every_preset_is_drawn_with_its_sentence_and_how_its_walkers_end(page, qtbot):
    for name in PRESETS:
        assert_drawn(page, qtbot, name, show(qtbot, page, name))


def assert_drawn(page, qtbot, name, paths):
    assert page.presets.sentence.text() == str(PRESETS[name].explanation)
    assert page.player.position == 0
    before = page.plot.picture().toImage()
    page.player.go_to(page.player.last)
    QTest.qWait(1)
    assert page.plot.picture().toImage() != before
    for tab in (SURFACE, TABLE, PATHS):
        page.picture.tabs.setCurrentIndex(tab)
        assert not blank(page.picture.grab().toImage())
    told = [line._ending and str(line._ending.message) for line in page.walkers.lines]
    assert told == [path.ended and str(path.ended.message) for path in paths]


def blank(image: QImage) -> bool:
    colors = {image.pixel(x, y) for x in range(0, image.width(), 3) for y in range(60, image.height(), 3)}
    return len(colors) < 3


def test_that_a_walker_that_diverges_ends_with_a_sentence_and_time_ends_with_the_last_walker(page, qtbot):
    (path,) = show(qtbot, page, "above_the_limit")
    page.player.go_to(path.known - 1)
    assert page.step.ending.text() == str(path.ended.message).capitalize().replace("2/l", "2/L")
    assert page.player.last == path.known - 1
    assert all(np.isfinite(y).all() for _, y in page.side.loss.lines._lines)
    wheel(page.plot, at(page.plot, 0, 5), -40)
    QTest.qWait(20)
    assert not blank(page.plot.picture().toImage())


def test_that_a_function_without_a_value_at_the_start_leaves_a_sentence_and_a_page_that_goes_on(page, qtbot):
    typed(page.function.formula, "log(x)")
    double_click(page.plot, at(page.plot, -3, page.plot.mapping.y_value(50)))
    computed(qtbot, page)
    assert "no value at the start" in str(page.walkers.lines[0]._ending.message)
    assert page.step.ending.text() == "The function has no value at the start"
    assert [line.text() for line in page.step.lines if line.text()] == []
    assert page.step.rate.text() == page.step.regime.text() == ""
    show(qtbot, page, "just_right")
    assert selected(page).ended.name == "arrived"


def test_that_the_loss_is_shown_on_a_linear_or_a_logarithmic_axis(page, qtbot):
    QTest.mouseClick(page.side.log, Qt.MouseButton.LeftButton, pos=QPoint(8, page.side.log.height() // 2))
    assert page.side.log_loss.isVisible()
    assert not page.side.loss.isVisible()
    settle(qtbot, page.side.log_loss)
    assert page.side.log_loss.mapping.log_y


def test_that_the_surface_is_turned_with_the_mouse_and_back_with_a_reset(page, qtbot):
    show(qtbot, page, "out_of_a_local_minimum")
    page.picture.tabs.setCurrentIndex(SURFACE)
    surface = page.picture.surface
    before, picture = (surface.azimuth, surface.elevation), surface.grab().toImage()
    QTest.mousePress(surface, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(100, 100))
    QTest.mouseMove(surface, QPoint(160, 120))
    QTest.mouseRelease(surface, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(160, 120))
    assert (surface.azimuth, surface.elevation) != before
    assert surface.grab().toImage() != picture
    page.reset_view()
    assert (surface.azimuth, surface.elevation) == before


def test_that_both_themes_are_drawn_in_their_own_colours(page, qtbot):
    from lrgui.gui.theme import themes

    show(qtbot, page, "momentum_in_a_ravine")
    pictures = []
    for theme in ("light", "dark"):
        themes.use(theme)
        settle(qtbot, page.plot)
        pictures.append(page.plot.picture().toImage().pixelColor(QPoint(90, page.plot.height() // 2)).lightness())
    assert pictures[0] > 180 > 90 > pictures[1]


def test_that_the_pointer_near_a_path_reads_step_place_and_loss(page, qtbot):
    show(qtbot, page, "just_right")
    QTest.mouseMove(viewport(page.plot), at(page.plot, 3, 9))
    QTest.qWait(20)
    assert page.plot.reading.text() == "walker 1, step 1: w = 3, f = 9"
    QTest.mouseMove(viewport(page.plot), at(page.plot, -4, 30))
    QTest.qWait(20)
    assert page.plot.reading.text() == ""


def test_that_nothing_is_cut_off_on_a_small_screen_whatever_is_shown(qtbot, tmp_path):
    window = shown(qtbot, make_window(tmp_path / "profile", fake_jobs()), (1093, 614))
    window.pages.show_page("descent")
    page = descent_page(window, qtbot)
    for name in ("adam_at_a_saddle", "out_of_a_local_minimum", "too_small", "above_the_limit"):
        show(qtbot, page, name)
        assert_readable(window, page)
    for _ in range(8):
        page.add_walker()
    page.function.choice.show_value("line")
    for tab in (SURFACE, TABLE, PATHS):
        page.picture.tabs.setCurrentIndex(tab)
        assert_readable(window, page)


def assert_readable(window, page):
    QTest.qWait(1)
    # A long formula is scrolled in its field, and stands in full in its tip.
    assert page.walks.function.formula in page.function.formula.toolTip()
    assert [cut for cut in cut_off(window) if cut[0] is not page.function.formula] == []
    assert outside(window) == []


# The table


def test_that_the_table_shows_what_a_plain_loop_computes(page, qtbot):
    show(qtbot, page, "just_right")
    page.picture.tabs.setCurrentIndex(TABLE)
    model = page.picture.table.table.steps
    assert [model.headerData(c, Qt.Orientation.Horizontal) for c in range(6)] == [
        *("step", "w", "f(w)", "gradient", "rate", "update")
    ]
    places = descended(5.0, 0.2, 40)
    for row, place in enumerate(places[:-1]):
        cells = [model.data(model.index(row, c), Qt.ItemDataRole.ToolTipRole) for c in range(6)]
        onward = places[row + 1]
        assert cells == [str(row), *map(repr, (place, place**2, 2 * place, 0.2, onward - place))]


def test_that_no_number_of_the_table_is_cut_at_any_width(page, qtbot):
    show(qtbot, page, "momentum_in_a_ravine")
    page.picture.tabs.setCurrentIndex(TABLE)
    table = page.picture.table.table
    for width in (1093, 1180, 1280, 1600):
        page.window().resize(width, 740)
        QTest.qWait(5)
        columns = range(table.steps.columnCount())
        for row in (0, 10, 150, 300):
            cells = [table.steps.index(row, column) for column in columns]
            needed = [table.sizeHintForIndex(cell).width() for cell in cells]
            assert [
                cell.data() for cell, n in zip(cells, needed, strict=True) if n > table.columnWidth(cell.column())
            ] == []


def test_that_ctrl_c_copies_the_table_with_every_digit(page, qtbot):
    show(qtbot, page, "just_right")
    page.picture.tabs.setCurrentIndex(TABLE)
    table = page.picture.table.table
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = [line.split("\t") for line in QGuiApplication.clipboard().text().splitlines()]
    assert lines[0] == ["step", "w", "f(w)", "gradient", "learning rate", "update"]
    assert [float(line[1]) for line in lines[1:]] == descended(5.0, 0.2, 40)


def test_that_all_walkers_are_saved_as_csv(page, qtbot, tmp_path):
    paths = show(qtbot, page, "momentum_in_a_ravine")
    told = []
    page.told.connect(told.append)
    page.picture.table.save_asked.emit(tmp_path / "walks.csv")
    rows = list(csv.DictReader((tmp_path / "walks.csv").read_text().splitlines()))
    assert [int(row["walker"]) for row in rows] == [n for n, path in enumerate(paths, 1) for _ in range(path.known)]
    np.testing.assert_array_equal([float(row["x"]) for row in rows], np.concatenate([path.w[:, 0] for path in paths]))
    page.picture.table.save_asked.emit(tmp_path / "no folder" / "walks.csv")
    assert "Saved" in str(told[0])
    assert "could not be written" in str(told[1])


def test_that_playing_marks_the_row_of_now(page, qtbot):
    show(qtbot, page, "just_right")
    page.picture.tabs.setCurrentIndex(TABLE)
    page.player.go_to(7)
    assert page.picture.table.table.currentIndex().row() == 7


# What stays


def test_that_function_walkers_and_start_are_remembered(qtbot, tmp_path):
    window = open_descent(qtbot, tmp_path / "profile")
    page = window.pages["descent"]
    page.choose_function("himmelblau")
    page.add_walker()
    page._start_dragged((1.5, -2.0))
    before = page.config()
    window.close()
    again = open_descent(qtbot, tmp_path / "profile")
    assert again.pages["descent"].config() == before


def test_that_a_fresh_page_shows_the_rate_that_shrinks_against_the_one_that_does_not(page):
    assert page.config() == next(iter(PRESETS.values())).config
    assert re.search("shrinks by 1 %", page.presets.sentence.text())


def test_that_long_paths_are_computed_in_slices_while_the_window_goes_on(page, qtbot):
    config = DescentConfig(function="rosenbrock", steps=20_000, walkers=("sgd,learning_rate=0.001",) * 8)
    page.walks.change(config)
    page._show(whole=True)
    assert not page.walks.complete
    known = [sum(path.known for path in page.walks.paths)]
    while not page.walks.complete:
        QTest.qWait(1)
        known.append(sum(path.known for path in page.walks.paths))
    assert len(set(known)) > 10
    page.player.go_to(20_000)
    assert page.step.player.step_label.text() == "step 20,000 of 20,000"
