"""Short versions of what ``python -m tests.load`` does at length."""

import os
import subprocess
import sys

from tests.load.retrains import grown

CYCLES = int(os.environ.get("LRGUI_CYCLES", "30"))
RETRAINS = int(os.environ.get("LRGUI_RETRAINS", "40"))
SEED = 1


def test_that_cycles_of_every_verb_at_any_moment_leave_no_window_no_thread_and_no_file_open(tmp_path):
    command = [sys.executable, "-X", "faulthandler", "-m", "tests.load.short", str(tmp_path), str(CYCLES), str(SEED)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr


def test_that_trainings_one_after_the_other_take_no_more_and_no_more_memory():
    first, last = grown(10, RETRAINS - 10)
    assert last.megabytes <= 1.05 * first.megabytes, (first, last)
    assert last.threads <= first.threads, (first, last)
    assert last.files <= first.files, (first, last)
