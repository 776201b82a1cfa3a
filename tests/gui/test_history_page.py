"""The page of the history under real hands: a real window, and a real store in a folder of its own."""

import json
import shutil
import sqlite3
import time
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton

from lrgui.core.config import RangeTestConfig, TrainingConfig
from lrgui.core.events import Examined, Failed, Finished
from lrgui.core.messages import say
from lrgui.core.runs import Run, RunStatus, fresh_id
from lrgui.core.store import FILE_NAME, Store
from lrgui.gui.widgets.history_model import ACCURACY, BEGAN, RUN, STAR
from lrgui.gui.widgets.history_words import when
from lrgui.gui.words import words
from tests.core.store.runs import examined, feed, training_events
from tests.gui.fake_jobs import fake_jobs, sweep, training
from tests.gui.windows import make_window, press, shown, train

CONTROL = Qt.KeyboardModifier.ControlModifier


def keep(store, job, config, name="", ago=0.0, **edits):
    """Let a fake job run to its end, and keep it as begun some time ago."""
    from lrgui.core.control import Control

    kind = "range_test" if isinstance(config, RangeTestConfig) else "training"
    run = Run(fresh_id(), kind, config, name, started=time.time() - ago)
    store.begin(run)

    def emit(event):
        run.apply(event)
        store.take(run, event)

    job(config, emit, Control())
    if edits:
        store.edit(run.id, **edits)
    return run


@pytest.fixture(scope="module")
def five_runs(tmp_path_factory):
    """A profile with five runs; the newest is a sweep without a name."""
    profile = tmp_path_factory.mktemp("five_runs")
    store = Store(profile / FILE_NAME, told=lambda told: pytest.fail(str(told)))
    keep(store, sweep(), RangeTestConfig(optimizer="sgd"), "Slow sweep", 5000, note="for the lesson")
    keep(store, training(accuracy=0.9), TrainingConfig(learning_rate=0.1, epochs=2), "Fast", 4000, tags=["good"])
    keep(store, training(accuracy=0.8), TrainingConfig(epochs=3, seed=7), "Slow", 3000, starred=True)
    keep(store, training(), TrainingConfig(dataset="wine"), "Wine", 2000)
    keep(store, sweep(), RangeTestConfig(steps=200), ago=1000)
    assert store.flush()
    store.close()
    return profile


@pytest.fixture
def profile(five_runs, tmp_path):
    """One of a test's own."""
    return Path(shutil.copytree(five_runs, tmp_path / "profile"))


@pytest.fixture
def make(qtbot, profile):
    """Return what shows a window on its history."""

    def make(jobs=None):
        window = shown(qtbot, make_window(profile, jobs or fake_jobs()))
        show_history(qtbot, window)
        return window

    return make


def show_history(qtbot, window):
    press(window, Qt.Key.Key_6, CONTROL)
    page = window.history_desk.page
    qtbot.waitUntil(lambda: page.model.rowCount() > 0 and page.details.verdict.text() != "")


def names(window):
    model = window.history_desk.page.model
    return [model.index(row, RUN).data() for row in range(model.rowCount())]


def wait_for_names(qtbot, window, wanted):
    qtbot.waitUntil(lambda: names(window) == wanted)


def click_row(window, row, modifier=Qt.KeyboardModifier.NoModifier, column=RUN):
    table = window.history_desk.page.table
    where = table.visualRect(table.model().index(row, column)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, modifier, where)


def select(qtbot, window, name):
    page = window.history_desk.page
    click_row(window, names(window).index(name))
    qtbot.waitUntil(lambda: page.details.title.text().startswith(name) and page.details.verdict.text() != "")


ALL = ["Sweep", "Wine", "Slow", "Fast", "Slow sweep"]


# The list


def test_that_the_newest_run_stands_first_and_is_told(make):
    window = make()
    page = window.history_desk.page
    assert names(window) == ALL
    assert page.counted.text() == "5 runs"
    assert page.details.verdict.text() == "The loss passed 4 x its best at 1.3."
    assert page.details.own.text() == "Steps 200"


def test_that_the_details_say_in_another_language_what_was_run(qtbot, make):
    window = make()
    select(qtbot, window, "Wine")
    title = window.history_desk.page.details.title
    assert "Training" in title.toolTip()
    words.use("zh_TW")
    assert "Training" not in title.toolTip() and "Wine" in title.toolTip()


