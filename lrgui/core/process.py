"""What this process was given by whoever started it, put right before anything else is imported."""

import os
import sys
from collections.abc import MutableMapping

_LIBRARY_PATH = "LD_LIBRARY_PATH"


def replace_closed_streams() -> None:
    """Open the streams that are missing: a program of Windows with a window has none, ``lrgui find >&-`` no stdout.

    Else the next file that is opened would be written to by whoever prints; and libraries print without asking.
    """
    for number, (name, mode) in enumerate((("stdin", "r"), ("stdout", "w"), ("stderr", "w"))):
        if getattr(sys, name) is None:
            stream = open(os.devnull, mode, encoding="utf-8")  # noqa: SIM115 - for the rest of the process
            if stream.fileno() != number:
                os.dup2(stream.fileno(), number)
            setattr(sys, name, stream)


def give_back_library_path(environment: MutableMapping[str, str] = os.environ) -> None:
    """Let programs of the system that are started from the packaged one find their own libraries, not those in it.

    PyInstaller sets the variable for its program, and keeps what stood there before. It is read at the start of a
    process: this one does not need it any more, and the packaged program sets it anew when it starts itself.
    """
    if not getattr(sys, "frozen", False) or sys.platform != "linux":
        return
    environment.pop(_LIBRARY_PATH, None)
    if before := environment.pop(f"{_LIBRARY_PATH}_ORIG", None):
        environment[_LIBRARY_PATH] = before
