"""Runs of the history, back in the pages: shown as if they had just ended, laid over others, or run again."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QObject, Signal

from lrgui.core.config import RangeTestConfig, TrainingConfig
from lrgui.core.messages import Message, Refused, say
from lrgui.core.runs import Run, RunStatus
from lrgui.gui.pages.page import PAGE_OF
from lrgui.gui.pages.range_test import RangeTestPage
from lrgui.gui.pages.stack import PageStack
from lrgui.gui.repeats import Repeats
from lrgui.gui.words import show
from lrgui.worker import Jobs, Runner

if TYPE_CHECKING:
    from lrgui.core.store import Entry, Store
    from lrgui.gui.history_reader import HistoryReader
    from lrgui.gui.pages.page import RunPage
    from lrgui.gui.pages.training import TrainingPage

OVERLAID = ("range_test", "training")
"""The kinds of runs that can be laid over others."""

GOING = (RunStatus.WAITING, RunStatus.RUNNING)

_TOLD_MS = 10_000
_MOST_OVERLAID = 12

_ELSEWHERE = say("This run goes on in another window of the program: open it when it has ended.")
_BUSY = say("A run is still going on that page: stop it or wait for its end, then open this one.")


class RunOpener(QObject):
    """Reads whole runs, and hands them to the pages that they belong to.

    ``told(Message, int)`` carries a sentence for the status bar and for how many milliseconds it is to stand there,
    ``noted(Message)`` one that is to stand until it is put away.

    Parameters
    ----------
    parent : QObject
        Its owner.
    runner, jobs
        Where runs go, and what can be run.
    pages : PageStack
        Where the pages are; none of them needs to be built yet.
    reader : callable
        Returns who reads the history.
    """

    told = Signal(object, int)
    noted = Signal(object)

    def __init__(
        self, parent: QObject, runner: Runner, jobs: Jobs, pages: PageStack, reader: "Callable[[], HistoryReader]"
    ) -> None:
        super().__init__(parent)
        self._runner, self._pages, self._reader = runner, pages, reader
        self._repeats = Repeats(runner, jobs, reader, self)

    @property
    def _train_page(self) -> "TrainingPage":
        return cast("TrainingPage", self._pages["train"])

    @property
    def _find_page(self) -> RangeTestPage:
        return cast(RangeTestPage, self._pages["find"])

    def open(self, entry: "Entry") -> None:
        """Show a run in its page; one that goes on here is there already."""
        if entry.kind not in PAGE_OF:
            return
        if (going := self._runner.run) is not None and going.id == entry.id:
            self._pages.show_page(PAGE_OF[entry.kind])
        elif entry.status in GOING:
            self._tell(_ELSEWHERE)
        else:
            self._load([entry.id], self.show_runs)

    def open_file(self, path: Path) -> None:
        """Take the run in a file into the history, and open it in its page."""
        from lrgui.gui.run_files import taken_in, told_of

        def take(found: Run | Refused) -> None:
            if isinstance(found, Refused):
                self.noted.emit(found.message)
            else:
                self._tell(told_of(path))
                self.show_runs([self._as_named_here(found)])

        self._reader().ask(f"file {path}", lambda store: taken_in(store, path), take)

    def overlay(self, picked: "Sequence[Entry]", current: "Entry | None") -> None:
        """Lay the selected runs over what the pages show: trainings as lines, sweeps as thin curves."""
        entries = [entry for entry in picked if entry.kind in OVERLAID and entry.status not in GOING]
        if len(entries) > _MOST_OVERLAID:
            self._tell(say("At most {most} runs can be laid over each other at once.", most=_MOST_OVERLAID))
            return
        page = PAGE_OF[current.kind if current in entries and current else entries[0].kind]

        def take(runs: list[Run]) -> None:
            for run in runs:
                if isinstance(run.config, RangeTestConfig):
                    self._find_page.overlay(run)
                elif isinstance(run.config, TrainingConfig):
                    self._train_page.add_run(run)
                else:
                    self._tell(self._why_not(run) or say("This run cannot be drawn there."))
            self._pages.show_page(page)

        self._load([entry.id for entry in entries], take)

    def repeat(self, run_id: str) -> None:
        """Run a run again, with the same config, seed and moves of the slider.

        A comparison that was broken off goes on where it was.
        """
        self._load([run_id], self._repeat)

    def _repeat(self, runs: list[Run]) -> None:
        for run in runs:
            if (problem := self._why_not(run)) is not None:
                self._tell(problem)
                continue
            page = cast("RunPage[Any]", self._pages[PAGE_OF[run.kind]])
            page.show_config(run.config)
            self._pages.show_page(PAGE_OF[run.kind])
            try:
                self._repeats.start(run, partial(show, page.verdict.setText))
            except Refused as refused:
                self._tell(refused.message)

    def _load(self, run_ids: list[str], then: Callable[[list[Run]], None]) -> None:
        """Have ``then`` called with whole runs; one that cannot be read is told of, and left out."""

        def take(found: list[Run | Refused]) -> None:
            for each in found:
                if isinstance(each, Refused):
                    self._tell(each.message)
            then([self._as_named_here(run) for run in found if isinstance(run, Run)])

        self._reader().ask("load", lambda store: [_loaded(store, run_id) for run_id in run_ids], take)

    def _as_named_here(self, run: Run) -> Run:
        """Give a run a name of its own: pages and legends call it by that, and every session has its first run."""
        others = {line.run.name for line in self._train_page.runs.lines if line.run.id != run.id}
        if not run.name or run.name in others:
            from lrgui.gui.widgets.history_words import KINDS, when

            run.name = f"{run.name or KINDS.get(run.kind, run.kind)}, {when(run.started)}"
        return run

    def show_runs(self, runs: list[Run]) -> None:
        """Show whole runs in their pages, the last of them in front."""
        for run in runs:
            problem = self._why_not(run)
            if problem is not None:
                self._tell(problem)
            else:
                self._pages.show_page(PAGE_OF[run.kind])
                cast("RunPage[Any]", self._pages[PAGE_OF[run.kind]]).open_run(run)
                self._tell_of_own_files(run)

    def _tell_of_own_files(self, run: Run) -> None:
        """Say so if the file that a run's model came from is gone, or is another one now."""
        from lrgui.core.own_files import changed_since

        if (told := changed_since(run.config, run.planned.model_content if run.planned else "")) is not None:
            self.noted.emit(told)

    def _why_not(self, run: Run) -> Message | None:
        """Say why a run cannot be opened now, or nothing."""
        from lrgui.core.store import UnreadableConfig

        if isinstance(run.config, UnreadableConfig):
            return run.config.message
        going = self._runner.run
        return _BUSY if going is not None and going.kind == run.kind else None

    def _tell(self, message: Message) -> None:
        self.told.emit(message, _TOLD_MS)


def _loaded(store: "Store", run_id: str) -> Run | Refused:
    try:
        return store.load(run_id)
    except Refused as refused:
        return refused