def test_that_words_choices_and_stars_filter(qtbot, make):
    window = make()
    filters = window.history_desk.page.filters
    press(window, Qt.Key.Key_F, CONTROL)
    QTest.keyClicks(window.focusWidget(), "slow")
    wait_for_names(qtbot, window, ["Slow", "Slow sweep"])
    assert window.history_desk.page.counted.text() == "2 runs found"
    filters.boxes["kind"].setFocus()
    QTest.keyClick(filters.boxes["kind"], Qt.Key.Key_Down)
    wait_for_names(qtbot, window, ["Slow sweep"])
    QTest.mouseClick(filters._clear, Qt.MouseButton.LeftButton)
    wait_for_names(qtbot, window, ALL)
    QTest.mouseClick(filters.starred, Qt.MouseButton.LeftButton, pos=QPoint(8, filters.starred.height() // 2))
    wait_for_names(qtbot, window, ["Slow"])


def test_that_the_choices_are_those_that_there_are(qtbot, make):
    window = make()
    boxes = window.history_desk.page.filters.boxes
    qtbot.waitUntil(lambda: boxes["dataset"].count() == 3)
    offered = {column: [box.itemText(row) for row in range(box.count())] for column, box in boxes.items()}
    assert offered["dataset"] == ["all", "Digits", "Wine"]
    assert offered["optimizer"] == ["all", "Adam", "SGD"]
    assert offered["tags"] == ["all", "good"]
    assert offered["kind"] == ["all", "Sweep", "Training"]


def test_that_nothing_found_is_said_with_the_way_back(qtbot, make):
    window = make()
    page = window.history_desk.page
    page.filters.search.setText("no such run")
    qtbot.waitUntil(page.nothing_found.isVisible)
    button = next(b for b in page.nothing_found.findChildren(QPushButton))
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    wait_for_names(qtbot, window, ALL)
    assert page.table.isVisible()


def test_that_a_history_without_runs_offers_a_sweep(qtbot, tmp_path):
    window = shown(qtbot, make_window(tmp_path / "empty", fake_jobs()))
    press(window, Qt.Key.Key_6, CONTROL)
    page = window.history_desk.page
    qtbot.waitUntil(page.nothing_kept.isVisible)
    with qtbot.waitSignal(window.runner.run_ended):
        QTest.mouseClick(page.nothing_kept.findChild(QPushButton), Qt.MouseButton.LeftButton)
    assert window.pages.current == "find"
    show_history(qtbot, window)
    assert names(window) == ["Sweep"]


def test_that_a_header_sorts(qtbot, make):
    window = make()
    table = window.history_desk.page.table
    header = table.horizontalHeader()
    where = QPoint(header.sectionPosition(ACCURACY) + 20, header.height() // 2)
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=where)
    wait_for_names(qtbot, window, ["Sweep", "Slow sweep", "Slow", "Fast", "Wine"])


def test_that_a_run_that_goes_on_appears_and_grows(qtbot, make):
    window = make(fake_jobs(train=training(seconds=0.05)))
    page = window.history_desk.page
    window.pages.show_page("train")
    window.train_page.form.set_value(TrainingConfig(epochs=50), ["epochs"])
    press(window, Qt.Key.Key_Return, CONTROL)
    window.pages.show_page("history")
    qtbot.waitUntil(lambda: names(window)[0] == "Run 1")
    assert page.model.entry(0).status is RunStatus.RUNNING
    steps = page.model.entry(0).steps_done
    qtbot.waitUntil(lambda: page.model.entry(0).steps_done > steps)
    select(qtbot, window, "Run 1")
    assert page.details.verdict.text() == "This run goes on now."
    assert not window.actions_["delete_run"].isEnabled()
    press(window, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: page.model.entry(0).status is RunStatus.STOPPED)
    qtbot.waitUntil(lambda: page.details.verdict.text() == "Stopped by hand.")


def test_that_a_run_of_another_window_is_seen_and_told_so(qtbot, make, profile):
    window = make()
    page = window.history_desk.page
    page._looking.setInterval(100)
    other = Store(profile / FILE_NAME, told=lambda told: pytest.fail(str(told)))
    run = Run(fresh_id(), "training", TrainingConfig(), "Elsewhere")
    other.begin(run)
    for event in training_events()[:4]:
        run.apply(event)
    other.flush()
    qtbot.waitUntil(lambda: names(window)[0] == "Elsewhere", timeout=4000)
    select(qtbot, window, "Elsewhere")
    assert page.details.verdict.text().startswith("This run goes on in another window")
    press(window, Qt.Key.Key_Return)
    assert window.pages.current == "history"
    assert "another window" in window.statusBar().currentMessage()
    feed(other, run, training_events()[4:])
    other.flush()
    other.close()
    qtbot.waitUntil(lambda: page.details.verdict.text().startswith("Finished"), timeout=4000)


# Back into the pages


def test_that_a_run_called_like_one_of_this_session_is_told_apart_and_has_room_in_the_table(qtbot, make, profile):
    store = Store(profile / FILE_NAME, told=print)
    keep(store, training(accuracy=0.99), TrainingConfig(dataset="breast_cancer", optimizer="adamax", epochs=2), "Run 1")
    store.flush()
    store.close()
    window = make()
    window.pages.show_page("train")
    assert train(qtbot, window).name == "Run 1"
    show_history(qtbot, window)
    wait_for_names(qtbot, window, ["Run 1", "Run 1", *ALL])
    click_row(window, 1)
    press(window, Qt.Key.Key_Return)
    page = window.train_page
    qtbot.waitUntil(lambda: window.pages.current == "train" and len(page.runs.lines) == 2)
    assert page.runs.lines[1].run.name == "Run 1, " + when(page.runs.lines[1].run.started)
    qtbot.wait(50)
    # It is the best, in bold letters.
    for column in range(1, page.runs.columnCount()):
        assert page.table.columnWidth(column) >= page.table.sizeHintForColumn(column)


def test_that_a_sweep_is_opened_as_if_it_had_just_ended(qtbot, make):
    window = make()
    select(qtbot, window, "Slow sweep")
    press(window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.pages.current == "find")
    page = window.find_page
    assert page.form.value().optimizer.name == "sgd"
    assert len(page.plot.sweeps) == 1 and len(page.plot.sweeps[0].learning_rates) > 50
    assert page.learning_rate is not None
    assert page.verdict.text() == "The loss passed 4 x its best at 1.3."
    assert window.train_page.form.value().optimizer.name == "sgd"
    assert window.actions_["train"].text().startswith("Train at ")


def test_that_a_training_is_opened_with_its_curves_examples_and_settings(qtbot, make, profile):
    def job(config, emit, control):
        training(accuracy=0.9)(
            config, lambda event: (emit(examined()) if isinstance(event, Finished) else None, emit(event)), control
        )

    store = Store(profile / FILE_NAME, told=print)
    whole = keep(store, job, TrainingConfig(epochs=2, batch_size=64), "Whole")
    store.flush()
    store.close()
    window = make()
    select(qtbot, window, "Whole")
    table = window.history_desk.page.table
    where = table.visualRect(table.currentIndex()).center()
    QTest.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=where)
    qtbot.waitUntil(lambda: window.pages.current == "train")
    page = window.train_page
    opened = page.table.current_run()
    assert opened.id == whole.id and page.form.value() == whole.config
    np.testing.assert_array_equal(page.drawn.batch_loss.y, whole.steps["loss"])
    assert isinstance(opened.examined, Examined)
    np.testing.assert_array_equal(opened.examined.predictions, examined().predictions)
    assert "90.0 %" in page.verdict.text()
    window.pages.show_page("history")
    press(window, Qt.Key.Key_O, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: window.pages.current == "train")
    assert len(page.runs.lines) == 1  # it is there already


def test_that_several_trainings_are_laid_beside_each_other(qtbot, make):
    window = make()
    select(qtbot, window, "Slow")
    click_row(window, names(window).index("Fast"), CONTROL)
    press(window, Qt.Key.Key_L, CONTROL)
    qtbot.waitUntil(lambda: window.pages.current == "train")
    page = window.train_page
    assert [line.run.name for line in page.runs.lines] == ["Slow", "Fast"]
    assert sorted(len(curve.x) for curve in page.drawn.accuracies.values()) == [2, 3]


def test_that_sweeps_are_laid_over_the_plot_and_taken_away(qtbot, make):
    window = make()
    select(qtbot, window, "Sweep")
    press(window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.pages.current == "find")
    window.pages.show_page("history")
    select(qtbot, window, "Slow sweep")
    press(window, Qt.Key.Key_L, CONTROL)
    qtbot.waitUntil(lambda: window.pages.current == "find" and len(window.find_page.plot.overlays) == 1)
    ((_, curve, _),) = window.find_page.plot.overlays._lines
    assert curve.name == "Slow sweep"
    qtbot.waitUntil(lambda: len(curve.x) > 50)
    QTest.mouseClick(window.find_page.card._uncover, Qt.MouseButton.LeftButton)
    assert len(window.find_page.plot.overlays) == 0 and not window.find_page.card._uncover.isVisible()


# Once more


def test_that_a_repeat_is_the_same_and_says_so(qtbot, make):
    window = make()
    select(qtbot, window, "Slow")
    with qtbot.waitSignal(window.runner.run_ended) as ended:
        press(window, Qt.Key.Key_R, CONTROL)
    run = ended.args[0]
    assert run.config == TrainingConfig(epochs=3, seed=7) and run.repeat_of is not None and run.name == "Slow again"
    told = "Same seed, same result: all 132 losses are identical."
    qtbot.waitUntil(lambda: window.train_page.verdict.text() == told)
    show_history(qtbot, window)
    qtbot.waitUntil(lambda: names(window)[0] == "Slow again")
    select(qtbot, window, "Slow again")
    details = window.history_desk.page.details
    qtbot.waitUntil(lambda: details.more_words.text().startswith("Same seed, same result"))


def test_that_a_repeat_that_comes_out_otherwise_says_where(qtbot, make):
    def otherwise(config, emit, control):
        from lrgui.core.events import StepsEnded

        def changed(event):
            if isinstance(event, StepsEnded) and event.columns["step"][0] == 22:
                event = StepsEnded({**event.columns, "loss": event.columns["loss"] + 0.5})
            emit(event)

        training()(config, changed, control)

    window = make(fake_jobs(train=otherwise))
    select(qtbot, window, "Slow")
    with qtbot.waitSignal(window.runner.run_ended):
        press(window, Qt.Key.Key_R, CONTROL)
    qtbot.waitUntil(lambda: "first differ at step 23" in window.train_page.verdict.text())
    assert "further apart than 0.5" in window.train_page.verdict.text()


def test_that_a_repeat_replays_the_moves_of_the_slider(qtbot, make, profile):
    handed = []

    def job(config, emit, control):
        while (step := control.next_move) is not None:
            handed.append((step, control.factor_at(step)))
        training()(config, emit, control)

    store = Store(profile / FILE_NAME, told=print)
    run = Run(fresh_id(), "training", TrainingConfig(epochs=2), "Moved")
    store.begin(run)
    feed(store, run, training_events())
    store.flush()
    store.close()
    window = make(fake_jobs(train=job))
    select(qtbot, window, "Moved")
    with qtbot.waitSignal(window.runner.run_ended):
        press(window, Qt.Key.Key_R, CONTROL)
    assert handed == [(20, 0.5), (64, 1.5)]


# Names, notes, tags, stars


def test_that_f2_renames(qtbot, make):
    window = make()
    select(qtbot, window, "Wine")
    press(window, Qt.Key.Key_F2)
    editor = window.focusWidget()
    assert isinstance(editor, QLineEdit) and editor.text() == "Wine"
    editor.selectAll()
    QTest.keyClicks(editor, "Red wine")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: names(window)[1] == "Red wine")
    assert window.history.store.flush()
    assert window.history.store.count(window.history_desk.page.model.filter) == 5
    assert [entry.name for entry in window.history.store.page()][1] == "Red wine"


