"""The window that a script's sweep opens, which is a process of its own, opens and ends with its script."""

import time
from pathlib import Path

from lrgui.core import children
from lrgui.core.messages import Refused, say
from lrgui.core.profile import VARIABLE
from lrgui.self_test.checks import OFFSCREEN

_SECONDS = 60.0


def check(folder: Path | None) -> None:
    """Start it without anything to draw, so that it ends at once.

    Raises
    ------
    Refused
        It ended otherwise, or not at all.
    """
    started = time.monotonic()
    child = children.start("lrgui.live", environment={**OFFSCREEN, VARIABLE: str(folder)})
    ending = children.wait(child, lambda: time.monotonic() - started > _SECONDS)
    if ending.exit_code != 0:
        last = (ending.printed.strip().splitlines() or [""])[-1]
        raise Refused(say("Its process ended with {code}: {line}", code=str(ending.exit_code), line=last))
