"""``lrgui self-test``: whether this installation works, on this computer."""

import sys
from pathlib import Path

from lrgui.cli import files, records
from lrgui.cli.options import Parser
from lrgui.cli.output import STDOUT, add_json, write_json
from lrgui.core.messages import say
from lrgui.core.runs import RunStatus
from lrgui.self_test.running import SECONDS, Outcome, outcomes

NAME = "self-test"

_EXIT_CODES = say("""\
exit codes:
  0    all that was tried works
  1    something does not
  2    bad input: one line says what is allowed, and nothing was tried""")


def run_self_test(words: list[str]) -> RunStatus:
    """Try all that there is to try, print a line for each, and return how that ended.

    Raises
    ------
    BadInput
        An option that there is not, or a file that cannot be written.
    """
    typed = _parser().read(words)
    json, details = typed["json"], typed["details"]
    if json not in (None, STDOUT):
        files.check_writable("--json", Path(json))
    tried = []
    for outcome in outcomes():
        tried.append(outcome)
        if json != STDOUT:
            _tell(outcome, details=details)
    if json is not None:
        write_json(json, records.to_json([_record(outcome) for outcome in tried]))
    return RunStatus.FINISHED if all(outcome.ok for outcome in tried) else RunStatus.FAILED


def _parser() -> Parser:
    about = say("Try each part of this installation for a moment; {seconds:.0f} s at most.", seconds=SECONDS)
    parser = Parser(
        prog=f"lrgui {NAME}", usage=f"lrgui {NAME} [options]", description=str(about), epilog=str(_EXIT_CODES)
    )
    add_json(parser)
    parser.add_argument(
        "--details", action="store_true", help=str(say("Show what the process of a failed check has printed."))
    )
    return parser


def _tell(outcome: Outcome, *, details: bool) -> None:
    sign = say("ok") if outcome.ok else say("failed")
    line = say("{sign}  {what}  {seconds:.1f} s", sign=sign, what=outcome.what, seconds=outcome.seconds)
    if outcome.problem is not None:
        line = say("{line}: {problem}", line=line, problem=outcome.problem)
    print(line, flush=True)
    if details and outcome.printed:
        print(outcome.printed, file=sys.stderr, flush=True)


def _record(outcome: Outcome) -> dict[str, object]:
    problem = None if outcome.problem is None else str(outcome.problem)
    return {"check": outcome.name, "ok": outcome.ok, "seconds": round(outcome.seconds, 3), "problem": problem}
