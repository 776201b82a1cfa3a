"""Why TensorFlow does not load, and what can be done: a table of causes, and the signs by which each is known."""

import importlib.util
import re
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from lrgui.core import computer
from lrgui.core.load_failures.evidence import Evidence
from lrgui.core.messages import Message, say

OLDEST_PYTHON, NEWEST_PYTHON = (3, 11), (3, 13)
_OLDEST_GLIBC = (2, 27)  # what the wheels of TensorFlow ask for: manylinux_2_27
_ENOUGH_MEMORY = 2 * 1024**3

ANEW = (
    say("install the program anew")
    if getattr(sys, "frozen", False)
    else say("python -m pip install --force-reinstall tensorflow keras numpy")
)
"""How everything that belongs to TensorFlow is put back as it should be."""


def _lacks_avx(evidence: Evidence) -> bool:
    """TensorFlow's programs for Intel are built with AVX: it aborts with a word on it, or just meets an instruction."""
    return evidence.has("compiled to use avx") or (
        evidence.avx is False and (bool(evidence.end) or evidence.has("dll load failed"))
    )


def _is_missing(evidence: Evidence) -> bool:
    return re.search(r"no module named ['\"](tensorflow|keras)['\"]", evidence.small) is not None


def _without_a_build(evidence: Evidence) -> bool:
    supported = OLDEST_PYTHON <= sys.version_info[:2] <= NEWEST_PYTHON
    return _is_missing(evidence) and (not supported or computer.bits() == 32 or _is_other_libc())


def _is_other_libc() -> bool:
    return sys.platform == "linux" and computer.glibc() is None


def _has_old_glibc(evidence: Evidence) -> bool:
    known = computer.glibc()
    return evidence.has("version `glibc", "version `glibcxx", "version `cxxabi") or (
        evidence.has("importerror") and known is not None and known < _OLDEST_GLIBC
    )


def _lacks_runtime(evidence: Evidence) -> bool:
    return evidence.has("dll load failed") and bool(computer.missing_dlls())


def _has_too_long_paths(evidence: Evidence) -> bool:
    failed = evidence.has("dll load failed", "filenotfounderror", "no such file or directory", "filename or extension")
    return evidence.system == "win32" and failed and not computer.long_paths_allowed() and _longest_path_is_too_long()


def _longest_path_is_too_long() -> bool:
    with suppress(ImportError, ValueError, OSError):
        found = importlib.util.find_spec("tensorflow")
        if found is not None and found.origin is not None:
            folder = Path(found.origin).parent
            return any(len(str(path)) > computer.LONGEST_PATH for path in folder.rglob("*"))
    return False


def _is_shadowed(evidence: Evidence) -> bool:
    """Find a file of somebody's own, called tensorflow.py or keras.py, which Python takes for the real one."""
    return not evidence.end and re.search(r'file "[^"\n]*[/\\](tensorflow|keras)\.py"', evidence.small) is not None


def _is_short_of_memory(evidence: Evidence) -> bool:
    told = evidence.has(
        "memoryerror", "bad_alloc", "cannot allocate memory", "paging file is too small", "error 1455", "winerror 1455"
    )
    total, available = computer.memory()
    return told or (evidence.end in ("killed", "vanished") and total > 0 and available < _ENOUGH_MEMORY)


