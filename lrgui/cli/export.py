"""``lrgui export``: runs of the history as files for other programs and other people."""

import re
import sys
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from lrgui import jobs
from lrgui.cli.command import Command
from lrgui.cli.history import only_id
from lrgui.cli.keeping import add_profile, opened_history
from lrgui.cli.model_again import model_again
from lrgui.cli.options import BadInput, Parser
from lrgui.cli.output import STDOUT, complain, pictures, terminal
from lrgui.cli.quiet import quiet_libraries
from lrgui.core.messages import Message, Refused, say
from lrgui.core.runs import Run, RunStatus
from lrgui.core.store import Kept
from lrgui.export.exporting import SIZE, Makers, Size, export, text_of
from lrgui.export.formats import FORMATS, Format, file_name, numbered, why_not
from lrgui.export.writing import Exists, check_free

NAME = "export"

_LEAST, _MOST = 200, 10_000
"""Of a picture's sides, in pixels."""

_NOTES = say("""\
IDs are those of lrgui history; they may be cut short.

exit codes:
  0    done
  1    something could not be written: what was there is as it was
  2    bad input: one line says what is wrong, and nothing was written""")


def run_export(words: list[str], train: Command) -> RunStatus:
    """Write runs as files, and return how that ended.

    Parameters
    ----------
    words : list of str
        What was typed after ``lrgui export``.
    train : Command
        Trains again where a model is wanted: the history keeps none.

    Raises
    ------
    BadInput
        An option that there is not, an id that does not stand for one run, or a file that may not be replaced.
    """
    typed = _parser().read(words)
    wanted, size = _format(typed.get("to")), _size(typed["size"])
    if not typed["ids"]:
        raise BadInput(say("export takes one ID or more; lrgui history lists them."))
    with opened_history(f"lrgui {NAME}", typed) as store:
        try:
            kept = [store.kept(run_id) for run_id in dict.fromkeys(only_id(store, prefix) for prefix in typed["ids"])]
        except BadInput:
            raise
        except Refused as refused:
            complain(f"lrgui {NAME}", refused.message)
            return RunStatus.FAILED
    if typed["output"] == STDOUT:
        return _print(kept, wanted)
    paths = _paths(kept, wanted, typed["output"])
    _check(kept, paths, wanted, force=typed["force"])
    makers = Makers(
        draw=_draw,
        save_model=partial(model_again, train, quiet=not typed["details"]),
        write_logs=_write_logs,
    )
    done = [_export(each, wanted, path, makers, typed, size) for each, path in zip(kept, paths, strict=True)]
    return RunStatus.FINISHED if all(done) else RunStatus.FAILED


def _parser() -> Parser:
    lines = [f"  {each.name:<12} {each.summary}" for each in FORMATS.values()]
    parser = Parser(
        prog=f"lrgui {NAME}",
        usage=f"lrgui {NAME} ID ... --to FORMAT [options]",
        description=str(say("Write runs of the history as files.")),
        epilog="\n".join([str(say("formats:")), *lines, "", str(_NOTES)]),
    )
    parser.add_argument("ids", metavar="ID", nargs="*")
    parser.add_argument("--to", metavar="FORMAT", help=str(say("What it is to become; see below.")))
    parser.add_argument(
        "--output",
        metavar="PATH",
        help=str(say("The file, or a folder for it; - writes a text to stdout. Left out: a name of its own, here.")),
    )
    parser.add_argument("--force", action="store_true", help=str(say("Replace what is there.")))
    default = "x".join(map(str, SIZE))
    parser.add_argument(
        "--size",
        metavar="WxH",
        default=default,
        help=str(say("Width and height of pictures in pixels; default {size}.", size=default)),
    )
    parser.add_argument(
        "--details",
        action="store_true",
        help=str(say("Show what the libraries print, and the traceback of a failure.")),
    )
    add_profile(parser)
    return parser


def _format(name: str | None) -> Format:
    known = ", ".join(FORMATS)
    if name is None:
        raise BadInput(say("--to says what it is to become: {known}.", known=known))
    if name not in FORMATS:
        raise BadInput(say("--to {name}: give one of {known}.", name=name, known=known))
    return FORMATS[name]


def _size(typed: str) -> Size:
    found = re.fullmatch(r"(\d{1,6})[x*](\d{1,6})", typed.strip().lower())
    size = (int(found[1]), int(found[2])) if found else (0, 0)
    if not all(_LEAST <= side <= _MOST for side in size):
        raise BadInput(
            say(
                "--size {typed}: give width and height like 1280x720, each from {least} to {most:number}.",
                typed=typed,
                least=_LEAST,
                most=_MOST,
            )
        )
    return size


def _print(kept: Sequence[Kept], wanted: Format) -> RunStatus:
    if len(kept) != 1 or not wanted.is_text:
        raise BadInput(
            say("--output -: only one run goes to stdout, and only as a text, not as {name}.", name=wanted.name)
        )
    try:
        text = text_of(kept[0], wanted.name)
    except Refused as refused:
        raise BadInput(refused.message) from refused
    sys.stdout.write(text)
    sys.stdout.flush()
    return RunStatus.FINISHED


def _paths(kept: Sequence[Kept], wanted: Format, output: str | None) -> list[Path]:
    """Return where each run goes: into a folder that is there, each under a name of its own, or where it was said."""
    given = Path(output or ".").expanduser()
    if given.is_dir():
        return [given / name for name in numbered(file_name(each, wanted.name) for each in kept)]
    if len(kept) > 1:
        raise BadInput(say("--output {path}: for several runs, give a folder that is there.", path=str(given)))
    return [given]


def _check(kept: Sequence[Kept], paths: Sequence[Path], wanted: Format, *, force: bool) -> None:
    """Find out before the work what can be known then.

    Raises
    ------
    BadInput
        A run cannot become such a file, or something is in the way.
    """
    for each, path in zip(kept, paths, strict=True):
        if (reason := why_not(wanted.name, each.run)) is not None:
            raise BadInput(_of(each, reason) if len(kept) > 1 else reason)
        try:
            check_free(path, overwrite=force)
        except Exists as exists:
            raise BadInput(say("{exists} --force replaces it.", exists=exists.message)) from exists
        except Refused as refused:
            raise BadInput(refused.message) from refused
    if wanted.name in ("png", "svg"):
        pictures("export_picture")


def _of(kept: Kept, reason: Message) -> Message:
    return say("{run}: {reason}", run=kept.run.id[:8], reason=reason)


def _export(kept: Kept, wanted: Format, path: Path, makers: Makers, typed: Mapping[str, Any], size: Size) -> bool:
    try:
        told = export(kept, wanted.name, path, makers, overwrite=typed["force"], size=size)
    except Refused as refused:
        complain(f"lrgui {NAME}", refused.message)
        return False
    terminal().print(str(told), soft_wrap=True)
    return True


def _draw(run: Run, path: Path, size: Size) -> None:
    pictures("export_picture").render(run, path, size)


def _write_logs(run: Run, folder: Path) -> None:
    with quiet_libraries(quiet=True):
        jobs.write_logs(run, folder)
