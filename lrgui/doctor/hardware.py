"""The computer: its system, processor and memory."""

import platform
import sys
from collections.abc import Iterator

from lrgui.core import computer
from lrgui.core.load_failures import Evidence, explain
from lrgui.core.messages import joined, say
from lrgui.doctor.finding import Finding

_SHOWN_FLAGS = ("sse4_2", "avx", "avx2", "fma", "avx512f", "avx512_vnni", "amx_tile")
_NEEDED_BYTES, _ENOUGH_BYTES = 2 * 1024**3, 4 * 1024**3


def system() -> Iterator[Finding]:
    """Look at the operating system."""
    told = say(
        "{system} {release}, {machine}",
        system=platform.system(),
        release=platform.release(),
        machine=computer.architecture(),
    )
    yield Finding("system", say("System"), told, values={"platform": sys.platform, "glibc": computer.glibc()})
    if sys.platform == "win32":
        yield from _windows()


def _windows() -> Iterator[Finding]:
    missing = computer.missing_dlls()
    title = say("Visual C++ runtime")
    if missing:
        remedy = explain(Evidence("DLL load failed"))
        yield Finding("runtime", title, say("lacks {files}", files=", ".join(missing)), "wrong", remedy)
    else:
        yield Finding("runtime", title, say("there"))
    allowed = computer.long_paths_allowed()
    yield Finding("long_paths", say("Long paths"), say("allowed") if allowed else say("not allowed"))


def processor() -> Iterator[Finding]:
    """Look at the processor, and whether it can what TensorFlow's programs ask of it."""
    flags = [flag for flag in _SHOWN_FLAGS if flag in computer.flags()]
    avx, cores = computer.has_avx(), computer.cores()
    told = say("{name}, {cores} cores", name=computer.processor() or computer.architecture(), cores=cores)
    if flags:
        told = joined((told, " ".join(flags)), "; ")
    lacks = avx is False
    remedy = explain(Evidence("", "illegal", avx=False)) if lacks else ""
    values = {"cores": cores, "avx": avx, "flags": flags}
    yield Finding("processor", say("Processor"), told, "wrong" if lacks else "ok", remedy, values)


def memory() -> Iterator[Finding]:
    """Look at how much memory there is, and how much of it is free."""
    total, available = computer.memory()
    if not total:
        return
    values = {"bytes": total, "available_bytes": available}
    told = say("{total:.1f} GB, {free:.1f} GB of it free", total=total / 1e9, free=available / 1e9)
    title = say("Memory")
    if available < _NEEDED_BYTES:
        remedy = say("Close other programs: TensorFlow takes about 1 GB, and a run some more.")
        yield Finding("memory", title, told, "hint", remedy, values)
    else:
        yield Finding("memory", title, told, values=values)
