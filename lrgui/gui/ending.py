"""The window's end: what it remembers, and in which order its parts are closed."""

from typing import TYPE_CHECKING

from lrgui.core.messages import say

if TYPE_CHECKING:
    from lrgui.gui.main_window import MainWindow
    from lrgui.gui.pages.page import Page

FORM = "form"
"""Under this name the heights of the cards of the first page's form are remembered."""

# Longer than TensorFlow's import takes, which cannot be interrupted.
_CLOSE_TIMEOUT_MS = 30_000
# For the last rows to be written; a disk that takes longer is not waited for.
_HISTORY_TIMEOUT_SECONDS = 5.0


def end(window: "MainWindow") -> bool:
    """Remember sizes and configs, end the run, then the thread; return whether the window may close.

    It stays, and says so, where somebody is asked first or a run does not end in time.
    """
    if window.safety is not None and window.safety.holds_back():
        return False
    _end_what_leads_to_runs(window)
    remember(window)
    window.hide()
    if window.runner.shutdown(_CLOSE_TIMEOUT_MS) or window.runner.importing:
        _close_files(window)
        return True
    window.show()
    told = say("The run has not ended yet: close again in a moment.")
    window.tell(told)
    if window.safety is not None:
        window.safety.stuck.tell(told)
    return False


def remember(window: "MainWindow") -> None:
    """Write down how the window lies and what its forms say."""
    window.settings.remember_layout("window", window.saveGeometry())
    for name in window.pages:
        _remember_page(window, name, window.pages[name])
    window.settings.remember_heights(FORM, window.find_page.form.card_heights())
    window.settings.save()


def _end_what_leads_to_runs(window: "MainWindow") -> None:
    window.desk.series.clear()
    if window.lessons is not None:
        window.lessons.session.rest()
    window.adder.end()
    if window.loading is not None:
        window.loading.close()
    if window.presentation is not None:
        window.presentation.end()


def _close_files(window: "MainWindow") -> None:
    window.history_desk.close()
    window.export_desk.close()
    window.history.close(_HISTORY_TIMEOUT_SECONDS)
    if window.safety is not None:
        window.safety.close()


def _remember_page(window: "MainWindow", name: str, page: "Page") -> None:
    page.fold(False)  # as wide as somebody wanted it
    for part, splitter in page.splitters().items():
        window.settings.remember_layout(name + part, splitter.saveState())
    if (config := page.config()) is not None:
        window.settings.remember_config(config)
