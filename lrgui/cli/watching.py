"""Says on stderr that a run shows no progress any more; the run's own thread may hang."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

from lrgui.core.control import Control
from lrgui.core.events import Event
from lrgui.core.messages import say
from lrgui.core.patience import Limits, Patience, told_of_silence
from lrgui.core.runs import Run

_LOOK_SECONDS = 1.0


@contextmanager
def watched(
    run: Run, control: Control, stderr: TextIO, who: str, limits: Limits | None = None
) -> Iterator[Callable[[Event], None]]:
    """Watch a run, and yield what is to be called with each of its events, when the run has taken it in.

    Parameters
    ----------
    run, control
        What is watched, and whether it waits for its pace.
    stderr : text stream
        Where to say it.
    who : str
        Who says it.
    limits : Limits, optional
        How long a run may be silent.
    """
    patience, over = Patience(limits), threading.Event()

    def look() -> None:
        while not over.wait(_LOOK_SECONDS):
            if control.holding:
                patience.rest()
            elif patience.over:
                told = told_of_silence(run, patience.silent)
                hint = say("Ctrl+C stops it and keeps what it has; if nothing happens then, a second one quits.")
                stderr.write(f"{who}: {told} {hint}\n")
                stderr.flush()
                patience.wait_on()

    watcher = threading.Thread(target=look, name="watchdog", daemon=True)
    watcher.start()
    try:
        yield lambda event: patience.take(run, event)
    finally:
        over.set()
        watcher.join()
