"""What a process holds: memory, threads, open files, windows."""

import contextlib
import ctypes
import gc
import os
import re
import threading
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Held:
    """Resident memory in megabytes, threads of the system and of Python, open files; 0 where nobody tells."""

    megabytes: float
    threads: int
    python_threads: int
    files: int

    def __str__(self) -> str:
        threads = f"{self.threads} threads ({self.python_threads} of Python)"
        return f"{self.megabytes:.1f} MB, {threads}, {self.files} files open"


def held() -> Held:
    """Return what this process holds when all that can be given back was."""
    gc.collect()
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL("libc.so.6").malloc_trim(0)
    return Held(_resident(), _entries("task"), threading.active_count(), _entries("fd"))


def _resident() -> float:
    with contextlib.suppress(OSError):
        found = re.search(r"^VmRSS:\s+(\d+) kB", Path("/proc/self/status").read_text(), re.MULTILINE)
        return int(found.group(1)) / 1024 if found else 0.0
    return 0.0


def _entries(name: str) -> int:
    with contextlib.suppress(OSError):
        return len(os.listdir(f"/proc/self/{name}"))
    return 0
