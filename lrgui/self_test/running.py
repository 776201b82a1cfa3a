"""The checks one by one, each in a process of its own: what hangs or crashes there is a line, and not the end."""

import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lrgui.core import children
from lrgui.core.messages import Message, say
from lrgui.core.profile import VARIABLE
from lrgui.core.store.plain import from_json
from lrgui.self_test.checks import CHECKS, Check

SECONDS = 120.0
"""So long the whole may take."""

ANSWER = "self-test: "
"""How the line begins by which a process tells how its check has ended."""

_MODULE = "lrgui.self_test"
_QUIET = {"TF_CPP_MIN_LOG_LEVEL": "3", "PYTHONWARNINGS": "ignore"}


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a check ended.

    Attributes
    ----------
    name : str
        Of the check.
    what : Message
        What was tried.
    seconds : float
        How long it took, its process and all.
    problem : Message, optional
        What is wrong; None if nothing is.
    printed : str
        What its process printed, where something is wrong.
    """

    name: str
    what: Message
    seconds: float
    problem: Message | None = None
    printed: str = ""

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return self.problem is None


def outcomes(checks: Mapping[str, Check] = CHECKS, seconds: float = SECONDS) -> Iterator[Outcome]:
    """Try one thing after the other, and yield how each ended.

    Parameters
    ----------
    checks : mapping of str to Check, optional
        What is tried; each must be known under its name to the child process, which looks it up in ``CHECKS``.
    seconds : float
        How long the whole may take; what has not begun by then is not tried.
    """
    deadline = time.monotonic() + seconds
    with _folder() as folder:
        for name, check in checks.items():
            started = time.monotonic()
            problem, printed = _try(name, check, folder, deadline)
            yield Outcome(name, check.what, time.monotonic() - started, problem, printed)


@contextmanager
def _folder() -> Iterator[Path | None]:
    """Yield a new folder, or None where there is no place for one."""
    try:
        folder = tempfile.TemporaryDirectory(prefix="lrgui-self-test-", ignore_cleanup_errors=True)
    except OSError:
        yield None
        return
    with folder as path:
        yield Path(path)


def _try(name: str, check: Check, folder: Path | None, deadline: float) -> tuple[Message | None, str]:
    """Return what is wrong, and what was printed then."""
    if check.needs_folder and folder is None:
        return say("No folder for temporary files can be written to."), ""
    if time.monotonic() > deadline:
        return say("It was not tried: the time was up."), ""
    words = [name]
    if folder is not None and check.needs_folder:
        (folder / name).mkdir()
        words.append(str(folder / name))
    try:
        child = children.start(_MODULE, *words, environment={**_QUIET, **check.environment, **_own_home(folder)})
    except OSError as error:
        return say("Its process could not be started: {error}.", error=str(error)), ""
    ending = children.wait(child, lambda: time.monotonic() > deadline)
    problem = _problem(ending)
    return problem, ending.printed if problem is not None else ""


def _own_home(folder: Path | None) -> dict[str, str]:
    """Return what keeps the checks away from the settings and the history of whoever tries the program."""
    return {} if folder is None else {VARIABLE: str(folder / "profile")}


def _problem(ending: children.Ending) -> Message | None:
    if ending.timed_out:
        return say("It took too long, and was ended.")
    answers = [line for line in ending.printed.splitlines() if line.startswith(ANSWER)]
    if not answers:
        last = (ending.printed.strip().splitlines() or [""])[-1]
        return say("Its process ended with {code}: {line}", code=str(ending.exit_code), line=last[:200])
    told: dict[str, Any] = from_json(answers[-1].removeprefix(ANSWER))
    problem: Message | None = told["problem"]
    return problem
