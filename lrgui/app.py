"""The composition root: builds the window with all that it needs."""

import gc
import signal
import sys
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from lrgui import jobs
from lrgui.core.profile import COMPARISONS, user_profile
from lrgui.core.trust import keep_in
from lrgui.gui.errors import ExceptHook
from lrgui.gui.main_window import MainWindow
from lrgui.gui.settings import Settings
from lrgui.gui.theme import themes
from lrgui.gui.words import language_of_the_system, words
from lrgui.worker import Jobs, Runner


def create_window(profile: Path) -> MainWindow:
    """Build the window; settings and store lie under ``profile``. Needs a ``QApplication``."""
    settings = Settings(profile)
    keep_in(profile)
    themes.choose(settings.theme)
    words.choose(settings.language or language_of_the_system())
    window = MainWindow(settings, Runner(), _jobs(settings))
    themes.dress()
    return window


def _jobs(settings: Settings) -> Jobs:
    def load() -> None:
        jobs.load_training(settings.threads)

    compare = partial(jobs.compare, folder=settings.profile / COMPARISONS)
    previews = jobs.preview, jobs.fetch_and_preview, jobs.describe
    saves = jobs.save_model, jobs.at_hand, jobs.write_logs
    return Jobs(jobs.find, jobs.train, load, *previews, jobs.add_data, compare, *saves)


def create_application() -> QApplication:
    """Return the application, made once, with the style that the themes are drawn for."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setApplicationName("lrgui")
    app.setApplicationDisplayName("Learning-Rate Lab")
    app.setStyle("Fusion")
    themes.follow_system()
    return app


def main() -> int:
    """Open the window, and return the exit code when it is closed."""
    app = create_application()
    window = create_window(user_profile())
    ExceptHook(window)
    # Qt's loop never comes back to Python for an interrupt from the terminal: let that end the program at once.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    window.show()
    QTimer.singleShot(0, _collect_garbage)
    return app.exec()


def _collect_garbage() -> None:
    """From now on, and without what start-up has made."""
    gc.freeze()
    gc.enable()
