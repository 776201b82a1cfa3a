"""Some cycles in a process that has had no other window: ``python -m tests.load.short FOLDER CYCLES SEED``."""

import gc
import sys
import threading
from pathlib import Path

from PySide6.QtWidgets import QApplication

from lrgui.app import create_application
from lrgui.gui.main_window import MainWindow
from tests.load.cycles import Cycles, left_behind
from tests.load.resources import held

_OF_QT = 2
"""Threads and files that Qt may open and close by itself."""


def main(profile: Path, count: int, seed: int) -> None:
    """Do the cycles, and hold that nothing is left of them."""
    application = create_application()
    raised: list = []
    sys.excepthook = lambda *error: raised.append(error)
    before = set(QApplication.topLevelWidgets())
    cycles = Cycles(profile, seed)
    cycles.go(10)
    first = held()
    cycles.go(count - 10)
    cycles.finish()
    assert raised == [], raised
    last = held()
    assert all(thread.isFinished() for thread in cycles.threads) and len(cycles.threads) > 3
    assert [thread.name for thread in threading.enumerate() if "history" in thread.name] == []
    assert last.threads <= first.threads + _OF_QT, (first, last)
    assert last.files <= first.files + _OF_QT, (first, last)
    assert last.megabytes <= 1.15 * first.megabytes, (first, last)
    assert [window for window in gc.get_objects() if isinstance(window, MainWindow)] == []
    assert left_behind(before) == []
    del application


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
    except AssertionError:
        # The hook of the cycles takes what nobody caught.
        sys.__excepthook__(*sys.exc_info())
        sys.exit(1)
