import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from lrgui.core.config import RangeTestConfig, TrainingConfig
from lrgui.core.events import Finished, Planned, StepsEnded
from lrgui.core.messages import say
from lrgui.core.runs import Run
from lrgui.gui.actions import Actions
from lrgui.gui.pages.range_test import RangeTestPage
from lrgui.gui.pages.schedules import SchedulesPage
from lrgui.gui.peak_hints import PeakHints
from lrgui.gui.widgets.peak_hint import PeakHint

RATES = np.geomspace(1e-7, 10, 101)
LOSSES = 0.3 + 2 / (1 + RATES / 1e-2) + RATES**2


@pytest.fixture
def pages(qtbot):
    owner = QWidget()
    qtbot.addWidget(owner)
    actions = Actions(owner)
    find = RangeTestPage(actions, RangeTestConfig())
    schedules = SchedulesPage(actions, TrainingConfig(schedule="one_cycle"))
    for page in (find, schedules):
        qtbot.addWidget(page)
        page.show()
    PeakHints(schedules, find)
    yield find, schedules
    owner.deleteLater()


def sweep(find, **fields):
    run = Run(id="sweep", kind="range_test", config=RangeTestConfig(**fields))
    find.begin(run)
    columns = {"step": np.arange(101), "learning_rate": RATES, "loss": LOSSES, "accuracy": np.zeros(101)}
    for event in (Planned(RATES, 44, 3, 1000), StepsEnded(columns), Finished(say("Reached the end."))):
        run.apply(event)
        find.follow(run, event, paused=False)


def hint_of(page):
    return page.findChild(PeakHint)


def test_that_nothing_is_offered_before_a_sweep(pages):
    assert not hint_of(pages[1]).isVisible()


def test_that_the_peak_of_the_sweep_is_offered_and_taken_with_a_click(qtbot, pages):
    find, schedules = pages
    sweep(find)
    hint, peak = hint_of(schedules), find.advice.peak.learning_rate
    assert hint.isVisible()
    qtbot.mouseClick(hint.button, Qt.MouseButton.LeftButton)
    assert schedules.form.value().learning_rate == pytest.approx(peak)
    assert not hint.isVisible()


def test_that_a_schedule_without_a_peak_gets_no_offer_and_one_with_a_warm_up_does(pages):
    find, schedules = pages
    sweep(find)
    for schedule, offered in (("cosine", False), ("cosine,warmup=1ep", True), ("constant", False)):
        schedules.form.set_value(TrainingConfig(schedule=schedule))
        assert hint_of(schedules).isVisible() is offered


def test_that_the_sweep_of_another_experiment_has_no_say_but_that_of_another_seed_has(pages):
    find, schedules = pages
    sweep(find, optimizer="sgd")
    assert not hint_of(schedules).isVisible()
    sweep(find, seed=7)
    assert hint_of(schedules).isVisible()


def test_that_the_chip_of_the_peak_puts_the_marker_there(pages):
    find, _ = pages
    sweep(find)
    chip = next(chip for chip in find.chips.findChildren(type(find.chips._chips[0])) if "Peak" in chip.text())
    chip.click()
    assert find.learning_rate == pytest.approx(find.advice.peak.learning_rate, rel=0.01)
    assert find.plot.suggestions.evidence is find.advice.peak.evidence