def test_that_a_star_is_clicked_and_tags_and_notes_are_typed(qtbot, make):
    window = make()
    page = window.history_desk.page
    select(qtbot, window, "Wine")
    click_row(window, 1, column=STAR)
    page.details.tags.setFocus()
    QTest.keyClicks(page.details.tags, "red,  keep it, red")
    QTest.keyClick(page.details.tags, Qt.Key.Key_Return)
    page.details.note.setFocus()
    QTest.keyClicks(page.details.note, "bought in spring")
    select(qtbot, window, "Fast")  # what was typed is kept for the run that it was typed for
    assert window.history.store.flush()
    entry = window.history.store.page()[1]
    assert (entry.starred, entry.tags, entry.note) == (True, ("red", "keep it"), "bought in spring")
    assert page.details.tags.text() == "good" and page.details.note.toPlainText() == ""


# Deleting


def test_that_several_runs_are_deleted_and_come_back(qtbot, make):
    window = make()
    page = window.history_desk.page
    select(qtbot, window, "Wine")
    click_row(window, 3, Qt.KeyboardModifier.ShiftModifier)
    press(window, Qt.Key.Key_Delete)
    assert names(window) == ["Sweep", "Slow sweep"]
    assert page.undo_bar.isVisible() and page.undo_bar.text == "3 runs deleted"
    assert window.history.store.flush()
    assert window.history.store.count() == 2
    press(window, Qt.Key.Key_Z, CONTROL)
    wait_for_names(qtbot, window, ALL)
    assert not page.undo_bar.isVisible()
    assert window.history.store.count() == 5


