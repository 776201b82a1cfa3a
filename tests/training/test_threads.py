import os
import subprocess
import sys

import pytest

PROGRAM = """
import os, sys
from lrgui.jobs import load_training
from lrgui.training.threads import limit_threads

def seconds():
    found = {}
    for thread in os.listdir("/proc/self/task"):
        with open(f"/proc/self/task/{thread}/stat") as file:
            fields = file.read().rsplit(")", 1)[1].split()
        found[thread] = int(fields[11]) + int(fields[12])
    return found

load_training(int(sys.argv[1]) or None)
import tensorflow as tf
square = tf.random.normal((1200, 1200))
before = seconds()
for _ in range(20):
    (square @ square).numpy()
spent = sorted((after - before.get(thread, 0) for thread, after in seconds().items()), reverse=True)
print(spent[0], spent[1], limit_threads(7), limit_threads(int(sys.argv[1]) or None))
"""


def shares(threads: int) -> tuple[float, list[str]]:
    """Return the second busiest thread's share of the busiest's time, and what later calls answer."""
    result = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(threads)], capture_output=True, text=True, timeout=180, check=True
    )
    first, second, *answers = result.stdout.split()
    return int(second) / int(first), answers


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads the threads of a process from /proc")
@pytest.mark.skipif((os.cpu_count() or 1) < 2, reason="a single core")
def test_that_tensorflow_computes_on_as_many_threads_as_it_is_given():
    share_of_all, _ = shares(0)
    share_of_one, answers = shares(1)
    assert share_of_all > 0.3
    assert share_of_one < 0.1
    assert answers == ["False", "True"]
