"""Before a class: the whole screen, large, with nothing cut off; and put back as it was."""

from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from lrgui.core.control import FULL_SPEED
from lrgui.gui.main_window import PAGES
from lrgui.gui.presentation import PACE
from lrgui.gui.theme import themes
from lrgui.gui.widgets.action_button import ActionTwin
from lrgui.gui.widgets.card import FoldingCard
from tests.gui.fake_jobs import fake_jobs, sweep, training
from tests.gui.looking import color_at
from tests.gui.plotting import at, drag, settle
from tests.gui.test_layout import cut_off, outside
from tests.gui.windows import find, make_window, press, shown, train

SCREEN = (1920, 1080)


@pytest.fixture
def make(qtbot, tmp_path):
    windows = []

    def made(theme=None, **jobs):
        window = shown(qtbot, make_window(tmp_path / "profile", fake_jobs(**jobs), theme=theme))
        windows.append(window)
        return window

    yield made
    for window in windows:
        if window.presenting:
            press(window, Qt.Key.Key_F11)
    themes.enlarge(1.0, far=False)


def present(window, size=SCREEN):
    press(window, Qt.Key.Key_F11)
    assert window.presenting and window.isFullScreen()
    window.showNormal()  # to be as large as a projector, which the screen of a test is not
    window.resize(*size)
    QTest.qWait(50)


def test_that_all_is_large_folded_and_slow_and_then_as_it_was(make):
    window = make()
    page, width, font = window.find_page, window.find_page.plot.width(), window.find_page.verdict.font().pixelSize()
    present(window)
    assert page.verdict.font().pixelSize() == round(1.5 * font)
    assert page.folding.folded and page.plot.width() > width
    assert window.runner.pace == PACE == 20
    press(window, Qt.Key.Key_Escape)
    assert not window.presenting and not window.isFullScreen()
    assert page.verdict.font().pixelSize() == font
    assert not page.folding.folded and window.runner.pace == FULL_SPEED
    assert not window.actions_["larger"].isEnabled() and not window.actions_["present"].isChecked()


def test_that_a_form_can_be_unfolded_and_what_was_folded_before_stays_so(make):
    window = make()
    window.find_page.fold(True)
    present(window)
    window.find_page.folding.unfold_button.click()
    assert not window.find_page.folding.folded
    window.pages.show_page("schedules")  # built meanwhile
    assert window.pages["schedules"].folding.folded
    press(window, Qt.Key.Key_F11)
    assert window.find_page.folding.folded and not window.pages["schedules"].folding.folded


def test_that_keys_and_slider_change_the_size_which_is_kept(make, qtbot):
    window = make()
    present(window)
    press(window, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert themes.current.scale == 1.6
    press(window, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    press(window, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    assert themes.current.scale == window.settings.type_size == 1.4
    slider = window.presentation.slider.slider
    slider.setFocus()
    QTest.keyClick(slider, Qt.Key.Key_End)
    assert themes.current.scale == 2.5 and not window.actions_["larger"].isEnabled()
    QTest.keyClick(slider, Qt.Key.Key_Home)
    assert themes.current.scale == 1.0 and not window.actions_["smaller"].isEnabled()
    press(window, Qt.Key.Key_F11)
    present(window)
    assert themes.current.scale == 1.0


def test_that_escape_stops_a_run_first(make, qtbot):
    window = make(train=training(seconds=0.02))
    present(window)
    press(window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    window.pages.show_page("train")
    window.actions_["train"].trigger()
    qtbot.waitUntil(lambda: window.runner.run is not None and len(window.runner.run.steps) > 0)
    press(window, Qt.Key.Key_Escape)
    assert window.presenting
    qtbot.waitUntil(lambda: window.runner.run is None)
    press(window, Qt.Key.Key_Escape)
    assert not window.presenting


def test_that_a_pace_chosen_meanwhile_is_not_taken_back(make):
    window = make()
    present(window)
    window.desk.set_pace(3.0)
    press(window, Qt.Key.Key_F11)
    assert window.runner.pace == 3.0


@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
def test_that_nothing_is_cut_off_on_a_projector(make, qtbot, theme):
    window = make(theme)
    find(qtbot, window)
    train(qtbot, window)
    present(window)
    for name in PAGES:
        window.pages.show_page(name)
        qtbot.wait(30)
        assert (name, cut_off(window)) == (name, [])
        assert (name, outside(window)) == (name, [])


def test_that_the_strip_has_the_next_thing_to_do_in_the_accent_colour(make, qtbot):
    window = make(find=sweep())
    present(window)
    [tool] = [tool for tool in window.find_page.folding.findChildren(ActionTwin) if tool.isVisible()]
    accent = themes.current.color("accent").name()
    assert color_at(tool.grab().toImage(), QPoint(tool.width() // 2, 6)).name() == accent
    find(qtbot, window)  # after it, training is what comes next
    assert color_at(tool.grab().toImage(), QPoint(tool.width() // 2, 6)).name() != accent


def test_that_a_folded_plot_has_room_for_its_large_title(make, qtbot):
    window = make()
    press(window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    present(window, (1280, 800))
    press(window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    [card] = window.find_page.splitter.findChildren(FoldingCard)
    assert not card.body.parentWidget().isVisible()
    qtbot.waitUntil(lambda: card.height() >= card.minimumSizeHint().height())
    heading = card.findChild(QPushButton)
    qtbot.waitUntil(lambda: heading.geometry().bottom() < card.height() - 4)


def test_that_the_player_gives_up_words_and_loop_where_a_lesson_leaves_it_little_room(make, qtbot):
    window = make()
    press(window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    bar = window.pages["descent"].step.player
    assert bar.step_label.text().startswith("step 0 of")
    present(window, (1280, 800))
    press(window, Qt.Key.Key_F1)
    qtbot.waitUntil(lambda: bar.step_label.text().startswith("0 / "))
    parts = [bar.layout().itemAt(place).widget() for place in range(bar.layout().count())]
    shown_parts = [part.geometry() for part in parts if part.isVisible()]
    assert all(left.right() < right.left() for left, right in pairwise(shown_parts))
    assert shown_parts[-1].right() < bar.width()
    assert not [label.text() for label in cut_off(bar)]


def test_that_the_marker_is_thick_and_follows_the_hand_where_it_is_enlarged(make, qtbot):
    window = make()
    find(qtbot, window)
    plot = window.find_page.plot
    plain = themes.current.pen("marker", 3).widthF()
    present(window)
    settle(qtbot, plot)
    assert themes.current.pen("marker", 3).widthF() > 2 * plain
    low, high = plot.mapping.y
    height = low + 0.7 * (high - low)
    drag(plot, at(plot, plot.learning_rate, height), at(plot, 1e-5, height))
    assert plot.learning_rate == pytest.approx(1e-5, rel=0.05)
    press(window, Qt.Key.Key_F11)
    settle(qtbot, plot)
    drag(plot, at(plot, plot.learning_rate, height), at(plot, 1e-2, height))
    assert plot.learning_rate == pytest.approx(1e-2, rel=0.05)


def test_that_a_picture_for_other_programs_is_not_enlarged(make, tmp_path, qtbot):
    from lrgui.gui.plots.sheet import Paper

    window = make(find=sweep())
    present(window)
    assert Paper.load().scale == 1.0 and not Paper.load().far


def test_that_a_window_closed_during_a_presentation_opens_as_it_was_before(make, qtbot):
    window = make()
    present(window)
    window.close()
    assert not window.presenting and themes.current.scale == 1.0
