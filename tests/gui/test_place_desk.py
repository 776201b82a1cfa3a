"""Where runs go, chosen and followed in the window; the workers are only told of."""

import threading
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QToolButton

from lrgui.core.config.place import Here, Placement, Processes
from lrgui.core.runs import RunStatus
from lrgui.gui.settings import Settings
from lrgui.gui.widgets.spread_strip import SpreadStrip
from lrgui.gui.words import words
from tests.gui.fake_jobs import fake_jobs, sweep
from tests.gui.fake_spread import DASHBOARD, losing_the_scheduler, spreading
from tests.gui.placing import choose, ok
from tests.gui.test_compare_page import THREE, begin, click, compare, opened, state_of
from tests.gui.windows import dismiss_error, find, make_window, shown

TWO = Placement(on=Processes(workers=2))


def open_dialog(window):
    window.actions_["places"].trigger()
    return window.findChild(QDialog, "places")


def strip_of(window):
    return window.pages["compare"].findChild(SpreadStrip)


def elsewhere(qtbot, profile, job):
    window = opened(qtbot, profile, job)
    window.compare_desk.places.choose(TWO)
    return window


# The choice


def test_that_runs_go_here_at_first_and_nothing_is_said_of_it(qtbot, tmp_path):
    window = opened(qtbot, tmp_path)
    dialog = open_dialog(window)
    assert dialog.radios["here"].isChecked()
    assert not dialog.note.isVisible()
    assert not any(row.isVisible() for row in dialog.rows.values())
    dialog.reject()
    run = compare(qtbot, window)
    assert strip_of(window) is None
    assert run.spread is None


def test_that_a_place_that_was_chosen_is_there_at_the_next_start(qtbot, tmp_path):
    window = opened(qtbot, tmp_path)
    dialog = open_dialog(window)
    choose(dialog, "processes", workers="3")
    assert "your own data" in dialog.note.text()
    click(ok(dialog))
    assert strip_of(window).told.text() == "In 3 processes: No run is going there."
    assert window.pages["compare"].estimate.text() == "Runs in 3 processes"
    window.settings.save()
    assert Settings(tmp_path).placement == Placement(on=Processes(workers=3))


def test_that_the_strip_is_gone_when_runs_go_here_again(qtbot, tmp_path):
    window = elsewhere(qtbot, tmp_path, spreading())
    assert strip_of(window).isVisible()
    dialog = open_dialog(window)
    assert dialog.radios["processes"].isChecked() and dialog.rows["processes", "workers"].input.text() == "2"
    choose(dialog, "here")
    click(ok(dialog))
    assert not strip_of(window).isVisible()
    assert isinstance(window.settings.placement.on, Here)
    assert "processes" not in window.pages["compare"].estimate.text()


def test_that_what_is_kept_for_the_last_place_is_ended_beside_the_window_when_its_run_is_over(qtbot, tmp_path):
    left = threading.Event()
    threads = []

    def leave():
        threads.append(threading.current_thread())
        left.set()

    jobs = replace(fake_jobs(compare=spreading(seconds=0.01)), leave_clusters=leave)
    window = shown(qtbot, make_window(tmp_path, jobs))
    window.pages.show_page("compare")
    window.compare_desk.places.choose(TWO)
    assert left.wait(5)
    left.clear()
    begin(qtbot, window)
    window.compare_desk.places.choose(Placement())
    assert not left.is_set()
    window.runner.stop()
    qtbot.waitUntil(left.is_set)
    assert threading.main_thread() not in threads and len(threads) == 2


# A run


def test_that_the_page_counts_workers_and_runs_while_they_go(qtbot, tmp_path):
    window = elsewhere(qtbot, tmp_path, spreading(seconds=0.05))
    begin(qtbot, window)
    strip, page = strip_of(window), window.pages["compare"]
    assert strip.told.text() == "In 2 processes: workers 2, running 2, waiting 7, done 0, failed 0; about 12 s left"
    assert not strip.note.isVisible() and not strip.dashboard.isVisible()
    progress = page.controls._text.text()
    assert progress.startswith("Step ") and progress.endswith("12 s left")
    with qtbot.waitSignal(window.runner.run_ended, timeout=10_000):
        window.actions_["stop"].trigger()
    assert strip.isVisible()
    assert window.pages["compare"].run.status is RunStatus.STOPPED


def test_that_dask_s_own_page_is_opened_where_there_is_one(qtbot, tmp_path, monkeypatch):
    opened_pages = []
    monkeypatch.setattr(
        "lrgui.gui.widgets.spread_strip.QDesktopServices.openUrl", lambda url: opened_pages.append(url.toString())
    )
    window = elsewhere(qtbot, tmp_path, spreading(dashboard=DASHBOARD))
    compare(qtbot, window)
    click(strip_of(window).dashboard)
    assert opened_pages == [DASHBOARD]


