"""The command line says when a run shows no progress any more."""

import io
import time

import numpy as np

from lrgui.cli.watching import watched
from lrgui.core.config import TrainingConfig
from lrgui.core.control import Control
from lrgui.core.events import Planned, StepsEnded
from lrgui.core.patience import Limits
from lrgui.core.runs import Run, fresh_id

QUICK = Limits(stepping=0.2, slow=0.2)


def stepped(watch, run):
    for event in (Planned(np.full(44, 1e-3), 44, 1, 10), StepsEnded({"step": np.arange(4), "loss": np.ones(4)})):
        run.apply(event)
        watch(event)


def test_that_a_run_that_hangs_is_told_of_on_stderr_with_the_way_out():
    run, control, stderr = Run(fresh_id(), "training", TrainingConfig()), Control(), io.StringIO()
    with watched(run, control, stderr, "lrgui train", QUICK) as watch:
        stepped(watch, run)
        until = time.monotonic() + 10
        while not stderr.getvalue() and time.monotonic() < until:
            time.sleep(0.02)
    said = stderr.getvalue()
    assert said.startswith("lrgui train: The run has shown no progress for 1 s, since step 4:")
    assert "Ctrl+C stops it" in said


def test_that_a_run_that_is_held_is_left_alone():
    run, control, stderr = Run(fresh_id(), "training", TrainingConfig()), Control(), io.StringIO()
    control.pause()
    with watched(run, control, stderr, "lrgui train", QUICK) as watch:
        stepped(watch, run)
        time.sleep(1.5)
    assert stderr.getvalue() == ""
