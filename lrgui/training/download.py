"""A download that shows how far it is, can be given up at any moment, and is only kept when it is sound."""

import http.client
import os
import re
import threading
import time
from collections.abc import Callable
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

from lrgui.core.control import Control
from lrgui.core.files import remove_abandoned
from lrgui.core.messages import Message

ATTEMPTS = 3
TIMEOUT_SECONDS = 15.0
_PIECE_BYTES = 1 << 16
_LOOK_SECONDS = 0.05


class Cancelled(Exception):
    """The run was stopped before its first step."""


class DownloadFailed(Exception):
    """No attempt brought a sound file; the text says why the last one did not."""


def download(
    url: str,
    target: Path,
    *,
    control: Control,
    on_progress: Callable[[int], None],
    problem: Callable[[Path], Message | None],
) -> None:
    """Bring a file, in up to ``ATTEMPTS`` attempts.

    Parameters
    ----------
    url : str
        Where it is.
    target : pathlib.Path
        Where it goes. It appears there whole or not at all.
    control : Control
        Stopping it gives up the download within a tenth of a second, whatever the connection does.
    on_progress : callable
        Takes the bytes received so far in this attempt, some twenty times a second.
    problem : callable
        Says what is wrong with a received file, or None.

    Raises
    ------
    Cancelled
        The control was stopped.
    DownloadFailed
        All attempts failed.
    """
    for attempt in range(ATTEMPTS):
        try:
            return _attempt(url, target, control, on_progress, problem)
        except (OSError, http.client.HTTPException) as error:
            reason = getattr(error, "reason", None) or error
        _wait(attempt, control)
    raise DownloadFailed(str(reason))


def _attempt(
    url: str,
    target: Path,
    control: Control,
    on_progress: Callable[[int], None],
    problem: Callable[[Path], Message | None],
) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    remove_abandoned(target.parent, rf"{re.escape(target.name)}\.\d+\.part")
    part = target.with_name(f"{target.name}.{os.getpid()}.part")
    transfer = _Transfer(url, part)
    transfer.start()
    while not transfer.done.wait(_LOOK_SECONDS):
        if control.stopping:
            transfer.abandoned = True
            raise Cancelled
        on_progress(transfer.received)
    if transfer.error is not None:
        raise transfer.error
    if (wrong := problem(part)) is not None:
        part.unlink()
        raise OSError(str(wrong))
    part.replace(target)


def _wait(attempt: int, control: Control) -> None:
    """Give a bad connection a moment, a longer one each time."""
    end = time.monotonic() + 0.2 * 2**attempt
    while time.monotonic() < end:
        if control.stopping:
            raise Cancelled
        time.sleep(_LOOK_SECONDS)


class _Transfer(threading.Thread):
    """Reads on a thread of its own: a connection may hang for seconds, and a cancel is not to wait for it."""

    def __init__(self, url: str, part: Path) -> None:
        super().__init__(name="download", daemon=True)
        self.received = 0
        self.abandoned = False
        self.error: Exception | None = None
        self.done = threading.Event()
        self._url = url
        self._part = part

    def run(self) -> None:
        """Read to the end, or until abandoned; leave no part of a file behind then."""
        try:
            self._read()
        except HTTPError as error:
            error.close()  # it holds the connection
            self.error = OSError(f"{error.code} {error.reason}")
        except Exception as error:
            self.error = error
        finally:
            if self.abandoned or self.error is not None:
                self._part.unlink(missing_ok=True)
            self.done.set()

    def _read(self) -> None:
        with urlopen(self._url, timeout=TIMEOUT_SECONDS) as response, self._part.open("wb") as file:
            expected = int(response.headers.get("Content-Length") or 0)
            while not self.abandoned and (piece := response.read(_PIECE_BYTES)):
                file.write(piece)
                self.received += len(piece)
        if not self.abandoned and self.received < expected:
            raise OSError(f"the connection broke off after {self.received:,} of {expected:,} bytes")
