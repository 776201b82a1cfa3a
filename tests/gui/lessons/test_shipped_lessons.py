"""The lessons of the program, played to their end by "Do it for me": what they say is what was measured."""

import re

import pytest
from PySide6.QtCore import QRect, Qt

from lrgui.core.advice import advice_of
from lrgui.core.messages import format_learning_rate, format_percent
from lrgui.gui.theme import themes
from tests.gui.fake_jobs import fake_jobs, sweep, training
from tests.gui.lessons.playing import do_it, go_on, guess, layer_on, open_lesson, play, seen
from tests.gui.looking import colors_in
from tests.gui.plotting import settle
from tests.gui.windows import press


def ended(window):
    """Return the runs that end from now on, as they end."""
    runs = []
    window.runner.run_ended.connect(runs.append)
    return runs


def test_that_the_first_lesson_tells_what_can_be_worked_out_by_hand(qtbot, tmp_path):
    window = open_lesson(qtbot, tmp_path, "shrinking")
    first, second, third, fourth, fifth = play(qtbot, window)
    assert "w = 5 to 3" in first and format_learning_rate(5 * 0.6**10) in first
    fixed = (5 * 0.98**30) ** 2
    assert "w = -4.9, then 4.8." in second and format_learning_rate(fixed) in second
    w = 5.0
    places = [w := w * (1 - 2 * 0.99 * 0.99**step) for step in range(120)]
    arrived = 1 + max(step for step, place in enumerate(places, 1) if abs(place) >= 0.01)
    assert f"f(w) = {format_learning_rate(fixed)} with the fixed rate" in third
    assert format_learning_rate(places[29] ** 2) in third
    assert f"From step {arrived} on" in third
    assert "5 - 0.99 \u00d7 2 \u00d7 5 = -4.9" in fourth and "0.99 \u00d7 0.99 = 0.9801" in fourth
    assert "rate 1.1" in fifth and format_learning_rate(25 * 1.2**20) in fifth
    assert window.lessons.session.lesson is None  # the list of lessons again
    assert "5 of 5" in " ".join(label.text() for label in window.lessons.panel.contents.findChildren(type(window.note)))


def test_that_the_second_lesson_reads_back_what_the_optimizer_reported(qtbot, tmp_path):
    window = open_lesson(qtbot, tmp_path, "schedules", fake_jobs(train=training(accuracy=0.917)), (1093, 614))
    runs = ended(window)
    told = play(qtbot, window)
    decayed, constant = runs
    assert (decayed.config.schedule.name, constant.config.schedule.name) == ("hold_then_decay", "constant")
    assert format_learning_rate(1e-3 * 0.99**439) in told[0]
    accuracy = format_percent(decayed.epochs["val_accuracy"][-1])
    assert accuracy == "91.7 %" and accuracy in told[2]
    reported = decayed.epochs["learning_rate"]
    for epoch in (10, 11, len(reported)):
        assert format_learning_rate(reported[epoch - 1]) in told[3]
    assert "It fell first in epoch 11" in told[3]
    assert told[4].startswith(
        f"{format_percent(constant.epochs['val_accuracy'][-1])} with the constant rate, {accuracy}"
    )


def test_that_the_third_lesson_tells_the_recommendation_and_the_three_trainings(qtbot, tmp_path):
    window = open_lesson(qtbot, tmp_path, "find", fake_jobs(find=sweep(evaluation=0.222)), (1024, 576))
    runs = ended(window)
    told = play(qtbot, window)
    swept, *trained = runs
    advice = advice_of(swept).recommended
    for number in (advice.learning_rate, advice.low, advice.high, swept.steps["learning_rate"][-1]):
        assert format_learning_rate(number) in told[1]
    low, high = swept.steps["learning_rate"][[0, -1]]
    wanted = [min(max(advice.learning_rate * times, low), high) for times in (1, 30, 0.01)]
    assert [run.config.learning_rate for run in trained] == pytest.approx(wanted)
    assert [run.config.epochs for run in trained] == [5, 5, 5]
    assert format_percent(trained[0].epochs["val_accuracy"][-1]) in told[2] and "22.2 %" in told[2]
    for run in trained:
        assert f"at {format_learning_rate(run.config.learning_rate)}" in told[4]


def test_that_data_that_are_not_there_are_replaced_by_those_that_are(qtbot, tmp_path):
    window = open_lesson(qtbot, tmp_path, "find")
    here = []
    object.__setattr__(window.jobs, "at_hand", lambda dataset: dataset.name in here)
    do_it(qtbot, window)
    assert window.find_page.form.value().dataset.name == "digits"
    here.append("fashion_mnist")
    window.lessons.panel.view.do_button.click()
    qtbot.waitUntil(lambda: window.find_page.form.value().dataset.name == "fashion_mnist")
    assert window.find_page.form.value().dataset.samples == 3000


def drawn_colors(qtbot, plot, places):
    """Return the colours near some pixels of a plot's area."""
    settle(qtbot, plot)
    picture, area = plot.grab().toImage(), plot.area.sceneBoundingRect()
    shift = plot._view.mapTo(plot, plot._view.mapFromScene(area.topLeft()))
    return [colors_in(picture, _around(place, shift)) for place in places]


def _around(place, shift):
    return QRect(round(place.x()) + shift.x() - 7, round(place.y()) + shift.y() - 7, 14, 14)


def test_that_the_guess_is_drawn_beside_the_result(qtbot, tmp_path):
    window = open_lesson(qtbot, tmp_path, "shrinking")
    do_it(qtbot, window)
    go_on(window)
    qtbot.waitUntil(lambda: window.lessons.panel.view.question.field.text() != "")
    guess(window, typed="15")
    do_it(qtbot, window)
    plot = window.pages["descent"].side.loss
    layer = layer_on(window, plot)
    assert layer.guess == (15.0, 15.0) and layer.at == 30
    assert layer.outcome == pytest.approx((5 * 0.98**30) ** 2)
    settle(qtbot, plot)
    places = [layer.place(value, plot.mapping) for value in (15.0, layer.outcome)]
    assert abs(places[0].y() - places[1].y()) > 15
    near_guess, near_outcome = drawn_colors(qtbot, plot, places)
    assert themes.current.color("callback").name() in near_guess
    assert themes.current.color("good").name() in near_outcome
    assert "You guessed 15; measured: 7.4." in window.lessons.panel.view.question.told.text()
    go_on(window)
    assert layer.guess is None and layer.outcome is None


def test_that_a_step_that_one_does_oneself_is_ticked_as_well(qtbot, tmp_path):
    window = open_lesson(qtbot, tmp_path, "find")
    session = window.lessons.session
    go_on(window)
    assert session.asks
    with qtbot.waitSignal(session.ticked, timeout=10_000):
        press(window, Qt.Key.Key_F5)
    assert re.search(r"Recommended is \d", seen(window))
    assert window.lessons.panel.view.question.told.text().startswith("Measured: ")
    go_on(window)
    press(window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    with qtbot.waitSignal(session.ticked, timeout=10_000):
        press(window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert session.record.done
