"""What there is to export on each page, and what may be in the way of it now."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from lrgui.core.config import Config, Experiment
from lrgui.core.messages import Message, Refused, say
from lrgui.core.runs import Run, RunStatus
from lrgui.gui.history_keeper import HistoryKeeper
from lrgui.gui.pages.stack import PageStack
from lrgui.worker import Jobs, Runner

if TYPE_CHECKING:
    from lrgui.core.store import Kept
    from lrgui.export.exporting import Makers
    from lrgui.gui.export_choice import Subject
    from lrgui.gui.export_drawer import Drawer
    from lrgui.gui.pages.compare import ComparePage
    from lrgui.gui.pages.descent import DescentPage
    from lrgui.gui.pages.history import HistoryPage
    from lrgui.gui.pages.range_test import RangeTestPage
    from lrgui.gui.pages.schedules import SchedulesPage
    from lrgui.gui.pages.training import TrainingPage

_WORTH_SAVING = (RunStatus.FINISHED, RunStatus.STOPPED)

_NOTHING = {
    "find": say("There is no sweep to export yet: press Find first."),
    "train": say("There is no run to export yet: train first, or select one in the table."),
    "compare": say("There is no comparison to export yet: press Compare first."),
    "history": say("Select the runs that are to be exported."),
    "schedules": say("Something in the form is wrong: there is no schedule to export."),
}
_GOES_ON = say("This run goes on: wait until it has ended, or stop it, then export it.")
_BUSY = say("It waits for the run that goes on now: it is offered when that has ended.")
_GONE = say("Its model is no longer here: train it again, then save it.")


class ExportSources:
    """Knows what the page in front can become.

    Parameters
    ----------
    runner, jobs
        Whose runs leave models, and what can be made.
    pages : PageStack
        Where the pages are; none of them needs to be built yet.
    keeper : HistoryKeeper
        Who has the history.
    drawer : callable
        Returns who draws pictures for other threads; called when something is to be exported.
    """

    def __init__(
        self, runner: Runner, jobs: Jobs, pages: PageStack, keeper: HistoryKeeper, drawer: "Callable[[], Drawer]"
    ) -> None:
        self._runner, self._jobs, self._pages, self._keeper, self._drawer = runner, jobs, pages, keeper, drawer
        self._last: dict[Config, str] = {}
        """Which run has left the model of a config."""

    def note(self, run: Run) -> None:
        """Remember whose weights are there: a later run of the same config may leave others."""
        if run.kind == "training":
            self._last[run.config] = run.id

    @property
    def has_model(self) -> bool:
        """Whether a training is selected that has come to something, and nothing runs."""
        run = self._run() if self._pages.current == "train" else None
        worth = run is not None and run.kind == "training" and run.status in _WORTH_SAVING and bool(len(run.steps))
        return worth and not self._runner.busy

    def _run(self) -> Run | None:
        """Return the run of the page in front, if it shows one."""
        page = self._pages[self._pages.current]
        match self._pages.current:
            case "find":
                return cast("RangeTestPage", page).run
            case "train":
                return cast("TrainingPage", page).table.current_run()
            case "compare":
                return cast("ComparePage", page).run
        return None

    def subject(self) -> "Subject | Message":
        """Return what there is to export on the page in front, or why there is nothing."""
        name = self._pages.current
        makers: dict[str, Callable[[], Subject | Message]] = {
            "schedules": self._plan,
            "descent": self._walks,
            "history": self._selected,
        }
        if name in makers:
            return makers[name]()
        run = self._run()
        return _NOTHING[name] if run is None else self.of_run(run)

    def of_run(self, run: Run) -> "Subject | Message":
        """Return what a run can become, or why nothing."""
        from lrgui.gui.export_subjects import run_subject

        return run_subject(self._kept(run), self._makers(), partial(self._not_now, run)) if run.ended else _GOES_ON

    def _kept(self, run: Run) -> "Kept":
        """Return a run with what the history has of it."""
        from lrgui.core.store import Kept

        try:
            return replace(self._keeper.store.kept(run.id), run=run)  # all of it: the last rows may not be written yet
        except Refused:  # it is not written yet, or there is no history
            return Kept.of(run)

    def _not_now(self, run: Run | None, name: str) -> Message | None:
        """Say what is in the way at the moment: another run, or that its weights have gone."""
        from lrgui.gui.export_subjects import BETWEEN_RUNS

        if name == "keras" and run is not None and self._last.get(run.config) != run.id:
            return _GONE
        return _BUSY if self._runner.busy and name in BETWEEN_RUNS else None

    def _makers(self) -> "Makers":
        from lrgui.export.exporting import Makers

        return Makers(self._drawer().render, self._save_model, self._jobs.write_logs)

    def _save_model(self, kept: "Kept", path: Path) -> Message:
        assert isinstance(kept.run.config, Experiment)
        return self._jobs.save(kept.run.config, path)

    def _plan(self) -> "Subject | Message":
        from lrgui.gui.export_subjects import plan_subject

        page = cast("SchedulesPage", self._pages["schedules"])
        config = page.form.value()
        return _NOTHING["schedules"] if config is None else plan_subject(config, page.plot, self._drawer())

    def _walks(self) -> "Subject":
        from lrgui.gui.export_subjects import walk_subject

        page = cast("DescentPage", self._pages["descent"])
        for path in page.walks.paths:
            path.extend_to(path.steps)
        return walk_subject(page.walks.paths, self._drawer())

    def _selected(self) -> "Subject | Message":
        from lrgui.gui.export_many import many_subject

        entries = cast("HistoryPage", self._pages["history"]).selected()
        ended = [entry for entry in entries if entry.status not in (RunStatus.WAITING, RunStatus.RUNNING)]
        if not ended:
            return _GOES_ON if entries else _NOTHING["history"]
        if len(ended) > 1:
            return many_subject(
                self._keeper.store, [entry.id for entry in ended], self._makers(), partial(self._not_now, None)
            )
        try:
            return self.of_run(self._keeper.store.load(ended[0].id))
        except Refused as refusal:
            return refusal.message
