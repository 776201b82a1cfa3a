"""The program, Python, and the packages that are used."""

import sys
from collections.abc import Iterator

from lrgui import __version__
from lrgui.core import computer
from lrgui.core.load_failures import Evidence, explain
from lrgui.core.load_failures.causes import NEWEST_PYTHON, OLDEST_PYTHON
from lrgui.core.messages import say
from lrgui.doctor.finding import Finding
from lrgui.installed import kind, parts


def program() -> Iterator[Finding]:
    """Tell which version this is, and how it came here."""
    yield Finding("lrgui", "Learning-Rate Lab", say("{version}, {kind}", version=__version__, kind=kind()))


def python() -> Iterator[Finding]:
    """Look at whether there is a TensorFlow for this Python."""
    version = sys.version_info[:3]
    told = say("{version}, {bits} bits", version=".".join(map(str, version)), bits=computer.bits())
    if OLDEST_PYTHON <= version[:2] <= NEWEST_PYTHON and computer.bits() == 64:
        yield Finding("python", "Python", told)
    else:
        remedy = explain(Evidence("No module named 'tensorflow'"))
        yield Finding("python", "Python", told, "wrong", remedy)


def packages() -> Iterator[Finding]:
    """Tell the versions of what is installed."""
    versions = {part.name: part.version for part in parts() if part.name not in ("Python", "Qt")}
    told = ", ".join(f"{name} {version}" for name, version in versions.items())
    yield Finding("packages", say("Packages"), told, values=versions)
