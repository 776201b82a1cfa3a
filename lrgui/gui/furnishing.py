"""What the window needs beside its frame: the desks, made piece by piece while the frame is already seen."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lrgui.worker import Jobs, Runner

if TYPE_CHECKING:
    from lrgui.gui.main_window import MainWindow

FIRST_PAGE = "find"


def furnish(window: "MainWindow", runner: Runner, jobs: Jobs) -> Iterator[None]:
    """Make the desks, join them to the window, and show the first page; there is a rest after each piece.

    Parameters
    ----------
    window : MainWindow
        Its frame stands already.
    runner : Runner
        Where runs are started; the window shuts it down when it closes.
    jobs : Jobs
        What can be run.
    """
    window.runner, window.jobs = runner, jobs
    _run_desks(window)
    yield
    _history(window)
    yield
    _export(window)
    _doors(window)
    yield
    import lrgui.gui.pages.range_test  # noqa: F401 (a piece of its own)

    yield
    window.complete(FIRST_PAGE)


def furnished(window: "MainWindow", runner: Runner, jobs: Jobs) -> "MainWindow":
    """Return the window with all there is to it, made at once."""
    for _ in furnish(window, runner, jobs):
        pass
    return window


def _run_desks(window: "MainWindow") -> None:
    from lrgui.gui.compare_desk import CompareDesk
    from lrgui.gui.run_desk import RunDesk

    window.desk = RunDesk(window, window.settings, window.runner, window.jobs, window.actions_, window.pages)
    window.desk.told.connect(window.tell)
    window.desk.previews.refused.connect(window.notify_of)
    window.desk.previews.accepted.connect(window.put_away)
    window.compare_desk = CompareDesk(window.desk)


def _history(window: "MainWindow") -> None:
    """Keep the history, behind the desks, where a run that starts gets its name."""
    from lrgui.gui.history_desk import HistoryDesk
    from lrgui.gui.history_keeper import HistoryKeeper

    window.history = HistoryKeeper(window.settings.profile, window.runner, window)
    window.history.told.connect(window.notify_of)
    parts = window.history, window.runner, window.jobs, window.actions_, window.pages
    window.history_desk = HistoryDesk(window, *parts)
    window.history_desk.told.connect(window.tell)
    window.history_desk.noted.connect(window.notify_of)


def _export(window: "MainWindow") -> None:
    from lrgui.gui.export_desk import ExportDesk

    parts = window.settings, window.runner, window.jobs, window.actions_, window.pages, window.history
    window.export_desk = ExportDesk(window, *parts)
    window.export_desk.told.connect(window.tell)


def _doors(window: "MainWindow") -> None:
    """Let files come in: runs, data and models."""
    from lrgui.gui import data_opener, model_opener
    from lrgui.gui.data_adder import DataAdder
    from lrgui.gui.opening import Opener

    window.adder = DataAdder(window, window.jobs.add_data)
    window.opener = Opener(window)
    window.opener.refused.connect(window.notify_of)
    window.opener.handle([".lrrun"], window.history_desk.opener.open_file)
    window.model_opener = model_opener.ModelOpener(window, window.desk)
    window.model_opener.told.connect(window.tell)
    window.data_opener = data_opener.DataOpener(window, window.desk, window.actions_["preview"])
    window.data_opener.told.connect(window.tell)
    window.data_opener.refused.connect(window.notify_of)
    window.opener.handle(data_opener.SUFFIXES, window.data_opener.open_path)
    window.opener.handle_folders(window.data_opener.open_path)
    window.opener.handle(model_opener.SUFFIXES, window.model_opener.open_path)  # a Python file may be both
    for name, slot in (("add_data", window.adder.ask), ("open", window.opener.ask)):
        window.actions_[name].triggered.connect(slot)
    window.actions_["open_folder"].triggered.connect(window.opener.ask_for_folder)
