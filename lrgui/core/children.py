"""Processes of our own: how one is started, on every system and from the packaged program, and held to a time limit."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import IO, Any

RUN_MODULE = "--run-module"
"""What the packaged program, which has no ``python -m``, takes in its place."""

KEPT_BYTES = 65_536
"""So much of what a child prints is kept: the end, where the reason stands."""

_LOOK_SECONDS = 0.02
_CREATE_NEW_PROCESS_GROUP = 0x200  # of winbase.h; subprocess has the name on Windows alone


@dataclass(frozen=True, slots=True)
class Ending:
    """How a child ended. ``exit_code`` is None if it was ended by us: it took too long, or nobody waits any more."""

    exit_code: int | None
    printed: str
    stopped: bool = False

    @property
    def timed_out(self) -> bool:
        """Whether it went on beyond its time limit."""
        return self.exit_code is None and not self.stopped


def command_of(module: str, *words: str) -> list[str]:
    """Return the command that runs a module of this program as ``__main__`` in a process of its own."""
    if getattr(sys, "frozen", False):
        return [sys.executable, RUN_MODULE, module, *words]
    return [sys.executable, "-m", module, *words]


def start(module: str, *words: str, environment: Mapping[str, str] | None = None) -> subprocess.Popen[bytes]:
    """Start a module in a process with a group of its own, which has no input; what it prints can be read together.

    Parameters
    ----------
    module : str
        Which one.
    *words : str
        What it finds in ``sys.argv`` behind its own name.
    environment : mapping, optional
        Variables that it gets beside those of this process.
    """
    return subprocess.Popen(
        command_of(module, *words),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", "PYTHONUTF8": "1", **(environment or {})},
        **group_of_its_own(),
    )


def group_of_its_own(system: str = sys.platform) -> dict[str, Any]:
    """Return what ``Popen`` takes so that a child hears no Ctrl+C, and is ended with all that it has started.

    Parameters
    ----------
    system : str
        Its name, as in ``sys.platform``.
    """
    return {"creationflags": _CREATE_NEW_PROCESS_GROUP} if system == "win32" else {"start_new_session": True}


def ending_command(pid: int, system: str = sys.platform) -> list[str]:
    """Return the command that ends a process and all it has started, where no signal does so; else nothing."""
    return ["taskkill", "/T", "/F", "/PID", str(pid)] if system == "win32" else []


def wait(
    child: subprocess.Popen[bytes], overtime: Callable[[], bool], wanted: Callable[[], bool] = lambda: True
) -> Ending:
    """Wait for a child's end; end it, and what it has started, as soon as it is overtime or no longer wanted."""
    printed = _Printed(child.stdout)
    try:
        while child.poll() is None:
            if not wanted():
                return Ending(None, printed.text(), stopped=True)
            if overtime():
                return Ending(None, printed.text())
            time.sleep(_LOOK_SECONDS)
        return Ending(child.returncode, printed.text(at_end=True))
    finally:
        end(child)
        printed.close()


def end(child: subprocess.Popen[bytes]) -> None:
    """End a child with all that it has started; nothing happens where it has ended."""
    if command := ending_command(child.pid):
        if child.poll() is None:
            subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    else:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)
    child.kill()
    child.wait()


class _Printed:
    """Reads what a child prints, so that it never waits for us, and keeps the end of it."""

    def __init__(self, stream: IO[bytes] | None) -> None:
        assert stream is not None
        self._stream, self._kept = stream, b""
        self._thread = threading.Thread(target=self._read, name="child's output", daemon=True)
        self._thread.start()

    def _read(self) -> None:
        with suppress(OSError, ValueError):
            while part := os.read(self._stream.fileno(), 8192):
                self._kept = (self._kept + part)[-KEPT_BYTES:]

    def text(self, *, at_end: bool = False) -> str:
        if at_end:
            self._thread.join(1.0)  # not for ever: what the child has started may hold the pipe
        return self._kept.decode("utf-8", "replace")

    def close(self) -> None:
        self._thread.join(1.0)
        if not self._thread.is_alive():
            self._stream.close()
