"""What this computer is and has, as far as a program can run on it or not; asked of the system, each thing apart."""

import ctypes
import os
import platform
import re
import subprocess
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

RUNTIME_DLLS = ("vcruntime140.dll", "vcruntime140_1.dll", "msvcp140.dll", "msvcp140_1.dll")
"""What the Visual C++ runtime brings, and TensorFlow for Windows needs."""

LONGEST_PATH = 259
"""Characters of a path that Windows takes where long ones are not allowed."""

_PF_AVX = 39  # PF_AVX_INSTRUCTIONS_AVAILABLE of winnt.h
_LONG_PATHS_KEY = r"SYSTEM\CurrentControlSet\Control\FileSystem"
_INTEL = ("x86_64", "amd64")
_CPUINFO, _MEMINFO = Path("/proc/cpuinfo"), Path("/proc/meminfo")


def architecture() -> str:
    """Return what this Python is built for: ``x86_64``, ``arm64``, ..."""
    machine = platform.machine().lower()
    return {"amd64": "x86_64", "aarch64": "arm64"}.get(machine, machine)


def bits() -> int:
    """Return 64 or 32: how wide the pointers of this Python are."""
    return 64 if sys.maxsize > 2**32 else 32


def processor() -> str:
    """Return the processor's name, or "" where the system does not tell."""
    if sys.platform == "darwin":
        return _sysctl("machdep.cpu.brand_string")
    if sys.platform == "linux":
        found = re.search(r"^(?:model name|Model|Hardware)\s*:\s*(.+)$", _text(_CPUINFO), re.MULTILINE)
        return found.group(1).strip() if found else ""
    return platform.processor()


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def flags(cpuinfo: str | None = None) -> frozenset[str]:
    """Return what ``/proc/cpuinfo`` says that the processor can do; nothing on other systems."""
    found = re.search(r"^flags\s*:\s*(.+)$", _text(_CPUINFO) if cpuinfo is None else cpuinfo, re.MULTILINE)
    return frozenset(found.group(1).split()) if found else frozenset()


def has_avx() -> bool | None:
    """Return whether the processor has AVX; None where it is of another kind, or nobody tells."""
    if architecture() not in _INTEL:
        return None
    if sys.platform == "win32":
        return bool(ctypes.windll.kernel32.IsProcessorFeaturePresent(_PF_AVX))
    if sys.platform == "darwin":
        told = _sysctl("hw.optional.avx1_0")
        return told == "1" if told else None
    known = flags()
    return "avx" in known if known else None


def is_translated() -> bool:
    """Return whether this is a Python for Intel on a Mac with Apple's processor."""
    return sys.platform == "darwin" and _sysctl("sysctl.proc_translated") == "1"


def memory() -> tuple[int, int]:
    """Return the memory in bytes, and how much of it is free for programs; (0, 0) where nobody tells."""
    if sys.platform == "win32":
        return _windows_memory()
    if sys.platform == "darwin":
        total = int(_sysctl("hw.memsize") or 0)
        return total, total
    sizes = {name: 1024 * int(size) for name, size in re.findall(r"^(\w+):\s+(\d+) kB", _text(_MEMINFO), re.MULTILINE)}
    return sizes.get("MemTotal", 0), sizes.get("MemAvailable", 0)


def glibc() -> tuple[int, int] | None:
    """Return the version of the C library on Linux; None elsewhere, and where it is another one, as on Alpine."""
    name, version = platform.libc_ver()
    found = re.match(r"(\d+)\.(\d+)", version) if name == "glibc" else None
    return (int(found.group(1)), int(found.group(2))) if found else None


def long_paths_allowed() -> bool:
    """Return whether paths may be as long as they like; on Windows somebody has to switch that on."""
    if sys.platform != "win32":
        return True
    import winreg

    with suppress(OSError), winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, _LONG_PATHS_KEY) as key:
        return bool(winreg.QueryValueEx(key, "LongPathsEnabled")[0])
    return False


def missing_dlls(names: Iterable[str] = RUNTIME_DLLS) -> list[str]:
    """Return those that Windows does not find; none on other systems."""
    return [name for name in names if not _loads(name)] if sys.platform == "win32" else []


def _loads(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def _windows_memory() -> tuple[int, int]:
    if sys.platform != "win32":
        return 0, 0

    class Status(ctypes.Structure):
        """``MEMORYSTATUSEX`` of sysinfoapi.h."""

        _fields_ = (
            ("length", ctypes.c_ulong),
            ("load", ctypes.c_ulong),
            ("total", ctypes.c_ulonglong),
            ("available", ctypes.c_ulonglong),
            ("rest", ctypes.c_ulonglong * 5),
        )

    status = Status(length=ctypes.sizeof(Status))
    asked = ctypes.windll.kernel32.GlobalMemoryStatusEx(ctypes.byref(status))
    return (status.total, status.available) if asked else (0, 0)


def _sysctl(name: str) -> str:
    with suppress(OSError, subprocess.SubprocessError):
        asked = subprocess.run(["sysctl", "-n", name], capture_output=True, text=True, timeout=5, check=False)
        return asked.stdout.strip() if asked.returncode == 0 else ""
    return ""


def _text(path: Path) -> str:
    with suppress(OSError):
        return path.read_text(encoding="utf-8", errors="replace")
    return ""
