"""The composition root: builds the window with all that it needs."""

import gc
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QFileOpenEvent, QIcon
from PySide6.QtWidgets import QApplication, QWidget

from lrgui import __version__
from lrgui.core.profile import COMPARISONS, user_profile
from lrgui.core.trust import keep_in
from lrgui.gui.arrival import Arrival
from lrgui.gui.errors import ExceptHook
from lrgui.gui.main_window import MainWindow
from lrgui.gui.settings import Settings
from lrgui.gui.system_look import take_own_place_in_taskbar
from lrgui.gui.theme import themes
from lrgui.gui.words import language_of_the_system, words
from lrgui.resources import resource

if TYPE_CHECKING:
    from lrgui.core.control import Control
    from lrgui.core.events import Emit
    from lrgui.worker import Jobs

NAME = "lrgui"
"""What desktops know the program by: the name of its entry, and the class of its windows."""

_LIBRARIES = ("numpy", "pydantic", "pyqtgraph")
_MODULES = ("lrgui.core.config", "lrgui.gui.plots.plot", "lrgui.gui.widgets.form")
"""What takes long to import, in pieces; the window's frame is there before."""

# How long the window waits for Python's lock while an import or a run holds it in another thread; by itself five times.
_SWITCH_SECONDS = 0.001

# The window paints first; only then the log is opened, and what is left of a crash looked for.
_WATCH_AFTER_MS = 50


def create_window(profile: Path) -> MainWindow:
    """Build the window at once; settings and store lie under ``profile``. Needs a ``QApplication``."""
    window = _frame(profile)
    for _ in _pieces(window):
        pass
    themes.dress()
    return window


def _frame(profile: Path) -> MainWindow:
    """Return the window as it is before its desks come: nothing that takes long to import is needed for it."""
    settings = Settings(profile)
    keep_in(profile)
    themes.choose(settings.theme)
    words.choose(settings.language or language_of_the_system())
    return MainWindow(settings)


def _import_libraries() -> None:
    for name in _LIBRARIES:
        import_module(name)


def _pieces(window: MainWindow) -> Iterator[None]:
    """Complete the window; there is a rest after each piece."""
    for name in _MODULES:
        import_module(name)
        yield
    from lrgui.gui.furnishing import furnish
    from lrgui.worker import Runner

    yield
    yield from furnish(window, Runner(), _jobs(window.settings))


def _jobs(settings: Settings) -> "Jobs":
    from lrgui import jobs
    from lrgui.worker import Jobs

    def load() -> None:
        jobs.load_training(settings.threads, settings.profile)

    def load_again() -> None:
        jobs.load_training_again(settings.threads, settings.profile)

    def find(config: Any, emit: "Emit", control: "Control") -> None:
        jobs.find(config, emit, control, settings.placement.on if config.repeats > 1 else None)

    def compare(config: Any, emit: "Emit", control: "Control") -> None:
        jobs.compare(config, emit, control, settings.profile / COMPARISONS, settings.placement.on)

    previews = jobs.preview, jobs.fetch_and_preview, jobs.describe
    saves = jobs.save_model, jobs.at_hand, jobs.write_logs
    clusters = jobs.missing_for, jobs.leave_clusters
    return Jobs(find, jobs.train, load, *previews, jobs.add_data, compare, *saves, load_again, *clusters)


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
    sys.setswitchinterval(_SWITCH_SECONDS)
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
    assert isinstance(app, Application)
    window = _frame(user_profile())
    themes.dress()
    for part in window.statusBar().findChildren(QWidget):
        part.ensurePolished()  # else the bar would find its height only after the first paint
    ExceptHook(window)
    # Qt's loop never comes back to Python for an interrupt from the terminal: let that end the program at once.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    window.show()
    waiting = [Path(file) for file in files]
    app.file_opened.connect(waiting.append)
    Arrival(window, _import_libraries, _pieces(window), partial(_arrived, app, window, waiting))
    exit_code = app.exec()
    if window.importing or not window.whole:  # where something broke on the way, nobody ends the threads
        _leave(exit_code)
    return exit_code


def _arrived(app: "Application", window: MainWindow, waiting: Sequence[Path]) -> None:
    """Begin what a complete window does; open the files that were handed to it meanwhile."""
    app.file_opened.disconnect()
    app.file_opened.connect(window.opener.open_path)
    for file in waiting:
        window.opener.open_path(file)
    QTimer.singleShot(0, _collect_garbage)
    QTimer.singleShot(_WATCH_AFTER_MS, partial(_watch, window))


def _leave(exit_code: int) -> NoReturn:
    """End the process at once: a thread that still goes on, as in an import, would crash its regular end."""
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
