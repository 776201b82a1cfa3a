"""``lrgui doctor``: what this computer has, what is wrong, and what can be done about it."""

from collections.abc import Iterable
from pathlib import Path

from rich.cells import set_cell_size
from rich.console import Console

from lrgui.cli import files, records
from lrgui.cli.options import Parser
from lrgui.cli.output import STDOUT, add_json, terminal, write_json
from lrgui.core.messages import Text as Told
from lrgui.core.messages import as_written, plainly, say
from lrgui.core.runs import RunStatus
from lrgui.core.told_paths import with_tilde, without_paths
from lrgui.doctor.examining import findings
from lrgui.doctor.finding import STATES, Finding

NAME = "doctor"

_INDENT = " " * 8

_EXIT_CODES = say("""\
Nothing is changed, and your own folder is written as ~, so that the report can be given to others.

exit codes:
  0    nothing is wrong
  1    something is
  2    bad input: one line says what is allowed, and nothing was looked at""")


def run_doctor(words: list[str]) -> RunStatus:
    """Look at everything, print a line for each thing as it is found, and return how that ended.

    Raises
    ------
    BadInput
        An option that there is not, or a file that cannot be written.
    """
    json = _parser().read(words)["json"]
    if json not in (None, STDOUT):
        files.check_writable("--json", Path(json))
    found = []
    console = None if json == STDOUT else terminal()
    for finding in findings():
        found.append(finding)
        if console is not None:
            _print(finding, console)
    if json is not None:
        write_json(json, records.to_json(_record(found)))
    return RunStatus.FAILED if _is_wrong(found) else RunStatus.FINISHED


def _parser() -> Parser:
    parser = Parser(
        prog=f"lrgui {NAME}",
        usage=f"lrgui {NAME} [options]",
        description=str(say("Look at what this computer has, and at whether the program can do its work on it.")),
        epilog=str(_EXIT_CODES),
    )
    add_json(parser)
    return parser


def _is_wrong(found: Iterable[Finding]) -> bool:
    return any(finding.state == "wrong" for finding in found)


def _print(finding: Finding, console: Console) -> None:
    line = f"{set_cell_size(str(STATES[finding.state]), 6)}  {finding.title}: {finding.told}"
    console.print(with_tilde(line), soft_wrap=True)
    if finding.remedy:
        console.print(with_tilde(f"{_INDENT}-> {finding.remedy}"), soft_wrap=True)
    for text in without_paths(finding.details).splitlines():
        console.print(f"{_INDENT}|  {text}", soft_wrap=True)


def _record(found: list[Finding]) -> dict[str, object]:
    return {"ok": not _is_wrong(found), "findings": [_entry(finding) for finding in found]}


def _entry(finding: Finding) -> dict[str, object]:
    values = {name: with_tilde(value) if isinstance(value, str) else value for name, value in finding.values.items()}
    return {
        "name": finding.name,
        "state": finding.state,
        "title": plainly(finding.title),
        "found": _plain(finding.told),
        "remedy": _plain(finding.remedy),
        "details": without_paths(finding.details),
        "values": values,
    }


def _plain(told: Told) -> str:
    return with_tilde(told if isinstance(told, str) else told.render(as_written))
