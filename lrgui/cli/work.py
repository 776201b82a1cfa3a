"""Carry out a command's job: progress on stderr, and Ctrl+C as a request to stop and keep."""

import os
import signal
import traceback
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TextIO

from lrgui.cli.command import Command
from lrgui.cli.progress import ProgressBar
from lrgui.cli.quiet import quiet_libraries
from lrgui.cli.watching import watched
from lrgui.core import import_mark
from lrgui.core.config import Config, Execution
from lrgui.core.control import Control
from lrgui.core.events import Event, FactorMoved, Failed
from lrgui.core.messages import Message, Refused, say
from lrgui.core.runs import Run, fresh_id
from lrgui.core.store import Store
from lrgui.jobs import load_training

_SHOW_CURSOR = b"\x1b[?25h"


def carry_out(
    command: Command,
    config: Config,
    execution: Execution,
    *,
    quiet: bool,
    store: Store | None = None,
    run_id: str | None = None,
    replay: Iterable[FactorMoved] = (),
) -> Run:
    """Do the job on this thread, and return what came of it; it is kept in the store, if there is one.

    Libraries may print meanwhile if not ``quiet``. ``run_id`` is given where a run goes on that was broken off,
    ``replay`` where one is done again: the moves of a hand, to be made again.
    """
    run, control = Run(run_id or fresh_id(), command.kind, config, slowed=execution.pace is not None), Control(replay)
    control.pace = execution.pace

    def hear(event: Event) -> None:
        run.apply(event)
        if store is not None:
            store.take(run, event)

    if store is not None:
        store.begin(run)
    with (
        quiet_libraries(quiet=quiet) as stderr,
        stopped_by_ctrl_c(control, stderr),
        ProgressBar(command.title, stderr) as bar,
        watched(run, control, stderr, f"lrgui {command.name}") as watch,
    ):

        def emit(event: Event) -> None:
            hear(event)
            watch(event)
            bar.show(event, run)

        try:
            if not command.away:
                load_training(execution.threads, warn=lambda told: print(f"lrgui {command.name}: {told}", file=stderr))
            command.job(config, emit, control)
        except Refused as refused:
            hear(Failed(refused.message))
        except Exception as error:
            hear(Failed(_sentence(error), details=traceback.format_exc()))
    return run


def _sentence(error: Exception) -> Message:
    return say("{kind}: {error}", kind=type(error).__name__, error=str(error))


@contextmanager
def stopped_by_ctrl_c(control: Control, stderr: TextIO) -> Iterator[None]:
    """Let the first Ctrl+C ask the run to stop and keep what it has, and the second end the process at once."""

    def stop(number: int, frame: FrameType | None) -> None:
        control.stop()
        import_mark.lift()
        # Left to the system, the next one ends the process even in the middle of a long call into TensorFlow.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        # Not through the stream: the signal may have come in the middle of a write to it.
        cursor = _SHOW_CURSOR if stderr.isatty() else b""
        os.write(stderr.fileno(), cursor + str(say("Stopping; Ctrl+C again quits at once.")).encode() + b"\n")

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
