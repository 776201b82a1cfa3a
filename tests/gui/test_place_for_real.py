"""Comparisons from the window in a real process beside it."""

import subprocess
import sys

import pytest

from lrgui import jobs
from lrgui.app import _jobs
from lrgui.core.config import Arm, ComparisonConfig
from lrgui.core.config.place import Placement, Processes
from lrgui.core.config.schedule import Cosine
from lrgui.core.runs import RunStatus
from lrgui.gui.widgets.spread_strip import SpreadStrip
from tests.gui.fake_jobs import fake_jobs
from tests.gui.windows import make_window, shown

FOUR = ComparisonConfig(epochs=80, seeds=2, arms=(Arm(), Arm(schedule=Cosine())))
STARTING_MS = 60_000
"""A process that imports TensorFlow on a computer that is busy with other things."""


def test_that_dask_is_not_imported_before_runs_go_there():
    code = (
        "import sys, lrgui.app, lrgui.gui.furnishing, lrgui.gui.place_dialog, lrgui.gui.place_desk, lrgui.jobs\n"
        "from lrgui.core.config.place import Processes\n"
        "lrgui.jobs.missing_for(Processes())\n"
        "lrgui.jobs.leave_clusters()\n"
        "assert not {'dask', 'distributed', 'tornado'} & sys.modules.keys()"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


@pytest.fixture
def window(qtbot, tmp_path):
    pytest.importorskip("distributed")

    def compare(config, emit, control):
        _jobs(window.settings).compare(config, emit, control)

    window = shown(qtbot, make_window(tmp_path, fake_jobs(compare=compare)))
    window.pages.show_page("compare")
    window.compare_desk.places.choose(Placement(on=Processes(workers=1)))
    yield window
    jobs.leave_clusters()


def test_that_a_comparison_goes_to_a_process_beside_the_window_is_stopped_and_goes_on(qtbot, window):
    page = window.pages["compare"]
    page.form.show_comparison(FOUR)
    window.actions_["compare"].trigger()
    run = window.runner.run
    qtbot.waitUntil(lambda: run.spread is not None and run.spread.done >= 1, timeout=STARTING_MS)
    assert page.findChild(SpreadStrip).told.text().startswith("In one process of its own: workers 1, running 1")
    with qtbot.waitSignal(window.runner.run_ended, timeout=10_000):
        window.actions_["stop"].trigger()
    assert run.status is RunStatus.STOPPED
    finished = sum(end.how == "finished" for end in run.arm_ends)
    assert 1 <= finished < 4
    assert window.actions_["compare"].text() == "Go on"
    with qtbot.waitSignal(window.runner.run_ended, timeout=STARTING_MS):
        window.actions_["compare"].trigger()
    again = page.run
    assert again.status is RunStatus.FINISHED
    assert len(again.arm_ends) == 4 and len(again.steps) == len(again.planned.learning_rates)
    assert again.spread.done == 4 - finished
