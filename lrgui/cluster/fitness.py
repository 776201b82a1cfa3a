"""Whether a worker can do the same as this computer: the versions of what computes a run."""

import sys
from collections.abc import Mapping
from functools import cache
from importlib import metadata

from lrgui.core.messages import Message, joined, say

PACKAGES = {"lrgui": "lrgui", "tensorflow": "TensorFlow", "keras": "Keras"}
"""What has to be the same, and what people call it; Python beside it."""


@cache
def versions() -> Mapping[str, str]:
    """Return the versions of this process; nothing is imported for it. Of Python the first two numbers count."""
    found = {"Python": ".".join(map(str, sys.version_info[:2]))}
    for package, name in PACKAGES.items():
        try:
            found[name] = metadata.version(package)
        except metadata.PackageNotFoundError:
            found[name] = ""
    return found


def versions_told(packages: Mapping[str, str | None]) -> dict[str, str]:
    """Return the same of what Dask tells of a worker: ``python`` as ``3.11.7.final.0``, packages by name."""
    python = str(packages.get("python") or "").split(".")[:2]
    return {"Python": ".".join(python), **{name: packages.get(key) or "" for key, name in PACKAGES.items()}}


def for_scheduler(wanted: Mapping[str, str]) -> dict[str, str]:
    """Return what a scheduler has to have of these: it reads what is asked, and hands it on."""
    return {name: wanted[name] for name in ("Python", PACKAGES["lrgui"])}


def what_differs(wanted: Mapping[str, str], here: Mapping[str, str] | None = None) -> Message | None:
    """Say what is missing or of another version here, or nothing."""
    here = versions() if here is None else here
    found = [
        say("{name} {theirs}, not {ours}", name=name, theirs=here.get(name), ours=version)
        if here.get(name)
        else say("no {name}", name=name)
        for name, version in wanted.items()
        if here.get(name) != version
    ]
    return joined(found, ", ") if found else None
