"""Of what the program is made on this computer: versions and licences, read without importing anything for it."""

import platform
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata

from lrgui.core.messages import Message, say

PACKAGES = {
    "PySide6-Essentials": "PySide6",
    "tensorflow": "TensorFlow",
    "keras": "Keras",
    "numpy": "NumPy",
    "pyqtgraph": "pyqtgraph",
    "scikit-learn": "scikit-learn",
    "scipy": "SciPy",
    "pydantic": "pydantic",
    "platformdirs": "platformdirs",
    "rich": "Rich",
    "fonticon-materialdesignicons7": "Material Design Icons",
}
"""How packages call themselves, by the names under which they are installed; what else is needed comes behind them."""

# Told by hand: Python and Qt are no packages, the font's package tells of itself only, and SciPy gives the whole text.
_LICENCES = {
    "Python": "PSF-2.0",
    "Qt": "LGPL-3.0-only",
    "Material Design Icons": "Apache-2.0 (font), MIT (package)",
    "SciPy": "BSD-3-Clause",
}
_LONGEST_LICENCE = 80


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the program; what is not known is empty."""

    name: str
    version: str
    licence: str


def parts() -> list[Part]:
    """Return Python, Qt as far as it is loaded, and the packages that are installed."""
    return [Part("Python", platform.python_version(), _LICENCES["Python"]), *_qt(), *_packages()]


def kind() -> Message:
    """Return in a word how the program came to this computer."""
    return say("packaged") if getattr(sys, "frozen", False) else say("installed")


def system() -> Message:
    """Return the computer in a few words, and how the program came to it."""
    return say(
        "{system} {release}, {machine}, {kind}",
        system=platform.system(),
        release=platform.release(),
        machine=platform.machine(),
        kind=kind(),
    )


def _qt() -> Iterator[Part]:
    core = sys.modules.get("PySide6.QtCore")
    if core is not None:
        yield Part("Qt", core.qVersion(), _LICENCES["Qt"])


def _packages() -> Iterator[Part]:
    for package, name in {**PACKAGES, **_needed()}.items():
        try:
            about = metadata.metadata(package)
        except metadata.PackageNotFoundError:
            continue
        fields = {
            key: str(about[key] or "") if key in about else "" for key in ("Version", "License-Expression", "License")
        }
        yield Part(name, fields["Version"], _LICENCES.get(name) or _licence(fields))


def _needed() -> dict[str, str]:
    """Return what else this program names as needed, as ``PACKAGES`` does."""
    try:
        lines = metadata.requires("lrgui") or []
    except metadata.PackageNotFoundError:
        lines = []
    named = [found[0] for line in lines if "extra ==" not in line and (found := re.match(r"[\w.-]+", line))]
    known = {name.lower() for name in PACKAGES}
    return {name: name for name in named if name.lower() not in known}


def _licence(fields: dict[str, str]) -> str:
    told = fields["License-Expression"] or fields["License"]
    return told if len(told) <= _LONGEST_LICENCE and "\n" not in told else ""
