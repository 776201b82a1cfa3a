"""``lrgui import``: runs from other computers into the history."""

from pathlib import Path

from lrgui.cli.keeping import add_profile, opened_history
from lrgui.cli.options import BadInput, Parser
from lrgui.cli.output import complain, terminal
from lrgui.core.messages import Refused, say
from lrgui.core.runs import RunStatus
from lrgui.core.store import Store
from lrgui.core.store.run_file import read_run_file

NAME = "import"

_WAIT_SECONDS = 30.0

_NOTES = say("""\
A run that is there already stays as it is.

exit codes:
  0    done
  1    a file could not be read, or the history not be changed
  2    bad input: one line says what is wrong, and nothing was changed""")


def run_import(words: list[str]) -> RunStatus:
    """Take in the runs of ``.lrrun`` files, say what was done with each, and return how that ended.

    Raises
    ------
    BadInput
        An option that there is not, or no file.
    """
    parser = Parser(
        prog=f"lrgui {NAME}",
        usage=f"lrgui {NAME} FILE.lrrun ... [options]",
        description=str(say("Take runs that were exported on another computer into the history.")),
        epilog=str(_NOTES),
    )
    parser.add_argument("files", metavar="FILE", nargs="*")
    add_profile(parser)
    typed = parser.read(words)
    if not typed["files"]:
        raise BadInput(say("import takes one file or more, as written by lrgui export --to lrrun."))
    with opened_history(f"lrgui {NAME}", typed) as store:
        done = [_import(store, Path(file).expanduser()) for file in typed["files"]]
    return RunStatus.FINISHED if all(done) else RunStatus.FAILED


def _import(store: Store, path: Path) -> bool:
    try:
        kept = read_run_file(path)
        new = store.add(kept)
        if not store.flush(_WAIT_SECONDS):
            raise Refused(say("The history could not be changed."))
    except Refused as refused:
        complain(f"lrgui {NAME}", refused.message)
        return False
    name = kept.name or kept.run.id[:8]
    told = say("{file}: {name} is in the history now.", file=path.name, name=name)
    known = say("{file}: {name} was there already.", file=path.name, name=name)
    terminal().print(str(told if new else known), soft_wrap=True)
    return True
