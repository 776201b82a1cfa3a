"""The bar of a run: what it shows at once, what a little later, and what that leaves alone."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

from lrgui.core.config import TrainingConfig
from lrgui.core.control import STEPPING
from lrgui.core.events import Planned, StepsEnded
from lrgui.core.runs import Run
from lrgui.gui.actions import Actions
from lrgui.gui.theme import themes
from lrgui.gui.widgets.run_controls import RunControls

STEPS = 1000


class Watched(QObject):
    """Notes what is painted and laid out."""

    def __init__(self):
        super().__init__()
        self.seen = []

    def eventFilter(self, target, event):
        if event.type() in (QEvent.Type.Paint, QEvent.Type.LayoutRequest):
            self.seen.append((event.type(), target))
        return False


@pytest.fixture
def controls(qtbot):
    controls = RunControls(Actions(None))
    qtbot.addWidget(controls)
    controls.resize(900, 60)
    controls.show()
    qtbot.waitExposed(controls)
    return controls


@pytest.fixture
def run():
    run = Run(id="1", kind="training", config=TrainingConfig())
    run.apply(Planned(np.full(STEPS, 1e-3), 100, 10, 4_810))
    return run


def step(run, count=1):
    rows = np.arange(len(run.steps), len(run.steps) + count)
    run.apply(StepsEnded({"step": rows, "learning_rate": rows * 1e-3, "loss": rows * 1e-3}))


def told(controls):
    return controls._text.text()


def test_that_steps_that_follow_each_other_quickly_are_told_a_few_times_a_second(qtbot, controls, run):
    texts = set()
    for _ in range(100):
        step(run)
        controls.show_run(run, paused=False)
        texts.add(told(controls))
    assert 1 <= len(texts) <= 5
    qtbot.waitUntil(lambda: told(controls).startswith("Step 100 of 1,000"), timeout=1000)
    assert controls._bar.value() == 100


def test_that_a_step_after_a_rest_is_told_at_once(qtbot, controls, run):
    controls.show_run(run, paused=False)
    qtbot.wait(250)
    step(run, 7)
    controls.show_run(run, paused=False)
    assert told(controls).startswith("Step 7 of 1,000")


def test_that_what_a_hand_has_done_is_told_at_once(controls, run):
    controls.show_run(run, paused=False)
    step(run, 3)
    controls.show_run(run, paused=True)
    assert "Step 3 of 1,000  ·  paused" in told(controls)
    step(run)
    controls.show_run(run, paused=False)
    assert told(controls).startswith("Step 4 of 1,000")
    controls.show_pace(STEPPING)
    for count in range(5, 9):
        step(run)
        controls.show_run(run, paused=False)
        assert told(controls).startswith(f"Step {count} of 1,000")


def test_that_nothing_is_told_of_a_run_after_its_end(qtbot, controls, run):
    controls.show_run(run, paused=False)
    step(run)
    controls.show_run(run, paused=False)
    controls.rest("It is over.")
    qtbot.wait(300)
    assert told(controls) == "It is over."
    assert controls._bar.value() == 0


def test_that_the_progress_is_told_to_a_screen_reader(controls, run):
    step(run, 2)
    controls.show_run(run, paused=False)
    assert controls._text.accessibleName() == controls._text.toolTip() == told(controls)


def test_that_what_has_no_room_ends_in_dots_and_needs_none(controls, run):
    controls.show_run(run, paused=False)
    wide = controls._text.grab().toImage()
    assert controls._text.sizeHint().width() == 0
    assert wide.height() >= controls._text.fontMetrics().height()
    controls._text.resize(60, wide.height())
    assert controls._text.grab().toImage() != wide.copy(0, 0, 60, wide.height())


@pytest.mark.parametrize("dressed", [False, True])
def test_that_the_progress_of_a_run_lays_nothing_out_and_paints_its_own_line_alone(qtbot, controls, run, dressed):
    if dressed:
        themes.dress()
    run.apply(Planned(np.full(100 * STEPS, 1e-3), 100, 1000, 4_810))
    controls.show_run(run, paused=False)
    controls.show_pace(STEPPING)  # so that each is told at once
    settled(qtbot, controls)
    watched = Watched()
    QApplication.instance().installEventFilter(watched)
    for _ in range(9):
        step(run)
        controls.show_run(run, paused=False)
        qtbot.wait(15)  # Qt paints at most once in 5 ms
    QApplication.instance().removeEventFilter(watched)
    painted = watched.seen.count((QEvent.Type.Paint, controls._text))
    assert 1 <= painted <= 9
    assert (QEvent.Type.LayoutRequest, controls) not in watched.seen
    # What lies behind is painted with the bar, which has round ends; it moves by a pixel in some hundred steps.
    assert watched.seen.count((QEvent.Type.Paint, controls)) <= 1


def settled(qtbot, widget):
    """Wait until nothing of it is laid out or painted any more."""
    watched = Watched()
    widget.installEventFilter(watched)

    def rest():
        watched.seen.clear()
        qtbot.wait(50)
        assert watched.seen == []

    qtbot.waitUntil(lambda: rest() is None)
    widget.removeEventFilter(watched)
