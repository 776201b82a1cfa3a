"""The page of schedules under real hands: the curve follows, points are dragged, schedules are kept and trained."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton, QWidget

from lrgui.core.config import TrainingConfig
from lrgui.core.config.optimizer import Sgd
from lrgui.core.config.points import Point
from lrgui.core.config.schedule import Constant, Cosine, Drawn, Step
from lrgui.core.schedule_presets import PRESETS
from lrgui.core.schedules import rates
from lrgui.gui.actions import Actions
from lrgui.gui.pages.schedules import SchedulesPage
from tests.gui.fake_jobs import fake_jobs
from tests.gui.plotting import at, click, double_click, drag, point, settle, viewport
from tests.gui.windows import make_window, press, shown


@pytest.fixture
def window(qtbot, tmp_path):
    window = shown(qtbot, make_window(tmp_path / "profile", fake_jobs()))
    press(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert window.pages.current == "schedules"
    settle(qtbot, window.pages["schedules"].plot)
    return window


@pytest.fixture
def page(qtbot):
    """The page alone, which is quicker to build than a window."""
    actions_of = QWidget()
    qtbot.addWidget(actions_of)
    page = SchedulesPage(Actions(actions_of), TrainingConfig())
    qtbot.addWidget(page)
    page.resize(1160, 720)
    with qtbot.waitActive(page, timeout=10_000):
        page.show()
        page.activateWindow()
    settle(qtbot, page.plot)
    return page


@pytest.fixture
def drawn(page, qtbot):
    """The page with a drawn schedule of three points, on 440 steps with a rate of 1."""
    page.form.set_value(TrainingConfig(learning_rate=1.0, schedule=Drawn(points="0:1 0.5:0.5 1:0.1")))
    settle(qtbot, page.plot)
    return page


def field(page, name):
    found = page.form.findChild(QWidget, name)
    assert found is not None, f"no input named {name}"
    return found


def type_into(page, name, text):
    """Select all, and type over it."""
    field(page, name).setFocus()
    field(page, name).selectAll()
    QTest.keyClicks(field(page, name), text)


def planned(config):
    return rates(config.schedule, config.learning_rate, config.steps_per_epoch * config.epochs, config.steps_per_epoch)


def points(page):
    return page.form.value().schedule.points


def place_of(page, index):
    pixel = page.plot.handles.place(index)
    return point(page.plot, (pixel.x(), pixel.y()))


def preset(name):
    return next(preset for preset in PRESETS if preset.name == name)


# The curve


def test_that_the_curve_is_the_table_of_the_run_and_follows_every_key(page):
    type_into(page, "learning_rate", "0.02")
    type_into(page, "schedule.cosine.floor", "0.25")
    config = page.form.value()
    assert config.schedule == Cosine(floor=0.25)
    np.testing.assert_array_equal(page.plot.draft.y, planned(config))
    assert page.plot.draft.y[-1] == pytest.approx(0.02 * 0.25, rel=1e-3)


def test_that_another_schedule_brings_its_own_fields_and_curve(page, qtbot):
    field(page, "schedule").show_value("step")
    assert page.form.value().schedule == Step()
    assert len(set(page.plot.draft.y)) == 4
    assert field(page, "schedule.step.every").isVisible()


def test_that_a_length_says_what_it_is_in_the_other_unit(page):
    field(page, "schedule").show_value("step")
    type_into(page, "schedule.step.every", "2 epochs")
    other = page.form._rows["schedule", "step", "every"]._other
    assert (other.text(), other.isVisible()) == ("= 88 steps", True)
    type_into(page, "schedule.step.every", "66")
    assert other.text() == "= 1.5 epochs"


def test_that_what_is_wrong_stands_at_its_field_and_the_last_good_curve_stays_paler(page):
    type_into(page, "schedule.cosine.warmup", "99 epochs")  # on the way, it is 99 steps, which is right
    complaint = page.form._rows["schedule", "cosine", "warmup"]._complaint
    assert complaint.isVisible() and "The warm-up takes 4,356 steps" in complaint.text()
    np.testing.assert_array_equal(page.plot.draft.y, planned(TrainingConfig(schedule=Cosine(warmup=99))))
    assert page.plot.draft.alpha < 0.5
    type_into(page, "schedule.cosine.warmup", "1 epoch")
    assert not complaint.isVisible()
    assert page.plot.draft.alpha == 1


def test_that_the_strip_says_how_much_of_it_the_run_will_see(page):
    type_into(page, "schedule.cosine.length", "40 epochs")
    assert page.rate_card.seen.text() == "10 epochs use the first 25 % of this decay."
    assert page.rate_card.length.text() == "440 steps: 10 epochs of 44."


def test_that_the_axis_counts_epochs_or_steps_and_the_rate_is_linear_or_log(page, qtbot):
    tabs = page.rate_card.unit
    QTest.mouseClick(tabs, Qt.MouseButton.LeftButton, pos=tabs.tabRect(1).center())
    settle(qtbot, page.plot)
    assert page.plot.draft.x[44] == 1.0
    assert page.plot.accessibleName() == "learning rate / epoch"
    tabs = page.rate_card.scale
    QTest.mouseClick(tabs, Qt.MouseButton.LeftButton, pos=tabs.tabRect(1).center())
    settle(qtbot, page.plot)
    low, high = page.plot.mapping.y
    assert page.plot.mapping.log_y and 5 < high - low < 7  # a cosine ends far below, which is not what one wants to see


def test_that_the_pointer_reads_step_epoch_and_the_rate_of_every_curve(page, qtbot):
    page.keep()
    type_into(page, "schedule.cosine.floor", "0.5")
    settle(qtbot, page.plot)
    where = at(page.plot, 220, page.plot.mapping.y_value(60))
    QTest.mouseMove(viewport(page.plot), QPoint(where.x() + 40, where.y()))
    QTest.qWait(20)
    QTest.mouseMove(viewport(page.plot), where)
    QTest.qWait(20)
    reading = page.plot.reading
    step = round(reading.x)
    assert abs(step - 220) <= 1
    assert str(reading.title) == f"step {step}  ·  epoch {step / 44:.2f}"
    assert [read.value for read in reading.readings] == [page.plot.draft.y[step], planned(kept_config(page))[step]]


def kept_config(page):
    kept = page.kept.kept[0]
    return page.form.value().model_copy(update={"schedule": kept.schedule, "learning_rate": kept.learning_rate})


def test_that_a_cycled_momentum_is_drawn_below_and_goes_again(page):
    page.show_preset(preset("one_cycle"))
    assert page.momentum_card.isVisible()
    assert page.momentum_card.plot.run.steps == 440
    field(page, "optimizer").show_value("adam")
    assert not page.momentum_card.isVisible()


@pytest.mark.parametrize("name", ["hold_then_decay", "decay_twice"])
def test_that_a_preset_fills_the_form_and_says_its_sentence_until_it_is_changed(page, name):
    wanted = preset(name)
    action = next(action for action in page.presets.menu().actions() if action.text() == str(wanted.title))
    assert action.toolTip() == str(wanted.told)
    action.trigger()
    assert page.form.value() == wanted.config(TrainingConfig())
    assert page.kept_card.told.text() == str(wanted.told)
    type_into(page, "learning_rate", "0.0123")
    assert page.kept_card.told.text() == str(page.form.value().schedule.summary)


# Drawing


def test_that_a_point_is_dragged_to_where_the_mouse_lets_go(drawn):
    goal = at(drawn.plot, 0.25 * 439, 0.8)
    drag(drawn.plot, place_of(drawn, 1), goal)
    x, y = points(drawn)[1]
    assert x == pytest.approx(0.25, abs=0.004)
    assert y == pytest.approx(0.8, abs=0.008)
    assert drawn.plot.automatic  # it did not pan
    np.testing.assert_array_equal(drawn.plot.draft.y, planned(drawn.form.value()))


def test_that_a_point_stays_between_its_neighbours_and_within_the_rate(drawn):
    drag(drawn.plot, place_of(drawn, 0), at(drawn.plot, 400, 1.03))
    assert points(drawn)[0] == Point(0.499, 1.0)


def test_that_a_drag_beside_the_points_pans(drawn):
    before = points(drawn)
    drag(drawn.plot, at(drawn.plot, 300, 0.9), at(drawn.plot, 200, 0.9))
    assert points(drawn) == before
    assert not drawn.plot.automatic


def test_that_a_double_click_adds_a_point(drawn):
    double_click(drawn.plot, at(drawn.plot, 0.75 * 439, 0.9))
    assert len(points(drawn)) == 4
    assert points(drawn)[2] == pytest.approx((0.75, 0.9), abs=0.008)


def test_that_a_point_dragged_off_the_plot_is_gone_but_never_the_last(drawn, qtbot):
    for left in (2, 1, 1):
        drag(drawn.plot, place_of(drawn, 0), QPoint(300, -80))
        settle(qtbot, drawn.plot)
        assert len(points(drawn)) == left


def test_that_keys_move_choose_and_remove_points(drawn, qtbot):
    click(drawn.plot, place_of(drawn, 1))
    keys = viewport(drawn.plot).parentWidget()
    QTest.keyClick(keys, Qt.Key.Key_Right)
    QTest.keyClick(keys, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    assert points(drawn)[1] == Point(0.51, 0.501)
    QTest.keyClick(keys, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(keys, Qt.Key.Key_Delete)
    assert points(drawn) == (Point(0, 1), Point(0.51, 0.501))


def test_that_there_is_nothing_to_drag_on_other_schedules(page):
    assert not page.plot.handles.isVisible()
    double_click(page.plot, at(page.plot, 200, 0.0005))
    assert page.form.value().schedule == Cosine()


# Keeping


def test_that_what_is_kept_stays_on_the_plot_and_comes_back_in_the_next_session(window, qtbot, tmp_path):
    page = window.pages["schedules"]
    page.show_preset(preset("step"))
    press(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    field(page, "schedule").show_value("linear")
    press(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert [curve.name for curve in page.plot._others] == ["Drop by ten, twice", "Linear"]
    assert len({curve.meaning for curve in page.plot._others}) == 2
    kept = list(page.kept.kept)
    window.close()
    again = shown(qtbot, make_window(tmp_path / "profile", fake_jobs()))
    again.pages.show_page("schedules")
    assert again.pages["schedules"].kept.kept == kept


def test_that_a_kept_one_is_hidden_renamed_duplicated_opened_and_deleted(page):
    page.show_preset(preset("step"))
    page.keep()
    field(page, "schedule").show_value("linear")
    index = page.kept.index(0, 0)
    page.kept.setData(index, Qt.CheckState.Unchecked, Qt.ItemDataRole.CheckStateRole)
    assert page.plot._others == []
    page.kept.setData(index, "mine", Qt.ItemDataRole.EditRole)
    tools = {tool.accessibleName(): tool for tool in page.kept_card.findChildren(QToolButton)}
    tools["Duplicate"].click()
    assert [kept.name for kept in page.kept.kept] == ["mine", "mine 2"]
    page.table.selectRow(0)
    tools["Open in the form"].click()
    assert page.form.value().schedule == preset("step").schedule
    QTest.keyClick(page.table, Qt.Key.Key_Delete)
    assert [kept.name for kept in page.kept.kept] == ["mine 2"]


def test_that_the_code_is_copied(window):
    press(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert "keras.optimizers.schedules.CosineDecay(" in QApplication.clipboard().text()
    assert window.statusBar().currentMessage() == "Copied: Cosine as Keras code."


# With the other pages


def test_that_the_button_trains_with_what_is_drawn(window, qtbot):
    page = window.pages["schedules"]
    page.show_preset(preset("one_cycle"))
    assert page.button.text() == "Train with this schedule"
    wanted = page.form.value()
    with qtbot.waitSignal(window.runner.run_ended, timeout=10_000) as ended:
        QTest.mouseClick(page.button, Qt.MouseButton.LeftButton)
    assert ended.args[0].config == wanted == window.train_page.form.value()
    assert window.pages.current == "train"


def test_that_the_run_is_shared_with_the_training_page_but_not_the_schedule(window):
    page = window.pages["schedules"]
    window.pages.show_page("train")
    window.train_page.form.set_value(TrainingConfig(epochs=7, optimizer=Sgd(momentum=0.5), batch_size=64))
    window.pages.show_page("schedules")
    config = page.form.value()
    assert (config.epochs, config.batch_size, config.optimizer) == (7, 64, Sgd(momentum=0.5))
    assert config.schedule == Cosine()
    type_into(page, "epochs", "9")
    window.pages.show_page("train")
    assert window.train_page.form.value().epochs == 9
    assert window.train_page.form.value().schedule == Constant()
    window.pages.show_page("find")
    assert window.find_page.form.value().batch_size == 64


def test_that_nothing_is_trained_while_something_is_wrong(window):
    type_into(window.pages["schedules"], "epochs", "0")
    assert not window.actions_["train"].isEnabled()
    assert window.pages["schedules"].rate_card.seen.property("level") == "error"


def test_that_its_actions_are_offered_on_this_page_only(window):
    assert window.actions_["keep_schedule"].isEnabled()
    window.pages.show_page("find")
    assert not window.actions_["keep_schedule"].isEnabled()
    assert not window.actions_["copy_schedule"].isEnabled()
    assert window.actions_["train"].text() == "Train"
