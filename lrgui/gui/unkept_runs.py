"""Runs that the history cannot take because the disk is full or gone: offered to be saved elsewhere, and not lost."""

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QMessageBox

from lrgui.core.messages import Message, Refused, say
from lrgui.core.runs import Run
from lrgui.gui.choosing import choose_folder
from lrgui.gui.words import show

if TYPE_CHECKING:
    from lrgui.gui.export_choice import Progress, Target
    from lrgui.gui.export_lane import ExportLane, Outcome
    from lrgui.gui.main_window import MainWindow

_SAVE = say("Save the runs elsewhere ...")


class UnkeptRuns(QObject):
    """Offers to write them as files, each of which can be opened again: when the disk fails, and before the end.

    Parameters
    ----------
    window : MainWindow
        Whose history it is.
    """

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._saved: set[str] = set()
        self._given_up = False
        self._lane: ExportLane | None = None
        self._then: Callable[[], object] | None = None
        window.history.told.connect(self._offer)

    @property
    def runs(self) -> list[Run]:
        """Those that lie in the memory alone."""
        return [run for run in self._window.history.store.unwritten if run.id not in self._saved]

    @Slot(object)
    def _offer(self, told: Message) -> None:
        if self._window.history.store.unwritten:
            self._window.notify(told, (_SAVE, self.save))

    def asks_first(self, then: Callable[[], object]) -> bool:
        """Ask what is to become of them, if there are any; return whether the answer is to be waited for.

        Parameters
        ----------
        then : callable
            What is to be done when they are saved, or given up.
        """
        runs = [] if self._given_up else self.runs
        if not runs:
            return False
        self._window.runner.stop()
        self._box(runs, then).open()
        return True

    def _box(self, runs: list[Run], then: Callable[[], object]) -> QMessageBox:
        box = QMessageBox(QMessageBox.Icon.Warning, "Learning-Rate Lab", "", parent=self._window)
        box.setObjectName("unkept_runs")
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        count = len(runs)
        one = say("1 run of this session is not in the history, because that cannot be written now.")
        many = say(
            "{count:number} runs of this session are not in the history, because that cannot be written now.",
            count=count,
        )
        show(box.setText, one if count == 1 else many)
        words = _SAVE, say("Close without them"), say("Do not close")
        save, leave, back = (box.addButton(str(told), QMessageBox.ButtonRole.ActionRole) for told in words)
        for button, told in zip((save, leave, back), words, strict=True):
            show(button.setText, told)
            button.setIcon(QIcon())
        save.clicked.connect(lambda: self.save(then))
        leave.clicked.connect(lambda: self._give_up(then))
        box.setDefaultButton(save)
        box.setEscapeButton(back)
        return box

    def _give_up(self, then: Callable[[], object]) -> None:
        self._given_up = True
        then()

    def save(self, then: Callable[[], object] | None = None) -> None:
        """Ask for a folder, and write a file for each run into it."""
        self._then = then
        choose_folder(
            self._window,
            "unkept_folder",
            say("Save the runs in a folder"),
            lambda folder: self.save_in(Path(folder)),
            begin=str(Path.home()),
        )

    def save_in(self, folder: Path) -> None:
        """Write them there, beside the window."""
        from lrgui.gui.export_choice import Choice, Target
        from lrgui.gui.export_lane import ExportLane

        if self._lane is None:
            self._lane = ExportLane(self._window.runner, self)
            self._lane.ended.connect(self._written)
        runs = [run for run in self.runs if run.ended]
        write = partial(_write, runs, self._saved)
        choice = Choice(name="lrrun", suffix="", title=_SAVE, summary=_SAVE, write=write)
        self._lane.order(choice, Target(folder, overwrite=False, size=(0, 0)))

    @Slot(object)
    def _written(self, outcome: "Outcome") -> None:
        then, self._then = self._then, None
        if not outcome.written:
            self._window.notify(outcome.told, (_SAVE, self.save))
        elif then is None:
            self._window.notify(outcome.told)
        else:
            then()

    def close(self) -> None:
        """End the thread that has written."""
        if self._lane is not None:
            self._lane.close()


def _write(runs: list[Run], saved: set[str], target: "Target", progress: "Progress") -> Message:
    """Write a file for each run, and remember which are written."""
    from lrgui.core.store import Kept
    from lrgui.export.exporting import Makers, export
    from lrgui.export.formats import file_name, numbered

    if not target.path.is_dir():
        raise Refused(say("The folder {folder} does not exist.", folder=str(target.path)))
    for done, run in enumerate(runs):
        progress.tell(done, len(runs))
        kept = Kept.of(run)
        name = numbered([*os.listdir(target.path), file_name(kept, "lrrun")])[-1]
        export(kept, "lrrun", target.path / name, Makers())
        saved.add(run.id)
    folder = str(target.path)
    if len(runs) == 1:
        return say("1 run written to {folder}: open its file to have it in the history again.", folder=folder)
    return say(
        "{count:number} runs written to {folder}: open their files to have them in the history again.",
        count=len(runs),
        folder=folder,
    )
