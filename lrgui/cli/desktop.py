"""``lrgui desktop``: the program among those of the desktop, or away from there."""

from lrgui import desktop_entry
from lrgui.cli.options import BadInput, Parser
from lrgui.cli.output import complain, terminal
from lrgui.core.messages import Refused, say
from lrgui.core.runs import RunStatus

NAME = "desktop"

_NOTES = say("""\
It is done for you alone, below $XDG_DATA_HOME (~/.local/share where that is not set).

exit codes:
  0    done
  1    it could not be written
  2    bad input: one line says what is wrong, and nothing was changed""")


def run_desktop(words: list[str]) -> RunStatus:
    """Write the desktop's entry for this program, or take it away, and return how that ended.

    Raises
    ------
    BadInput
        None of both was asked for.
    """
    parser = Parser(
        prog=f"lrgui {NAME}",
        usage=f"lrgui {NAME} (--install | --remove)",
        description=str(say("Put the program into the menu of the desktop, with its icon and the types of its files.")),
        epilog=str(_NOTES),
    )
    parser.add_argument("--install", action="store_true", help=str(say("Write the entry, in place of an older one.")))
    parser.add_argument("--remove", action="store_true", help=str(say("Take it away again.")))
    typed = parser.read(words)
    if typed["install"] == typed["remove"]:
        raise BadInput(say("say either --install or --remove"))
    try:
        done = desktop_entry.put_on_this_desktop(there=typed["install"])
    except Refused as refused:
        complain(f"lrgui {NAME}", refused.message)
        return RunStatus.FAILED
    terminal().print(str(done), soft_wrap=True)
    return RunStatus.FINISHED
