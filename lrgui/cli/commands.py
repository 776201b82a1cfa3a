"""The commands: read what was typed, have it done, hand out the result."""

import os
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import replace
from functools import partial

from lrgui import __version__, jobs
from lrgui.cli import (
    compare,
    confirm,
    data,
    demo,
    descend,
    desktop,
    doctor,
    export,
    history,
    importing,
    records,
    self_test,
    tables,
)
from lrgui.cli.command import Command
from lrgui.cli.keeping import add_history, opened_history
from lrgui.cli.options import BadInput, Parser, add_fields, config_from, describe_choices
from lrgui.cli.output import Output, add_output, complain
from lrgui.cli.own_files import add_trust, check_own_files
from lrgui.cli.place import carried_out, describe_places, place_from
from lrgui.cli.work import carry_out
from lrgui.core.config import Execution, RangeTestConfig, TrainingConfig
from lrgui.core.config.place import Placement
from lrgui.core.messages import Message, Text, say
from lrgui.core.runs import RunStatus

DONE, FAILED, BAD_INPUT, INTERRUPTED = 0, 1, 2, 130

_EXIT_CODE_OF = {RunStatus.FINISHED: DONE, RunStatus.STOPPED: INTERRUPTED, RunStatus.FAILED: FAILED}

_OVERVIEW = say("""\
Learning-Rate Lab: see what the learning rate does, find a good one, and train with it.

without a command, the window opens, and in it the files and folders that are named: models, data, runs (.lrrun)

commands:
  find       sweep the learning rate, see where it works, get a recommendation
  train      train at one learning rate or by a schedule
  compare    train with several settings side by side, over several seeds, and see whether they differ
  descend    let optimizers walk down a function, step by step
  data       see which data sets are on this computer, add some from a folder
  history    list the runs that were kept, show one, delete some
  export     write runs as scripts, notebooks, tables, pictures, reports, models, or as files for another computer
  import     take runs from another computer into the history
  demo       let a lesson play by itself in the window
  desktop    put the program into the menu of the desktop, with its icon and the types of its files
  self-test  try each part of this installation for a moment
  doctor     see what this computer has, what is wrong with it, and what can be done

"lrgui find --help", and the same with the other commands, say more.""")


def _exit_codes(also_done: Text = "", also_failed: Text = "") -> Message:
    return say(
        """\
exit codes:
  0    done{also_done}
  1    failed{also_failed}: what was measured is still written and printed
  2    bad input: one line says what is allowed, and nothing ran
  130  interrupted with Ctrl+C: what was measured is still written and printed; a second Ctrl+C quits at once""",
        also_done=also_done,
        also_failed=also_failed,
    )


COMMANDS = {
    "find": Command(
        name="find",
        kind="range_test",
        summary=say("Sweep the learning rate from low to high, and see from the loss which rates work."),
        config=RangeTestConfig,
        job=jobs.find,
        title=say("Sweeping"),
        record=records.range_test_record,
        show=tables.show_range_test,
        picture="draw_range_test",
        notes=_exit_codes(also_done=say(" (also a sweep that ended because the loss diverged)")),
        exit_code_of={**_EXIT_CODE_OF, RunStatus.DIVERGED: DONE},
    ),
    "train": Command(
        name="train",
        kind="training",
        summary=say("Train from fresh weights, at one learning rate or by a schedule."),
        config=TrainingConfig,
        job=jobs.train,
        title=say("Training"),
        record=records.training_record,
        show=tables.show_training,
        picture="draw_training",
        notes=_exit_codes(also_failed=say(" (also a training whose loss diverged)")),
        exit_code_of={**_EXIT_CODE_OF, RunStatus.DIVERGED: FAILED},
        save=jobs.save_model,
    ),
    compare.NAME: compare.command(
        _exit_codes(also_failed=say(" (also where every arm diverged)")),
        {**_EXIT_CODE_OF, RunStatus.DIVERGED: FAILED},
    ),
}