def test_that_the_bar_takes_back_what_was_deleted(qtbot, make):
    window = make()
    page = window.history_desk.page
    press(window, Qt.Key.Key_Tab)
    page.table.setFocus()
    press(window, Qt.Key.Key_Delete)
    assert names(window) == ALL[1:] and page.undo_bar.text == "1 run deleted"
    QTest.mouseClick(page.undo_bar._button, Qt.MouseButton.LeftButton)
    wait_for_names(qtbot, window, ALL)


def test_that_all_runs_can_be_deleted_and_are_offered_back_where_there_are_none(qtbot, make):
    window = make()
    page = window.history_desk.page
    page.table.setFocus()
    press(window, Qt.Key.Key_A, CONTROL)
    assert page.table.selected_rows() == list(range(5))
    press(window, Qt.Key.Key_Delete)
    qtbot.waitUntil(page.nothing_kept.isVisible)
    assert page.undo_bar.text == "5 runs deleted"
    place = page.undo_bar.mapTo(window, page.undo_bar.rect().center())
    assert page.undo_bar.isAncestorOf(window.childAt(place)) or window.childAt(place) is page.undo_bar
    QTest.mouseClick(page.undo_bar._button, Qt.MouseButton.LeftButton)
    wait_for_names(qtbot, window, ALL)
    assert not page.undo_bar.isVisible()


