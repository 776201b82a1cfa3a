"""``lrgui descend``: optimizers walking down a function, without a window and without TensorFlow."""

import argparse
from collections.abc import Mapping
from pathlib import Path as FilePath
from typing import Any

from pydantic import ValidationError

from lrgui.cli import descent_tables, files, records
from lrgui.cli.options import BadInput, Parser, config_from, describe_choices
from lrgui.cli.output import STDOUT, add_json, check_picture, complain, pictures, terminal, write_json
from lrgui.core.config.base import Config, described
from lrgui.core.config.descent import MOST_WALKERS, Sgd, Walker
from lrgui.core.config.fields import field_specs, problems
from lrgui.core.descent import DescentConfig, Path, paths_of
from lrgui.core.descent.lab import Ground
from lrgui.core.functions import FUNCTIONS
from lrgui.core.messages import say
from lrgui.core.runs import RunStatus

NAME = "descend"

_NOTES = say(
    """\
functions:
  {some},
  {others};
  "bowl,condition=50" is a ravine, "line,points=-1 0.5 2 3" the loss of a line through (-1, 0.5) and (2, 3);
  or a formula in x, or in x and y: "x**4 - 3*x", "(1 - x)**2 + 100*(y - x**2)**2"

schedules inside a walker take their fields with colons, because commas part those of the walker:
  --walker "sgd,learning_rate=0.2,schedule=cosine:warmup=10:floor=0.1"
"lrgui train --help" says which schedules there are, and their fields;
on a function every step sees all there is: an epoch is one step

JSON: walkers [{{name, step, w, f, gradient, learning_rate, ended}}], one entry a step with the start as entry 0;
learning_rate[i] is the rate with which entry i is left, ended is null for a walker that is still on its way

exit codes:
  0    done (also where walkers diverged)
  1    writing the result failed
  2    bad input: one line says what is allowed, and nothing was computed""",
    some=", ".join(list(FUNCTIONS)[:9]),
    others=", ".join(list(FUNCTIONS)[9:]),
)


class _One(Config):
    """A walker as it is typed."""

    walker: Walker = described(
        Sgd(),
        "Walker",
        "An optimizer with its rate, its schedule and its noise; give it again for each further walker, up to eight.",
        group="Walkers",
    )


def run_descend(words: list[str]) -> RunStatus:
    """Walk as it is asked, print and write the paths, and return how that ended.

    Raises
    ------
    BadInput
        An option that there is not, or something in one that cannot be taken.
    """
    typed = _parser().read(_with_minus_signs(words))
    paths = paths_of(_config(typed))
    if typed["json"] not in (None, STDOUT):
        files.check_writable("--json", FilePath(typed["json"]))
    if typed["plot"] is not None:
        check_picture(typed["plot"])
    for path in paths:
        path.extend_to(path.steps)
    return RunStatus.FINISHED if _hand_out(paths, typed) else RunStatus.FAILED


def _with_minus_signs(words: list[str]) -> list[str]:
    """Join ``--function -x`` to one word: argparse takes ``-x`` for an option otherwise."""
    joined: list[str] = []
    for word in words:
        if joined and joined[-1] in ("--function", "--start") and not word.startswith("--"):
            joined[-1] += f"={word}"
        else:
            joined.append(word)
    return joined


def _parser() -> Parser:
    parser = Parser(
        prog=f"lrgui {NAME}",
        usage=f'lrgui {NAME} --function "x**2" --start 5 --walker "sgd,learning_rate=0.2,schedule=shrink" [options]',
        description=str(say("Let optimizers walk down a function, and see each of their steps.")),
        epilog=f"{describe_choices(_One)}\n\n{_NOTES}",
    )
    _add_ground(parser)
    walkers = parser.add_argument_group(str(say("Walkers")))
    walkers.add_argument(
        "--walker",
        action="append",
        default=[],
        metavar="NAME[,KEY=VALUE,...]",
        help=str(
            say("An optimizer with its rate, schedule and noise; up to eight of them, one --walker each. Default sgd.")
        ),
    )
    output = parser.add_argument_group(str(say("Output")))
    add_json(output)
    output.add_argument("--plot", metavar="FILE.png", help=str(say("Draw the paths, and loss and rate of each step.")))
    return parser


def _add_ground(parser: Parser) -> None:
    metavars = {"function": "NAME|FORMULA", "start": "X[,Y]", "steps": "N", "seed": "N"}
    group = parser.add_argument_group(str(say("Walk")))
    for spec in field_specs(Ground):
        group.add_argument(
            f"--{spec.name}", default=argparse.SUPPRESS, metavar=metavars[spec.name], help=str(spec.description)
        )


def _config(typed: Mapping[str, Any]) -> DescentConfig:
    ground = config_from(Ground, typed)
    words = typed["walker"] or ["sgd"]
    if len(words) > MOST_WALKERS:
        raise BadInput(say("--walker: at most {most} walkers, not {count}.", most=MOST_WALKERS, count=len(words)))
    return DescentConfig(**ground.model_dump(), walkers=tuple(_walker(word) for word in words))


def _walker(word: str) -> Walker:
    try:
        return _One.model_validate({"walker": word}).walker
    except ValidationError as error:
        message = next(iter(problems(_One, error).values()))
        raise BadInput(say("--walker {word}: {message}", word=word, message=message)) from error


def _hand_out(paths: tuple[Path, ...], typed: Mapping[str, Any]) -> bool:
    try:
        if typed["json"] != STDOUT:
            descent_tables.show(paths, terminal())
        if typed["json"] is not None:
            write_json(typed["json"], records.to_json(descent_tables.record(paths)))
        if typed["plot"] is not None:
            draw = pictures("descent_picture").draw_descent
            files.write_whole(FilePath(typed["plot"]), lambda file: draw(paths, file))
    except OSError as error:
        complain(f"lrgui {NAME}", say("Writing the result failed: {error}", error=str(error)))
        return False
    return True