CAUSES: tuple[tuple[Callable[[Evidence], bool], Message], ...] = (
    (
        _without_a_build,
        say(
            "There is no TensorFlow for this Python ({python}, {bits} bits, {machine}): install a 64-bit Python 3.11 "
            "to 3.13 from python.org, and the program into it.",
            python=".".join(map(str, sys.version_info[:3])),
            bits=computer.bits(),
            machine=computer.architecture(),
        ),
    ),
    (
        _is_missing,
        say("TensorFlow is not installed for this Python: python -m pip install tensorflow"),
    ),
    (
        lambda evidence: _lacks_avx(evidence) and computer.is_translated(),
        say("This Python is made for Intel, and this Mac is not: install Python for Apple silicon from python.org."),
    ),
    (
        _lacks_avx,
        say(
            "This computer's processor has no AVX, which TensorFlow needs: use a computer made after 2012; in a "
            "virtual machine, let it have the processor of its host."
        ),
    ),
    (
        _lacks_runtime,
        say(
            "Windows lacks the Visual C++ runtime that TensorFlow needs: install "
            "https://aka.ms/vs/17/release/vc_redist.x64.exe and start the computer again."
        ),
    ),
    (
        _has_too_long_paths,
        say(
            "TensorFlow lies in a folder whose paths are too long for Windows: allow long paths (Settings, System, For "
            "developers), or install the program in a short one, such as C:\\lab."
        ),
    ),
    (
        lambda evidence: evidence.has("application control policy", "smart app control", "error 4551", "winerror 1260"),
        say(
            "A rule of this computer keeps TensorFlow's files from being loaded: ask who looks after it to allow them."
        ),
    ),
    (
        lambda evidence: evidence.has("incompatible architecture", "wrong elf class", "not a valid win32 application"),
        say(
            "TensorFlow is there for another kind of processor than this Python: install Python and TensorFlow anew, "
            "both for {machine}.",
            machine=computer.architecture(),
        ),
    ),
    (
        _has_old_glibc,
        say(
            "This Linux is too old for TensorFlow, which needs glibc {oldest} or newer: use a newer release.",
            oldest=".".join(map(str, _OLDEST_GLIBC)),
        ),
    ),
    (
        lambda evidence: evidence.has(
            "numpy.dtype size changed",
            "multiarray failed to import",
            "_array_api not found",
            "compiled using numpy 1.x",
            "no module named 'numpy",
        ),
        say("NumPy and TensorFlow do not fit together: {anew}", anew=ANEW),
    ),
    (
        lambda evidence: evidence.has("google.protobuf", "protobuf version", "descriptors cannot be created"),
        say("Protobuf and TensorFlow do not fit together: {anew}", anew=ANEW),
    ),
    (
        _is_shadowed,
        say(
            "A file of your own has TensorFlow's name, tensorflow.py or keras.py, and is taken for it: give it another "
            "name, or start the program in another folder."
        ),
    ),
    (
        _is_short_of_memory,
        say(
            "There is too little memory to load TensorFlow, which takes about 1 GB: close other programs, and try "
            "again."
        ),
    ),
    (
        lambda evidence: evidence.has("failed to map segment", "operation not permitted", "permissionerror"),
        say(
            "The system does not let TensorFlow's files be loaded from where they lie: install the program in a folder "
            "from which programs may run."
        ),
    ),
    (
        lambda evidence: evidence.has("dll load failed"),
        say(
            "Windows could not load a part of TensorFlow. Most often the Visual C++ runtime is missing or too old: "
            "install https://aka.ms/vs/17/release/vc_redist.x64.exe and start the computer again."
        ),
    ),
    (
        lambda evidence: evidence.has("cannot open shared object file", "library not loaded"),
        say("A library is missing that TensorFlow needs; install what brings it. The details name it."),
    ),
    (
        lambda evidence: evidence.has(
            "file too short", "invalid elf header", "bad magic number", "cannot import name", "partially initialized"
        ),
        say("TensorFlow's files are damaged or mixed up: {anew}", anew=ANEW),
    ),
    (
        lambda evidence: evidence.end == "time",
        say(
            "TensorFlow did not finish loading. A virus scanner that reads each of its files, or a network drive, may "
            "hold it up: install the program on a local disk, or let the scanner leave its folder out."
        ),
    ),
    (
        lambda evidence: evidence.end in ("killed", "vanished"),
        say(
            "The program ended while TensorFlow was being loaded, and nobody said why: the computer may have been "
            "switched off, or its memory been full. Try again."
        ),
    ),
)
"""What is recognised, the most certain first, and what a person is told. The first that fits is taken."""
