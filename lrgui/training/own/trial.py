"""A Python file tried in a child process, before it is run in this one: there a hang, an exit or a crash costs nothing.

``python -m lrgui.training.own.trial FILE ANSWER PART ...`` is the child; ``try_file`` starts it and waits for it.
"""

import os
import re
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Literal

from lrgui.core import children
from lrgui.core.messages import Message, Refused, say
from lrgui.core.store.plain import from_json, to_json
from lrgui.training.own.python_file import PythonFile, check_trusted

IMPORT_SECONDS = 300.0
"""TensorFlow takes its time where the disk is slow; that is not the file's fault, and not counted against it."""

_BEGUN = ".begun"
_NEEDS_KERAS = re.compile(rb"^\s*(?:import|from)\s+(?:keras|tensorflow)\b", re.MULTILINE)

_QUIET = {"TF_CPP_MIN_LOG_LEVEL": "3", "PYTHONWARNINGS": "ignore"}
"""What the file prints is to be seen, and not what the libraries do."""

_passed: set[tuple[str, str]] = set()


Part = Literal["model", "data"]
MODEL: tuple[Part, ...] = ("model",)


def try_file(
    path: Path, seconds: float, parts: Sequence[Part] = MODEL, *, wanted: Callable[[], bool] = lambda: True
) -> None:
    """Run a file in a child, and there call its ``build_model()``, its ``load_data()``, or both.

    What has gone well once in this process is not tried again.

    Parameters
    ----------
    path : Path
        Of the file, whose content was allowed to be run.
    seconds : float
        How long it may take, TensorFlow's import not counted.
    parts : sequence of str
        What of it is needed: ``model``, ``data``.
    wanted : callable
        Asked now and then whether anybody still waits.

    Raises
    ------
    Refused
        It was not allowed, went wrong, took too long, or ended its process. What it printed is a note of the error.
    """
    content = check_trusted(path)
    if left := [part for part in parts if not has_passed(content, part)]:
        _try(path, seconds, left, wanted)
        remember(content, left)


def remember(content: str, parts: Sequence[Part] = MODEL) -> None:
    """Keep that parts of a file of this content went well: they are not tried again."""
    _passed.update((content, part) for part in parts)


def has_passed(content: str, part: Part) -> bool:
    """Return whether a part of a file of this content has gone well already, so that it will not be tried again."""
    return (content, part) in _passed


def _try(path: Path, seconds: float, parts: Sequence[Part], wanted: Callable[[], bool]) -> None:
    with tempfile.TemporaryDirectory(prefix="lrgui-trial-") as folder:
        answer = Path(folder) / "answer"
        child = children.start(__name__, str(path), str(answer), *parts, environment=_QUIET)
        ending = children.wait(child, _Clock(answer.with_suffix(_BEGUN), seconds).over, wanted)
        found = from_json(answer.read_text(encoding="utf-8")) if answer.exists() else None
    if found is not None and isinstance(refusal := found.get("refused"), Message):
        raise _failure(refusal, ending.printed, found["trace"])
    if found is None or ending.timed_out:
        raise _failure(_how_it_ended(path, ending, seconds), ending.printed)


class _Clock:
    """Runs from the moment at which the file's own code begins."""

    def __init__(self, begun: Path, seconds: float) -> None:
        self._begun, self._seconds = begun, seconds
        self._deadline, self._running = time.monotonic() + IMPORT_SECONDS, False

    def over(self) -> bool:
        if not self._running and self._begun.exists():
            self._running, self._deadline = True, time.monotonic() + self._seconds
        return time.monotonic() > self._deadline


def _how_it_ended(path: Path, ending: children.Ending, seconds: float) -> Message:
    if ending.stopped:
        return say("{file} was not tried to its end: the run was stopped.", file=path.name)
    if ending.timed_out:
        return say(
            "{file} had not come to an end after {seconds:duration}: put what takes so long under if __name__ == "
            "'__main__':, or raise the time limit.",
            file=path.name,
            seconds=seconds,
        )
    if ending.exit_code is not None and ending.exit_code < 0:
        return say(
            "{file} crashed Python (signal {signal}): run it by itself to see where, and open it again when it runs.",
            file=path.name,
            signal=-ending.exit_code,
        )
    return say(
        "{file} ended Python by itself, with exit code {code}: take that out, and open the file again.",
        file=path.name,
        code=ending.exit_code,
    )


def _failure(refusal: Message, printed: str, trace: str = "") -> Refused:
    """Return the error, with what was printed beside it: the last line for all, the rest for those who want it."""
    lines = [line.strip() for line in printed.splitlines() if line.strip()]
    if lines:
        refusal = say("{told} It printed last: {line}", told=refusal, line=lines[-1][:200])
    refused = Refused(refusal)
    for title, text in (("In the file:", trace), ("It printed:", printed)):
        if text.strip():
            refused.add_note(f"{title}\n{text}")
    return refused


def _try_here(path: Path, answer: Path, parts: Sequence[str]) -> None:
    """Be the child: run the file, and write what came of it."""
    found: dict[str, Any] = {}
    try:
        _run(path, answer, parts)
    except Refused as refusal:
        found = {"refused": refusal.message, "trace": "\n".join(getattr(refusal, "__notes__", []))}
    unfinished = answer.with_suffix(".part")
    unfinished.write_text(to_json(found), encoding="utf-8")
    unfinished.replace(answer)


def _run(path: Path, answer: Path, parts: Sequence[str]) -> None:
    if _NEEDS_KERAS.search(path.read_bytes()):
        import keras  # noqa: F401  # the file will; the clock is not to run meanwhile
    answer.with_suffix(_BEGUN).touch()
    file = PythonFile(path)
    if "model" in parts:
        file.build_model()
    if "data" in parts:
        file.load_data()


if __name__ == "__main__":
    _try_here(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:])
    sys.stdout.flush()
    # Threads that the file has left behind would keep the process.
    os._exit(0)
