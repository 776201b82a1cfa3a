"""Files of a person's own on the command line: looked at before anything runs, and programs only run if allowed."""

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from lrgui.cli.options import BadInput
from lrgui.core.config.base import Config
from lrgui.core.config.loss import OwnLoss
from lrgui.core.config.model import OwnModel
from lrgui.core.config.optimizer import OwnOptimizer
from lrgui.core.contents import content_hash, short
from lrgui.core.messages import Refused, say
from lrgui.core.own_files import not_allowed
from lrgui.core.trust import keep_in, trust


def add_trust(parser: argparse._ActionsContainer) -> None:
    """Add the option that answers the question before it is asked."""
    parser.add_argument(
        "--trust",
        action="store_true",
        help=str(say("Allow the Python files of --model and --dataset to be run, now and later, as they are now.")),
    )


def check_own_files(config: Config, typed: Mapping[str, Any]) -> None:
    """Find out before the work starts whether the files can be used, and may be run.

    Parameters
    ----------
    config : Config
        Of the run.
    typed : mapping
        With the options of ``add_trust`` and ``add_profile``.

    Raises
    ------
    BadInput
        A file is not there or not sound, or is a program that is not to be run.
    """
    if typed.get("profile") is not None:
        keep_in(Path(typed["profile"]).expanduser())
    if isinstance(model := getattr(config, "model", None), OwnModel):
        try:
            _look_at(model, compiled=_wants_own(config))
        except Refused as refused:
            raise BadInput(say("--model: {problem}", problem=refused.message)) from refused
    for path in not_allowed(config):
        _ask(path, trusted=typed["trust"])


def _wants_own(config: Config) -> bool:
    """Return whether the optimizer or the loss is to be the file's own."""
    chosen = (getattr(config, name, None) for name in ("loss", "optimizer"))
    return any(isinstance(choice, OwnLoss | OwnOptimizer) for choice in chosen)


def _look_at(model: OwnModel, *, compiled: bool) -> None:
    from lrgui.training.own.archive import check_there, open_archive
    from lrgui.training.own.safety import check_safe

    if model.is_python:
        check_there(model.file)
    else:
        check_safe(open_archive(model.file), compiled=compiled)


def _ask(path: Path, *, trusted: bool) -> None:
    content = content_hash(path)
    if not trusted and sys.stdin is not None and sys.stdin.isatty():
        print(
            say(
                "{file} ({content}) is a program: it will be run, with all that you may do on this computer, and so "
                "will what it imports. Run it, now and whenever it is as it is now? [y/N] ",
                file=str(path),
                content=short(content),
            ),
            end="",
            file=sys.stderr,
            flush=True,
        )
        trusted = sys.stdin.readline().strip().lower() in ("y", "yes", str(say("yes")))
    if not trusted:
        raise BadInput(
            say("{file} is a program, and was not run: read it, and add --trust if it may be.", file=path.name)
        )
    trust().allow(content, str(path))
