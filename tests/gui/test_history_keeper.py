"""What is run from the window is kept, and the window says when it cannot be."""

import sqlite3

import pytest
from PySide6.QtCore import Qt

from lrgui.core.runs import RunStatus
from lrgui.core.store import FILE_NAME, Store
from tests.gui.fake_jobs import fake_jobs, sweep, training
from tests.gui.windows import find, make_window, press, shown, train


@pytest.fixture
def profile(tmp_path):
    return tmp_path / "profile"


def opened(qtbot, profile, **jobs):
    window = shown(qtbot, make_window(profile, fake_jobs(**jobs)))
    window.pages.show_page("train")
    return window


def read(profile):
    """Return the runs of a window that was closed, as another program finds them."""
    store = Store(profile / FILE_NAME, told=print)
    entries = store.page()
    assert store.close()
    return entries


def test_that_sweeps_and_trainings_are_there_when_the_window_is_closed(qtbot, profile):
    window = opened(qtbot, profile)
    swept, trained = find(qtbot, window), train(qtbot, window)
    window.close()
    second, first = read(profile)
    assert (first.id, first.kind, first.steps_done) == (swept.id, "range_test", len(swept.steps))
    assert (second.id, second.kind, second.name) == (trained.id, "training", trained.name)
    assert second.final_accuracy == trained.evaluation["accuracy"]


def test_that_a_new_name_in_the_table_is_kept(qtbot, profile):
    window = opened(qtbot, profile)
    train(qtbot, window)
    runs = window.train_page.runs
    assert runs.setData(runs.index(0, 0), "for Monday")
    window.close()
    assert [entry.name for entry in read(profile)] == ["for Monday"]


def test_that_a_cancelled_run_is_not_kept(qtbot, profile):
    window = opened(qtbot, profile, find=sweep(seconds=0.05))
    press(window, Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: window.runner.run is not None and len(window.runner.run.steps) > 0)
    with qtbot.waitSignal(window.runner.idle):
        window.runner.cancel()
    window.close()
    assert read(profile) == []


def test_that_a_run_that_goes_on_when_the_window_is_closed_is_kept_as_stopped(qtbot, profile):
    window = opened(qtbot, profile, find=sweep(seconds=0.05))
    press(window, Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: window.runner.run is not None and len(window.runner.run.steps) > 0)
    window.close()
    (entry,) = read(profile)
    assert entry.status is RunStatus.STOPPED
    assert entry.steps_done > 0


def test_that_the_window_hears_which_runs_have_changed_on_the_disk(qtbot, profile):
    window = opened(qtbot, profile, train=training())
    heard = []
    window.history.changed.connect(heard.append)
    run = train(qtbot, window)
    qtbot.waitUntil(lambda: any(run.id in ids for ids in heard))
    assert window.history.store.entry(run.id).kind == "training"
    window.close()


def test_that_a_newer_history_is_told_over_the_pages_and_runs_go_on(qtbot, profile):
    profile.mkdir()
    store = Store(profile / FILE_NAME, told=print)
    store.open()
    assert store.close()
    with sqlite3.connect(profile / FILE_NAME) as connection:
        connection.execute("PRAGMA user_version = 999")
    connection.close()
    window = opened(qtbot, profile)
    qtbot.waitUntil(lambda: window.notice is not None and "newer version" in window.notice.text)
    assert train(qtbot, window).status is RunStatus.FINISHED
    window.close()
