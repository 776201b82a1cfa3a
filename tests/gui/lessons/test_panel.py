"""The panel of lessons under real hands: opened, folded, left and found again, in both languages."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from lrgui.core.lessons.shelf import FOLDER
from lrgui.gui.theme import themes
from lrgui.gui.widgets.lesson_invitation import LessonInvitation
from lrgui.gui.words import words
from tests.core.lessons.lesson_files import LESSON
from tests.gui.fake_jobs import fake_jobs
from tests.gui.lessons.playing import click, do_it, go_on, guess, hurry, laid_out, layer_on, open_lesson, seen
from tests.gui.plotting import drag, point, settle
from tests.gui.test_layout import cut_off
from tests.gui.windows import make_window, press, shown


def test_that_f1_shows_the_lessons_beside_the_pages_and_puts_them_away(qtbot, tmp_path):
    window = shown(qtbot, make_window(tmp_path, fake_jobs()))
    assert window.lessons is None
    before = window.pages.width()
    press(window, Qt.Key.Key_F1)
    panel = window.lessons.panel
    assert panel.isVisible() and window.actions_["lessons"].isChecked()
    assert list(panel.contents.buttons) == ["shrinking", "schedules", "find"]
    assert panel.contents.buttons["shrinking"].hasFocus()
    qtbot.waitUntil(lambda: window.pages.width() == before - panel.width())
    click(panel.close_button)
    assert not panel.isVisible() and not window.actions_["lessons"].isChecked()
    qtbot.waitUntil(lambda: window.pages.width() == before)


def test_that_the_link_in_the_status_bar_is_there_until_a_lesson_was_begun(qtbot, tmp_path):
    window = shown(qtbot, make_window(tmp_path, fake_jobs()))
    click(window.findChild(LessonInvitation))
    assert window.lessons.panel.isVisible() and not window.findChild(LessonInvitation).isVisible()
    click(window.lessons.panel.contents.buttons["find"])
    window.close()
    window = shown(qtbot, make_window(tmp_path, fake_jobs()))
    assert window.findChild(LessonInvitation) is None


def test_that_place_guess_and_what_was_seen_are_kept_when_the_window_is_closed(qtbot, tmp_path):
    window = open_lesson(qtbot, tmp_path, "shrinking")
    do_it(qtbot, window)
    go_on(window)
    guess(window, typed="15")
    do_it(qtbot, window)
    told = seen(window)
    window.close()
    window = shown(qtbot, make_window(tmp_path, fake_jobs()))
    press(window, Qt.Key.Key_F1)
    view = window.lessons.panel.view
    assert window.lessons.session.progress.place == 1
    assert seen(window) == told
    assert view.question.field.text() == "15" and not view.question.field.isEnabled()
    click(window.lessons.panel.list_button)
    assert window.lessons.panel.contents.buttons["shrinking"].text() == "Go on"
    assert window.lessons.panel.contents.buttons["find"].text() == "Begin"


def test_that_the_lesson_of_a_teacher_stands_beside_the_others_and_plays(qtbot, tmp_path):
    folder = tmp_path / FOLDER
    folder.mkdir()
    plain = LESSON.replace('"page,page=descent",', '"page,page=descent", "play,to=3",').replace(
        "  'set,field=dataset,to=\"fashion_mnist,samples=3000\",otherwise=digits',\n", ""
    )
    (folder / "mine.toml").write_text(plain, encoding="utf-8")
    (folder / "broken.toml").write_text(plain.replace('text = "."', "text = 3"), encoding="utf-8")
    window = open_lesson(qtbot, tmp_path, "mine")
    guess(window, option=0)
    do_it(qtbot, window)
    path = window.pages["descent"].walks.paths[0]
    assert seen(window).startswith(f"At {path.learning_rate[0]:g} it came to ")
    go_on(window)
    assert not window.lessons.panel.view.do_button.isVisible()
    go_on(window)
    problem = next(
        label for label in window.lessons.panel.contents.findChildren(type(window.note)) if "line" in label.text()
    )
    assert problem.text().startswith("broken.toml, line ")


def test_that_the_guess_is_dragged_on_the_plot_and_the_field_follows(qtbot, tmp_path):
    window = open_lesson(qtbot, tmp_path, "shrinking")
    do_it(qtbot, window)
    go_on(window)
    box, plot = window.lessons.panel.view.question, window.pages["descent"].side.loss
    qtbot.waitUntil(lambda: box.field.text() != "")
    settle(qtbot, plot)
    layer = layer_on(window, plot)
    start = layer.place(layer.guess[0], plot.mapping)
    drag(plot, point(plot, (start.x(), start.y())), point(plot, (start.x() + 40, start.y() - 30)))
    assert layer.guess[0] == pytest.approx(plot.mapping.y_value(start.y() - 30), rel=0.1)
    assert float(box.field.text()) == pytest.approx(layer.guess[0], rel=0.06)
    box.field.clear()
    QTest.keyClicks(box.field, "9.5")
    assert layer.guess == (9.5, 9.5)
    click(box.button)
    assert window.lessons.session.record.guess == 9.5
    before = layer.guess
    drag(plot, point(plot, (start.x(), start.y())), point(plot, (start.x(), start.y() - 20)))
    assert layer.guess == before  # it stands


def test_that_what_is_no_number_is_not_taken_for_a_guess(qtbot, tmp_path):
    window = open_lesson(qtbot, tmp_path, "schedules")
    box = window.lessons.panel.view.question
    qtbot.waitUntil(lambda: box.field.text() != "")
    guess(window, typed="a lot")
    assert box.field.property("wrong") and window.lessons.session.asks
    guess(window, typed="2e-4")
    assert not box.field.property("wrong") and not window.lessons.session.asks


def test_that_a_click_on_the_words_of_an_answer_chooses_it(qtbot, tmp_path):
    window = open_lesson(qtbot, tmp_path, "shrinking")
    window.lessons.session.go_to(2)
    box = window.lessons.panel.view.question
    QTest.qWait(20)
    assert not box.button.isEnabled()
    words_of = box._option_rows[1]._words
    QTest.mouseClick(words_of, Qt.MouseButton.LeftButton)
    assert box.options[1].isChecked()
    click(box.button)
    assert window.lessons.session.record.guess == 1


def test_that_a_percentage_is_typed_with_its_sign_or_without(qtbot, tmp_path):
    window = open_lesson(qtbot, tmp_path, "schedules")
    session = window.lessons.session
    session.go_to(2)
    guess(window, typed="87.5 %")
    assert session.record.guess == pytest.approx(0.875)


def test_that_what_holds_already_does_not_tick_a_step_before_it_is_touched(qtbot, tmp_path):
    window = open_lesson(qtbot, tmp_path, "find")
    session = window.lessons.session
    assert window.pages.current == "find"
    QTest.qWait(300)
    assert not session.record.done
    go_on(window)  # but going on is enough
    assert session.progress.records[0].done and session.progress.place == 1


def test_that_one_walks_the_first_lesson_by_oneself(qtbot, tmp_path):
    window = open_lesson(qtbot, tmp_path, "shrinking")
    session = window.lessons.session
    press(window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    page = window.pages["descent"]
    menu = page.presets.menu
    with qtbot.waitSignal(session.ticked):
        next(action for action in menu.actions() if action.objectName() == "just_right").trigger()
        for _ in range(10):
            press(window, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert seen(window).startswith("With rate 0.2 the walker went from w = 5 to 3")


def test_that_an_order_that_cannot_be_done_says_why(qtbot, tmp_path):
    window = open_lesson(qtbot, tmp_path, "find")
    session = window.lessons.session
    session.go_to(3)  # which needs a sweep that was not made
    click(window.lessons.panel.view.do_button)
    qtbot.waitUntil(lambda: session.refusal is not None)
    refusal = window.lessons.panel.view.refusal
    assert refusal.isVisible() and refusal.text() == "There is no recommended rate yet: sweep first."
    assert window.lessons.panel.view.do_button.isEnabled()


def test_that_the_control_in_use_is_ringed_in_the_accent_colour(qtbot, tmp_path):
    window = open_lesson(qtbot, tmp_path, "find")
    session = window.lessons.session
    session.hand.pace_ms = 400
    session.go_to(1)
    click(window.lessons.panel.view.do_button)
    light = session.hand._spotlight
    qtbot.waitUntil(light.isVisible)
    first = light.geometry()
    button = window.find_page.button
    qtbot.waitUntil(
        lambda: (
            light.isVisible()
            and light.geometry() != first
            and light.geometry().contains(
                button.rect().translated(button.mapTo(window, button.rect().topLeft())).center()
            )
        )
    )
    edge = window.grab().toImage().pixelColor(light.geometry().center().x(), light.geometry().top() + 2)
    assert edge.name() == themes.current.color("accent").name()
    qtbot.waitUntil(lambda: not session.hand.busy, timeout=10_000)


def test_that_the_language_of_a_lesson_follows_that_of_the_window(qtbot, tmp_path):
    window = open_lesson(qtbot, tmp_path, "shrinking")
    do_it(qtbot, window)
    view = window.lessons.panel.view
    words.use("zh_TW")
    assert view.title.text() == "走下山谷" and "學習率 0.2" in seen(window)
    assert window.lessons.panel.title.text() == "逐步縮小的學習率"
    words.use("en")
    assert view.title.text() == "Walk down a valley"


@pytest.mark.parametrize("language", ["en", "zh_TW"])
def test_that_no_text_of_a_step_is_cut_off(qtbot, tmp_path, language):
    window = open_lesson(qtbot, tmp_path, "shrinking", size=(1024, 576))
    words.use(language)
    desk = window.lessons
    for lesson in desk.shelf.lessons:
        desk.open(lesson.name)
        for place in range(len(lesson.step)):
            desk.session.go_to(place)
            laid_out(lambda: [text for widget, text in cut_off(window) if desk.panel.isAncestorOf(widget)])


def test_that_on_a_small_screen_the_form_is_folded_and_comes_back(qtbot, tmp_path):
    window = shown(qtbot, make_window(tmp_path, fake_jobs()), (1093, 614))
    page = window.find_page
    wide = page.sizes()[0]
    press(window, Qt.Key.Key_F1)
    hurry(window)
    assert page.folding.folded and page.sizes()[0] < 50
    click(page.folding.unfold_button)
    assert not page.folding.folded and page.sizes()[0] == wide
    press(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert window.pages["schedules"].folding.folded  # each page by itself
    press(window, Qt.Key.Key_F1)
    assert not window.pages["schedules"].folding.folded
    press(window, Qt.Key.Key_F1)
    press(window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    assert page.folding.folded
    window.resize(1280, 800)
    qtbot.waitUntil(lambda: not page.folding.folded)


def test_that_a_folded_form_is_unfolded_for_the_hand_that_fills_it_in(qtbot, tmp_path):
    window = open_lesson(qtbot, tmp_path, "find", size=(1093, 614))
    session = window.lessons.session
    session.hand.pace_ms = 100
    click(window.lessons.panel.view.do_button)
    qtbot.waitUntil(lambda: not window.find_page.folding.folded)
    qtbot.waitUntil(lambda: session.record.done, timeout=10_000)
    assert window.find_page.folding.folded