_OTHERS: dict[str, Callable[[list[str]], RunStatus]] = {
    descend.NAME: descend.run_descend,
    data.NAME: data.run_data,
    history.NAME: partial(history.run_history, commands=COMMANDS),
    export.NAME: partial(export.run_export, train=COMMANDS["train"]),
    importing.NAME: importing.run_import,
    demo.NAME: demo.run_demo,
    desktop.NAME: desktop.run_desktop,
    self_test.NAME: self_test.run_self_test,
    doctor.NAME: doctor.run_doctor,
}
"""What is no run of a config: each takes the words behind its name, and reads them by itself."""


def run(words: list[str]) -> int:
    """Run the command line ``lrgui WORDS...``, at least one word, and return its exit code."""
    name = words[0] if is_command(words[0]) else None
    try:
        if name == compare.NAME:
            status, written = compare.run_compare(COMMANDS[name], COMMANDS["find"], words[1:])
            return COMMANDS[name].exit_code_of[status] if written else FAILED
        if name in _OTHERS:
            return _EXIT_CODE_OF[_OTHERS[name](words[1:])]
        return _run_command(COMMANDS[name], words[1:]) if name else _run_without_command(words)
    except BadInput as refused:
        complain(f"lrgui {name}" if name else "lrgui", refused.message)
        return BAD_INPUT
    except SystemExit as asked:
        # How argparse ends after --help and --version.
        return int(asked.code or DONE)


def _run_without_command(words: list[str]) -> int:
    usage = f"lrgui [{' | '.join(_names())}] [options]"
    parser = Parser(prog="lrgui", usage=usage, description=str(_OVERVIEW))
    parser.add_argument(
        "--version", action="version", version=f"lrgui {__version__}", help=str(say("print the version"))
    )
    if not words[0].startswith("-"):
        raise BadInput(
            say(
                "there is no command, file or folder {word}; commands are {commands}",
                word=next((word for word in words if not os.path.exists(word)), words[0]),
                commands=", ".join(_names()),
            )
        )
    parser.read(words)
    return DONE


def is_command(word: str) -> bool:
    """Whether a command is called so."""
    return word in _names()


def _names() -> tuple[str, ...]:
    return (*COMMANDS, *_OTHERS)


def _run_command(command: Command, words: list[str]) -> int:
    typed = _parser(command).read(words)
    config, execution = config_from(command.config, typed), config_from(Execution, typed)
    place = place_from(typed)
    if command.config is RangeTestConfig:
        command = carried_out(command, place)
    check_own_files(config, typed)
    wanted = {name: typed.get(name) for name in ("json", "plot", "save")}
    output = Output(command=command, details=typed["details"], **wanted)
    seeds = confirm.seeds_of(typed.get("confirm"))
    output.check()
    quiet = not typed["details"]
    with nullcontext() if typed["no_history"] else opened_history(f"lrgui {command.name}", typed) as store:
        result = carry_out(command, config, execution, quiet=quiet, store=store)
        if seeds is not None:
            trained = carried_out(COMMANDS[compare.NAME], place)
            asked = confirm.with_confirmation(command, result, seeds, trained, execution, quiet=quiet, store=store)
            output = replace(output, command=asked)
    exit_code = command.exit_code_of[result.status]
    written = output.hand_out(result, failed=exit_code == FAILED)
    return exit_code if written else FAILED


def _parser(command: Command) -> Parser:
    places = f"{describe_places()}\n" if command.config is RangeTestConfig else ""
    parser = Parser(
        prog=f"lrgui {command.name}",
        usage=f"lrgui {command.name} [options]",
        description=str(command.summary),
        epilog=f"{describe_choices(command.config)}\n{places}\n{command.notes}",
    )
    add_fields(parser, command.config)
    add_fields(parser, Execution)
    add_trust(parser.add_argument_group(str(say("Own files"))))
    if command.config is RangeTestConfig:
        add_fields(parser, Placement)
        parser.add_argument_group(str(say("Afterwards"))).add_argument(
            "--confirm",
            nargs="?",
            const=str(confirm.SEEDS),
            metavar="SEEDS",
            help=str(
                say(
                    "Train {epochs} epochs at five rates around the recommended one, with so many seeds (default "
                    "{seeds}), and say whether it was right.",
                    epochs=confirm.EPOCHS,
                    seeds=confirm.SEEDS,
                )
            ),
        )
    add_output(parser, say("Draw the curve as a picture."), saves=command.save is not None)
    add_history(parser)
    return parser
