"""The log: what the program did, and what went wrong in it, in a few files that do not grow. Never anybody's data.

A log that cannot be written stops nothing and is told to nobody.
"""

import logging
import sys
import warnings
from contextlib import suppress
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any, TextIO

FILE = "lrgui.log"

MOST_BYTES, FILES = 1_000_000, 3
"""So large a file gets, and so many are kept: the one that is written and two older ones."""

log = logging.getLogger("lrgui")
"""Takes what is to be told, also before ``start``: then it goes nowhere."""
log.addHandler(logging.NullHandler())
log.propagate = False

_handler: logging.Handler | None = None
_show_warning = warnings.showwarning


class _QuietFile(RotatingFileHandler):
    """A file that stays as it is where it cannot be written, and grows where another process holds it."""

    def handleError(self, record: logging.LogRecord) -> None:
        """Tell nobody (the library's hook)."""

    def doRollover(self) -> None:
        """Begin a new file, or go on in the old one (the library's hook)."""
        try:
            super().doRollover()
        except OSError:
            self.stream = self._open()


def start(folder: Path) -> None:
    """Write the log into a folder from now on, and Python's warnings with it; nothing happens if that is so already."""
    global _handler, _show_warning
    if _handler is not None:
        return
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
    _handler = _QuietFile(folder / FILE, maxBytes=MOST_BYTES, backupCount=FILES - 1, encoding="utf-8", delay=True)
    _handler.setFormatter(logging.Formatter("%(asctime)s %(process)d %(levelname)s %(message)s"))
    log.addHandler(_handler)
    log.setLevel(logging.INFO)
    _show_warning, warnings.showwarning = warnings.showwarning, _warn


def stop() -> None:
    """Close the file, and leave warnings to whom they went before."""
    global _handler
    if _handler is None:
        return
    log.removeHandler(_handler)
    _handler.close()
    _handler = None
    if warnings.showwarning is _warn:
        warnings.showwarning = _show_warning


def _warn(
    message: Warning | str,
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,
    line: str | None = None,
) -> Any:
    log.warning("%s: %s (%s:%d)", category.__name__, message, filename, lineno)
    if sys.stderr is not None:
        _show_warning(message, category, filename, lineno, file, line)
