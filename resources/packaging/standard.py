"""Python's own modules: a person's file with a model may import any of them, and so all go into the package."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

_LEFT_OUT = {
    "antigravity",
    "ensurepip",
    "idlelib",
    "lib2to3",
    "test",
    "this",
    "tkinter",
    "turtle",
    "turtledemo",
    "venv",
}
_FOLDERS_LEFT_OUT = {"__pycache__", "test", "tests", "idle_test"}


def standard_modules() -> list[str]:
    """Return the names of the modules of this Python that go into a package, those within packages among them."""
    tops = set(sys.stdlib_module_names) - _LEFT_OUT
    return sorted(tops | {name for name in _submodules(Path(os.__file__).parent) if name.partition(".")[0] in tops})


def _submodules(library: Path) -> Iterator[str]:
    for folder in library.iterdir():
        if (folder / "__init__.py").is_file() and folder.name in sys.stdlib_module_names:
            for file in folder.rglob("*.py"):
                parts = file.relative_to(library).with_suffix("").parts
                if not _FOLDERS_LEFT_OUT & set(parts):
                    yield ".".join(part for part in parts if part != "__init__")
