"""The composition root: builds the window with all that it needs."""

import gc
import os
import signal
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import NoReturn

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QFileOpenEvent, QIcon
from PySide6.QtWidgets import QApplication

from lrgui import __version__, jobs
from lrgui.core.profile import COMPARISONS, user_profile
from lrgui.core.trust import keep_in
from lrgui.gui.errors import ExceptHook
from lrgui.gui.main_window import MainWindow
from lrgui.gui.settings import Settings
from lrgui.gui.system_look import take_own_place_in_taskbar
from lrgui.gui.theme import themes
from lrgui.gui.words import language_of_the_system, words
from lrgui.resources import resource
from lrgui.worker import Jobs, Runner

NAME = "lrgui"
"""What desktops know the program by: the name of its entry, and the class of its windows."""

# The window paints first; only then the log is opened, and what is left of a crash looked for.
_WATCH_AFTER_MS = 50


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
        jobs.load_training(settings.threads, settings.profile)

    def load_again() -> None:
        jobs.load_training_again(settings.threads, settings.profile)

    compare = partial(jobs.compare, folder=settings.profile / COMPARISONS)
    previews = jobs.preview, jobs.fetch_and_preview, jobs.describe
    saves = jobs.save_model, jobs.at_hand, jobs.write_logs
    return Jobs(jobs.find, jobs.train, load, *previews, jobs.add_data, compare, *saves, load_again)


class Application(QApplication):
    """The application. ``file_opened(Path)`` carries what the desktop hands to it, as macOS does at a double click."""

    file_opened = Signal(object)

    def event(self, event: QEvent) -> bool:
        """Tell of a file (Qt's hook)."""
        if isinstance(event, QFileOpenEvent) and event.file():
            self.file_opened.emit(Path(event.file()))
            return True
        return super().event(event)


def create_application() -> QApplication:
    """Return the application, made once, with the style that the themes are drawn for."""
    app = QApplication.instance() or Application([NAME])
    assert isinstance(app, QApplication)
    app.setApplicationName(NAME)
    app.setApplicationDisplayName("Learning-Rate Lab")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName(NAME)
    app.setWindowIcon(QIcon(str(resource("icons", "lrgui.svg"))))
    take_own_place_in_taskbar(NAME)
    app.setStyle("Fusion")
    themes.follow_system()
    return app


def main(files: Sequence[str] = ()) -> int:
    """Open the window, and files in it, and return the exit code when it is closed."""
    app = create_application()
    window = create_window(user_profile())
    if isinstance(app, Application):
        app.file_opened.connect(window.opener.open_path)
    ExceptHook(window)
    # Qt's loop never comes back to Python for an interrupt from the terminal: let that end the program at once.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    window.show()
    for file in files:
        window.opener.open_path(Path(file))
    QTimer.singleShot(0, _collect_garbage)
    QTimer.singleShot(_WATCH_AFTER_MS, partial(_watch, window))
    exit_code = app.exec()
    if window.runner.importing:
        _leave(exit_code)
    return exit_code


def _leave(exit_code: int) -> NoReturn:
    """End the process at once: a thread that hangs in an import would crash its regular end."""
    from lrgui.core import import_mark

    import_mark.lift()
    os._exit(exit_code)


def _watch(window: MainWindow) -> None:
    from lrgui.gui.watching import Watch

    Watch(window)


def _collect_garbage() -> None:
    """From now on, and without what start-up has made."""
    gc.freeze()
    gc.enable()
