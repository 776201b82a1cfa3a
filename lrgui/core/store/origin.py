"""By what and on what a run was made."""

import os
import platform
from functools import cache
from importlib import metadata

from lrgui.core.store.plain import to_json

_PACKAGES = ("lrgui", "numpy", "keras", "tensorflow")


@cache
def versions() -> str:
    """Return the versions of Python and of the packages as JSON; nothing is imported for it."""
    found = {"python": platform.python_version()}
    for package in _PACKAGES:
        try:
            found[package] = metadata.version(package)
        except metadata.PackageNotFoundError:
            continue
    return to_json(found)


@cache
def environment() -> str:
    """Return the computer in a few words as JSON."""
    about = {"system": platform.system(), "release": platform.release(), "machine": platform.machine()}
    return to_json({**about, "cores": os.cpu_count()})