def test_that_a_lost_worker_is_told_until_the_next_run(qtbot, tmp_path):
    window = elsewhere(qtbot, tmp_path, spreading(workers=(2, 2, 1)))
    compare(qtbot, window)
    note = strip_of(window).note
    assert note.isVisible() and note.text() == "A worker was lost. Its run is begun again by another."
    window.runner.run_started.connect(lambda _: seen.append(note.isVisible()))
    seen = []
    compare(qtbot, window)
    assert seen == [False]


def test_that_it_is_told_where_no_worker_is_left(qtbot, tmp_path):
    window = elsewhere(qtbot, tmp_path, spreading(workers=(2, 0), seconds=0.05))
    begin(qtbot, window, rows=2)
    assert strip_of(window).note.text() == "No worker is left: the runs wait for one."
    window.runner.cancel()
    assert strip_of(window).told.text() == "In 2 processes: No run is going there."


def test_that_the_counts_of_a_run_that_is_over_go_with_its_place(qtbot, tmp_path):
    window = elsewhere(qtbot, tmp_path, spreading(failing=1))
    compare(qtbot, window)
    dismiss_error(qtbot, window)
    assert strip_of(window).told.text() == "In 2 processes: done 9, failed 1, left 0"
    window.compare_desk.places.choose(Placement(on=Processes(workers=4)))
    assert strip_of(window).told.text() == "In 4 processes: No run is going there."


def test_that_a_lost_scheduler_is_told_and_what_was_measured_stays(qtbot, tmp_path):
    window = elsewhere(qtbot, tmp_path, losing_the_scheduler)
    run = compare(qtbot, window)
    told, _ = dismiss_error(qtbot, window)
    assert told.startswith("The scheduler is out of reach")
    assert window.pages["compare"].verdict.text() == told
    assert len(run.epochs) == 2


def test_that_an_arm_is_held_and_ended_by_hand_as_it_is_here(qtbot, tmp_path):
    window = elsewhere(qtbot, tmp_path, spreading(seconds=0.1))
    begin(qtbot, window)
    table = window.pages["compare"].table
    click(table.verbs_of(1).hold)
    qtbot.waitUntil(lambda: state_of(window, 1) == "paused")
    click(table.verbs_of(2).remove)
    qtbot.waitUntil(lambda: state_of(window, 2) == "removed")
    window.runner.cancel()


def test_that_runs_elsewhere_are_not_held_for_single_steps(qtbot, tmp_path):
    window = elsewhere(qtbot, tmp_path, spreading())
    window.desk.set_pace(0.0)
    compare(qtbot, window)
    assert window.runner.pace is None
    assert "full speed" in window.statusBar().currentMessage()


def test_that_confirming_elsewhere_is_followed_on_its_own_page_and_the_sweep_before_it_is_not(qtbot, tmp_path):
    window = shown(qtbot, make_window(tmp_path, fake_jobs(find=sweep(), compare=spreading())))
    window.compare_desk.places.choose(TWO)
    find(qtbot, window)
    assert window.find_page.findChild(SpreadStrip) is None
    with qtbot.waitSignal(window.runner.run_ended, timeout=10_000):
        window.actions_["confirm"].trigger()
    strip = window.find_page.findChild(SpreadStrip)
    assert strip is not None and strip.told.text() == "In 2 processes: done 20, failed 0, left 0"


def test_that_all_of_it_can_be_read_in_both_languages_in_a_small_window(qtbot, tmp_path):
    window = elsewhere(qtbot, tmp_path, spreading(workers=(2, 1), dashboard=DASHBOARD))
    compare(qtbot, window)
    window.resize(1093, 614)
    QApplication.processEvents()
    strip = strip_of(window)
    for language in ("zh_TW", "en"):
        words.use(language)
        qtbot.waitUntil(lambda: strip.told.height() >= strip.told.heightForWidth(strip.told.width()))
        qtbot.waitUntil(lambda: strip.change.width() >= strip.change.sizeHint().width())
    assert strip.told.text().startswith("In 2 processes: done 9")


def test_that_the_button_of_the_place_is_on_the_page(qtbot, tmp_path):
    window = opened(qtbot, tmp_path, config=THREE)
    page = window.pages["compare"]
    tools = [tool for tool in page.findChildren(QToolButton) if tool.defaultAction() is window.actions_["places"]]
    assert len(tools) == 1 and tools[0].isVisible()
    QTest.mouseClick(tools[0], Qt.MouseButton.LeftButton)
    assert window.findChild(QDialog, "places") is not None
