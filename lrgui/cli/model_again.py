"""The model of a run whose process is gone: trained again from the same seed, which gives the same weights."""

from pathlib import Path

from lrgui import jobs
from lrgui.cli.command import Command
from lrgui.cli.quiet import quiet_libraries
from lrgui.cli.work import carry_out
from lrgui.core.config import Execution
from lrgui.core.messages import Message, Refused, say
from lrgui.core.repeats import compare_runs
from lrgui.core.runs import Run, RunStatus
from lrgui.core.store import Kept


def model_again(train: Command, kept: Kept, path: Path, *, quiet: bool = True) -> Message:
    """Train again, write the model, and say what it takes and whether it is the same.

    Raises
    ------
    Refused
        The run did not go to its end, so that nobody knows where to stop; or training it again did not.
    OSError
        The file cannot be written.
    """
    original = kept.run
    if not _is_whole(original):
        raise Refused(
            say("This run was stopped half-way, and its model is gone: train again, and save that with --save.")
        )
    again = carry_out(train, original.config, Execution(), quiet=quiet, replay=original.factor_moves)
    if again.status is not RunStatus.FINISHED:
        raise Refused(again.message or say("The run ended without a word."))
    with quiet_libraries(quiet=quiet):
        note = jobs.save_model(again.config, path)
    return say("{note} It was trained again. {same}", note=note, same=compare_runs(original, again))


def _is_whole(run: Run) -> bool:
    return run.planned is not None and len(run.steps) == len(run.planned.learning_rates)
