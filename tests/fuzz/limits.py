"""How much processor time and memory something took: measured, so that what goes beyond its limit fails."""

import contextlib
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_STATUS, _CLEAR = Path("/proc/self/status"), Path("/proc/self/clear_refs")


@dataclass
class Taken:
    """Processor time in seconds, of all threads; megabytes that the process grew to beyond what it had."""

    seconds: float = 0.0
    megabytes: float = 0.0


@contextlib.contextmanager
def measured() -> Iterator[Taken]:
    """Measure what is done inside. Memory is told on Linux only."""
    taken, before, began = Taken(), _resident("VmRSS"), time.process_time()
    with contextlib.suppress(OSError):
        _CLEAR.write_text("5")  # the peak counts from here
    try:
        yield taken
    finally:
        taken.seconds = time.process_time() - began
        taken.megabytes = max(0.0, _resident("VmHWM") - before)


def _resident(name: str) -> float:
    try:
        found = re.search(rf"^{name}:\s+(\d+) kB", _STATUS.read_text(), re.MULTILINE)
    except OSError:
        return 0.0
    return int(found.group(1)) / 1024 if found else 0.0