def test_that_del_in_the_training_page_leaves_the_history_alone(qtbot, make):
    window = make()
    window.pages.show_page("train")
    train(qtbot, window)
    window.train_page.table.setFocus()
    press(window, Qt.Key.Key_Delete)
    assert window.train_page.runs.lines == []
    show_history(qtbot, window)
    qtbot.waitUntil(lambda: len(names(window)) == 6)


# What cannot be shown as it was


def test_that_a_run_whose_settings_no_class_reads_is_shown_and_not_opened(qtbot, make, profile):
    connection = sqlite3.connect(profile / FILE_NAME)
    broken = json.dumps({"speed": 3})
    connection.execute(
        "UPDATE bodies SET config = ? WHERE run = (SELECT number FROM runs WHERE name = 'Fast')", (broken,)
    )
    connection.commit()
    connection.close()
    window = make()
    select(qtbot, window, "Fast")
    details = window.history_desk.page.details
    qtbot.waitUntil(lambda: "another version" in details.more_words.text().lower())
    for key, modifier in ((Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier), (Qt.Key.Key_R, CONTROL)):
        window.statusBar().clearMessage()
        press(window, key, modifier)
        qtbot.waitUntil(lambda: "Another version" in window.statusBar().currentMessage())
    assert window.pages.current == "history" and window.runner.run is None


def test_that_a_failed_run_and_an_interrupted_one_say_what_became_of_them(qtbot, make, profile):
    store = Store(profile / FILE_NAME, told=print)
    failed = Run(fresh_id(), "training", TrainingConfig(), "Failed")
    store.begin(failed)
    feed(store, failed, [Failed(say("There is no connection."), details="Traceback")])
    begun = Run(fresh_id(), "training", TrainingConfig(), "Interrupted", started=time.time() + 1)
    store.begin(begun)
    for event in training_events()[:4]:
        begun.apply(event)
    store.flush()
    store.close()
    window = make()
    page = window.history_desk.page
    qtbot.waitUntil(lambda: names(window)[:2] == ["Interrupted", "Failed"])
    qtbot.waitUntil(lambda: page.model.entry(0).status is RunStatus.INTERRUPTED)
    assert page.details.verdict.text().startswith("The program was gone before this run ended.")
    select(qtbot, window, "Failed")
    assert page.details.verdict.text() == "There is no connection."
    select(qtbot, window, "Interrupted")
    press(window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.pages.current == "train")
    assert len(window.train_page.table.current_run().steps) == len(begun.steps)


