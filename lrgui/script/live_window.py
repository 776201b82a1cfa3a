"""The live plot of a script's sweep: a window in a process of its own, fed through a pipe."""

import atexit
import os
import queue
import subprocess
import sys
import threading
import weakref
from contextlib import suppress
from pathlib import Path

from lrgui.core.children import command_of, group_of_its_own
from lrgui.core.events import Event, Planned, StepsEnded
from lrgui.core.live import SweepEnded, to_line
from lrgui.core.messages import say

_MODULE = "lrgui.live"
_END_SECONDS = 2.0


class LiveWindow:
    """Opens the window; whatever becomes of it, the sweep goes on.

    Nothing here waits for the window: a thread writes to it. It ends with this process, at the latest when the pipe
    does, also if this process is killed.
    """

    def __init__(self) -> None:
        self._lines: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._process = _started()
        threading.Thread(target=_write, args=(self._process, self._lines), daemon=True).start()
        self._listener = threading.Thread(target=_listen, args=(self._process,), daemon=True)
        self._listener.start()
        # By a weak reference, or no window would ever be let go before the end.
        atexit.register(_close_referred, weakref.ref(self))
        weakref.finalize(self, _close, self._process, self._lines)

    def show(self, event: Event | SweepEnded) -> None:
        """Send an event; what a live plot has no use for is left out."""
        if isinstance(event, Planned | StepsEnded | SweepEnded):
            self._lines.put(to_line(event))

    def wait(self) -> None:
        """Return when the window has been closed."""
        self._listener.join()

    def close(self) -> None:
        """Close the window, if it is still there."""
        _close(self._process, self._lines)


def _started() -> subprocess.Popen[bytes]:
    """Start the window's process, which finds this very package wherever it was imported from.

    It has a group of its own: Ctrl+C in the terminal is meant for the script. No file beside the script is taken for
    a module of Python's by it.
    """
    home = str(Path(__file__).parents[2])
    paths = [path for path in (os.environ.get("PYTHONPATH"), home) if path]
    return subprocess.Popen(
        command_of(_MODULE),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths), "PYTHONSAFEPATH": "1", "PYTHONUTF8": "1"},
        **group_of_its_own(),
    )


def _write(process: subprocess.Popen[bytes], lines: "queue.SimpleQueue[bytes | None]") -> None:
    """Hand on line after line; a window that was closed reads no more, which is no fault."""
    assert process.stdin is not None
    with suppress(OSError, ValueError):
        while (line := lines.get()) is not None:
            process.stdin.write(line)
            process.stdin.flush()
    with suppress(OSError):
        process.stdin.close()


def _listen(process: subprocess.Popen[bytes]) -> None:
    """Say in a sentence, if it is so, why there is no window."""
    assert process.stdout is not None
    with process.stdout as stdout:
        printed = stdout.read().decode(errors="replace").strip().splitlines()
    if process.wait() > 0 and printed:
        print(say("There is no live plot: {reason}", reason=printed[-1]), file=sys.stderr)


def _close(process: subprocess.Popen[bytes], lines: "queue.SimpleQueue[bytes | None]") -> None:
    lines.put(None)
    try:
        process.wait(_END_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _close_referred(window: "weakref.ref[LiveWindow]") -> None:
    if (there := window()) is not None:
        there.close()
