"""The progress of a run on stderr: a bar on a terminal, nothing elsewhere."""

from types import TracebackType
from typing import Self, TextIO

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from lrgui.core.events import Event, Planned, Progressed, Spread, StepsEnded
from lrgui.core.messages import Message, say
from lrgui.core.runs import Run


class ProgressBar:
    """A bar that is told of a run's events; use it as a context manager."""

    def __init__(self, title: Message, stderr: TextIO) -> None:
        console = Console(file=stderr)
        self._title = title
        self._bar = Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=console,
            transient=True,
            redirect_stdout=False,
            redirect_stderr=False,
            disable=not console.is_terminal,
        )
        self._task = self._bar.add_task(str(title), total=None)

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()

    def show(self, event: Event, run: Run | None = None) -> None:
        """Take in one event of a run, which has taken it in already, or of other work, which has no steps."""
        match event:
            case Progressed():
                self._prepare(event)
            case Planned():
                steps = len(event.learning_rates)
                self._bar.update(self._task, description=str(self._title), total=steps, completed=0)
            case StepsEnded() if run is not None:
                if run.spread is not None:
                    self._bar.update(self._task, completed=run.done)
                    return
                loss = say("{title}, loss {loss:.3g}", title=self._told(run), loss=float(event.columns["loss"][-1]))
                self._bar.update(self._task, description=str(loss), completed=run.done)
            case Spread():
                self._bar.update(
                    self._task, description=str(say("{title}: {spread}", title=self._title, spread=event.message))
                )

    def _told(self, run: Run) -> Message:
        repeats = run.planned.repeats if run.planned else 1
        if repeats == 1:
            return self._title
        return say("{title} {number} of {repeats}", title=self._title, number=run.place[0] + 1, repeats=repeats)

    def _prepare(self, event: Progressed) -> None:
        done = None if event.fraction is None else round(100 * event.fraction)
        total = None if done is None else 100
        self._bar.update(self._task, description=str(event.message), total=total, completed=done or 0)