def test_that_a_damaged_history_is_told_over_the_pages_until_it_is_put_away(qtbot, tmp_path):
    (tmp_path / FILE_NAME).write_bytes(b"no database at all" * 500)
    window = shown(qtbot, make_window(tmp_path, fake_jobs()))
    qtbot.waitUntil(lambda: window.notice is not None and window.notice.isVisible())
    assert "damaged" in window.notice.text
    QTest.mouseClick(window.notice._close, Qt.MouseButton.LeftButton)
    assert not window.notice.isVisible()


def test_that_a_history_of_a_newer_program_is_refused_on_the_page(qtbot, profile):
    connection = sqlite3.connect(profile / FILE_NAME)
    connection.execute("PRAGMA user_version = 9999")
    connection.commit()
    connection.close()
    window = shown(qtbot, make_window(profile, fake_jobs()))
    press(window, Qt.Key.Key_6, CONTROL)
    page = window.history_desk.page
    qtbot.waitUntil(page.unreadable.isVisible)
    assert "newer" in page.unreadable.told.text()


# Words


def test_that_moments_are_told_as_one_says_them():
    now = time.mktime((2026, 11, 19, 15, 0, 0, 0, 0, -1))

    def told(*moment):
        return when(time.mktime((*moment, 0, 0, 0, -1)), now)

    assert told(2026, 11, 19, 14, 32) == "today 14:32"
    assert told(2026, 11, 18, 23, 59) == "yesterday 23:59"
    assert told(2026, 11, 16, 9, 5) == "Mon 09:05"
    assert told(2026, 10, 2, 9, 5) == "2 Oct"
    assert told(2024, 10, 2, 9, 5) == "2 Oct 2024"


def test_that_the_columns_say_what_they_sort_by(make):
    window = make()
    model = window.history_desk.page.model
    tip = model.headerData(BEGAN, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
    assert tip == "Sort by began"


def test_that_all_settings_versions_and_the_computer_are_unfolded(qtbot, make):
    window = make()
    details = window.history_desk.page.details
    select(qtbot, window, "Slow")
    assert details.own.text() == "Seed 7  ·  Epochs 3"
    assert not details._rest.isVisible()
    QTest.mouseClick(details._all, Qt.MouseButton.LeftButton)
    told = [text.text() for text in details._rest.findChildren(QLabel)]
    assert told[told.index("Learning rate") + 1] == "0.001"
    assert "numpy" in told[told.index("Made with") + 1] and "cores" in told[told.index("On") + 1]
    assert "Seed" not in told


def test_that_an_error_that_nobody_foresaw_is_told_and_reading_goes_on(qtbot, make):
    window = make()
    reader, answers = window.history_desk._reader, []
    with qtbot.capture_exceptions() as caught:
        reader.ask("broken", lambda store: 1 / 0, answers.append)
        qtbot.waitUntil(lambda: len(caught) == 1)
    assert caught[0][0] is ZeroDivisionError
    reader.ask("sound", lambda store: store.count(), answers.append)
    qtbot.waitUntil(lambda: answers == [5])


def test_that_typing_a_name_is_not_interrupted_by_what_happens_meanwhile(qtbot, make, profile):
    window = make()
    page = window.history_desk.page
    page._looking.setInterval(50)
    select(qtbot, window, "Wine")
    press(window, Qt.Key.Key_F2)
    QTest.keyClicks(window.focusWidget(), "Half a na")
    store = Store(profile / FILE_NAME, told=print)
    keep(store, training(), TrainingConfig(), "New")
    store.flush()
    store.close()
    qtbot.wait(200)
    assert window.focusWidget().text() == "Half a na" and page.model.rowCount() == 5
    QTest.keyClicks(window.focusWidget(), "me")
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: names(window)[:3] == ["New", "Sweep", "Half a name"])
    assert window.pages.current == "history"  # the Enter that ended the typing has opened nothing
