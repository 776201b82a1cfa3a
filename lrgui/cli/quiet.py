"""Keep what libraries print to themselves off the terminal."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from typing import TextIO

_STDERR = 2


@contextmanager
def quiet_libraries(*, quiet: bool) -> Iterator[TextIO]:
    """Yield a stream to the process's stderr; everybody else's words go nowhere, or to stderr if not ``quiet``.

    TensorFlow writes notes on CPU and GPU from C++, straight to the file descriptor: no setting of its own stops those
    written while it is imported. What is printed to stdout meanwhile must not end up in the JSON there, either.
    """
    sys.stderr.flush()
    kept = os.dup(_STDERR)
    with open(kept, "w", encoding="utf-8") as stderr, redirect_stdout(sys.stderr):
        if quiet:
            _point_at(os.devnull)
        try:
            yield stderr
        finally:
            sys.stderr.flush()
            os.dup2(kept, _STDERR)


def _point_at(path: str) -> None:
    file = os.open(path, os.O_WRONLY)
    os.dup2(file, _STDERR)
    os.close(file)
