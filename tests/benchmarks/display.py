"""A display for windows that nobody looks at."""

import atexit
import os
import shutil
import subprocess
import sys


def use_a_display() -> None:
    """Let Qt find a display: the one that is there, else an Xvfb of our own until this process ends, else none.

    Without a display Qt paints offscreen, which leaves out what the X server does; this is said on stderr.
    """
    if sys.platform != "linux" or any(os.environ.get(name) for name in ("DISPLAY", "QT_QPA_PLATFORM")):
        return
    if shutil.which("Xvfb") is None:
        print("There is no Xvfb here: measured with Qt's offscreen platform.", file=sys.stderr)
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        return
    os.environ["DISPLAY"] = _xvfb()
    os.environ["QT_QPA_PLATFORM"] = "xcb"


def _xvfb() -> str:
    """Start an X server on a free display of its own choice, and return the display's name."""
    reader, writer = os.pipe()
    command = ["Xvfb", "-displayfd", str(writer), "-screen", "0", "1280x800x24", "-noreset", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[writer], stderr=subprocess.DEVNULL)
    os.close(writer)
    atexit.register(_end, server)
    with os.fdopen(reader) as said:
        number = said.readline().strip()
    if not number:
        raise RuntimeError("Xvfb did not start")
    return f":{number}"


def _end(server: subprocess.Popen[bytes]) -> None:
    server.terminate()
    server.wait(10)
