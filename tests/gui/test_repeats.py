"""A range test of several sweeps in the window, under real hands."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from lrgui.core.advice import advice_of
from lrgui.core.config import RangeTestConfig
from lrgui.core.messages import format_learning_rate
from lrgui.core.sweeps import sweeps_of
from tests.gui.fake_jobs import fake_jobs, sweep
from tests.gui.plotting import RATES, settle
from tests.gui.windows import find, make_window, shown

REPEATS = 3
STEPS = [101, 99, 97]


@pytest.fixture
def window(qtbot, tmp_path):
    window = shown(qtbot, make_window(tmp_path, fake_jobs(find=sweep(seconds=0.005))))
    window.find_page.form.set_value(RangeTestConfig(repeats=REPEATS))
    yield window
    window.close()


def click_tab(page, tab):
    QTest.mouseClick(page.views, Qt.MouseButton.LeftButton, pos=page.views.tabRect(tab).center())


def test_that_all_sweeps_are_drawn_and_their_spread_is_said(qtbot, window):
    page, told = window.find_page, set()
    window.runner.run_changed.connect(lambda *_: told.add(page.controls._text.text().split("  ·  ")[0]))
    run = find(qtbot, window)
    settle(qtbot, page.plot)
    sweeps = sweeps_of(run.steps)
    assert [len(each.losses) for each in sweeps] == STEPS
    assert len(page.plot._raw_curve.y) == sum(STEPS)
    recommended = advice_of(run).recommended
    assert page.plot.learning_rate == recommended.learning_rate
    assert page.reason.text() == str(recommended.reason)
    assert page.reason.text().startswith("The 3 sweeps ")
    assert {f"Sweep {number} of 3" for number in (1, 2, 3)} <= told
    assert "3 sweeps, 297 steps measured" in page.controls._text.text()


def test_that_the_rate_of_each_step_is_drawn_sweep_after_sweep(qtbot, window):
    page = window.find_page
    run = find(qtbot, window)
    assert page._rate_curve.x.tolist() == list(range(sum(STEPS)))
    np.testing.assert_array_equal(page._rate_curve.y, run.steps["learning_rate"])
    # The plan begins anew where the last sweep began, so that one sees what it left out.
    assert page._plan_curve.x.tolist() == list(range(200, 301))
    np.testing.assert_allclose(page._plan_curve.y, RATES)


def test_that_a_click_shows_the_accuracies_with_the_marker_on_the_same_rate(qtbot, window):
    page = window.find_page
    find(qtbot, window)
    rate, runs = page.learning_rate, []
    window.runner.run_started.connect(runs.append)
    click_tab(page, 1)
    settle(qtbot, page.plot)
    assert str(page.plot.view.quantity) == "accuracy"
    assert page.learning_rate == rate
    assert page.plot.marker.lines()[0] == format_learning_rate(rate)
    QTest.keyClick(page.views, Qt.Key.Key_Left)
    settle(qtbot, page.plot)
    assert str(page.plot.view.quantity) == "loss"
    assert page.learning_rate == rate
    assert runs == []


def test_that_the_view_of_accuracies_is_kept_and_grows_in_the_next_sweep(qtbot, window):
    page = window.find_page
    click_tab(page, 1)
    run = find(qtbot, window)
    settle(qtbot, page.plot)
    assert str(page.plot.view.quantity) == "accuracy"
    assert len(page.plot._raw_curve.y) == len(run.steps)
    assert page.plot.learning_rate is not None
    assert page.verdict_card.train_button.isEnabled()


def test_that_smoothing_and_the_callbacks_view_are_there_in_both_views(qtbot, window):
    page = window.find_page
    find(qtbot, window)
    for tab in (1, 0):
        click_tab(page, tab)
        page.callback_view.setChecked(tab == 1)
        before = page.plot._line_curve.y.copy()
        page.smoothing.setValue(30 + 20 * tab)
        settle(qtbot, page.plot)
        assert page.plot._callback_curve.visible == (tab == 1)
        assert not np.array_equal(page.plot._line_curve.y, before)
