"""Where a process writes its last words when Python itself crashes: to one file at a time, by ``faulthandler``."""

import faulthandler
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import IO

_File = IO[str] | IO[bytes]

_usual: _File | None = None
_for_now: _File | None = None


def write_to(file: _File | None) -> None:
    """Have a crash of this process written to an open file from now on; None for nowhere."""
    global _usual
    _usual = file
    _take_effect()


@contextmanager
def written_to(file: _File) -> Iterator[None]:
    """Have a crash written to another file for a while, and then to the usual one again."""
    global _for_now
    by_others = _usual is None and faulthandler.is_enabled()  # as `python -X faulthandler` does
    _for_now = file
    _take_effect()
    try:
        yield
    finally:
        _for_now = None
        _take_effect()
        if by_others and _usual is None:
            with suppress(AttributeError, ValueError, OSError, RuntimeError):
                faulthandler.enable(sys.__stderr__)  # type: ignore[arg-type]


def _take_effect() -> None:
    file = _for_now or _usual
    if file is None:
        faulthandler.disable()
    else:
        faulthandler.enable(file)
