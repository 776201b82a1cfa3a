"""Cycles of start, pause, resume, stop, cancel, close and reopen at random moments, in windows without a screen."""

import random
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox

from lrgui.core.config import RangeTestConfig, TrainingConfig
from tests.gui.fake_jobs import fake_jobs, sweep, training
from tests.gui.windows import make_window

VERBS = ("pause", "pause", "pause", "stop", "cancel", "find", "train", "factor", "page", "close")
MOMENTS_MS = (0, 1, 5, 20, 60)
PAGES = ("find", "train", "history")

_HANG_SECONDS = 60.0


class Cycles:
    """Hands that begin something and then do anything. One window at a time.

    ``done`` counts what was done, ``hung`` tells what did not end. ``make`` builds a window for a profile.
    """

    def __init__(self, profile: Path, seed: int, make: Callable[[Path], object] | None = None) -> None:
        self.profile, self.chance = profile, random.Random(seed)
        self.done: Counter[str] = Counter()
        self.threads: list = []
        self._make = make or _with_quick_jobs
        self._window = None

    def go(self, cycles: int) -> None:
        """Do so many cycles, and close what is open."""
        for _ in range(cycles):
            self._begin()
            for _ in range(self.chance.randint(1, 4)):
                wait(self.chance.choice(MOMENTS_MS))
                self._do(self.chance.choice(VERBS))
        self.close()

    def _open(self):
        if self._window is None:
            self._window = self._make(self.profile)
            self.threads.append(self._window.runner._thread)
            self._window.show()
            self.done["open"] += 1
        return self._window

    def _begin(self) -> None:
        window, chance = self._open(), self.chance
        window.find_page.form.set_value(RangeTestConfig(batch_size=chance.choice((16, 32)), steps=40))
        window.train_page.form.set_value(TrainingConfig(epochs=chance.choice((1, 3, 300))), ["epochs"])
        self._do(chance.choice(("find", "train")))

    def _do(self, verb: str) -> None:
        window = self._window
        if window is None:
            return
        self.done[verb] += 1
        if verb == "close":
            self.close()
        elif verb == "factor":
            window.runner.set_factor(self.chance.choice((0.1, 1.0, 3.0)))
        elif verb == "page":
            window.pages.show_page(self.chance.choice(PAGES))
        else:
            window.actions_[verb].trigger()

    def finish(self) -> None:
        """Let a last run go from its start to its end: whatever was done before, it can."""
        window = self._open()
        wait_until(lambda: self._cancelled(window))
        window.find_page.form.set_value(RangeTestConfig(steps=40))
        ended: list = []
        window.runner.run_ended.connect(ended.append)
        window.actions_["find"].trigger()
        wait_until(lambda: ended)
        assert ended[0].ended and len(ended[0].steps)
        self.close()

    @staticmethod
    def _cancelled(window) -> bool:
        window.actions_["cancel"].trigger()
        return not window.runner.busy

    def close(self) -> None:
        """Close the window, and throw it away."""
        window, self._window = self._window, None
        if window is None:
            return
        answer = QTimer(window, interval=20)
        answer.timeout.connect(lambda: _yes(window))
        answer.start()
        began = time.monotonic()
        while not window.close():  # it may ask first what becomes of a run
            wait(20)
            assert time.monotonic() - began < _HANG_SECONDS, "a window that does not close"
        answer.stop()
        wait_until(window.runner._thread.isFinished)
        window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _yes(window) -> None:
    """Answer a question of the window as somebody does who wants to leave."""
    for box in window.findChildren(QMessageBox):
        if box.isVisible() and (button := box.defaultButton() or next(iter(box.buttons()), None)) is not None:
            button.click()


def _with_quick_jobs(profile: Path):
    return make_window(profile, fake_jobs(find=sweep(seconds=0.002), train=training(seconds=0.002)))


def wait(milliseconds: int) -> None:
    """Let the window work for a while."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def wait_until(true: Callable[[], object]) -> None:
    """Let the window work until something is so.

    Raises
    ------
    AssertionError
        It took too long: something hangs.
    """
    until = time.monotonic() + _HANG_SECONDS
    while not true():
        assert time.monotonic() < until, "it hangs"
        wait(10)


def left_behind(before: set) -> list:
    """Return the windows that are there and were not before."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return [widget for widget in QApplication.topLevelWidgets() if widget not in before]
