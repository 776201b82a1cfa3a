"""Where the system's last words go when Python itself crashes: one file at a time, by ``faulthandler``."""

import faulthandler
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import IO

_file: IO[str] | IO[bytes] | None = None


def write_to(file: IO[str] | IO[bytes] | None) -> None:
    """Have a crash of this process written to an open file from now on; None for nowhere."""
    global _file
    _file = file
    if file is None:
        faulthandler.disable()
    else:
        faulthandler.enable(file)


@contextmanager
def written_to(file: IO[str] | IO[bytes]) -> Iterator[None]:
    """Have a crash written to another file for a while, and then to that of before again."""
    before, enabled = _file, faulthandler.is_enabled()
    write_to(file)
    try:
        yield
    finally:
        write_to(before)
        if before is None and enabled:  # by somebody else, as `python -X faulthandler` does
            with suppress(AttributeError, ValueError, OSError, RuntimeError):
                faulthandler.enable(sys.__stderr__)  # type: ignore[arg-type]
