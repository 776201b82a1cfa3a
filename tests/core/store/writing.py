"""A process that makes programs to be killed: each writes runs into a history until it is gone, and logs what it does.

On its input come ``SEED PATH LOG``, on its output goes the process id of the program that was made. Forked, not started
anew: thirty of them would spend half a minute on imports.
"""

import os
import random
import signal
import sys
import time
from pathlib import Path

from lrgui.core.events import Planned
from lrgui.core.store import Store
from tests.core.store.runs import EPOCH, a_training, epoch, feed, started, steps, training_events


def write_until_killed(seed: int, path: Path, log: Path) -> None:
    """Finish a few short runs, then go on with a long one, line by line in the log with the time of each."""
    file = os.open(log, os.O_CREAT | os.O_WRONLY | os.O_APPEND)

    def note(*words: object) -> None:
        os.write(file, (" ".join(map(str, (time.monotonic(), *words))) + "\n").encode())

    store = Store(path, told=lambda message: note("told", message))
    for _ in range(random.Random(seed).randrange(4)):
        run = a_training(store)
        if store.flush():
            note("finished", run.id)
    run = started(store)
    note("begun", run.id)
    feed(store, run, [Planned(training_events(1)[0].learning_rates, EPOCH, 1, 10)])
    for number in range(100_000):
        feed(store, run, [steps(EPOCH * number, EPOCH), epoch(number)])
        note("steps", run.id, EPOCH * (number + 1))
        time.sleep(0.005)


def main() -> None:
    """Make programs until the input ends."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        seed, path, log = line.rstrip("\n").split("\t")
        if not (child := os.fork()):
            write_until_killed(int(seed), Path(path), Path(log))
        print(child, flush=True)


if __name__ == "__main__":
    main()
